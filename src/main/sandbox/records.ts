// What the sandbox keeps of each object: only what varies. shapes-*.ts make Stripe's full objects of it on the way out.
// A record is never changed in place, so that an event can point at the object as it was.
import type { Interval, Seconds } from './calendar.ts'

export type Metadata = Record<string, string>

type Base = { id: string; created: Seconds }

export type CustomerRecord = Base & {
  name: string | null
  email: string | null
  phone: string | null
  description: string | null
  metadata: Metadata
  paymentMethod: string | null
  invoicePrefix: string
  nextInvoice: number
  currency: string | null
  delinquent: boolean
  deleted: boolean
}

export type ProductRecord = Base & {
  updated: Seconds
  name: string
  description: string | null
  active: boolean
  defaultPrice: string | null
  metadata: Metadata
}

export type PriceRecord = Base & {
  product: string
  currency: string
  unitAmount: number
  /** Null for a one-time price. */
  recurring: { interval: Interval; count: number } | null
  nickname: string | null
  active: boolean
  metadata: Metadata
}

export type MethodType = 'card' | 'sepa_debit'

export type MethodRecord = Base & {
  type: MethodType
  customer: string | null
  name: string | null
  email: string | null
  brand: string
  last4: string
  expMonth: number
  expYear: number
  /** Every charge fails with this code: Stripe's failing test cards. */
  fails: string | null
}

export type SubscriptionStatus =
  | 'active'
  | 'canceled'
  | 'incomplete'
  | 'incomplete_expired'
  | 'past_due'
  | 'paused'
  | 'trialing'
  | 'unpaid'

export type PausedType =
  | 'final_payment_failure'
  | 'first_payment_failure'
  | 'pause_requested'
  | 'system'
  | 'trial_end_without_payment_method'

export type SubscriptionRecord = Base & {
  customer: string
  itemId: string
  price: string
  quantity: number
  currency: string
  status: SubscriptionStatus
  anchor: Seconds
  periodStart: Seconds
  periodEnd: Seconds
  trialStart: Seconds | null
  trialEnd: Seconds | null
  cancelAtPeriodEnd: boolean
  cancelAt: Seconds | null
  canceledAt: Seconds | null
  endedAt: Seconds | null
  cancelReason: 'cancellation_requested' | 'payment_failed' | null
  cancelFeedback: string | null
  cancelComment: string | null
  pause: { behavior: PauseBehavior; resumesAt: Seconds | null } | null
  paused: { type: PausedType; at: Seconds } | null
  paymentMethod: string | null
  latestInvoice: string | null
  description: string | null
  metadata: Metadata
}

export type PauseBehavior = 'keep_as_draft' | 'mark_uncollectible' | 'void'

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'

export type InvoiceLine = {
  id: string
  price: string
  product: string
  quantity: number
  amount: number
  description: string
  start: Seconds
  end: Seconds
}

export type InvoiceRecord = Base & {
  customer: string
  customerName: string | null
  customerEmail: string | null
  customerPhone: string | null
  currency: string
  status: InvoiceStatus
  number: string | null
  billingReason: 'manual' | 'subscription_create' | 'subscription_cycle'
  /** Null for a one-off sale. */
  subscription: { id: string; itemId: string; metadata: Metadata } | null
  line: InvoiceLine
  /** Its invoice payment; null while a draft and where nothing is due. */
  payment: string | null
  amountDue: number
  amountPaid: number
  amountRemaining: number
  offStripe: boolean
  attemptCount: number
  attempted: boolean
  autoAdvance: boolean
  nextAttempt: Seconds | null
  finalizesAt: Seconds | null
  finalizedAt: Seconds | null
  paidAt: Seconds | null
  voidedAt: Seconds | null
  uncollectibleAt: Seconds | null
  periodStart: Seconds
  periodEnd: Seconds
}

export type InvoicePaymentRecord = Base & {
  invoice: string
  intent: string
  amount: number
  currency: string
  amountPaid: number | null
  status: 'open' | 'paid' | 'canceled'
  paidAt: Seconds | null
  canceledAt: Seconds | null
}

export type PaymentFailure = { code: string; declineCode: string | null; message: string; method: string | null }

export type IntentRecord = Base & {
  customer: string
  invoice: string
  amount: number
  amountReceived: number
  currency: string
  status: 'requires_payment_method' | 'requires_confirmation' | 'processing' | 'succeeded' | 'canceled'
  method: string | null
  methodType: MethodType
  failure: PaymentFailure | null
  secret: string
  canceledAt: Seconds | null
  cancelReason: 'void_invoice' | 'failed_invoice' | null
}

export type Records = {
  customer: CustomerRecord
  product: ProductRecord
  price: PriceRecord
  payment_method: MethodRecord
  subscription: SubscriptionRecord
  invoice: InvoiceRecord
  invoice_payment: InvoicePaymentRecord
  payment_intent: IntentRecord
}

/** Stripe's own words for what an object is, as in its `object` field. */
export type Kind = keyof Records

/** `kind` says what `before` and `after` are; `before` is null for a new object. */
export type EventRecord = Base & {
  type: string
  kind: Kind
  before: Records[Kind] | null
  after: Records[Kind]
  request: { id: string | null; idempotency_key: string | null }
}
