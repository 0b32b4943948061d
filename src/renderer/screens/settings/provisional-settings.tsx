// Cards before anything is paid, for when Stripe cannot be reached: how long they last, and which doors they open.
import { useState } from 'react'
import type { Settings } from '../../../preload/shapes.ts'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { payReaderWords as words } from '../../messages/pay-readers-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { AllOrSome } from '../doors/all-or-some.tsx'

export function ProvisionalSettings({ settings: { provisional: stored } }: { settings: Settings }) {
  const doors = useReading('doors.list', {}).value ?? []
  const [days, setDays] = useState(String(stored.days))
  const [ofPlan, setOfPlan] = useState(stored.doors === null)
  const [chosen, setChosen] = useState<string[]>(stored.doors ?? [])
  const [saved, setSaved] = useState(false)
  const deed = useDeed()
  const wanted = { days: Number(days), doors: ofPlan ? null : chosen }
  const changed = JSON.stringify(wanted) !== JSON.stringify(stored)

  async function save(): Promise<void> {
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
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
        <AllOrSome
          legend={words.provisionalDoors}
          all={words.doorsOfPlan}
          some={words.theseDoors}
          isAll={ofPlan}
          onAll={setOfPlan}
          choices={doors}
          chosen={chosen}
          onChoose={setChosen}
        />
        <SaveRow deed={deed} saved={saved} changed={changed && (ofPlan || chosen.length > 0)} />
      </Form>
    </Section>
  )
}
