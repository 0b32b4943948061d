// What is due now and next: Stripe's own preview of the order, never our sum.
import { useEffect } from 'react'
import type { SignUp } from '../../../preload/shapes-sign-up.ts'
import { RefusalLine } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { signUpWords as words } from '../../messages/sign-up-en.ts'
import { useDeed } from '../../state/deed.ts'
import { useDeskNow } from '../../state/lamps.ts'
import { useVoice } from '../../state/voice.ts'

export function BillColumn({ signUp: { id, step, terms, bill, plan } }: { signUp: SignUp }) {
  const voice = useVoice()
  const now = useDeskNow(60_000)
  const deed = useDeed()
  const ask = bill === null && terms !== null && (step === 'summary' || step === 'payment')
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each choice.
  useEffect(() => {
    if (ask) void deed.run('signUps.bill', { id }, 'signUps.get')
  }, [ask])
  return (
    <aside aria-label={words.bill} className="card flex flex-col gap-3 p-5">
      <h2 className="text-16 font-semibold">{words.bill}</h2>
      {bill === null ? (
        <p className="text-14 text-ink-3">{words.billLater}</p>
      ) : (
        <>
          <p className="figures text-28 font-semibold" data-due={bill.due.minor}>
            {sayMoney(bill.due, voice.locale)}
          </p>
          <p className="text-13 text-ink-3">{words.billMore}</p>
          <ul className="flex flex-col gap-1.5 border-t border-line pt-3">
            {bill.lines.map(({ text, amount }) => (
              <li key={`${text} ${amount.minor}`} className="flex items-baseline justify-between gap-3 text-14">
                <span className="min-w-0 text-ink-2">{text || plan?.name}</span>
                <span className="figures whitespace-nowrap">{sayMoney(amount, voice.locale)}</span>
              </li>
            ))}
          </ul>
          {bill.next !== null && (
            <p className="border-t border-line pt-3 text-14 text-ink-2">
              {words.nextCharge(sayMoney(bill.next.amount, voice.locale), sayDay(Date.parse(bill.next.at), now, voice))}
            </p>
          )}
        </>
      )}
      <RefusalLine refusal={deed.refusal} />
    </aside>
  )
}
