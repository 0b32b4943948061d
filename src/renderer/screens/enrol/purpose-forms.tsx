// What is said before a card is awaited: why one is replaced, until when one is lent, what is in the box.
import { type ReactNode, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { CheckLine, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { localDay } from '../../format/moments.ts'
import { waitWords as words } from '../../messages/card-wait-en.ts'
import { changePurpose, type Purpose, type Reason, useCardWait } from '../../state/card-wait.ts'
import { deskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'

type For<W extends Purpose['what']> = { purpose: Extract<Purpose, { what: W }> }

function Asked({ button, busy = false, onSubmit, children }: AskedProps) {
  return (
    <Form onSubmit={onSubmit}>
      {children}
      <Button rank="primary" type="submit" disabled={busy} className="self-start">
        {button}
      </Button>
    </Form>
  )
}
type AskedProps = { button: string; busy?: boolean; onSubmit: () => void; children: ReactNode }

type ChoiceProps<T extends string> = {
  legend: string
  choices: Record<T, string>
  value: T
  onChange: (value: T) => void
}

function Choice<T extends string>({ legend, choices, value, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className="-mx-2">
      <legend className="px-2 pb-1 text-13 font-medium text-ink-2">{legend}</legend>
      {(Object.keys(choices) as T[]).map((one) => (
        <CheckLine
          key={one}
          type="radio"
          name={legend}
          checked={one === value}
          onChange={() => onChange(one)}
          label={choices[one]}
        />
      ))}
    </fieldset>
  )
}

export function ReplaceForm({ purpose }: For<'replace'>) {
  const [reason, setReason] = useState<Reason>('damaged')
  return (
    <Asked button={words.goOn} onSubmit={() => changePurpose({ ...purpose, reason })}>
      <Choice legend={words.whyReplaced} choices={words.reasons} value={reason} onChange={setReason} />
    </Asked>
  )
}

const DAY_MS = 86_400_000

export function LendForm({ purpose }: For<'lend'>) {
  const voice = useVoice()
  const { doneRefusal, busy } = useCardWait()
  const [until, setUntil] = useState<keyof typeof words.until>('tonight')
  const [day, setDay] = useState(() => localDay(deskNow() + 7 * DAY_MS, voice))
  function go(): void {
    const due = { tonight: localDay(deskNow(), voice), day, open: '' }[until]
    changePurpose({ ...purpose, due })
  }
  return (
    <Asked
      button={purpose.card === null ? words.goOn : words.lend(purpose.card.label ?? purpose.card.short)}
      busy={busy}
      onSubmit={go}
    >
      <Choice legend={words.untilWhen} choices={words.until} value={until} onChange={setUntil} />
      {until === 'day' && (
        <TextField
          label={words.lastDay}
          type="date"
          required
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      )}
      <RefusalLine refusal={doneRefusal} />
    </Asked>
  )
}

export function StockForm({ purpose }: For<'stock'>) {
  const [loaner, setLoaner] = useState(purpose.loaner)
  const [label, setLabel] = useState('')
  return (
    <Asked button={words.goOn} onSubmit={() => changePurpose({ ...purpose, loaner, label: label.trim() })}>
      <div className="-mx-2">
        <CheckLine
          type="checkbox"
          checked={loaner}
          onChange={({ target }) => setLoaner(target.checked)}
          label={words.asLoaners}
          help={words.asLoanersHelp}
        />
      </div>
      <TextField
        label={words.stockLabel}
        help={words.stockLabelHelp}
        placeholder={words.stockLabelHint}
        maxLength={60}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
    </Asked>
  )
}
