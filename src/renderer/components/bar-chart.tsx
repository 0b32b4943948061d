// Bars that stand or lie, stacked where there are several series. Drawn with visx, in the page's own colours; the words stay
// text. The table behind it is made of the same data (chart-table.tsx).
import { scaleBand, scaleLinear } from '@visx/scale'
import { BarStack, BarStackHorizontal } from '@visx/shape'
import type { ReactNode } from 'react'
import { useWidth } from '../state/use-width.ts'
import { type ChartData, type Column, totalOf, valueIn } from './chart-data.ts'
import { Patterns } from './chart-looks.tsx'
import { Segments } from './chart-segments.tsx'

type Props = {
  data: ChartData
  /** Of the drawing: its patterns are called by it. */
  id: string
  /** Lying bars have room for long names. */
  lying?: boolean
  /** What is pointed at, in words; null for nothing. */
  onLook: (words: string | null) => void
}

const TALL = 260
const MARGIN = { top: 24, right: 4, bottom: 44, left: 60 }
const ROW = 48
const BAR = 18
/** Right of the longest lying bar: its sum. */
const ROOM = 96

export function BarChart(props: Props) {
  const { data, id, lying = false } = props
  const [box, width] = useWidth<HTMLDivElement>()
  const height = lying ? data.columns.length * ROW : TALL
  return (
    <div ref={box}>
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset.
        <svg role="group" aria-label={data.caption} viewBox={`0 0 ${width} ${height}`} className="block h-auto w-full">
          <Patterns id={id} series={data.series} />
          {lying ? <Lying {...props} width={width} /> : <Standing {...props} width={width} />}
        </svg>
      )}
    </div>
  )
}

const most = ({ columns, series }: ChartData) => Math.max(1, ...columns.map((column) => totalOf(column, series)))
const keysOf = ({ series }: ChartData) => series.map(({ key }) => key)

function Standing({ data, id, onLook, width }: Props & { width: number }) {
  const { columns, series, saySmall } = data
  const foot = TALL - MARGIN.bottom
  const across = scaleBand({
    domain: columns.map(({ key }) => key),
    range: [MARGIN.left, width - MARGIN.right],
    padding: 0.35,
  })
  const up = scaleLinear({ domain: [0, most(data)], range: [foot, MARGIN.top], nice: true })
  const middle = (key: string) => (across(key) ?? 0) + across.bandwidth() / 2
  return (
    <>
      {up.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={MARGIN.left} x2={width} y1={up(tick)} y2={up(tick)} className="stroke-line" />
          <text x={MARGIN.left - 8} y={up(tick) + 4} textAnchor="end" className="figures fill-ink-3 text-13">
            {saySmall(tick)}
          </text>
        </g>
      ))}
      {columns.map((column) => (
        <g key={column.key}>
          <text x={middle(column.key)} y={foot + 18} textAnchor="middle" className="fill-ink-2 text-13">
            {column.short ?? column.words}
          </text>
          {column.note !== undefined && (
            <text x={middle(column.key)} y={foot + 35} textAnchor="middle" className="fill-ink-3 text-13 italic">
              {column.note}
            </text>
          )}
          <Sum data={data} column={column} x={middle(column.key)} y={up(totalOf(column, series)) - 7} anchor="middle" />
        </g>
      ))}
      <BarStack
        data={[...columns]}
        keys={keysOf(data)}
        value={(column, key) => valueIn(column, { key: String(key) })}
        x={({ key }) => key}
        xScale={across}
        yScale={up}
        color={() => ''}
      >
        {(stacks) => <Segments data={data} id={id} onLook={onLook} boxes={stacks.map(({ bars }) => bars)} />}
      </BarStack>
    </>
  )
}

function Lying({ data, id, onLook, width }: Props & { width: number }) {
  const { columns, series } = data
  const along = scaleLinear({ domain: [0, most(data)], range: [1, width - ROOM] })
  const down = scaleBand({ domain: columns.map(({ key }) => key), range: [0, columns.length * ROW] })
  const top = (key: string) => down(key) ?? 0
  return (
    <>
      {columns.map((column) => (
        <g key={column.key}>
          <text x={0} y={top(column.key) + 14} className="fill-ink-2 text-13">
            {column.words}
          </text>
          <Sum
            data={data}
            column={column}
            x={along(totalOf(column, series)) + 8}
            y={top(column.key) + BAR + 18}
            anchor="start"
          />
        </g>
      ))}
      <BarStackHorizontal
        data={[...columns]}
        keys={keysOf(data)}
        value={(column, key) => valueIn(column, { key: String(key) })}
        y={({ key }) => key}
        xScale={along}
        yScale={down}
        color={() => ''}
      >
        {(stacks) => (
          <Segments
            data={data}
            id={id}
            onLook={onLook}
            lying
            boxes={stacks.map(({ bars }) => bars.map((bar) => ({ ...bar, y: bar.y + 22, height: BAR })))}
          />
        )}
      </BarStackHorizontal>
    </>
  )
}

type SumProps = { data: ChartData; column: Column; x: number; y: number; anchor: 'start' | 'middle' }

function Sum({ data, column, x, y, anchor }: SumProps): ReactNode {
  const total = totalOf(column, data.series)
  if (total === 0) return null
  return (
    <text x={x} y={y} textAnchor={anchor} className="figures fill-ink text-13 font-medium">
      {data.saySmall(total)}
    </text>
  )
}
