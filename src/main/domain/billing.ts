// What the mirror keeps of Stripe's objects: the columns that rules read. Stripe's own words (`status`) stay Stripe's.
import type { Money } from './money.ts'
import type { Ms } from './time.ts'

export const BILLING_KINDS = [
  'product',
  'price',
  'customer',
  'subscription',
  'invoice',
  'payment_intent',
  'dispute',
  'subscription_schedule',
] as const
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
  /** The same for the same plastic, whatever customer it is saved with; several people may share one. */
  fingerprint: string | null
  /** YYYY-MM: the last month of the bank card that is the default payment method. */
  cardExpires: string | null
  /** By currency, without those at nothing. Below zero: credit, such as a gift card, that the next invoices use up. */
  balances: Money[]
  /** What is taken off all that they pay for and that has no discount of its own. */
  discount: Discount | null
  /** Our own id of the person, where we made the customer. */
  memberId: string | null
}

export type Product = { id: string; created: Ms; name: string; active: boolean }

export type Price = {
  id: string
  created: Ms
  productId: string
  recurring: boolean
  interval: string | null
  nickname: string | null
  active: boolean
  /** Minor units; null for tiered or custom prices. */
  unitAmount: number | null
  currency: string
}

/** What a subscription is for: one price, so many times. */
export type SubscriptionItem = {
  id: string
  priceId: string
  productId: string
  quantity: number
  /** How many of its intervals the price is for, such as 3 of a month; missing where that is one. */
  every?: number
  discounts: Discount[]
}

/** What is taken off, and until when: `end` is null for one that stays. */
export type Discount = {
  name: string | null
  percentOff: number | null
  amountOff: Money | null
  /** Stripe's `once`, `repeating`, `forever`. */
  duration: string
  end: Ms | null
}

export type Subscription = {
  id: string
  created: Ms
  customerId: string
  status: string
  currency: string
  items: SubscriptionItem[]
  discounts: Discount[]
  /** Stripe's `charge_automatically` or `send_invoice`. */
  collectionMethod: string
  /** A change of price that waits for a payment or a date, as the ids of the prices to come; empty for none. */
  pendingPrices: string[]
  /** When Stripe itself takes the pause of collection back. */
  pauseResumesAt: Ms | null
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
  /** YYYY-MM: the last month of the bank card that is its own way to pay. */
  cardExpires: string | null
}

export type Invoice = {
  id: string
  created: Ms
  customerId: string | null
  subscriptionId: string | null
  number: string | null
  status: string
  billingReason: string | null
  /** Before balance and payments. */
  total: Money
  due: Money
  remaining: Money
  paidAt: Ms | null
  dueAt: Ms | null
  finalizedAt: Ms | null
  attemptCount: number
  nextAttemptAt: Ms | null
  /** Earliest start and latest end of the subscription periods that its lines pay for. */
  serviceStart: Ms | null
  serviceEnd: Ms | null
  /** Prices of its lines, subscription or not: what was sold. */
  priceIds: string[]
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
  /** Type of the payment method that was used last, else the first that it allows. */
  method: string | null
  /** Of the plastic that was used. */
  fingerprint: string | null
  /** How much of what was paid was given back, in minor units. */
  refunded: number
  declineCode: string | null
  /** What has to be done before it can go on, such as `verify_with_microdeposits`; null for nothing. */
  nextAction: string | null
}

/** A payment taken back or questioned by the bank. */
export type Dispute = {
  id: string
  created: Ms
  paymentIntentId: string | null
  status: string
  reason: string
  amount: Money
  /** Until when the bank takes an answer; null where it waits for none. */
  evidenceDue: Ms | null
}

/** What a subscription is to become by the clock, such as a smaller plan from the next period on. */
export type SubscriptionSchedule = {
  id: string
  created: Ms
  customerId: string | null
  /** Also the one that it has let go of. */
  subscriptionId: string | null
  status: string
  phases: { start: Ms; end: Ms | null; priceIds: string[] }[]
}

/** A change of what Stripe keeps for a customer, such as a gift card; below zero adds credit. */
export type BalanceTransaction = {
  id: string
  created: Ms
  customerId: string
  amount: Money
  endingBalance: Money
  type: string
}

export type MirrorRow =
  | { kind: 'customer'; row: Customer }
  | { kind: 'product'; row: Product }
  | { kind: 'price'; row: Price }
  | { kind: 'subscription'; row: Subscription }
  | { kind: 'invoice'; row: Invoice }
  | { kind: 'payment_intent'; row: PaymentIntent }
  | { kind: 'dispute'; row: Dispute }
  | { kind: 'subscription_schedule'; row: SubscriptionSchedule }

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
  /** It has not the shape of an event, so nobody knows what it tells. */
  misshapen?: true
}
