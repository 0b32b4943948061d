// Cash payments as a table: on the screen with a link to each receipt, on the sheet of a shift without.
import type { ReceiptRow } from '../../../preload/shapes-cash.ts'
import { cx } from '../../components/cx.ts'
import { Moment } from '../../components/moment.tsx'
import { sayMoney } from '../../format/money.ts'
import { cashWords as words } from '../../messages/cash-en.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'

const HEAD = 'border-b border-line py-1.5 text-left text-13 font-medium text-ink-3'
const CELL = 'border-b border-line py-2 align-top group-last:border-b-0'

export function Payments({ payments, links = false }: { payments: readonly ReceiptRow[]; links?: boolean }) {
  const { locale } = useVoice()
  return (
    <table className="w-full border-separate border-spacing-0 text-14">
      <thead>
        <tr>
          {[words.receipt, words.time, words.who, words.what].map((head) => (
            <th key={head} scope="col" className={cx(HEAD, 'pr-3')}>
              {head}
            </th>
          ))}
          <th scope="col" className={cx(HEAD, 'text-right')}>
            {words.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {payments.map(({ id, number, at, member, what, amount }) => (
          <tr key={id} className="group">
            <td className={cx(CELL, 'figures pr-3 whitespace-nowrap')}>
              {links ? (
                <a
                  href={linkTo('cash', id)}
                  aria-label={words.printOf(number)}
                  className="text-accent-ink underline decoration-1 underline-offset-3 hover:no-underline"
                >
                  {number}
                </a>
              ) : (
                number
              )}
            </td>
            <td className={cx(CELL, 'pr-3 whitespace-nowrap text-ink-2')}>
              <Moment at={at} />
            </td>
            <td className={cx(CELL, 'pr-3')}>{member.name}</td>
            <td className={cx(CELL, 'pr-3 text-ink-2')}>{what}</td>
            <td className={cx(CELL, 'figures text-right font-medium whitespace-nowrap')}>{sayMoney(amount, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
