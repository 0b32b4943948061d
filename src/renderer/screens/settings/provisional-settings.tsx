// Cards before anything is paid, for when Stripe cannot be reached: how long they last, and which doors they open.
import { useState } from 'react'
import type { Settings } from '../../../preload/shapes.ts'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { payReaderWords as words } from '../../messages/pay-readers-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'
import { useReading } from '../../state/readings.ts'
import { AllOrSome } from '../doors/all-or-some.tsx'

export function ProvisionalSettings({ settings: { provisional: stored } }: { settings: Settings }) {
  const doors = useReading('doors.list', {}).value ?? []
  const { draft, change, changed } = useDraft({
    days: String(stored.days),
    ofPlan: stored.doors === null,
    chosen: stored.doors ?? [],
  })
  const { ofPlan, chosen } = draft
  const [saved, setSaved] = useState(false)
  const deed = useDeed()

  async function save(): Promise<void> {
    const wanted = { days: Number(draft.days), doors: ofPlan ? null : chosen }
    const outcome = await deed.run('settings.set', { provisional: wanted }, 'settings.get', 'signUps.get')
    setSaved(outcome.ok)
  }

  return (
    <Section id="provisional" title={words.provisional} about={words.provisionalAbout}>
      <Form onSubmit={save}>
        <TextField
          className="sm:max-w-[50%]"
          label={words.provisionalDays}
          help={words.provisionalDaysHelp}
          suffix={words.days}
          type="number"
          min={0}
          max={60}
          step={1}
          required
          value={draft.days}
          onChange={(event) => change({ days: event.target.value })}
        />
        <AllOrSome
          legend={words.provisionalDoors}
          all={words.doorsOfPlan}
          some={words.theseDoors}
          isAll={ofPlan}
          onAll={(ofPlan) => change({ ofPlan })}
          choices={doors}
          chosen={chosen}
          onChoose={(chosen) => change({ chosen })}
        />
        <SaveRow deed={deed} saved={saved} changed={changed && (ofPlan || chosen.length > 0)} />
      </Form>
    </Section>
  )
}
