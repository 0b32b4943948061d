// From Stripe's objects to the columns that rules read: pure, and a reply of another shape is refused here.
import type { z } from 'zod'
import type {
  BalanceTransaction,
  BillingEvent,
  BillingKind,
  Customer,
  Discount,
  Invoice,
  MirrorRow,
  PaymentIntent,
  Subscription,
  SubscriptionSchedule,
} from '../domain/billing.ts'
import type { Money } from '../domain/money.ts'
import * as shapes from './stripe-shapes.ts'

/** Throws a ZodError where the object is not of the kind's shape. */
export function translate(kind: BillingKind, object: unknown): MirrorRow {
  switch (kind) {
    case 'product': {
      const { id, created, name, active } = shapes.product.parse(object)
      return { kind, row: { id, created, name, active: active ?? true } }
    }
    case 'price': {
      const read = shapes.price.parse(object)
      return {
        kind,
        row: {
          id: read.id,
          created: read.created,
          productId: read.product,
          recurring: Boolean(read.recurring),
          interval: read.recurring?.interval ?? null,
          nickname: read.nickname,
          active: read.active ?? true,
          unitAmount: read.unit_amount,
          currency: read.currency,
        },
      }
    }
    case 'customer':
      return { kind, row: customerRow(shapes.customer.parse(object)) }
    case 'subscription':
      return { kind, row: subscriptionRow(shapes.subscription.parse(object)) }
    case 'invoice':
      return { kind, row: invoiceRow(shapes.invoice.parse(object)) }
    case 'payment_intent':
      return { kind, row: intentRow(shapes.paymentIntent.parse(object)) }
    case 'subscription_schedule':
      return { kind, row: scheduleRow(shapes.subscriptionSchedule.parse(object)) }
    case 'dispute': {
      const read = shapes.dispute.parse(object)
      return {
        kind,
        row: {
          id: read.id,
          created: read.created,
          paymentIntentId: read.payment_intent,
          status: read.status,
          reason: read.reason ?? 'general',
          amount: { minor: read.amount, currency: read.currency },
          evidenceDue: read.evidence_details?.due_by ?? null,
        },
      }
    }
  }
}

function scheduleRow(read: z.output<typeof shapes.subscriptionSchedule>): SubscriptionSchedule {
  const { id, created, status } = read
  return {
    id,
    created,
    customerId: read.customer,
    subscriptionId: read.subscription ?? read.released_subscription,
    status,
    phases: read.phases.map(({ start_date, end_date, items }) => ({
      start: start_date,
      end: end_date,
      priceIds: items.map(({ price }) => price),
    })),
  }
}

function customerRow(read: z.output<typeof shapes.customer>): Customer {
  const { id, created, name, email, phone, discount, metadata, invoice_settings } = read
  const method = invoice_settings?.default_payment_method
  return {
    id,
    created,
    name,
    email,
    phone,
    defaultMethod: method?.type ?? null,
    fingerprint: method?.fingerprint ?? null,
    cardExpires: method?.expires ?? null,
    balances: balancesOf(read),
    discount: discount ? discountOf(discount) : null,
    memberId: metadata?.[shapes.OUR_ID] ?? null,
  }
}

/** Of several currencies Stripe's documents give the other sign than of the one: a currency that stands in both tells. */
function balancesOf(read: z.output<typeof shapes.customer>): Money[] {
  const { balance, currency, invoice_credit_balance: several } = read
  const own = balance === null || currency === null || balance === 0 ? [] : [{ minor: balance, currency }]
  const sign = own.length > 0 && several?.[own[0]?.currency ?? ''] === balance ? 1 : -1
  const others = Object.entries(several ?? {}).filter(([word, minor]) => word !== currency && minor !== 0)
  return [...own, ...others.map(([word, minor]) => ({ minor: sign * minor, currency: word }))]
}

function subscriptionRow(read: z.output<typeof shapes.subscription>): Subscription {
  const ends = read.items.data.flatMap((item) => (item.current_period_end === null ? [] : [item.current_period_end]))
  const periodEnd = ends.length > 0 ? Math.min(...ends) : read.current_period_end
  return {
    id: read.id,
    created: read.created,
    customerId: read.customer,
    status: read.status,
    currency: read.currency ?? '',
    items: read.items.data.map(({ id, price, quantity, discounts }) => ({
      id,
      priceId: price.id,
      productId: price.product,
      quantity: quantity ?? 1,
      ...severalOf(price.recurring?.interval_count),
      discounts: discountsOf(discounts),
    })),
    discounts: discountsOf(read.discounts),
    collectionMethod: read.collection_method ?? 'charge_automatically',
    pendingPrices: (read.pending_update?.subscription_items ?? []).map(({ price }) => price.id),
    pauseResumesAt: read.pause_collection?.resumes_at ?? null,
    periodEnd,
    trialEnd: read.trial_end,
    cancelAt: read.cancel_at ?? (read.cancel_at_period_end ? periodEnd : null),
    endedAt: read.ended_at,
    pauseCollection: Boolean(read.pause_collection),
    // The pause's own type only says whose it is (`subscription`); the reason stands one level deeper.
    pausedType: read.status_details?.paused?.subscription?.type ?? read.status_details?.paused?.type ?? null,
    cancelReason: read.cancellation_details?.reason ?? null,
    defaultMethod: read.default_payment_method.type,
    cardExpires: read.default_payment_method.expires,
  }
}

/** One is what nearly every price has: it is not kept. */
function severalOf(count: number | null | undefined): { every?: number } {
  return typeof count === 'number' && count > 1 ? { every: count } : {}
}

type ReadDiscounts = z.output<typeof shapes.subscription>['discounts']
type ReadDiscount = Exclude<NonNullable<ReadDiscounts>[number], string>

function discountsOf(read: ReadDiscounts): Discount[] {
  return (read ?? []).flatMap((one) => (typeof one === 'string' ? [] : [discountOf(one)]))
}

export function discountOf({ end, source }: ReadDiscount): Discount {
  const coupon = typeof source?.coupon === 'object' ? source.coupon : null
  const { name = null, percent_off = null, amount_off = null, currency = null, duration = null } = coupon ?? {}
  return {
    name,
    percentOff: percent_off,
    amountOff: amount_off === null || currency === null ? null : { minor: amount_off, currency },
    duration: duration ?? (end === null ? 'forever' : 'repeating'),
    end,
  }
}

function invoiceRow(read: z.output<typeof shapes.invoice>): Invoice {
  const { currency } = read
  const lines = read.lines.data
  // A credit for the unused rest of another plan pays for nothing.
  const served = lines.filter((line) => line.parent?.subscription_item_details && (line.amount ?? 0) >= 0)
  const starts = served.flatMap(({ period }) => (period.start === null ? [] : [period.start]))
  const prices = lines.flatMap(({ pricing }) => pricing?.price_details?.price ?? [])
  return {
    id: read.id,
    created: read.created,
    customerId: read.customer,
    subscriptionId: read.parent?.subscription_details?.subscription ?? null,
    number: read.number,
    status: read.status ?? 'draft',
    billingReason: read.billing_reason,
    total: { minor: read.total ?? read.amount_due, currency },
    due: { minor: read.amount_due, currency },
    remaining: { minor: read.amount_remaining, currency },
    paidAt: read.status_transitions?.paid_at ?? null,
    dueAt: read.due_date,
    finalizedAt: read.status_transitions?.finalized_at ?? null,
    attemptCount: read.attempt_count,
    nextAttemptAt: read.next_payment_attempt,
    serviceStart: starts.length > 0 ? Math.min(...starts) : null,
    serviceEnd: served.length > 0 ? Math.max(...served.map(({ period }) => period.end)) : null,
    priceIds: [...new Set(prices)],
    paymentIntents: (read.payments?.data ?? []).flatMap(({ payment }) =>
      payment.payment_intent === null ? [] : [payment.payment_intent],
    ),
    url: read.hosted_invoice_url,
  }
}

function intentRow(read: z.output<typeof shapes.paymentIntent>): PaymentIntent {
  const { last_payment_error: failure } = read
  const charge = typeof read.latest_charge === 'object' ? read.latest_charge : null
  const used = charge?.payment_method_details
  return {
    id: read.id,
    created: read.created,
    customerId: read.customer,
    status: read.status,
    amount: { minor: read.amount, currency: read.currency },
    method: used?.type ?? failure?.payment_method?.type ?? read.payment_method_types?.[0] ?? null,
    fingerprint: used?.card?.fingerprint ?? used?.card_present?.fingerprint ?? null,
    refunded: charge?.amount_refunded ?? 0,
    declineCode: failure?.decline_code ?? failure?.code ?? null,
    nextAction: read.next_action?.type ?? null,
  }
}

/** A line of a customer's balance. Throws a ZodError where it is not one. */
export function translateBalance(value: unknown): BalanceTransaction {
  const { id, created, customer, amount, currency, ending_balance, type } = shapes.balanceTransaction.parse(value)
  const money = (minor: number) => ({ minor, currency })
  return { id, created, customerId: customer, amount: money(amount), endingBalance: money(ending_balance), type }
}

/** An event as a signal: which object changed, and whose it may be. Its payload is kept, and no state is taken from it. */
export function translateEvent(value: unknown): BillingEvent {
  const { id, type, created, api_version, data } = shapes.event.parse(value)
  const changed = data?.object
  // What was given back stands in the payment, of which no event tells then.
  const refunded = type === 'charge.refunded' || changed?.object === 'refund' ? changed?.payment_intent : null
  const objectType = refunded ? 'payment_intent' : (changed?.object ?? null)
  const objectId = refunded ?? changed?.id ?? null
  const customerId = objectType === 'customer' ? objectId : (changed?.customer ?? null)
  return {
    id,
    type,
    created,
    apiVersion: api_version,
    objectType,
    objectId,
    customerId,
    payload: JSON.stringify(value),
  }
}
