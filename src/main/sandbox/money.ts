// Arithmetic of amounts: whole numbers of the currency's smallest unit, halves away from zero.
import type { Seconds } from './calendar.ts'

/** Stripe takes these in thousandths, and wants the last digit to be 0 (docs.stripe.com/currencies). */
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd'])

export function rounded(amount: number, currency: string): number {
  const step = THREE_DECIMALS.has(currency) ? 10 : 1
  const whole = Math.sign(amount) * Math.round(Math.abs(amount) / step) * step
  return whole === 0 ? 0 : whole
}

/** The part of an amount for `from` to `end` of a period that began at `start`, by seconds. */
export function prorated(amount: number, start: Seconds, from: Seconds, end: Seconds, currency: string): number {
  return rounded((amount * (end - from)) / (end - start), currency)
}
