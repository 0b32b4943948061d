// How somebody pays what they owe: at a card reader, on their own phone, in cash, or later by mail.
import { Banknote, CreditCard, Mail, Smartphone, WalletCards } from 'lucide-react'
import { useState } from 'react'
import type { Debt, Payment } from '../../../preload/shapes-money.ts'
import { Notice, RefusalLine } from '../../components/notice.tsx'
import { Confirm } from '../../components/two-step.tsx'
import { WayButton } from '../../components/way-button.tsx'
import { sayMoney } from '../../format/money.ts'
import { moneyWords as words } from '../../messages/money-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

type Props = {
  member: { id: string }
  /** Null: only another way to pay is saved. */
  debt: Debt | null
  onBegun: (payment: Payment) => void
}

const CHANGED = ['payments.owed', 'payments.get', 'members.get', 'feed.why'] as const

export function PayChoices({ member: { id: member }, debt, onBegun }: Props) {
  const { value: readers, refusal } = useReading('signUps.readers', {})
  const { locale } = useVoice()
  const [asked, setAsked] = useState(false)
  const [mailed, setMailed] = useState(false)
  const deed = useDeed()
  const invoice = debt?.invoice ?? null

  async function start(way: 'reader' | 'page' | 'invoice-page', reader?: string): Promise<void> {
    const more = reader === undefined ? {} : { reader }
    const outcome = await deed.run('payments.start', { member, invoice, way, ...more }, ...CHANGED)
    if (outcome.ok) onBegun(outcome.value)
  }
  async function cash(of: string): Promise<void> {
    const outcome = await deed.run('payments.cash', { member, invoice: of }, ...CHANGED, 'cash.status')
    setAsked(false)
    if (outcome.ok) onBegun(outcome.value)
  }
  async function mail(of: string): Promise<void> {
    setMailed((await deed.run('payments.mail', { member, invoice: of })).ok)
  }

  return (
    <div className="flex flex-col gap-2">
      {debt?.state && <Notice tone="still">{words.lastTry(debt.state)}</Notice>}
      {readers?.map(({ id, label, online, busyWith }) => (
        <WayButton
          key={id}
          icon={<CreditCard />}
          disabled={deed.busy || !online}
          onClick={() => void start('reader', id)}
        >
          {words.reader}: {label}
          {!online && `, ${words.readerOffline}`}
          {busyWith !== null && `, ${words.readerBusy(busyWith)}`}
        </WayButton>
      ))}
      {debt !== null && debt.url !== null && (
        <WayButton icon={<Smartphone />} disabled={deed.busy} onClick={() => void start('invoice-page')}>
          {words.invoicePage}
        </WayButton>
      )}
      <WayButton icon={<WalletCards />} disabled={deed.busy} onClick={() => void start('page')}>
        {debt === null ? words.keepPage : words.newPage}
      </WayButton>
      {debt !== null &&
        (asked ? (
          <Confirm
            ask={words.cashAsk(sayMoney(debt.amount, locale))}
            doIt={words.cashDo}
            busy={deed.busy}
            onDo={() => void cash(debt.invoice)}
            onKeep={() => setAsked(false)}
          />
        ) : (
          <WayButton icon={<Banknote />} disabled={deed.busy} onClick={() => setAsked(true)}>
            {words.cash}
          </WayButton>
        ))}
      {debt !== null && debt.url !== null && (
        <WayButton icon={<Mail />} disabled={deed.busy || mailed} onClick={() => void mail(debt.invoice)}>
          {words.mail}
        </WayButton>
      )}
      {mailed && (
        <Notice tone="note" role="status">
          {words.mailed}
        </Notice>
      )}
      <RefusalLine refusal={deed.refusal ?? refusal} />
    </div>
  )
}
