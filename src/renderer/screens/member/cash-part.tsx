// What a person paid in cash, each with its receipt to print; nothing where they never did.
import { Moment } from '../../components/moment.tsx'
import { sayMoney } from '../../format/money.ts'
import { cashWords as words } from '../../messages/cash-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'
import { Part } from './part.tsx'

const LINK = 'text-accent-ink underline decoration-1 underline-offset-3 hover:no-underline'

export function CashPart({ member }: { member: string }) {
  const { value } = useReading('cash.ofMember', { member })
  const { locale } = useVoice()
  if (value === null || value.length === 0) return null
  return (
    <Part
      title={words.cashPaid}
      aside={
        <a href={linkTo('cash')} className={`${LINK} text-13`}>
          {words.box}
        </a>
      }
    >
      <ul className="divide-y divide-line rounded-md border border-line">
        {value.map(({ id, number, at, what, amount }) => (
          <li key={id} className="flex items-baseline gap-3 px-3 py-2 text-14">
            <a href={linkTo('cash', id)} aria-label={words.printOf(number)} className={`${LINK} figures`}>
              {number}
            </a>
            <span className="min-w-0 flex-1 truncate text-ink-2">{what}</span>
            <span className="text-13 text-ink-3">
              <Moment at={at} as="day" />
            </span>
            <span className="figures font-medium whitespace-nowrap">{sayMoney(amount, locale)}</span>
          </li>
        ))}
      </ul>
    </Part>
  )
}
