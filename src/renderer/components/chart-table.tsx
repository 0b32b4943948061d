// The table behind a chart: the same figures, for screen readers, for paper, and for whoever asks.
import { type ChartData, type Column, type Series, totalOf, valueIn, wordsFor } from './chart-data.ts'
import { cx } from './cx.ts'

/** `shown`: on the screen too; then its figures can be opened as those of the chart. */
type Props = { data: ChartData; heads: { first: string; total: string }; shown: boolean }

const CELL = 'border-b border-line py-1.5 text-14 group-last:border-b-0'
const HEAD = 'border-b border-line py-1.5 text-13 font-medium text-ink-3'

export function ChartTable({ data, heads, shown }: Props) {
  const { caption, series, columns, say } = data
  return (
    <div className={shown ? 'overflow-x-auto' : 'sr-only print:not-sr-only'}>
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={cx(HEAD, 'text-left')}>
              {heads.first}
            </th>
            {series.map(({ key, words }) => (
              <th key={key} scope="col" className={cx(HEAD, 'pl-4 text-right')}>
                {words}
              </th>
            ))}
            {series.length > 1 && (
              <th scope="col" className={cx(HEAD, 'pl-4 text-right')}>
                {heads.total}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.key} className="group">
              <th scope="row" className={cx(CELL, 'text-left font-normal')}>
                {column.words}
                {column.note !== undefined && <span className="text-ink-3"> ({column.note})</span>}
              </th>
              {series.map((one) => (
                <td key={one.key} className={cx(CELL, 'figures pl-4 text-right whitespace-nowrap')}>
                  <Figure data={data} column={column} one={one} opens={shown} />
                </td>
              ))}
              {series.length > 1 && (
                <td className={cx(CELL, 'figures pl-4 text-right font-medium whitespace-nowrap')}>
                  {say(totalOf(column, series))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type FigureProps = { data: ChartData; column: Column; one: Series; opens: boolean }

function Figure({ data, column, one, opens }: FigureProps) {
  const { say, onPick, picked } = data
  const value = valueIn(column, one)
  if (!opens || onPick === undefined || value === 0) return <>{say(value)}</>
  return (
    <button
      type="button"
      aria-label={wordsFor(data, column, one)}
      aria-pressed={picked?.column === column.key && picked.series === one.key}
      onClick={() => onPick({ column: column.key, series: one.key })}
      className="-mx-1 rounded-sm px-1 text-accent-ink underline decoration-1 underline-offset-3 hover:no-underline aria-pressed:bg-accent-soft"
    >
      {say(value)}
    </button>
  )
}
