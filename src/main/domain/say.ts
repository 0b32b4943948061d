// Moments as people say them: "today 14:05", "Sat 18:00", "3 Dec". Words and order come from Intl.
import { DAY, type Ms, startOfLocalDay } from './time.ts'

export type Voice = { now: Ms; zone: string; locale: string }

/** A moment with its hour; the weekday within a week, the date beyond. */
export function sayMoment(at: Ms, voice: Voice): string {
  const time = part(at, voice, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const days = daysFromToday(at, voice)
  if (days === 0) return `today ${time}`
  if (days === 1) return `tomorrow ${time}`
  if (days === -1) return `yesterday ${time}`
  if (Math.abs(days) < 7) return `${part(at, voice, { weekday: 'short' })} ${time}`
  return `${sayDate(at, voice)} ${time}`
}

/** A day without its hour; the year only where it is not this one. */
export function sayDay(at: Ms, voice: Voice): string {
  const days = daysFromToday(at, voice)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return sayDate(at, voice)
}

/** The last day on which something holds: what ends at midnight is not there any more on the day that begins then. */
export function sayLastDay(end: Ms, voice: Voice): string {
  return sayDay(end - 1, voice)
}

/** How long something holds: the last day of it where it ends with a day, else the moment. */
export function sayUntil(end: Ms, voice: Voice): string {
  return startOfLocalDay(end, voice.zone) === end ? sayLastDay(end, voice) : sayMoment(end, voice)
}

function sayDate(at: Ms, voice: Voice): string {
  const sameYear = part(at, voice, { year: 'numeric' }) === part(voice.now, voice, { year: 'numeric' })
  return part(at, voice, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

function daysFromToday(at: Ms, { now, zone }: Voice): number {
  return Math.round((startOfLocalDay(at, zone) - startOfLocalDay(now, zone)) / DAY)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formats are kept: making one takes longer than using it a hundred times. */
function part(at: Ms, { zone, locale }: Voice, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
  if (formats.size >= 200) formats.clear()
  formats.set(key, format)
  return format.format(at)
}
