// All pieces of the bars: one stop of Tab, and arrows between them.
import { useRef, useState } from 'react'
import { type ChartData, valueIn } from './chart-data.ts'
import { fillOf } from './chart-looks.tsx'
import { type Box, placeOf, Segment } from './chart-segment.tsx'

type Props = {
  data: ChartData
  /** Of the drawing whose patterns fill them. */
  id: string
  lying?: boolean
  /** What is pointed at, in words; null for nothing. */
  onLook: (words: string | null) => void
  /** By series, then by column. */
  boxes: readonly (readonly Box[])[]
}

export function Segments({ data, id, lying = false, onLook, boxes }: Props) {
  const group = useRef<SVGGElement>(null)
  const [at, setAt] = useState<string | null>(null)
  const { columns, series } = data
  const filled = columns.map((column) => series.flatMap((one, index) => (valueIn(column, one) > 0 ? [index] : [])))
  const first = filled.findIndex((indices) => indices.length > 0)
  const [column = 0, row = 0] = (at ?? '').split('-').map(Number)
  const turn = at !== null && filled[column]?.includes(row) ? at : placeOf(first, filled[first]?.[0] ?? 0)

  function move(from: [column: number, row: number], key: string): boolean {
    const [inside, between] = lying ? [HORIZONTAL, VERTICAL] : [VERTICAL, HORIZONTAL]
    const to = key in inside ? within(from, inside[key] ?? 0) : key in between ? beside(from, between[key] ?? 0) : null
    if (to === null) return false
    group.current?.querySelector<SVGGElement>(`[data-place="${to}"]`)?.focus()
    return true
  }
  function within([column, row]: [number, number], by: number): string {
    const indices = filled[column] ?? []
    return placeOf(column, indices[indices.indexOf(row) + (lying ? by : -by)] ?? row)
  }
  function beside([column, row]: [number, number], by: number): string {
    let next = column + by
    while (filled[next]?.length === 0) next += by
    const indices = filled[next]
    if (indices === undefined) return placeOf(column, row)
    return placeOf(next, indices.includes(row) ? row : (indices[0] ?? 0))
  }

  return (
    <g ref={group}>
      {columns.map((column, c) =>
        series.map((one, s) => {
          const { x, y, width, height } = boxes[s]?.[c] ?? NO_BOX
          return (
            <Segment
              key={`${column.key} ${one.key}`}
              data={data}
              column={c}
              series={s}
              box={{ x, y, width: Math.max(0, width), height: Math.max(0, height) }}
              fill={fillOf(id, one.look)}
              inTurn={placeOf(c, s) === turn}
              onLook={onLook}
              onTurn={() => setAt(placeOf(c, s))}
              onMove={(key) => move([c, s], key)}
            />
          )
        }),
      )}
    </g>
  )
}

const NO_BOX: Box = { x: 0, y: 0, width: 0, height: 0 }
const VERTICAL: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 }
const HORIZONTAL: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }
