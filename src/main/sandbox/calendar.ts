// Billing dates as Stripe counts them: whole seconds, UTC, and the 31st becomes the 30th where a month is short.

/** Seconds since 1970-01-01, Stripe's unit. */
export type Seconds = number

export const HOUR = 3_600
export const DAY = 24 * HOUR

export type Interval = 'day' | 'week' | 'month' | 'year'

/** The `count`-th billing date after the anchor; counted from the anchor, so that the 31st comes back after February. */
export function billingDate(anchor: Seconds, interval: Interval, count: number): Seconds {
  switch (interval) {
    case 'day':
      return anchor + count * DAY
    case 'week':
      return anchor + count * 7 * DAY
    case 'month':
      return addMonths(anchor, count)
    case 'year':
      return addMonths(anchor, count * 12)
  }
}

/** The first billing date after `after`; the anchor itself where that still lies ahead. */
export function nextBillingDate(anchor: Seconds, interval: Interval, step: number, after: Seconds): Seconds {
  if (anchor > after) return anchor
  const longest = { day: DAY, week: 7 * DAY, month: 31 * DAY, year: 366 * DAY }[interval] * step
  // Starts from a count that is surely not too high and walks up: a handful of steps at most.
  let count = Math.max(0, Math.floor((after - anchor) / longest) - 1) * step
  let date = billingDate(anchor, interval, count)
  while (date <= after) {
    count += step
    date = billingDate(anchor, interval, count)
  }
  return date
}

export function addMonths(at: Seconds, months: number): Seconds {
  const date = new Date(at * 1000)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, daysInMonth))
  return Math.floor(date.getTime() / 1000)
}
