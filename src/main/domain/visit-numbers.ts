// How often people come, and when. Pure sums; what each figure means stands in numbers-en.ts.
import { Temporal } from 'temporal-polyfill'
import type { LocalDay } from './time.ts'

/** How many whole days are looked at. */
export const VISIT_DAYS = 90

/** Days on which somebody came, from and to; the last has no end. */
const BANDS = [
  [0, 0],
  [1, 1],
  [2, 4],
  [5, 12],
  [13, 30],
  [31, null],
] as const

/** The days before one (YYYY-MM-DD), the oldest first. */
export function daysBefore(today: string, count: number): LocalDay[] {
  const end = Temporal.PlainDate.from(today)
  return Array.from({ length: count }, (_, n) => {
    const date = end.subtract({ days: count - n })
    return { date: date.toString(), weekday: date.dayOfWeek }
  })
}

export type VisitFigures = {
  people: number
  bands: { from: number; to: number | null; people: number }[]
  /** Null where there is nobody. */
  mean: number | null
  median: number | null
}

/** `days` of each member, also of those who never came. */
export function visitFigures(days: readonly number[]): VisitFigures {
  const sorted = days.toSorted((a, b) => a - b)
  const people = sorted.length
  const middle = [sorted[(people - 1) >> 1], sorted[people >> 1]] as [number | undefined, number | undefined]
  return {
    people,
    bands: BANDS.map(([from, to]) => ({
      from,
      to,
      people: sorted.filter((n) => n >= from && (to === null || n <= to)).length,
    })),
    mean: people === 0 ? null : sorted.reduce((sum, n) => sum + n, 0) / people,
    median: people === 0 ? null : ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2,
  }
}

/** People let through in an hour, on average over the days of its weekday: seven rows from Monday, of 24 hours. */
export function busyHours(
  counts: readonly { day: string; hour: number; letThrough: number }[],
  days: readonly LocalDay[],
): number[][] {
  const weekdays = new Map(days.map(({ date, weekday }) => [date, weekday]))
  const sums = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const { day, hour, letThrough } of counts) {
    const row = sums[(weekdays.get(day) ?? 0) - 1]
    if (row !== undefined) row[hour] = (row[hour] ?? 0) + letThrough
  }
  const found = sums.map((_, n) => days.filter(({ weekday }) => weekday === n + 1).length)
  return sums.map((row, n) => row.map((sum) => (found[n] ? sum / found[n] : 0)))
}
