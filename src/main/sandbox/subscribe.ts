// How a subscription begins and ends, and the invoices it makes. The clock's part is billing.ts, the money's collect.ts.
import { DAY, HOUR, nextBillingDate, type Seconds } from './calendar.ts'
import { attempt, DRAFT_TIME, finalise, methodFor, voidInvoice } from './collect.ts'
import { randomId } from './random.ts'
import type { InvoiceRecord, Metadata, PriceRecord, SubscriptionRecord } from './records.ts'
import { add, all, change, get, newId, schedule, type World } from './state.ts'

/** An unpaid first invoice gives up after 23 hours (docs.stripe.com/billing/subscriptions/overview). */
const FIRST_PAYMENT_TIME = 23 * HOUR

export type Order = {
  customer: string
  price: string
  quantity: number
  paymentMethod: string | null
  trialDays: number
  metadata: Metadata
  description: string | null
  /** `later` leaves the first invoice open and untried, as `payment_behavior: default_incomplete` does. */
  charge: 'now' | 'later'
  /** Whether a first bank debit that is still on its way already counts as active. */
  trustDebit: boolean
}

export function subscribe(world: World, order: Order): SubscriptionRecord {
  const subscription = begin(world, order, world.at)
  const trial = order.trialDays > 0
  add(world, 'subscription', subscription, 'customer.subscription.created')
  schedule(world, subscription.periodEnd, 'period-end', subscription.id)
  const first = issue(world, subscription, 'subscription_create', trial ? 0 : null)
  finalise(world, first)
  if (trial) return get(world, 'subscription', subscription.id)
  if (order.charge === 'now') attempt(world, first.id)
  const method = methodFor(world, first)
  if (order.charge === 'now' && order.trustDebit && method?.type === 'sepa_debit') {
    return change(world, 'subscription', subscription.id, { status: 'active' }, 'customer.subscription.updated')
  }
  const begun = get(world, 'subscription', subscription.id)
  if (begun.status === 'incomplete') schedule(world, world.at + FIRST_PAYMENT_TIME, 'expire', begun.id)
  return begun
}

/** A subscription that started long ago, taken up at the period that begins at `periodStart`, paid until then. */
export function takeUp(world: World, order: Order, started: Seconds, anchor: Seconds, periodStart: Seconds): string {
  const subscription = begin(world, order, started)
  const { id } = subscription
  add(world, 'subscription', {
    ...subscription,
    anchor,
    status: 'active',
    periodStart: started,
    periodEnd: periodStart,
  })
  schedule(world, periodStart, 'period-end', id)
  return id
}

function begin(world: World, order: Order, at: Seconds): SubscriptionRecord {
  const price = get(world, 'price', order.price)
  const trialEnd = order.trialDays > 0 ? at + order.trialDays * DAY : null
  const anchor = trialEnd ?? at
  return {
    id: newId(world, 'subscription'),
    created: at,
    customer: order.customer,
    itemId: randomId(world.chance, 'si_', 14),
    price: price.id,
    quantity: order.quantity,
    currency: price.currency,
    status: trialEnd === null ? 'incomplete' : 'trialing',
    anchor,
    periodStart: at,
    periodEnd: trialEnd ?? periodEnd(price, anchor, at),
    trialStart: trialEnd === null ? null : at,
    trialEnd,
    cancelAtPeriodEnd: false,
    cancelAt: null,
    canceledAt: null,
    endedAt: null,
    cancelReason: null,
    cancelFeedback: null,
    cancelComment: null,
    pause: null,
    paused: null,
    paymentMethod: order.paymentMethod,
    latestInvoice: null,
    description: order.description,
    metadata: order.metadata,
  }
}

export function periodEnd({ recurring }: PriceRecord, anchor: Seconds, after: Seconds): Seconds {
  if (recurring === null) throw new Error('Subscribing: a one-time price has no periods')
  return nextBillingDate(anchor, recurring.interval, recurring.count, after)
}

/** Makes the draft for the subscription's present period; `amount` null takes the price's. */
export function issue(
  world: World,
  subscription: SubscriptionRecord,
  reason: 'subscription_create' | 'subscription_cycle',
  amount: number | null = null,
  /** Start of the period before: what an invoice calls its own period looks back, its lines look ahead. */
  previous: Seconds = world.at,
): InvoiceRecord {
  const price = get(world, 'price', subscription.price)
  const invoice = draft(world, subscription.customer, price, subscription.quantity, {
    amount: amount ?? price.unitAmount * subscription.quantity,
    start: subscription.periodStart,
    end: subscription.periodEnd,
  })
  const renewal = reason === 'subscription_cycle'
  const held = subscription.status === 'unpaid' || subscription.pause?.behavior === 'keep_as_draft'
  const made: InvoiceRecord = {
    ...invoice,
    billingReason: reason,
    subscription: { id: subscription.id, itemId: subscription.itemId, metadata: subscription.metadata },
    autoAdvance: !held,
    finalizesAt: renewal && !held ? world.at + DRAFT_TIME : null,
    periodStart: previous,
    periodEnd: world.at,
  }
  add(world, 'invoice', made, 'invoice.created')
  change(world, 'subscription', subscription.id, { latestInvoice: made.id })
  if (made.finalizesAt !== null) schedule(world, made.finalizesAt, 'finalise', made.id)
  return made
}

/** A sale of a one-time price, paid on the spot. */
export function sell(world: World, customer: string, price: PriceRecord, quantity: number): InvoiceRecord {
  const amount = price.unitAmount * quantity
  const invoice = draft(world, customer, price, quantity, { amount, start: world.at, end: world.at })
  add(world, 'invoice', invoice, 'invoice.created')
  finalise(world, invoice)
  return attempt(world, invoice.id)
}

function draft(
  world: World,
  customerId: string,
  price: PriceRecord,
  quantity: number,
  { amount, start, end }: { amount: number; start: Seconds; end: Seconds },
): InvoiceRecord {
  const customer = get(world, 'customer', customerId)
  if (customer.currency === null) change(world, 'customer', customerId, { currency: price.currency })
  const description = `${quantity} × ${get(world, 'product', price.product).name}`
  return {
    id: newId(world, 'invoice'),
    created: world.at,
    customer: customerId,
    customerName: customer.name,
    customerEmail: customer.email,
    customerPhone: customer.phone,
    currency: price.currency,
    status: 'draft',
    number: null,
    billingReason: 'manual',
    subscription: null,
    line: {
      id: randomId(world.chance, 'il_', 24),
      price: price.id,
      product: price.product,
      quantity,
      amount,
      description,
      start,
      end,
    },
    payment: null,
    amountDue: amount,
    amountPaid: 0,
    amountRemaining: amount,
    offStripe: false,
    attemptCount: 0,
    attempted: false,
    autoAdvance: true,
    nextAttempt: null,
    finalizesAt: null,
    finalizedAt: null,
    paidAt: null,
    voidedAt: null,
    uncollectibleAt: null,
    periodStart: world.at,
    periodEnd: world.at,
  }
}

export type Ending = {
  reason: 'cancellation_requested' | 'payment_failed'
  feedback: string | null
  comment: string | null
}

/** Ends it now. What is open stays open and is no longer collected by itself, as at Stripe. */
export function cancel(world: World, id: string, ending: Ending): SubscriptionRecord {
  const { canceledAt } = get(world, 'subscription', id)
  for (const invoice of all(world, 'invoice')) {
    if (invoice.subscription?.id !== id || (invoice.status !== 'open' && invoice.status !== 'draft')) continue
    change(
      world,
      'invoice',
      invoice.id,
      { autoAdvance: false, nextAttempt: null, finalizesAt: null },
      'invoice.updated',
    )
  }
  return change(
    world,
    'subscription',
    id,
    {
      status: 'canceled',
      canceledAt: canceledAt ?? world.at,
      endedAt: world.at,
      cancelReason: ending.reason,
      cancelFeedback: ending.feedback,
      cancelComment: ending.comment,
    },
    'customer.subscription.deleted',
  )
}

/** 23 hours without a first payment. */
export function expire(world: World, id: string): void {
  const subscription = get(world, 'subscription', id)
  const invoice = subscription.latestInvoice === null ? null : get(world, 'invoice', subscription.latestInvoice)
  const payment = invoice?.payment ? get(world, 'invoice_payment', invoice.payment) : null
  // A debit on its way is waited for.
  if (payment && get(world, 'payment_intent', payment.intent).status === 'processing') {
    schedule(world, world.at + DAY, 'expire', id)
    return
  }
  const ended = { status: 'incomplete_expired', endedAt: world.at } as const
  change(world, 'subscription', id, ended, 'customer.subscription.updated')
  if (invoice?.status === 'open') voidInvoice(world, invoice)
}
