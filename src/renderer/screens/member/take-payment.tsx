// What is owed, taken at the desk; or another way to pay, where nothing is. The desk does it; here it is chosen and watched.
import { useState } from 'react'
import type { Debt, Payment } from '../../../preload/shapes-money.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { PayUnderWay } from '../../components/pay-under-way.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { moneyWords as words } from '../../messages/money-en.ts'
import { useDeed } from '../../state/deed.ts'
import { deskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { doneTaking, useTaking } from '../../state/taking.ts'
import { useVoice } from '../../state/voice.ts'
import { PayChoices } from './pay-choices.tsx'

type Props = { member: { id: string; name: string }; onClose: () => void }

export function TakePaymentDialog() {
  const from = useTaking((facts) => facts.from)
  return from === null ? null : <TakePayment key={from.id} member={from} onClose={doneTaking} />
}

function TakePayment({ member, onClose }: Props) {
  const voice = useVoice()
  const { value: owed, refusal } = useReading('payments.owed', { member: member.id })
  const [begun, setBegun] = useState<Payment | null>(null)
  // One that is under way already, perhaps begun at another screen, is gone on with, also once it is not open any more.
  if (begun === null && owed?.open != null) setBegun(owed.open)
  const { value: read } = useReading('payments.get', begun === null ? null : { id: begun.id })
  const payment = read ?? begun
  const debt = debtOf(owed?.debts, payment)
  const about =
    debt === null
      ? owed === null
        ? words.looking
        : words.newWayAbout
      : words.takeAbout(
          sayMoney(debt.amount, voice.locale),
          debt.plan,
          sayDay(Date.parse(debt.since), deskNow(), voice),
        )
  const isNew = owed !== null && debt === null && payment?.invoice == null
  return (
    <Dialog
      open
      locked
      onClose={onClose}
      title={isNew ? words.newWayTitle(member.name) : words.takeTitle(member.name)}
      about={payment?.state === 'paid' ? '' : about}
    >
      <div className="flex flex-col gap-4">
        {owed === null && refusal === null && <SkeletonRows rows={3} />}
        <RefusalLine refusal={refusal} />
        {payment !== null && payment.fault !== null && (
          <Notice tone="refused" role="alert">
            {payment.fault}
          </Notice>
        )}
        {owed !== null && (
          <Body
            member={member}
            debt={debt}
            more={debt === null ? 0 : owed.debts.length - 1}
            payment={payment}
            onBegun={setBegun}
            onClose={onClose}
          />
        )}
      </div>
    </Dialog>
  )
}

/** What is being paid keeps its place while it is; else the oldest comes first. */
function debtOf(debts: readonly Debt[] | undefined, payment: Payment | null): Debt | null {
  const same = debts?.find(({ invoice }) => invoice === payment?.invoice?.id)
  return same ?? (payment === null || payment.state === 'open' ? (debts?.[0] ?? null) : null)
}

type BodyProps = {
  member: Props['member']
  debt: Debt | null
  more: number
  payment: Payment | null
  onBegun: (payment: Payment) => void
  onClose: () => void
}

function Body({ member, debt, more, payment, onBegun, onClose }: BodyProps) {
  switch (payment?.state) {
    case 'paid':
    case 'processing':
    case 'saved':
      return <Settled payment={payment} onClose={onClose} />
    default:
      if (payment !== null && payment !== undefined && payment.doing !== null) return <Going payment={payment} />
      return (
        <>
          <PayChoices member={member} debt={debt} onBegun={onBegun} />
          {more > 0 && <p className="text-13 text-ink-3">{words.more(more)}</p>}
        </>
      )
  }
}

function Going({ payment: { id, doing, page, way } }: { payment: Payment }) {
  const deed = useDeed()
  return (
    <>
      <PayUnderWay
        doing={doing ?? ''}
        page={page && { url: page.url, toScan: true }}
        atReader={way === 'reader'}
        busy={deed.busy}
        stop={page === null ? words.stop : words.otherWay}
        onStop={() => void deed.run('payments.stop', { id }, 'payments.get', 'payments.owed')}
      />
      <RefusalLine refusal={deed.refusal} />
    </>
  )
}

function Settled({ payment: { state, paid, receipt }, onClose }: { payment: Payment; onClose: () => void }) {
  const { locale } = useVoice()
  const [title, more] =
    state === 'paid'
      ? [words.paid(paid === null ? '' : sayMoney(paid, locale)), words.paidMore]
      : state === 'processing'
        ? [words.processing, words.processingMore]
        : [words.saved, null]
  return (
    <div className="flex flex-col items-start gap-4">
      <div role="status">
        <p className="text-20 font-semibold">{title}</p>
        {more !== null && <p className="text-14 text-ink-2">{more}</p>}
        {receipt !== null && <p className="figures text-14 text-ink-2">{words.receipt(receipt)}</p>}
      </div>
      <Button rank="primary" onClick={onClose}>
        {words.done}
      </Button>
    </div>
  )
}
