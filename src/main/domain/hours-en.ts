// Hours of the week in words: "Mon–Fri 08:00–12:00 and Sat 10:00–14:00". Names of days come from Intl.
import type { Hours } from './schedule.ts'
import { DAY } from './time.ts'

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1)

export function hoursText(hours: Hours, locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const spans = hours.map(({ days, from, to }) => {
    const time = from === to ? 'all day' : `${from}–${to}`
    return `${daysText(days, (day) => name.format(MONDAY + (day - 1) * DAY))} ${time}`
  })
  return spans.length < 2 ? spans.join('') : `${spans.slice(0, -1).join(', ')} and ${spans.at(-1)}`
}

/** Three days or more in a row as a span. */
function daysText(days: readonly number[], name: (day: number) => string): string {
  if (days.length === 7) return 'every day'
  const rows: number[][] = []
  for (const day of days.toSorted((a, b) => a - b)) {
    const row = rows.at(-1)
    if (row?.at(-1) === day - 1) row.push(day)
    else rows.push([day])
  }
  return rows
    .flatMap((row) => (row.length < 3 ? row.map(name) : `${name(row[0] ?? 1)}–${name(row.at(-1) ?? 7)}`))
    .join(', ')
}
