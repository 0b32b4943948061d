// Moments and days. Storage holds UTC milliseconds; only this file knows the space's local days.
import { Temporal } from 'temporal-polyfill'

/** UTC milliseconds since 1970-01-01. */
export type Ms = number

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Hands out the present moment. In the demo it is real time plus one offset. */
export type Clock = () => Ms

/** ISO 8601 UTC, as every JSON output of the program writes it. */
export function toIso(at: Ms): string
export function toIso(at: Ms | null): string | null
export function toIso(at: Ms | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** The first moment of the local day after the one that holds `at`; right on days of 23 and 25 hours. */
export function endOfLocalDay(at: Ms, zone: string): Ms {
  let end = dayEnd(Math.floor(at / DAY) * DAY, zone)
  while (at >= end) end = dayEnd(end, zone)
  return end
}

/** The same of the day that is so many local days later; by its noon, for days of 23 and 25 hours lie in between. */
export function endOfLaterDay(at: Ms, days: number, zone: string): Ms {
  return endOfLocalDay(startOfLocalDay(at, zone) + DAY / 2 + days * DAY, zone)
}

const dayEnds = new Map<string, Ms>()
/** Two entries a day: more than half a century. */
const DAYS_KEPT = 50_000

/** Remembered: doors, lists and reports ask for the same days over and over, and asking a zone takes long. */
function dayEnd(at: Ms, zone: string): Ms {
  const key = `${zone} ${at}`
  const known = dayEnds.get(key)
  if (known !== undefined) return known
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const end = local.startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds
  if (dayEnds.size >= DAYS_KEPT) dayEnds.clear()
  dayEnds.set(key, end)
  return end
}

/** The first moment of the local day that holds `at`: where clocks fall back over midnight, the end of the day before. */
export function startOfLocalDay(at: Ms, zone: string): Ms {
  let start = dayEnd((Math.floor(at / DAY) - 2) * DAY, zone)
  for (let next = dayEnd(start, zone); next <= at; next = dayEnd(start, zone)) start = next
  return start
}

/** How many local days some moments lie on. */
export function countDays(moments: readonly Ms[], zone: string): number {
  return new Set(moments.map((at) => startOfLocalDay(at, zone))).size
}

/** What clocks on the wall are ahead of UTC, each from its moment on; the first is that of `from`. */
export function shiftsBetween(from: Ms, to: Ms, zone: string): Shift[] {
  const shifts: Shift[] = []
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  while (at !== null && at.epochMilliseconds <= to) {
    shifts.push({ from: at.epochMilliseconds, ahead: at.offsetNanoseconds / 1e6 })
    at = at.getTimeZoneTransition('next')
  }
  return shifts
}
export type Shift = { from: Ms; ahead: Ms }

/** The latest three o'clock in the morning that is past: people sleep, and doors are quiet. */
export function latestNight(at: Ms, zone: string): Ms {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const night = local.startOfDay().with({ hour: 3 })
  return (night.epochMilliseconds <= at ? night : local.subtract({ days: 1 }).startOfDay().with({ hour: 3 }))
    .epochMilliseconds
}

/** True when the word names a zone that this computer knows, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** `+40d`, `+3h`, `90m`, `15s` as milliseconds; null when the text is not a duration of this form. */
export function parseDuration(text: string): Ms | null {
  const match = /^\+?(\d{1,6})(s|m|h|d)$/.exec(text.trim())
  if (!match) return null
  const unit = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }[match[2] as 's' | 'm' | 'h' | 'd']
  return Number(match[1]) * unit
}

/** The first moment after the local day `YYYY-MM-DD`; null where the text is no such day. */
export function endOfLocalDate(day: string, zone: string): Ms | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  try {
    return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}

/** The first moment of the local day `YYYY-MM-DD`; null where the text is no such day. */
export function startOfLocalDate(day: string, zone: string): Ms | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  try {
    return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}

/** A moment as somebody writes it: a day (its `edge`) or a time of day in the space's zone, or a moment in ISO 8601; null
 * where it is none of these. */
export function readMoment(text: string, zone: string, edge: 'start' | 'end'): Ms | null {
  const day = edge === 'start' ? startOfLocalDate(text, zone) : endOfLocalDate(text, zone)
  if (day !== null) return day
  // Nobody means a year of more digits, and near the end of time nothing can be reckoned.
  if (!/^\d{4}-/.test(text)) return null
  try {
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text))
      return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return null
  }
}

/** The local day, the one before it, and the time on the wall (HH:MM) at a moment; weekdays from 1 = Monday. */
export function toLocal(at: Ms, zone: string): { day: LocalDay; yesterday: LocalDay; time: string } {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const today = local.toPlainDate()
  return {
    day: dayOf(today),
    yesterday: dayOf(today.subtract({ days: 1 })),
    time: local.toPlainTime().toString().slice(0, 5),
  }
}

/** `date` as YYYY-MM-DD. */
export type LocalDay = { date: string; weekday: number }

function dayOf(date: Temporal.PlainDate): LocalDay {
  return { date: date.toString(), weekday: date.dayOfWeek }
}

/** The first moment of the local month that holds `at`. */
export function startOfLocalMonth(at: Ms, zone: string): Ms {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).with({ day: 1 }).startOfDay()
    .epochMilliseconds
}

/** The first moment of the local month after it. */
export function startOfNextLocalMonth(at: Ms, zone: string): Ms {
  const first = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).with({ day: 1 })
  return first.add({ months: 1 }).startOfDay().epochMilliseconds
}

/** The end of a span that follows another and lasts as long: as many months where the days of the month agree, else as many
 * days. */
export function againAsLong(from: Ms, until: Ms, zone: string): Ms {
  const [first, end] = [from, until].map((at) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate(),
  ) as [Temporal.PlainDate, Temporal.PlainDate]
  const span = first.until(end, { largestUnit: first.day === end.day ? 'months' : 'days' })
  return end.add(span).toZonedDateTime(zone).epochMilliseconds
}

/** What a clock on the wall shows, YYYY-MM-DDTHH:MM:SS. */
export function wallClock(at: Ms, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 19)
}

/** The moment of a clock on the wall, the earlier one where it shows the same time twice; null where it is no time. */
export function fromWallClock(text: string, zone: string): Ms | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}

/** `weekday` from 1 = Monday. */
export type Weekly = { weekday: number; hour: number }

/** The latest moment up to `at`, and its local day, at which the clock on the wall showed this hour of this weekday. */
export function latestWeekly(at: Ms, zone: string, weekly: Weekly): { at: Ms; day: string } {
  const one = weeklyIn(0, at, zone, weekly)
  return one.at <= at ? one : weeklyIn(-7, at, zone, weekly)
}

/** The first such moment after `at`. */
export function nextWeekly(at: Ms, zone: string, weekly: Weekly): { at: Ms; day: string } {
  const one = weeklyIn(0, at, zone, weekly)
  return one.at > at ? one : weeklyIn(7, at, zone, weekly)
}

/** That of the local week, from Monday on, which lies so many days from that of `at`. Where clocks skip the hour it is the
 * one after, where they show it twice the first. */
function weeklyIn(days: number, at: Ms, zone: string, { weekday, hour }: Weekly): { at: Ms; day: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
  const day = today.add({ days: weekday - today.dayOfWeek + days })
  return { at: day.toPlainDateTime({ hour }).toZonedDateTime(zone).epochMilliseconds, day: day.toString() }
}
