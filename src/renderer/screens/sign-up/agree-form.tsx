// Cash, invoice or company: what was agreed, and until when.
import { useState } from 'react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { AmountField } from '../../components/amount-field.tsx'
import { Button } from '../../components/button.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { dayBefore, localDay } from '../../format/moments.ts'
import { minorOf, sayMoney, typedMoney } from '../../format/money.ts'
import { commonWords } from '../../messages/frame-en.ts'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useCurrency, useVoice } from '../../state/voice.ts'
import type { SoldOnce } from './sold-once.ts'

const METHODS = ['cash', 'invoice', 'company'] as const
const DAY_MS = 86_400_000
const MONTH_MS = 30 * DAY_MS

type Props = { signUp: SignUp; once?: SoldOnce; onKeep: () => void }

/** It begins with what is due. `once`: what is sold once begins with its days and its price. */
export function AgreeForm({ signUp, once, onKeep }: Props) {
  const voice = useVoice()
  const { id, bill } = signUp
  const [way, setWay] = useState<(typeof METHODS)[number]>('cash')
  const [typedUntil, setUntil] = useState<string>()
  const until = typedUntil ?? paidTo()
  const due = once?.amount ?? bill?.due
  const [typedSum, setSum] = useState<string>()
  const sum = typedSum ?? (due ? typedMoney(due.minor || null, due.currency) : '')
  const [note, setNote] = useState('')
  const [typed, setCurrency] = useState<string>()
  const currency = useCurrency(typed ?? due?.currency)
  const taken = { minor: minorOf(sum, currency), currency: currency.toLowerCase() }
  const short = way === 'cash' && due?.currency === taken.currency && taken.minor < due.minor ? due : null
  const [asked, setAsked] = useState(false)
  const deed = useDeed()

  /** The last local day that what is due pays for: the one before it would be due again. */
  function paidTo(): string {
    if (once !== undefined) return localDay(deskNow() + (once.days - 1) * DAY_MS, voice)
    return bill?.next ? dayBefore(localDay(Date.parse(bill.next.at), voice)) : localDay(deskNow() + MONTH_MS, voice)
  }

  async function agree(): Promise<void> {
    const amount = sum.trim() === '' ? {} : { amount: taken }
    const more = note.trim() === '' ? {} : { note }
    await deed.run('signUps.agree', { id, way, until, ...amount, ...more }, 'signUps.get', 'signUps.list')
  }

  return (
    <Form onSubmit={() => (short === null ? agree() : setAsked(true))}>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={words.method}
          value={way}
          onChange={(event) => setWay(METHODS.find((one) => one === event.target.value) ?? 'cash')}
        >
          {METHODS.map((one) => (
            <option key={one} value={one}>
              {words.methods[one]}
            </option>
          ))}
        </SelectField>
        <TextField label={words.until} type="date" required value={until} onChange={(e) => setUntil(e.target.value)} />
        <AmountField label={words.amount} currency={currency} value={sum} onChange={(e) => setSum(e.target.value)} />
        <TextField
          label={words.currency}
          maxLength={3}
          value={currency}
          onChange={(event) => setCurrency(event.target.value)}
        />
        <TextField label={words.note} value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
      <RefusalLine refusal={deed.refusal} />
      {asked && short !== null ? (
        <Confirm
          ask={words.lessAsk(sayMoney(short, voice.locale), sum.trim() === '' ? null : sayMoney(taken, voice.locale))}
          doIt={words.agree}
          busy={deed.busy}
          onDo={() => void agree()}
          onKeep={() => setAsked(false)}
        />
      ) : (
        <div className="flex gap-3">
          <Button rank="primary" type="submit" className="h-11" disabled={deed.busy}>
            {words.agree}
          </Button>
          <Button className="h-11" onClick={onKeep}>
            {once === undefined ? commonWords.back : words.more}
          </Button>
        </div>
      )}
    </Form>
  )
}
