// Billing dates as Stripe counts them: whole seconds, UTC, and the 31st becomes the 30th where a month is short.

/** Seconds since 1970-01-01, Stripe's unit. */
export type Seconds = number

export const HOUR = 3_600
export const DAY = 24 * HOUR

export type Interval = 'day' | 'week' | 'month' | 'year'

/** Stripe's `billing_cycle_anchor_config`, in UTC; what is left out is that of the sign-up. */
export type AnchorConfig = {
  day: number
  month: number | null
  hour: number | null
  minute: number | null
  second: number | null
}

/** The first moment after `after` that the config names; the 31st is the last day of a short month. */
export function firstAnchor(config: AnchorConfig, after: Seconds): Seconds {
  const start = new Date(after * 1000)
  for (let months = 0; ; months += 1) {
    const month = start.getUTCMonth() + months
    if (config.month !== null && month % 12 !== config.month - 1) continue
    const last = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate()
    const at = Date.UTC(
      start.getUTCFullYear(),
      month,
      Math.min(config.day, last),
      config.hour ?? start.getUTCHours(),
      config.minute ?? start.getUTCMinutes(),
      config.second ?? start.getUTCSeconds(),
    )
    if (at / 1000 > after) return at / 1000
  }
}

/** The `count`-th billing date after the anchor; counted from the anchor, so that the 31st comes back after February. */
export function billingDate(anchor: Seconds, interval: Interval, count: number, day?: number): Seconds {
  switch (interval) {
    case 'day':
      return anchor + count * DAY
    case 'week':
      return anchor + count * 7 * DAY
    case 'month':
      return addMonths(anchor, count, day)
    case 'year':
      return addMonths(anchor, count * 12, day)
  }
}

/** The first billing date after `after`; the anchor itself where that still lies ahead. */
export function nextBillingDate(
  anchor: Seconds,
  interval: Interval,
  step: number,
  after: Seconds,
  day?: number,
): Seconds {
  if (anchor > after) return anchor
  const longest = { day: DAY, week: 7 * DAY, month: 31 * DAY, year: 366 * DAY }[interval] * step
  // Starts from a count that is surely not too high and walks up: a handful of steps at most.
  let count = Math.max(0, Math.floor((after - anchor) / longest) - 1) * step
  let date = billingDate(anchor, interval, count, day)
  while (date <= after) {
    count += step
    date = billingDate(anchor, interval, count, day)
  }
  return date
}

/** `day` is the day of the month that is wanted where the month has it; else that of `at`. */
export function addMonths(at: Seconds, months: number, day = new Date(at * 1000).getUTCDate()): Seconds {
  const date = new Date(at * 1000)
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, daysInMonth))
  return Math.floor(date.getTime() / 1000)
}
