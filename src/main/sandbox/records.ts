// What the sandbox keeps of each object: only what varies. shapes-*.ts make Stripe's full objects of it on the way out.
// A record is never changed in place, so that an event can point at the object as it was. What is owed and paid: records-money.ts.
import type { AnchorConfig, Interval, Seconds } from './calendar.ts'
import type { Base, CollectionMethod, Metadata, MethodType } from './record-parts.ts'
import type { SessionRecord } from './records-checkout.ts'
import type {
  BalanceRecord,
  ChargeRecord,
  DisputeRecord,
  IntentRecord,
  InvoicePaymentRecord,
  InvoiceRecord,
  PendingItemRecord,
  RefundRecord,
} from './records-money.ts'
import type { ScheduleRecord } from './records-schedule.ts'
import type { LocationRecord, ReaderRecord, SetupAttemptRecord, SetupIntentRecord } from './records-terminal.ts'

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
  /** Below zero: credit for the next invoices in its own currency. */
  balance: number
  /** The same in other currencies; states that were saved before there were any have none. */
  otherBalances?: Record<string, number>
  /** Counts for subscriptions that have no discount of their own. */
  discount: string | null
  /** Invoice items that wait for the next invoice. */
  pending: string[]
  /** Null: lives by the sandbox's clock. */
  testClock: string | null
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
  /** Left out in worlds from before it was known. */
  lookupKey?: string | null
  active: boolean
  metadata: Metadata
}

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
  /** A bank account may have to be verified by small deposits first. */
  verified: boolean
  /** States that were saved before there were readers have none of these. */
  allowRedisplay?: 'always' | 'limited' | 'unspecified'
  metadata?: Metadata
  /** A card that was saved at a reader: what it came from. */
  generatedFrom?: { charge: string | null; attempt: string | null }
  /** A card at a reader that was a telephone's. */
  wallet?: 'apple_pay' | 'google_pay'
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

/** All items of a subscription share its period; Stripe's mixed intervals are not modelled. */
export type ItemRecord = Base & {
  price: string
  quantity: number
  discounts: string[]
  metadata: Metadata
}

export type SubscriptionRecord = Base & {
  customer: string
  items: ItemRecord[]
  currency: string
  status: SubscriptionStatus
  anchor: Seconds
  anchorConfig: AnchorConfig | null
  periodStart: Seconds
  periodEnd: Seconds
  trialStart: Seconds | null
  trialEnd: Seconds | null
  /** What happens where a trial ends and there is nothing to charge. */
  withoutMethod: 'pause' | 'cancel' | 'create_invoice'
  cancelAtPeriodEnd: boolean
  cancelAt: Seconds | null
  canceledAt: Seconds | null
  endedAt: Seconds | null
  cancelReason: 'cancellation_requested' | 'payment_failed' | null
  cancelFeedback: string | null
  cancelComment: string | null
  pause: { behavior: PauseBehavior; resumesAt: Seconds | null } | null
  /** `credited`: unused time was given back. `resumesWith`: the invoice whose payment ends the pause. */
  paused: { type: PausedType; at: Seconds; credited?: boolean; resumesWith?: string } | null
  collection: CollectionMethod
  daysUntilDue: number | null
  discounts: string[]
  /** A change that waits for its invoice to be paid. */
  pendingUpdate: { items: ItemRecord[]; invoice: string; expiresAt: Seconds } | null
  paymentMethod: string | null
  latestInvoice: string | null
  description: string | null
  metadata: Metadata
  /** What changes it by the clock. */
  schedule: string | null
}

export type PauseBehavior = 'keep_as_draft' | 'mark_uncollectible' | 'void'

export type CouponRecord = Base & {
  name: string | null
  percentOff: number | null
  amountOff: number | null
  currency: string | null
  duration: 'once' | 'repeating' | 'forever'
  months: number | null
  /** Empty: everything. */
  products: string[]
  maxRedemptions: number | null
  redeemBy: Seconds | null
  redeemed: number
  deleted: boolean
  metadata: Metadata
}

export type PromotionRecord = Base & {
  code: string
  coupon: string
  customer: string | null
  active: boolean
  expiresAt: Seconds | null
  maxRedemptions: number | null
  redeemed: number
  metadata: Metadata
}

/** A coupon that is applied to something: to one of these, `created` is its start. */
export type DiscountRecord = Base & {
  coupon: string
  promotion: string | null
  customer: string
  subscription: string | null
  item: string | null
  invoice: string | null
  end: Seconds | null
}

export type ClockRecord = Base & {
  name: string | null
  frozen: Seconds
  /** Set while it is on its way there. */
  target: Seconds | null
}

export type Records = {
  customer: CustomerRecord
  product: ProductRecord
  price: PriceRecord
  payment_method: MethodRecord
  coupon: CouponRecord
  promotion_code: PromotionRecord
  discount: DiscountRecord
  subscription: SubscriptionRecord
  subscription_schedule: ScheduleRecord
  invoiceitem: PendingItemRecord
  invoice: InvoiceRecord
  invoice_payment: InvoicePaymentRecord
  payment_intent: IntentRecord
  charge: ChargeRecord
  refund: RefundRecord
  dispute: DisputeRecord
  customer_balance_transaction: BalanceRecord
  setup_intent: SetupIntentRecord
  setup_attempt: SetupAttemptRecord
  'checkout.session': SessionRecord
  'terminal.location': LocationRecord
  'terminal.reader': ReaderRecord
  'test_helpers.test_clock': ClockRecord
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
