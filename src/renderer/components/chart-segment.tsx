// One piece of a bar, opened by click or key.
import type { KeyboardEvent } from 'react'
import { type ChartData, type Column, type Series, valueIn, wordsFor } from './chart-data.ts'
import { cx } from './cx.ts'

export type Box = { x: number; y: number; width: number; height: number }
type Props = {
  data: ChartData
  column: number
  series: number
  box: Box
  fill: string
  inTurn: boolean
  onLook: (words: string | null) => void
  onTurn: () => void
  /** Whether the key went somewhere. */
  onMove: (key: string) => boolean
}

export const placeOf = (column: number, series: number) => `${column}-${series}`

export function Segment({ data, column, series, box, fill, inTurn, onLook, onTurn, onMove }: Props) {
  const { columns, onPick, picked } = data
  const which = columns[column] as Column
  const one = data.series[series] as Series
  if (valueIn(which, one) <= 0) return null
  const words = wordsFor(data, which, one)
  const isPicked = picked?.column === which.key && picked.series === one.key
  const look = cx('stroke-1', STROKES[one.look], isPicked && 'stroke-ink stroke-[2.5px]')
  if (onPick === undefined)
    return (
      <rect {...box} fill={fill} className={look}>
        <title>{words}</title>
      </rect>
    )
  const open = () => onPick({ column: which.key, series: one.key })
  function pressed(event: KeyboardEvent): void {
    const opens = event.key === 'Enter' || event.key === ' '
    if (opens) open()
    if (opens || onMove(event.key)) event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no button of its own.
    <g
      role="button"
      tabIndex={inTurn ? 0 : -1}
      aria-label={words}
      aria-pressed={isPicked}
      data-place={placeOf(column, series)}
      onClick={open}
      onKeyDown={pressed}
      onMouseEnter={() => onLook(words)}
      onMouseLeave={() => onLook(null)}
      onFocus={() => {
        onTurn()
        onLook(words)
      }}
      onBlur={() => onLook(null)}
      className="cursor-pointer hover:opacity-80"
    >
      <rect {...box} fill={fill} className={look} />
    </g>
  )
}

const STROKES: Record<Series['look'], string> = {
  good: 'stroke-granted',
  open: 'stroke-grace',
  bad: 'stroke-refused',
  plain: 'stroke-accent',
}
