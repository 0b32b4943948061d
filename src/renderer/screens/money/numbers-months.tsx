// Month by month: one chart at a time, and all of it as a table.
import type { MembershipNumbers } from '../../../preload/shapes-numbers.ts'
import { Chart } from '../../components/chart.tsx'
import type { ChartData } from '../../components/chart-data.ts'
import { cx } from '../../components/cx.ts'
import { Section } from '../../components/page.tsx'
import { sayMonth } from '../../format/moments.ts'
import { sayCount, sayMoney, sayRoundMoney } from '../../format/money.ts'
import { numbersWords as words } from '../../messages/numbers-en.ts'
import { goTo } from '../../state/late-view.ts'
import { NUMBER_CHARTS, type NumberChart, type NumbersView, numbersLink } from '../../state/numbers-view.ts'
import { useVoice } from '../../state/voice.ts'
import { CsvButton } from './numbers-csv.tsx'
import { sayPercent, saySigned } from './numbers-figures.tsx'
import { NumberTable } from './numbers-table.tsx'

type Month = MembershipNumbers['months'][number]

export function MonthsPart({ numbers, view }: { numbers: MembershipNumbers; view: NumbersView }) {
  const { locale } = useVoice()
  const { months, definitions } = numbers
  const data = useChartData(numbers, view.chart)
  const isLast = (month: Month) => month === months.at(-1)
  return (
    <Section title={words.months} aside={<CsvButton what="months" title={words.months} which={view.which} />}>
      <fieldset aria-label={words.chartsLabel} className="mb-3 flex flex-wrap gap-1 print:hidden">
        {NUMBER_CHARTS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === view.chart}
            onClick={() => goTo(numbersLink(view, { chart: name }))}
            className={cx(
              'h-8 rounded-md px-3 text-14 font-medium',
              name === view.chart ? 'bg-accent-soft text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            {words.charts[name]}
          </button>
        ))}
      </fieldset>
      {/* On paper the table below has all of it. */}
      <div className="print:[&_table]:hidden">
        <Chart key={view.chart} data={data} first={words.month} />
      </div>
      <p className="mt-2 mb-5 text-13 text-ink-3">{definitions[view.chart]}</p>
      <NumberTable
        caption={words.months}
        heads={[
          words.month,
          ...['members', 'joined', 'left', 'net', 'churn', 'mrr'].map(
            (name) => words.tiles[name as keyof typeof words.tiles],
          ),
        ]}
        rows={months.map((month) => ({
          key: month.month,
          head: isLast(month) ? `${sayMonth(month.month, locale)} (${words.running})` : sayMonth(month.month, locale),
          cells: [
            sayCount(month.members, locale),
            sayCount(month.joined, locale),
            sayCount(month.left, locale),
            saySigned(month.net, locale),
            month.churn === null ? '' : sayPercent(month.churn, locale),
            sayMoney(month.mrr, locale),
          ],
        }))}
      />
    </Section>
  )
}

/** A chart's axis is as long as its longest bar, and at least one. */
const FINE = 10_000

const LOOKS = { members: 'plain', joined: 'good', left: 'bad', churn: 'bad', mrr: 'plain' } as const

function useChartData({ months, currency, definitions }: MembershipNumbers, chart: NumberChart): ChartData {
  const { locale } = useVoice()
  const money = chart === 'mrr'
  const figureOf = (month: Month) =>
    chart === 'mrr' ? month.mrr.minor : chart === 'churn' ? (month.churn ?? 0) * FINE : month[chart]
  const say = (value: number, small: boolean) => {
    if (money) return (small ? sayRoundMoney : sayMoney)({ minor: value, currency }, locale)
    return chart === 'churn' ? sayPercent(value / FINE, locale) : sayCount(value, locale)
  }
  return {
    caption: definitions[chart] ?? words.charts[chart],
    series: [{ key: chart, words: words.charts[chart], look: LOOKS[chart] }],
    columns: months.map((month) => ({
      key: month.month,
      words: sayMonth(month.month, locale),
      short: sayMonth(month.month, locale, true),
      note: month === months.at(-1) ? words.running : undefined,
      values: { [chart]: figureOf(month) },
    })),
    say: (value) => say(value, false),
    saySmall: (value) => say(value, true),
  }
}
