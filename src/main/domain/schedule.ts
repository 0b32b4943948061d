// Hours of the week in which something opens, in the space's own days and hours. Pure; the door link writes them the same way.
import { type Ms, toLocal } from './time.ts'

/** `days` 1 = Monday to 7; `from` and `to` as HH:MM. One that ends before it begins runs into the next day and belongs to
 * its first; from 00:00 to 00:00 is a whole day. */
export type HoursWindow = { days: readonly number[]; from: string; to: string }

/** Open in any of the windows. */
export type Hours = readonly HoursWindow[]

/** By the clock on the wall: an hour that a change of the clock leaves out never comes, one that it doubles counts twice.
 * `holidays` are local days, YYYY-MM-DD, on which no window begins. */
export function isWithin(hours: Hours, at: Ms, zone: string, holidays: ReadonlySet<string>): boolean {
  const { day, yesterday, time } = toLocal(at, zone)
  const begins = (window: HoursWindow, one: { date: string; weekday: number }) =>
    window.days.includes(one.weekday) && !holidays.has(one.date)
  return hours.some((window) => {
    const overnight = window.to <= window.from
    if (begins(window, day) && time >= window.from && (overnight || time < window.to)) return true
    return overnight && begins(window, yesterday) && time < window.to
  })
}

/** As a controller takes them, which knows no window that ends as it begins: a whole day is two halves of it. */
export function toLink(hours: Hours): HoursWindow[] {
  return hours.flatMap((window) =>
    window.from === window.to
      ? [
          { ...window, to: '12:00' },
          { ...window, from: '12:00' },
        ]
      : [window],
  )
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/** Hours as somebody gave them; a sentence that says what is wrong where they are none. */
export function readHours(given: readonly { days: readonly number[]; from: string; to: string }[]): Hours | string {
  for (const { days, from, to } of given) {
    if (days.length === 0 || days.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
      return 'Say on which days: at least one, from Monday to Sunday.'
    if (!CLOCK.test(from) || !CLOCK.test(to)) return 'Write hours as 09:00 or 17:30.'
    if (from === to && from !== '00:00')
      return 'Hours that end as they begin never come: for a whole day write 00:00 to 00:00.'
  }
  if (given.length === 0) return 'Give at least one span of hours.'
  return given.map(({ days, from, to }) => ({ days: [...new Set(days)].sort((a, b) => a - b), from, to }))
}
