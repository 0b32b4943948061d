// What Stripe took from somebody and what was given back of it, wherever that was done; and what can be taken or given here.
import { useState } from 'react'
import type { MemberPanel } from '../../../preload/shapes.ts'
import type { PaidPayment } from '../../../preload/shapes-money.ts'
import { Button } from '../../components/button.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { moneyWords as words } from '../../messages/money-en.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { takePayment } from '../../state/taking.ts'
import { useVoice } from '../../state/voice.ts'
import { Part } from './part.tsx'
import { RefundForm } from './refund-form.tsx'

export function TakenPart({ member }: { member: MemberPanel }) {
  const { id } = member
  const [back, setBack] = useState<PaidPayment | null>(null)
  const { value: payments, refusal } = useReading('refunds.payments', { member: id })
  const { value: owed } = useReading('payments.owed', { member: id })
  const owes = (owed?.debts.length ?? 0) > 0
  return (
    <Part
      title={words.title}
      aside={
        <Button
          size="small"
          rank={owes ? 'primary' : 'plain'}
          disabled={owed === null}
          onClick={() => takePayment(member)}
        >
          {owes ? words.take : words.newWay}
        </Button>
      }
    >
      <RefusalLine refusal={refusal} />
      {payments === null ? (
        refusal === null && <SkeletonRows rows={2} />
      ) : payments.length === 0 ? (
        <p className="text-14 text-ink-3">{words.nothing}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {payments.map((payment) => (
            <Line key={payment.id} payment={payment} onBack={() => setBack(payment)} />
          ))}
        </ul>
      )}
      {back !== null && <RefundForm member={member} payment={back} onClose={() => setBack(null)} />}
    </Part>
  )
}

function Line({ payment, onBack }: { payment: PaidPayment; onBack: () => void }) {
  const voice = useVoice()
  const { at, amount, left, disputed, invoice, with: paidWith, refunds } = payment
  const money = (of: PaidPayment['amount']) => sayMoney(of, voice.locale)
  const facts = [paidWith, invoice, disputed ? words.disputed : null].filter((fact) => fact !== null)
  return (
    <li className="flex flex-col gap-1 px-3 py-2.5">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0 text-14">
          <Moment at={at} as="day" />
          <p className="flex flex-wrap gap-x-3 text-13 text-ink-3">
            {facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </p>
        </div>
        <div className="flex items-center gap-2">
          {left.minor > 0 && !disputed && (
            <Button
              size="small"
              rank="quiet"
              aria-label={words.giveBackOf(money(amount), sayDay(Date.parse(at), deskNow(), voice))}
              onClick={onBack}
            >
              {words.giveBack}
            </Button>
          )}
          <span className="figures text-14 font-medium whitespace-nowrap">{money(amount)}</span>
        </div>
      </div>
      {refunds.map((refund) => (
        <p key={refund.id} className="flex flex-wrap justify-between gap-x-3 text-13 text-ink-2">
          <span>
            {words.refundLine(money(refund.amount), refund.by)}
            {refund.why !== null && `: ${refund.why}`}
            {words.refundState[refund.status] !== undefined && ` (${words.refundState[refund.status]})`}
          </span>
          <Moment at={refund.at} as="day" />
        </p>
      ))}
    </li>
  )
}
