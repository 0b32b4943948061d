// Who may open a door: every plan or some, each in which hours; and the inductions that it asks for.
import { useState } from 'react'
import type { Door } from '../../../preload/shapes-doors.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { accessWords as words } from '../../messages/access-en.ts'
import { doorWords } from '../../messages/doors-en.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { PlanChoice } from './plan-choice.tsx'

const CHANGED = ['doors.list', 'hours.list', 'inductions.list', 'members.get'] as const

export function DoorPlans({ door, onClose }: { door: Door; onClose: () => void }) {
  const plans = useReading('plans.list', {}).value
  const inductions = useReading('inductions.list', {}).value ?? []
  const [every, setEvery] = useState(door.plans === null)
  const [chosen, setChosen] = useState(door.hours)
  const [asked, setAsked] = useState<readonly string[]>(door.inductions.map(({ id }) => id))
  const deed = useDeed()
  const limiting = door.groups.filter(({ restricts }) => restricts).map(({ name }) => name)

  async function save(): Promise<void> {
    const known = new Set(plans?.map(({ id }) => id))
    const wanted = every ? null : chosen.filter(({ plan }) => known.has(plan))
    const opened = await deed.run('doors.setPlans', { id: door.id, plans: wanted }, ...CHANGED)
    if (!opened.ok) return
    const before = door.inductions.map(({ id }) => id)
    if (asked.length !== before.length || asked.some((id) => !before.includes(id))) {
      const outcome = await deed.run('doors.setInductions', { id: door.id, inductions: [...asked] }, ...CHANGED)
      if (!outcome.ok) return
    }
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={doorWords.plansTitle(door.name)} about={doorWords.plansAbout}>
      <Form onSubmit={save}>
        {limiting.length > 0 && <Notice tone="note">{words.groupsNote(limiting)}</Notice>}
        <PlanChoice
          label={doorWords.opensFor}
          every={every}
          chosen={chosen}
          onChange={(nextEvery, next) => {
            setEvery(nextEvery)
            setChosen([...next])
          }}
        />
        {inductions.length > 0 && (
          <fieldset className="border-t border-line pt-4">
            <legend className="sr-only">{words.inductions}</legend>
            <p aria-hidden="true" className="text-14 font-medium">
              {words.inductions}
            </p>
            <p className="mb-1 text-13 text-ink-3">{words.inductionsAbout}</p>
            <div className="-mx-2">
              {inductions.map(({ id, name }) => (
                <CheckLine
                  key={id}
                  type="checkbox"
                  checked={asked.includes(id)}
                  onChange={({ target }) =>
                    setAsked(target.checked ? [...asked, id] : asked.filter((one) => one !== id))
                  }
                  label={name}
                />
              ))}
            </div>
          </fieldset>
        )}
        <RefusalLine refusal={deed.refusal} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{commonWords.cancel}</Button>
          <Button rank="primary" type="submit" disabled={deed.busy || plans === null}>
            {commonWords.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
