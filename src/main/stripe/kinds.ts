// Where each kind of object is read, and what has to be asked for so that it is read whole.
import type { BillingKind } from '../domain/billing.ts'

/** `expand`: without these an object is only half read; `nested`: lists inside it that may go on. */
export const KINDS: Record<BillingKind, { path: string; expand: string[]; nested: string[] }> = {
  product: { path: 'products', expand: [], nested: [] },
  price: { path: 'prices', expand: [], nested: [] },
  customer: {
    path: 'customers',
    expand: ['invoice_settings.default_payment_method', 'discount.source.coupon', 'invoice_credit_balance'],
    nested: [],
  },
  subscription: {
    path: 'subscriptions',
    expand: ['default_payment_method', 'discounts.source.coupon', 'items.data.discounts'],
    nested: ['items'],
  },
  invoice: { path: 'invoices', expand: ['payments'], nested: ['lines', 'payments'] },
  payment_intent: { path: 'payment_intents', expand: ['latest_charge'], nested: [] },
  dispute: { path: 'disputes', expand: [], nested: [] },
  subscription_schedule: { path: 'subscription_schedules', expand: [], nested: [] },
}

/** They only tell staff something, no standing hangs on them: a key that may not read them does everything else. */
export const OPTIONAL_KINDS: ReadonlySet<BillingKind> = new Set(['dispute', 'subscription_schedule'])

/** Whose data is old as long as it is not read: nobody's, where no standing hangs on it. */
export function whose(kind: BillingKind, customerId: string | null): string | null {
  return OPTIONAL_KINDS.has(kind) ? null : customerId
}
