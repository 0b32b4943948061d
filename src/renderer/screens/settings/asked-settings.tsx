// What people are asked when they sign up, field by field.
import { useState } from 'react'
import type { AskedDetails } from '../../../preload/shapes-details.ts'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { askedWords as words } from '../../messages/details-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'
import { useReading } from '../../state/readings.ts'

const KINDS = ['email', 'phone', 'emergency', 'birthDate', 'company', 'heard', 'notes'] as const
const ASKS = ['required', 'asked', 'more', 'off'] as const

export function AskedSettings() {
  const { value, refusal } = useReading('details.asked', {})
  return (
    <Section id="details" title={words.title} about={words.about}>
      <RefusalLine refusal={refusal} />
      {value !== null && <AskedForm stored={value} />}
    </Section>
  )
}

function AskedForm({ stored }: { stored: AskedDetails }) {
  const { draft, change, changed } = useDraft({
    ...stored.kinds,
    twoNames: stored.twoNames,
    age: String(stored.ofAge),
  })
  const [saved, setSaved] = useState(false)
  const deed = useDeed()

  async function save(): Promise<void> {
    const { twoNames, age, ...kinds } = draft
    const outcome = await deed.run('details.setAsked', { kinds, twoNames, ofAge: Number(age) }, 'details.asked')
    setSaved(outcome.ok)
  }

  return (
    <Form onSubmit={save}>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {KINDS.map((kind) => (
          <SelectField
            key={kind}
            label={words.kinds[kind]}
            value={draft[kind]}
            onChange={({ target }) => change({ [kind]: ASKS.find((ask) => ask === target.value) ?? draft[kind] })}
          >
            {ASKS.map((ask) => (
              <option key={ask} value={ask}>
                {words.asks[ask]}
              </option>
            ))}
          </SelectField>
        ))}
        <TextField
          label={words.ofAge}
          help={words.ofAgeHelp}
          suffix={words.years}
          type="number"
          min={1}
          max={99}
          step={1}
          required
          value={draft.age}
          onChange={({ target }) => change({ age: target.value })}
        />
      </div>
      <CheckLine
        className="-mx-2"
        type="checkbox"
        label={words.twoNames}
        checked={draft.twoNames}
        onChange={({ target }) => change({ twoNames: target.checked })}
      />
      <SaveRow deed={deed} saved={saved} changed={changed} />
    </Form>
  )
}
