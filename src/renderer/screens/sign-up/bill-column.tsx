// What is due now and next: Stripe's own preview of the order, never our sum.
import { useEffect } from 'react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { RefusalLine } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useReading } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'
import { GiftLine } from './gift-line.tsx'
import { useSoldOnce } from './sold-once.ts'

export function BillColumn({ signUp }: { signUp: SignUp }) {
  const { id, step, terms, bill, plan, paid } = signUp
  const once = useSoldOnce(signUp)
  const offers = useReading('signUps.plans', {}).value
  const voice = useVoice()
  const now = useDeskNow(60_000)
  const deed = useDeed()
  const asks = step === 'summary' || step === 'payment'
  const ask = bill === null && terms !== null && asks && offers !== null && once === null
  const choice = `${plan?.id} ${signUp.quantity} ${signUp.code}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each choice.
  useEffect(() => {
    if (ask) void deed.run('signUps.bill', { id }, 'signUps.get')
  }, [ask, choice])
  return (
    <aside aria-label={words.bill} className="card flex flex-col gap-3 p-5">
      <h2 className="text-16 font-semibold">{paid === null ? words.bill : words.billOf[paid]}</h2>
      {once !== null ? (
        <>
          {once.amount !== null && (
            <p className="figures text-28 font-semibold">{sayMoney(once.amount, voice.locale)}</p>
          )}
          <p className="text-13 text-ink-3">{words.billAgreed}</p>
        </>
      ) : bill === null ? (
        <p className="text-14 text-ink-3">{words.billLater}</p>
      ) : (
        <>
          <p className="figures text-28 font-semibold" data-due={bill.due.minor}>
            {sayMoney(bill.due, voice.locale)}
          </p>
          {paid === null && <p className="text-13 text-ink-3">{words.billMore}</p>}
          <ul className="flex flex-col gap-1.5 border-t border-line pt-3">
            {bill.lines.map(({ text, amount }) => (
              <li key={`${text} ${amount.minor}`} className="flex items-baseline justify-between gap-3 text-14">
                <span className="min-w-0 text-ink-2">{text || plan?.name}</span>
                <span className="figures whitespace-nowrap">{sayMoney(amount, voice.locale)}</span>
              </li>
            ))}
            {bill.discounts.map(({ text, amount }) => (
              <li key={text} className="flex items-baseline justify-between gap-3 text-14 text-granted-ink">
                <span className="min-w-0">{text}</span>
                <span className="figures whitespace-nowrap">{sayMoney(amount, voice.locale)}</span>
              </li>
            ))}
          </ul>
          <GiftLine signUp={signUp} />
          {bill.next !== null && paid !== 'agreed' && (
            <p className="border-t border-line pt-3 text-14 text-ink-2">
              {words.nextCharge(sayMoney(bill.next.amount, voice.locale), sayDay(Date.parse(bill.next.at), now, voice))}
              {bill.next.discounted && words.nextLess}
            </p>
          )}
        </>
      )}
      <RefusalLine refusal={deed.refusal} />
    </aside>
  )
}
