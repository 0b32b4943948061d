// The hours of a list's entry (docs/door-link.md, "Keep a list"): by the wall clock of the list's zone.

export type ListWindow = {
  /** 1 is Monday. */
  days: number[]
  from: string
  to: string
}

/** What a wall clock shows: `date` as YYYY-MM-DD, `time` as HH:MM. */
type Local = { date: string; time: string }

const DAY = 86_400_000

/** No windows: always. One with `to` before `from` runs into the next day; one from and to the same time never comes. */
export function isWithin(
  windows: readonly ListWindow[],
  closed: readonly string[],
  clock: Intl.DateTimeFormat,
  at: number,
): boolean {
  if (windows.length === 0) return true
  const { date, time } = localAt(clock, at)
  // By the calendar, not by 24 hours: two days in the year have 23 and 25.
  const before = new Date(noonOf(date) - DAY).toISOString().slice(0, 10)
  return windows.some(({ days, from, to }) => {
    const begins = (day: string) => days.includes(weekday(day)) && !closed.includes(day)
    if (from < to) return begins(date) && time >= from && time < to
    if (from === to) return false
    return (begins(date) && time >= from) || (begins(before) && time < to)
  })
}

/** Throws where the zone is none. */
export function clockOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
}

function localAt(clock: Intl.DateTimeFormat, at: number): Local {
  const [date = '', time = ''] = clock.format(at).split(' ')
  return { date, time }
}

function weekday(date: string): number {
  return new Date(noonOf(date)).getUTCDay() || 7
}

function noonOf(date: string): number {
  return Date.parse(`${date}T12:00:00Z`)
}
