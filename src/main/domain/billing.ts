// What the mirror keeps of Stripe's objects: the columns that rules read. Stripe's own words (`status`) stay Stripe's.
import type { Money } from './money.ts'
import type { Ms } from './time.ts'

export const BILLING_KINDS = ['product', 'price', 'customer', 'subscription', 'invoice', 'payment_intent'] as const
/** The object types that are mirrored, in the order in which a full read takes them. */
export type BillingKind = (typeof BILLING_KINDS)[number]

export type Customer = {
  id: string
  created: Ms
  name: string | null
  email: string | null
  phone: string | null
  /** Stripe's type of the default payment method, such as `card` or `sepa_debit`. */
  defaultMethod: string | null
}

export type Product = { id: string; created: Ms; name: string }

export type Price = {
  id: string
  created: Ms
  productId: string
  recurring: boolean
  interval: string | null
  /** Minor units; null for tiered or custom prices. */
  unitAmount: number | null
  currency: string
}

export type Subscription = {
  id: string
  created: Ms
  customerId: string
  status: string
  priceId: string | null
  productId: string | null
  /** Earliest end of the items' current periods. */
  periodEnd: Ms | null
  trialEnd: Ms | null
  /** The agreed end: `cancel_at`, or the period's end under `cancel_at_period_end`. */
  cancelAt: Ms | null
  /** When it was over; asking for an end at the period's end is not it. */
  endedAt: Ms | null
  pauseCollection: boolean
  /** `status_details.paused` type; null unless `status` is `paused`. */
  pausedType: string | null
  cancelReason: string | null
  defaultMethod: string | null
}

export type Invoice = {
  id: string
  created: Ms
  customerId: string | null
  subscriptionId: string | null
  number: string | null
  status: string
  billingReason: string | null
  due: Money
  remaining: Money
  dueAt: Ms | null
  finalizedAt: Ms | null
  attemptCount: number
  nextAttemptAt: Ms | null
  /** Latest end of the subscription periods that its lines pay for. */
  serviceEnd: Ms | null
  paymentIntents: string[]
  /** Stripe's own page for paying it. */
  url: string | null
}

export type PaymentIntent = {
  id: string
  created: Ms
  customerId: string | null
  status: string
  amount: Money
  method: string | null
  declineCode: string | null
}

export type MirrorRow =
  | { kind: 'customer'; row: Customer }
  | { kind: 'product'; row: Product }
  | { kind: 'price'; row: Price }
  | { kind: 'subscription'; row: Subscription }
  | { kind: 'invoice'; row: Invoice }
  | { kind: 'payment_intent'; row: PaymentIntent }

/** A line of Stripe's feed: a signal to read an object again. No state is taken from it; `customerId` is a hint whose. */
export type BillingEvent = {
  id: string
  type: string
  created: Ms
  apiVersion: string | null
  objectType: string | null
  objectId: string | null
  customerId: string | null
  payload: string
}
