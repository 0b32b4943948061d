// One of Stripe's prices in words: "€65.00 a month", "€15.00 once".
import { planWords as words } from '../messages/plans-en.ts'
import { sayMoney } from './money.ts'

type Priced = { amount: { minor: number; currency: string } | null; interval: string | null }

export function sayPrice({ amount, interval }: Priced, locale: string): string {
  if (amount === null) return words.byUse
  const sum = sayMoney(amount, locale)
  return interval === null ? words.once(sum) : words.aMonth(sum, interval)
}
