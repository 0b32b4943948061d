// What a change costs now and next, by Stripe's own preview.
import { useEffect } from 'react'
import type { ChangeBill } from '../../../preload/shapes-changes.ts'
import { RefusalLine } from '../../components/notice.tsx'
import { sayDay } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { changeWords as words } from '../../messages/changes-en.ts'
import { deskNow } from '../../state/lamps.ts'
import { type Reading, renew } from '../../state/readings.ts'
import { useVoice } from '../../state/voice.ts'

/** After the reading of it: what it costs is asked anew each time, for it changes by the minute. */
export function useFreshBill(): void {
  useEffect(() => () => renew('changes.previewPlan', 'changes.previewSeats'), [])
}

export function Bill({ reading: { value, refusal } }: { reading: Reading<ChangeBill> }) {
  const voice = useVoice()
  if (refusal !== null) return <RefusalLine refusal={refusal} />
  if (value === null)
    return (
      <p role="status" className="text-14 text-ink-3">
        {words.asking}
      </p>
    )
  const { due, lines, credit, next } = value
  const say = (amount: typeof due) => sayMoney(amount, voice.locale)
  return (
    <section className="flex flex-col gap-2 rounded-md bg-sunken p-3">
      <p className="flex items-baseline justify-between gap-3">
        <span className="text-14 text-ink-2">{words.due}</span>
        <span className="figures text-20 font-semibold" data-due={due.minor}>
          {say(due)}
        </span>
      </p>
      {lines.length > 0 && (
        <ul className="flex flex-col gap-1 border-t border-line pt-2">
          {lines.map(({ text, amount }) => (
            <li key={`${text} ${amount.minor}`} className="flex items-baseline justify-between gap-3 text-13">
              <span className="min-w-0 text-ink-2">{text}</span>
              <span className="figures whitespace-nowrap">{say(amount)}</span>
            </li>
          ))}
        </ul>
      )}
      {credit !== null && <p className="text-13 text-ink-2">{words.credit(say(credit))}</p>}
      {next !== null && (
        <p className="text-13 text-ink-2">
          {words.next(say(next.amount), sayDay(Date.parse(next.at), deskNow(), voice))}
        </p>
      )}
    </section>
  )
}
