// What the sandbox keeps of what is owed and paid. Amounts are in the currency's smallest unit.
import type { Seconds } from './calendar.ts'
import type { Base, CollectionMethod, Metadata, MethodType } from './record-parts.ts'

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'

export type InvoiceLine = {
  id: string
  price: string | null
  product: string | null
  quantity: number
  unitAmount: number
  /** Before discounts; below zero for a credit. */
  amount: number
  description: string
  start: Seconds
  end: Seconds
  /** The subscription item that it is for. */
  item: string | null
  /** The invoice item that it came from. */
  pending: string | null
  /** The subscription that it is about, also where it came from an invoice item. */
  subscription: string | null
  proration: boolean
  /** Prorations have their discount in their amount already. */
  discountable: boolean
  discounts: string[]
  discountAmounts: { discount: string; amount: number }[]
  metadata: Metadata
}

/** An invoice item that waits for the next invoice, or has gone into one. */
export type PendingItemRecord = Base & {
  customer: string
  currency: string
  /** The invoice that it went into. */
  invoice: string | null
  line: InvoiceLine
}

export type BillingReason = 'manual' | 'subscription_create' | 'subscription_cycle' | 'subscription_update'

export type InvoiceRecord = Base & {
  customer: string
  customerName: string | null
  customerEmail: string | null
  customerPhone: string | null
  currency: string
  status: InvoiceStatus
  number: string | null
  billingReason: BillingReason
  /** Null for a one-off sale. */
  subscription: { id: string; metadata: Metadata } | null
  lines: InvoiceLine[]
  discounts: string[]
  /** Its invoice payment; null while a draft and where nothing is due. */
  payment: string | null
  subtotal: number
  total: number
  amountDue: number
  amountPaid: number
  amountRemaining: number
  startingBalance: number
  /** Null until finalised. */
  endingBalance: number | null
  offStripe: boolean
  collection: CollectionMethod
  daysUntilDue: number | null
  dueDate: Seconds | null
  paymentMethod: string | null
  description: string | null
  metadata: Metadata
  attemptCount: number
  attempted: boolean
  autoAdvance: boolean
  nextAttempt: Seconds | null
  /** How many of the scheduled retries are used. */
  retries: number
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

export type CancelReason =
  | 'abandoned'
  | 'duplicate'
  | 'failed_invoice'
  | 'fraudulent'
  | 'requested_by_customer'
  | 'void_invoice'

export type IntentRecord = Base & {
  customer: string
  /** Null for a payment without an invoice. */
  invoice: string | null
  amount: number
  amountReceived: number
  currency: string
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled'
  method: string | null
  methodType: MethodType
  /** What its payer has to do before it can go on. */
  nextAction: 'verify_with_microdeposits' | 'use_stripe_sdk' | null
  failure: PaymentFailure | null
  charge: string | null
  description: string | null
  metadata: Metadata
  secret: string
  canceledAt: Seconds | null
  cancelReason: CancelReason | null
  /** Of a payment that was made by itself; an invoice's says none of these. */
  methodTypes?: MethodType[]
  futureUsage?: 'off_session' | 'on_session'
  /** Its Checkout session ends it, nothing else does. */
  session?: string
}

/** One attempt to take money. A bank debit's is `pending` while it is on its way. */
export type ChargeRecord = Base & {
  customer: string
  intent: string
  amount: number
  refunded: number
  currency: string
  status: 'pending' | 'succeeded' | 'failed'
  method: string | null
  failure: PaymentFailure | null
  disputed: boolean
  description: string | null
  /** The reader that took it, and the card that it saved. */
  reader?: string
  generatedCard?: string | null
}

export type RefundRecord = Base & {
  charge: string
  intent: string
  customer: string
  amount: number
  currency: string
  reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null
  metadata: Metadata
}

export type DisputeStatus = 'needs_response' | 'under_review' | 'won' | 'lost'

export type DisputeRecord = Base & {
  charge: string
  intent: string
  customer: string
  amount: number
  currency: string
  reason: string
  status: DisputeStatus
  metadata: Metadata
}

export type BalanceType = 'adjustment' | 'applied_to_invoice' | 'unapplied_from_invoice'

/** A change of a customer's balance; below zero adds credit. */
export type BalanceRecord = Base & {
  customer: string
  amount: number
  endingBalance: number
  currency: string
  type: BalanceType
  invoice: string | null
  description: string | null
  metadata: Metadata
}
