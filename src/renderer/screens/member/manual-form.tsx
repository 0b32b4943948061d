// A membership agreed at the desk: a new one, or its next term.
import { useState } from 'react'
import { AmountField } from '../../components/amount-field.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { CheckLine, SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { SecondOne } from '../../components/second-one.tsx'
import { localDay } from '../../format/moments.ts'
import { minorOf } from '../../format/money.ts'
import { agreementWords as words } from '../../messages/agreements-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useCurrency, useVoice } from '../../state/voice.ts'

const METHODS = ['cash', 'invoice', 'company'] as const
type Method = (typeof METHODS)[number]
const MONTH_MS = 30 * 86_400_000

type Props = {
  member: { id: string; name: string }
  /** The one that is renewed; null for a new one. */
  renew: { id: string; plan: string; paidUntil: string | null } | null
  open: boolean
  onClose: () => void
}

export function ManualForm({ member, renew, open, onClose }: Props) {
  const { value: plans } = useReading('plans.list', {})
  const { value: terms } = useReading('memberships.terms', renew === null ? null : { id: renew.id })
  const voice = useVoice()
  const today = localDay(deskNow(), voice)
  const last = renew?.paidUntil == null ? deskNow() : Date.parse(renew.paidUntil)
  const [plan, setPlan] = useState('')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(localDay(last + MONTH_MS, voice))
  const [method, setMethod] = useState<Method>('cash')
  const [sum, setSum] = useState('')
  const [typed, setCurrency] = useState<string>()
  const [seats, setSeats] = useState('1')
  const [note, setNote] = useState('')
  const [taken, setTaken] = useState(false)
  const [again, setAgain] = useState(false)
  const deed = useDeed()
  const currency = useCurrency(typed ?? terms?.find(({ amount }) => amount !== null)?.amount?.currency)
  // Then nobody knows whether the money comes now or came long ago.
  const earlier = renew === null && method === 'cash' && from < today
  const chosen = plan || (plans?.[0]?.id ?? '')

  function choose(id: string): void {
    setPlan(id)
    setAgain(false)
    deed.clear()
  }

  async function save(): Promise<void> {
    const amount = sum.trim() === '' ? null : { minor: minorOf(sum, currency), currency: currency.toLowerCase() }
    const common = { until, method, amount, ...(note.trim() === '' ? {} : { note }) }
    const changes = ['members.get', 'memberships.terms', 'members.list', 'inbox.list', 'desk.status'] as const
    const outcome =
      renew === null
        ? await deed.run(
            'memberships.addManual',
            {
              member: member.id,
              plan: chosen,
              from,
              seats: Number(seats),
              ...common,
              ...(earlier ? { taken } : {}),
              again,
            },
            ...changes,
          )
        : await deed.run('memberships.renew', { id: renew.id, ...common }, ...changes)
    if (outcome.ok) onClose()
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      locked
      title={renew === null ? words.addTitle(member.name) : words.renewTitle(renew.plan)}
      about={renew === null ? words.addAbout : words.renewAbout}
    >
      <Form onSubmit={save}>
        {renew === null && (
          <div className="grid grid-cols-2 gap-4">
            <SelectField label={words.plan} value={chosen} onChange={(event) => choose(event.target.value)}>
              {plans?.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
            <TextField
              label={words.from}
              type="date"
              required
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          </div>
        )}
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={words.until}
            type="date"
            required
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
          <SelectField
            label={words.method}
            value={method}
            onChange={(event) => setMethod(METHODS.find((one) => one === event.target.value) ?? 'cash')}
          >
            {METHODS.map((one) => (
              <option key={one} value={one}>
                {words.methods[one]}
              </option>
            ))}
          </SelectField>
          <AmountField
            label={words.amount}
            help={words.amountHelp}
            currency={currency}
            value={sum}
            onChange={(event) => setSum(event.target.value)}
          />
          <TextField
            label={words.currency}
            maxLength={3}
            value={currency}
            onChange={(event) => setCurrency(event.target.value)}
          />
          {renew === null && (
            <TextField
              label={words.seats}
              type="number"
              min={1}
              max={10_000}
              required
              value={seats}
              onChange={(event) => setSeats(event.target.value)}
            />
          )}
          <TextField label={words.note} value={note} onChange={(event) => setNote(event.target.value)} />
        </div>
        {earlier && (
          <CheckLine
            type="checkbox"
            className="-mx-2"
            checked={taken}
            onChange={(event) => setTaken(event.target.checked)}
            label={words.taken}
            help={words.takenHelp}
          />
        )}
        <RefusalLine refusal={deed.refusal} />
        <SecondOne refusal={deed.refusal} meant={again} onMean={setAgain} />
        <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
          {renew === null ? words.add : words.renew}
        </Button>
      </Form>
    </Dialog>
  )
}
