// Moments as people say them, in the space's time zone: "today 14:05", "Sat 18:00", "3 Dec"; words come from Intl.
import { frameWords } from '../messages/frame-en.ts'

export type Voice = { zone: string; locale: string }

const DAY = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function format(at: number, { zone, locale }: Voice, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${locale} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
  formats.set(key, known)
  return known.format(at)
}

/** Days from the present local day: 0 is today, -1 yesterday. */
function daysAway(at: number, now: number, voice: Voice): number {
  const dayOf = (moment: number) => {
    const [year, month, day] = format(moment, { ...voice, locale: 'sv-SE' }, { dateStyle: 'short' }).split('-')
    return Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY
  }
  return dayOf(at) - dayOf(now)
}

export function sayTime(at: number, voice: Voice): string {
  return format(at, voice, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** "today", "yesterday", "tomorrow" or "3 Dec"; the year where it is not this one. */
export function sayDay(at: number, now: number, voice: Voice): string {
  const days = daysAway(at, now, voice)
  if (Math.abs(days) <= 1) return new Intl.RelativeTimeFormat(voice.locale, { numeric: 'auto' }).format(days, 'day')
  const sameYear = format(at, voice, { year: 'numeric' }) === format(now, voice, { year: 'numeric' })
  return format(at, voice, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** With its hour; only the hour today, the weekday within a week. */
export function sayMoment(at: number, now: number, voice: Voice): string {
  const days = daysAway(at, now, voice)
  const time = sayTime(at, voice)
  if (days === 0) return time
  if (Math.abs(days) > 1 && Math.abs(days) < 7) return `${format(at, voice, { weekday: 'short' })} ${time}`
  return `${sayDay(at, now, voice)} ${time}`
}

/** The last day on which something holds: what ends at midnight is not there any more on the day that begins then. */
export function sayLastDay(end: number, now: number, voice: Voice): string {
  return sayDay(end - 1, now, voice)
}

/** How long something holds: the last day of it where it ends with a day, else the moment. */
export function sayUntil(end: number, now: number, voice: Voice): string {
  return sayTime(end, voice) === '00:00' ? sayLastDay(end, now, voice) : sayMoment(end, now, voice)
}

/** For whoever points at it. */
export function sayExactly(at: number, voice: Voice): string {
  return format(at, voice, { dateStyle: 'full', timeStyle: 'medium' })
}

export function sayLongDay(at: number, voice: Voice): string {
  return format(at, voice, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** A local day, `2026-12-25`, as "Fri, 25 December 2026". */
export function sayLongDate(day: string, locale: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const
  return format(Date.parse(day), { zone: 'UTC', locale }, parts)
}

/** How long, in one short unit: "12 s", "4 min", "3 h", "2 days". */
export function saySpan(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  const say = (count: number) => new Intl.NumberFormat(locale).format(Math.round(count))
  if (seconds < 90) return frameWords.spans.second(say(seconds))
  if (seconds < 5_400) return frameWords.spans.minute(say(seconds / 60))
  if (seconds < 129_600) return frameWords.spans.hour(say(seconds / 3_600))
  return frameWords.spans.day(say(seconds / 86_400))
}

/** How long until something, in two units: "2 d 4 h", "3 h 12 min", "5 min". */
export function sayCountdown(ms: number, locale: string): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  const { day, hour, minute } = frameWords.countdown
  const say = (count: number) => new Intl.NumberFormat(locale).format(Math.floor(count))
  if (minutes >= 1_440) return `${day(say(minutes / 1_440))} ${hour(say((minutes % 1_440) / 60))}`
  return minutes >= 60 ? `${hour(say(minutes / 60))} ${minute(say(minutes % 60))}` : minute(say(minutes))
}

/** `2026-12-03`, as date fields have it. */
export function localDay(at: number, { zone }: Voice): string {
  return format(at, { zone, locale: 'sv-SE' }, { dateStyle: 'short' })
}

/** Of a local day, `2026-12-03`; its noon is the same distance from the noon before in every zone. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** `2026-12-03T18:00`, as fields for a time of day have it. */
export function localMinute(at: number, voice: Voice): string {
  return `${localDay(at, voice)}T${sayTime(at, { ...voice, locale: 'sv-SE' })}`
}

/** A local month, `2026-12`, as "Dec 2026", or "Dec" where there is little room. */
export function sayMonth(month: string, locale: string, short = false): string {
  const options = { month: 'short', ...(short ? {} : { year: 'numeric' as const }) } as const
  return format(Date.parse(`${month}-01`), { zone: 'UTC', locale }, options)
}
