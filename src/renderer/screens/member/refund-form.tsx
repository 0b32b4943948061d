// Giving back of one payment, in full or in part; and then what becomes of the membership that it paid for.
import { useState } from 'react'
import type { PaidPayment } from '../../../preload/shapes-money.ts'
import { AmountField } from '../../components/amount-field.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { minorOf, sayMoney, typedMoney } from '../../format/money.ts'
import { moneyWords as words } from '../../messages/money-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useVoice } from '../../state/voice.ts'

const REASONS = ['requested', 'duplicate', 'other'] as const
type Reason = (typeof REASONS)[number]

type Props = { member: { id: string }; payment: PaidPayment; onClose: () => void }

export function RefundForm({ member, payment, onClose }: Props) {
  const { locale } = useVoice()
  const { amount, left, membership } = payment
  const { currency } = left
  const [sum, setSum] = useState(typedMoney(left.minor, currency))
  const [reason, setReason] = useState<Reason>('requested')
  const [why, setWhy] = useState('')
  const [given, setGiven] = useState<string | null>(null)
  const deed = useDeed()

  async function give(): Promise<void> {
    const asked = { member: member.id, payment: payment.id, left, reason, why }
    const part = { minor: minorOf(sum, currency), currency }
    const outcome = await deed.run('refunds.make', { ...asked, amount: part }, 'refunds.payments', 'members.get')
    if (outcome.ok) setGiven(sayMoney(outcome.value.amount, locale))
  }

  return (
    <Dialog
      open
      locked
      onClose={onClose}
      title={words.refundTitle(sayMoney(amount, locale))}
      about={given === null ? words.refundAbout(sayMoney(left, locale)) : ''}
    >
      {given === null ? (
        <Form onSubmit={give}>
          <div className="grid grid-cols-2 gap-4">
            <AmountField
              label={words.amount}
              currency={currency}
              required
              value={sum}
              suffix={currency.toUpperCase()}
              onChange={(event) => setSum(event.target.value)}
            />
            <SelectField
              label={words.reason}
              value={reason}
              onChange={(event) => setReason(REASONS.find((one) => one === event.target.value) ?? 'requested')}
            >
              {REASONS.map((one) => (
                <option key={one} value={one}>
                  {words.reasons[one]}
                </option>
              ))}
            </SelectField>
          </div>
          <TextField label={words.why} required value={why} onChange={(event) => setWhy(event.target.value)} />
          <RefusalLine refusal={deed.refusal} />
          <Button rank="primary" type="submit" disabled={deed.busy} className="self-start">
            {words.giveBack}
          </Button>
        </Form>
      ) : (
        <AndThen given={given} membership={membership} why={why} onClose={onClose} />
      )}
    </Dialog>
  )
}

type ThenProps = { given: string; membership: string | null; why: string; onClose: () => void }

function AndThen({ given, membership, why, onClose }: ThenProps) {
  const [asked, setAsked] = useState(false)
  const deed = useDeed()
  async function end(when: 'changes.cancel' | 'changes.cancelNow', id: string): Promise<void> {
    if ((await deed.run(when, { id, reason: why }, 'members.get')).ok) onClose()
  }
  return (
    <div className="flex flex-col items-start gap-4">
      <p role="status" className="text-20 font-semibold">
        {words.givenBack(given)}
      </p>
      {membership === null ? (
        <Button rank="primary" onClick={onClose}>
          {words.done}
        </Button>
      ) : (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-14">{words.andMembership}</legend>
          <div className="flex flex-wrap gap-2">
            <Button rank="primary" onClick={onClose}>
              {words.leaveIt}
            </Button>
            <Button disabled={deed.busy} onClick={() => void end('changes.cancel', membership)}>
              {words.endAtPeriod}
            </Button>
            <Button rank="danger" disabled={deed.busy || asked} onClick={() => setAsked(true)}>
              {words.endNow}
            </Button>
          </div>
          {asked && (
            <Confirm
              ask={words.endNowAsk}
              doIt={words.endNow}
              busy={deed.busy}
              onDo={() => void end('changes.cancelNow', membership)}
              onKeep={() => setAsked(false)}
            />
          )}
        </fieldset>
      )}
      <RefusalLine refusal={deed.refusal} />
    </div>
  )
}
