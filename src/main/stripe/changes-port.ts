// What the desk changes of a running subscription at Stripe. One implementation: changes.ts.
import type { Change, SubscriptionNow } from '../domain/membership-change.ts'
import type { Money } from '../domain/money.ts'
import type { Ms } from '../domain/time.ts'

/** What an item is to become: `now` with what is due for the rest of the period from `at` on, or from the next one. */
export type Wanted = { itemId: string; priceId: string; quantity: number; when: 'now' | 'period-end'; at: Ms }

/** An invoice as it would be. `total` below nothing is kept for the invoices to come; `until`: what it pays for. */
export type Previewed = {
  due: Money
  total: Money
  lines: { text: string; amount: Money }[]
  until: Ms | null
}

export type ChangesPort = {
  /** null where Stripe has it no more. */
  subscription(id: string): Promise<SubscriptionNow | null>
  preview(subscriptionId: string, wanted: Wanted): Promise<Previewed>
  /** `now` is what was read just before; the key makes a second asking harmless. */
  carryOut(key: string, change: Change, now: SubscriptionNow): Promise<void>
}
