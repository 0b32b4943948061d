// What a membership brings in a month, exactly. Pure. What counts stands in numbers-en.ts.
import { Temporal } from 'temporal-polyfill'
import type { Discount, SubscriptionItem } from './billing.ts'
import { type Fraction, fraction, plus, times } from './fraction.ts'
import type { Ms } from './time.ts'

export type PriceOf = { interval: string | null; unitAmount: number | null; currency: string }

export type Sold = {
  currency: string
  items: readonly SubscriptionItem[]
  discounts: readonly Discount[]
  /** Of the customer: for whatever has no discount of its own. */
  customerDiscount: Discount | null
}

const NOTHING = fraction(0)
/** Months in one of Stripe's intervals: a year has 12, 52 weeks, 365 days. */
const MONTHS: Record<string, Fraction> = {
  day: fraction(12, 365),
  week: fraction(12, 52),
  month: fraction(1),
  year: fraction(12),
}

/** Minor units of its currency; null where a price has no fixed amount, or one in another currency alone. */
export function monthlyOf(sold: Sold, priceOf: (item: SubscriptionItem) => PriceOf | null): Fraction | null {
  let sum = NOTHING
  let months: Fraction | null = null
  for (const item of sold.items) {
    const price = priceOf(item)
    if (price === null || price.unitAmount === null || price.currency !== sold.currency) return null
    const interval = MONTHS[price.interval ?? '']
    if (interval === undefined) return null
    const own = times(interval, fraction(item.every ?? 1))
    months ??= own
    const full = fraction(BigInt(price.unitAmount) * BigInt(item.quantity))
    sum = plus(sum, divided(less(full, item.discounts, sold.currency), own))
  }
  if (months === null) return null
  const { discounts, customerDiscount } = sold
  const whole = discounts.length > 0 || customerDiscount === null ? discounts : [customerDiscount]
  // What is taken off a bill is taken off each period, and so off a part of it each month.
  return divided(less(times(sum, months), whole, sold.currency), months)
}

/** After what stays: one that ends by itself changes no price. */
function less(full: Fraction, discounts: readonly Discount[], currency: string): Fraction {
  let left = full
  for (const { duration, percentOff, amountOff } of discounts) {
    if (duration !== 'forever') continue
    // Stripe gives percent with two decimals at most.
    if (percentOff !== null) left = times(left, fraction(10_000 - Math.round(percentOff * 100), 10_000))
    else if (amountOff?.currency === currency) left = plus(left, fraction(-amountOff.minor))
    if (left.num < 0n) left = NOTHING
  }
  return left
}

function divided(a: Fraction, b: Fraction): Fraction {
  return times(a, { num: b.den, den: b.num })
}

/** Of a term that was agreed at the desk: a part of it for each month where it runs from a day to the same one of another
 * month, else by its days. */
export function monthlyOfTerm(amount: number, { from, until }: { from: Ms; until: Ms }, zone: string): Fraction {
  const [first, end] = [dateAt(from, zone), dateAt(until, zone)]
  const whole = first.until(end, { largestUnit: 'months' })
  if (whole.months > 0 && whole.days === 0) return fraction(amount, whole.months)
  const { days } = first.until(end, { largestUnit: 'days' })
  return fraction(BigInt(amount) * 365n, 12n * BigInt(Math.max(1, days)))
}

function dateAt(at: Ms, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
}
