// Which plans open a door: every one, or those that are ticked.
import { useState } from 'react'
import type { Door } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine } from '../../components/field.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayCount } from '../../format/money.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

export function DoorPlans({ door, onClose }: { door: Door; onClose: () => void }) {
  const plans = useReading('plans.list', {}).value
  const [every, setEvery] = useState(door.plans === null)
  const [chosen, setChosen] = useState<readonly string[]>(door.plans ?? [])
  const deed = useDeed()
  const { locale } = useVoice()

  async function save(): Promise<void> {
    const known = new Set(plans?.map(({ id }) => id))
    const wanted = every ? null : chosen.filter((id) => known.has(id))
    const outcome = await deed.run('doors.setPlans', { id: door.id, plans: wanted }, 'doors.list', 'members.get')
    if (outcome.ok) onClose()
  }

  return (
    <Dialog open onClose={onClose} title={doorWords.plansTitle(door.name)} about={doorWords.plansAbout}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <fieldset className="-mx-2">
          <legend className="sr-only">{doorWords.opensFor}</legend>
          <CheckLine
            type="radio"
            name="plans"
            checked={every}
            onChange={() => setEvery(true)}
            label={doorWords.plansEvery}
          />
          <CheckLine
            type="radio"
            name="plans"
            checked={!every}
            onChange={() => setEvery(false)}
            label={doorWords.plansSome}
          />
          <div className="ml-8">
            {plans?.length === 0 && <p className="px-2 text-14 text-ink-3">{doorWords.plansNone}</p>}
            {plans?.map((plan) => (
              <CheckLine
                key={plan.id}
                type="checkbox"
                disabled={every}
                checked={!every && chosen.includes(plan.id)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, plan.id] : chosen.filter((id) => id !== plan.id))
                }
                label={
                  <span className="flex justify-between gap-3">
                    <span>{plan.name}</span>
                    <span className="text-13 text-ink-3">
                      {doorWords.planMembers(sayCount(plan.members, locale), plan.members === 1)}
                    </span>
                  </span>
                }
              />
            ))}
          </div>
        </fieldset>
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy || plans === null}>
            {commonWords.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
