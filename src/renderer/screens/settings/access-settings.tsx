// How long access lasts when a payment is late.
import { useState } from 'react'
import type { Settings } from '../../../preload/shapes.ts'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/page.tsx'
import { SaveRow } from '../../components/save-row.tsx'
import { settingWords } from '../../messages/settings-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDraft } from '../../state/draft.ts'

const METHODS = ['card', 'bank-debit', 'manual'] as const

const LABELS = {
  card: settingWords.graceCard,
  'bank-debit': settingWords.graceBankDebit,
  manual: settingWords.graceManual,
}

export function AccessSettings({ settings }: { settings: Settings }) {
  const { draft, change, changed } = useDraft({
    card: String(settings.graceDays.card),
    'bank-debit': String(settings.graceDays['bank-debit']),
    manual: String(settings.graceDays.manual),
    endOfDay: settings.endOfDay,
  })
  const [saved, setSaved] = useState(false)
  const deed = useDeed()

  async function save(): Promise<void> {
    const { endOfDay, card, manual } = draft
    const graceDays = { card: Number(card), 'bank-debit': Number(draft['bank-debit']), manual: Number(manual) }
    const outcome = await deed.run('settings.set', { endOfDay, graceDays }, 'settings.get', 'desk.status')
    setSaved(outcome.ok)
  }

  return (
    <Section title={settingWords.access} about={settingWords.accessAbout} id="access">
      <Form onSubmit={save}>
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          {METHODS.map((method) => (
            <TextField
              key={method}
              label={LABELS[method]}
              suffix={settingWords.days}
              type="number"
              min={0}
              max={365}
              step={1}
              required
              value={draft[method]}
              onChange={(event) => change({ [method]: event.target.value })}
            />
          ))}
        </div>
        <CheckLine
          className="-mx-2"
          type="checkbox"
          checked={draft.endOfDay}
          onChange={(event) => change({ endOfDay: event.target.checked })}
          label={settingWords.endOfDay}
          help={settingWords.endOfDayHelp}
        />
        <SaveRow deed={deed} saved={saved} changed={changed} />
      </Form>
    </Section>
  )
}
