// One chart at a time; each piece of it opens its list.
import type { LapsedReport } from '../../../preload/shapes-report.ts'
import { Chart } from '../../components/chart.tsx'
import type { ChartData, Column, Picked, Series } from '../../components/chart-data.ts'
import { cx } from '../../components/cx.ts'
import { sayMonth } from '../../format/moments.ts'
import { sayMoney, sayRoundMoney } from '../../format/money.ts'
import { lateWords as words } from '../../messages/late-en.ts'
import { CHARTS, type ChartName, goTo, type LateView, lateLink, type Which } from '../../state/late-view.ts'
import { useVoice } from '../../state/voice.ts'

type Props = { report: LapsedReport; view: LateView }

export function LateCharts({ report, view }: Props) {
  const { chart } = view
  const columns = useColumns(report, chart)
  const data = useChartData(report, view, columns)
  const isEmpty = columns.every(({ values }) => Object.values(values).every((value) => value === 0))
  return (
    <section aria-label={words.charts[chart]} className="card p-5 print:break-inside-avoid print:border-0 print:p-0">
      <fieldset aria-label={words.chartsLabel} className="mb-3 flex flex-wrap gap-1 print:hidden">
        {CHARTS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === chart}
            onClick={() => goTo(lateLink(view, { chart: name }))}
            className={cx(
              'h-8 rounded-md px-3 text-14 font-medium',
              name === chart ? 'bg-accent-soft text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            {words.charts[name]}
          </button>
        ))}
      </fieldset>
      <h3 className="hidden text-16 font-semibold print:block">{words.charts[chart]}</h3>
      {isEmpty ? (
        <p className="py-10 text-center text-14 text-ink-3">
          {chart === 'ageing' ? words.nothingOpen : words.nothingLate}
        </p>
      ) : (
        <Chart key={chart} data={data} first={words.first[chart]} lying={chart === 'reasons' || chart === 'methods'} />
      )}
      <p className="mt-2 text-13 text-ink-3">{report.definitions[chart]}</p>
    </section>
  )
}

const OPEN: Series = { key: 'open', words: words.series.open, look: 'open' }
const ALL: readonly Series[] = [
  { key: 'recovered', words: words.series.recovered, look: 'good' },
  OPEN,
  { key: 'lost', words: words.series.lost, look: 'bad' },
]

/** How each chart's columns narrow a list. */
const NARROWS = { months: 'month', ageing: 'bucket', reasons: 'reason', methods: 'method' } as const

function useColumns(report: LapsedReport, chart: ChartName): Column[] {
  const { locale } = useVoice()
  switch (chart) {
    case 'months':
      return report.months.map(({ month, settling, ...split }) => ({
        key: month,
        words: sayMonth(month, locale),
        short: sayMonth(month, locale, true),
        note: settling ? words.settling : undefined,
        values: valuesOf(split),
      }))
    case 'ageing':
      return report.ageing.map(({ bucket, amount }) => ({
        key: bucket,
        words: words.bucket(bucket),
        values: { open: amount },
      }))
    default:
      return report[chart].map(({ key, words, ...split }) => ({
        key,
        words: words.charAt(0).toUpperCase() + words.slice(1),
        values: valuesOf(split),
      }))
  }
}

/** By the lists that they open. */
function valuesOf({ recovered, inRecovery, lost }: { recovered: number; inRecovery: number; lost: number }) {
  return { recovered, open: inRecovery, lost }
}

function useChartData({ currency, definitions }: LapsedReport, view: LateView, columns: Column[]): ChartData {
  const { locale } = useVoice()
  const { chart, which } = view
  const narrows = NARROWS[chart]
  const at = which[narrows]
  const pick = ({ column, series }: Picked) =>
    goTo(lateLink(view, { of: { list: series, [narrows]: column } as Which }))
  return {
    caption: definitions[chart] ?? words.charts[chart],
    series: chart === 'ageing' ? [OPEN] : ALL,
    columns,
    say: (minor) => sayMoney({ minor, currency }, locale),
    saySmall: (minor) => sayRoundMoney({ minor, currency }, locale),
    onPick: pick,
    picked: at === undefined ? null : { column: at, series: which.list },
  }
}
