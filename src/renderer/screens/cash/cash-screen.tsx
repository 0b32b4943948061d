// Cash: what this shift took, closing it, the shifts before, and gift cards that were sold.
import { Banknote } from 'lucide-react'
import type { ClosedShift } from '../../../preload/shapes-cash.ts'
import { buttonClass } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { SkeletonRows } from '../../components/later.tsx'
import { Moment } from '../../components/moment.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page, Section } from '../../components/page.tsx'
import { sayMoney } from '../../format/money.ts'
import { cashWords as words } from '../../messages/cash-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'
import { CloseForm } from './close-form.tsx'
import { GiftCards } from './gift-cards.tsx'
import { Payments } from './payments-table.tsx'

export function CashScreen() {
  const { value, refusal } = useReading('cash.status', {})
  const { value: shifts } = useReading('cash.shifts', {})
  const shift = value?.shift ?? null
  return (
    <Page title={words.title} narrow>
      <RefusalLine refusal={refusal} />
      <Section title={words.shift} about={words.shiftAbout}>
        {value === null ? (
          refusal === null && <SkeletonRows rows={3} />
        ) : shift === null ? (
          <Empty icon={Banknote} title={words.noShift}>
            {words.noShiftMore}
          </Empty>
        ) : (
          <Payments payments={shift.payments} links />
        )}
      </Section>
      {shift !== null && (
        <Section title={words.close} about={words.closeAbout}>
          <CloseForm key={shift.id} shift={shift} />
        </Section>
      )}
      <Section title={words.closed}>
        {shifts?.length === 0 && <p className="text-14 text-ink-3">{words.noClosed}</p>}
        {shifts !== null && shifts.length > 0 && (
          <ul className="divide-y divide-line rounded-md border border-line">
            {shifts.map((one) => (
              <ShiftLine key={one.id} shift={one} />
            ))}
          </ul>
        )}
      </Section>
      <GiftCards />
    </Page>
  )
}

function ShiftLine({ shift: { id, closedAt, by, note, counts, receipts } }: { shift: ClosedShift }) {
  const { locale } = useVoice()
  const numbers = words.receipts(receipts.count, receipts.from, receipts.to)
  const sums = counts.map(({ currency, counted }) => sayMoney({ minor: counted, currency }, locale)).join(', ')
  const differs = counts
    .filter(({ expected, counted }) => expected !== counted)
    .map(({ currency, expected, counted }) => sayMoney({ minor: counted - expected, currency }, locale))
    .join(', ')
  return (
    <li data-shift className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_280px]">
        <p className="text-14 font-medium">
          <Moment at={closedAt} />
          <span className="figures"> · {sums}</span>
        </p>
        <p className="text-13 text-ink-3">
          {numbers} · {words.by(by)}
        </p>
        {differs !== '' && (
          <p className="figures text-13 text-grace-ink">
            {words.difference(differs)}
            {note !== null && `: ${note}`}
          </p>
        )}
      </div>
      <a href={linkTo('cash', id)} aria-label={words.printOf(numbers)} className={buttonClass('plain', 'small')}>
        {words.print}
      </a>
    </li>
  )
}
