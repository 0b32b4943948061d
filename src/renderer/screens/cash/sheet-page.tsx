// A receipt or the sheet of a closed shift, as it is printed.
import { Printer } from 'lucide-react'
import type { CashSheet } from '../../../preload/shapes-cash.ts'
import { Button, buttonClass } from '../../components/button.tsx'
import { RefusalLine } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { localDay, sayExactly, sayLongDate } from '../../format/moments.ts'
import { sayMoney } from '../../format/money.ts'
import { cashWords as words } from '../../messages/cash-en.ts'
import { useReading } from '../../state/readings.ts'
import { linkTo } from '../../state/route.ts'
import { useVoice } from '../../state/voice.ts'
import { Payments } from './payments-table.tsx'

export function SheetPage({ id }: { id: string }) {
  const { value, refusal } = useReading('cash.sheet', { id })
  return (
    <Page
      title={value?.kind === 'shift' ? words.shiftSheet : words.sheet}
      narrow
      aside={
        <div className="flex gap-3">
          <a href={linkTo('cash')} className={buttonClass()}>
            {words.back}
          </a>
          <Button rank="primary" disabled={value === null} onClick={() => window.print()}>
            <Printer className="size-4" />
            {words.print}
          </Button>
        </div>
      }
    >
      <RefusalLine refusal={refusal} />
      {value !== null && (
        <article className="print-sheet card flex flex-col gap-5 p-8">
          {value.kind === 'receipt' ? <Receipt sheet={value} /> : <Shift sheet={value} />}
        </article>
      )}
    </Page>
  )
}

function Receipt({ sheet: { space, receipt } }: { sheet: Extract<CashSheet, { kind: 'receipt' }> }) {
  const voice = useVoice()
  const { number, at, name, by, lines, total, paidBy } = receipt
  const day = sayLongDate(localDay(Date.parse(at), voice), voice.locale)
  return (
    <>
      <header className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 className="text-20 font-semibold">{space}</h2>
        <p className="figures text-14 text-ink-2">
          {words.receipt} {number} · {day}
        </p>
      </header>
      <p className="text-16">{words.received(name)}</p>
      <Rows rows={lines.map(({ text, amount }) => [text, sayMoney(amount, voice.locale)])} />
      <p className="figures flex justify-between border-t border-line pt-3 text-20 font-semibold">
        <span>{words.total}</span>
        <span>{sayMoney(total, voice.locale)}</span>
      </p>
      <p className="text-13 text-ink-3">
        {[paidBy && words.paidBy(paidBy), by && words.taken(by)].filter(Boolean).join(' · ')}
      </p>
    </>
  )
}

function Shift({ sheet: { space, shift, payments } }: { sheet: Extract<CashSheet, { kind: 'shift' }> }) {
  const voice = useVoice()
  const money = (minor: number, currency: string) => sayMoney({ minor, currency }, voice.locale)
  return (
    <>
      <header>
        <h2 className="text-20 font-semibold">{space}</h2>
        <p className="text-14 text-ink-2">
          {words.opened}: {sayExactly(Date.parse(shift.openedAt), voice)}
        </p>
        <p className="text-14 text-ink-2">
          {words.closedAt}: {sayExactly(Date.parse(shift.closedAt), voice)}, {shift.by}
        </p>
      </header>
      <Payments payments={payments} />
      {shift.counts.map(({ currency, expected, counted }) => (
        <Rows
          key={currency}
          rows={[
            [words.expected, money(expected, currency)],
            [words.countedTitle, money(counted, currency)],
            [words.differenceTitle, money(counted - expected, currency)],
          ]}
        />
      ))}
      {shift.note !== null && <p className="text-14">{shift.note}</p>}
      <p className="mt-8 w-64 border-t border-line pt-1 text-13 text-ink-3">{words.signature}</p>
    </>
  )
}

function Rows({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="flex flex-col gap-1.5 text-14">
      {rows.map(([text, amount]) => (
        <div key={text} className="flex items-baseline justify-between gap-4">
          <dt className="text-ink-2">{text}</dt>
          <dd className="figures whitespace-nowrap">{amount}</dd>
        </div>
      ))}
    </dl>
  )
}
