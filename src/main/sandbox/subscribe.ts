// How a subscription begins and ends. Changes in between are change-subscription.ts, the clock's part billing.ts, the money's collect.ts.
import { type AnchorConfig, DAY, firstAnchor, HOUR, type Seconds } from './calendar.ts'
import { attempt, finalise, intentOf, methodFor, voidInvoice } from './collect.ts'
import { applyDiscount, type DiscountOrder } from './discounts.ts'
import { draft, issue, periodLines, saleInvoice, saleLine } from './invoicing.ts'
import { periodEnd } from './periods.ts'
import { randomId } from './random.ts'
import type { CollectionMethod, Metadata } from './record-parts.ts'
import type { ItemRecord, SubscriptionRecord } from './records.ts'
import type { InvoiceRecord } from './records-money.ts'
import { add, change, emit, get, invoicesOf, newId, schedule, type World } from './state.ts'

/** An unpaid first invoice gives up after 23 hours (docs.stripe.com/billing/subscriptions/overview). */
const FIRST_PAYMENT_TIME = 23 * HOUR
/** A bank account that is being verified by small deposits is waited for longer. */
const VERIFICATION_TIME = 10 * DAY

export type Proration = 'create_prorations' | 'none' | 'always_invoice'
export type ItemOrder = { price: string; quantity: number; metadata?: Metadata; discounts?: DiscountOrder[] }

export type Order = {
  customer: string
  items: ItemOrder[]
  paymentMethod: string | null
  trialEnd: Seconds | null
  withoutMethod: SubscriptionRecord['withoutMethod']
  /** When the first whole period begins; without one, now. */
  anchor: Seconds | null
  anchorConfig: AnchorConfig | null
  proration: Proration
  discounts: DiscountOrder[]
  /** One-time prices on the first invoice. */
  extras: ItemOrder[]
  collection: CollectionMethod
  daysUntilDue: number | null
  metadata: Metadata
  description: string | null
  /** `later` leaves the first invoice open and untried, as `payment_behavior: default_incomplete` does. */
  charge: 'now' | 'later'
  /** Whether a first bank debit that is still on its way already counts as active. */
  trustDebit: boolean
}

export const PLAIN_ORDER = {
  paymentMethod: null,
  trialEnd: null,
  withoutMethod: 'create_invoice',
  anchor: null,
  anchorConfig: null,
  proration: 'create_prorations',
  discounts: [],
  extras: [],
  collection: 'charge_automatically',
  daysUntilDue: null,
  metadata: {},
  description: null,
  charge: 'now',
  trustDebit: false,
} as const satisfies Omit<Order, 'customer' | 'items'>

export function subscribe(world: World, order: Order): SubscriptionRecord {
  const begun = begin(world, order, world.at)
  const { id } = begun
  add(world, 'subscription', begun)
  const target = { subscription: id }
  const discounts = order.discounts.map((one) => applyDiscount(world, one, order.customer, target))
  const items = begun.items.map((item, n) => ({
    ...item,
    discounts: (order.items[n]?.discounts ?? []).map((one) =>
      applyDiscount(world, one, order.customer, { ...target, item: item.id }),
    ),
  }))
  const subscription = change(world, 'subscription', id, { discounts, items })
  emit(world, 'customer.subscription.created', 'subscription', null, subscription)
  schedule(world, subscription.periodEnd, 'period-end', id)
  if (begun.trialEnd !== null) schedule(world, Math.max(world.at, begun.trialEnd - 3 * DAY), 'trial-will-end', id)
  const free = begun.trialEnd !== null || (order.proration === 'none' && begun.anchor > world.at)
  const extras = order.extras.map(({ price, quantity, discounts: own = [] }) => {
    const discounts = own.map((one) => applyDiscount(world, one, order.customer, {}))
    return saleLine(world, price, quantity, { discounts })
  })
  const lines = periodLines(world, subscription).map((line) => (free ? { ...line, amount: 0, proration: false } : line))
  const first = issue(world, subscription, 'subscription_create', [...lines, ...extras])
  if (order.collection === 'send_invoice') return get(world, 'subscription', id)
  const open = finalise(world, first)
  if (open.status === 'open' && order.charge === 'now') attempt(world, open.id)
  const method = methodFor(world, first)
  if (order.charge === 'now' && order.trustDebit && method?.type === 'sepa_debit') {
    return change(world, 'subscription', id, { status: 'active' }, 'customer.subscription.updated')
  }
  const made = get(world, 'subscription', id)
  if (made.status === 'incomplete') schedule(world, world.at + FIRST_PAYMENT_TIME, 'expire', id)
  return made
}

/** A subscription that started long ago, taken up at the period that begins at `periodStart`, paid until then. */
export function takeUp(world: World, order: Order, started: Seconds, anchor: Seconds, periodStart: Seconds): string {
  const begun = begin(world, order, started)
  const { id } = begun
  add(world, 'subscription', { ...begun, anchor, status: 'active', periodStart: started, periodEnd: periodStart })
  const discounts = order.discounts.map((one) => applyDiscount(world, one, order.customer, { subscription: id }))
  change(world, 'subscription', id, { discounts })
  schedule(world, periodStart, 'period-end', id)
  return id
}

function begin(world: World, order: Order, at: Seconds): SubscriptionRecord {
  const first = get(world, 'price', order.items[0]?.price ?? '')
  const { trialEnd, anchorConfig } = order
  const paidFrom = trialEnd ?? at
  const anchor = order.anchor ?? (anchorConfig && firstAnchor(anchorConfig, paidFrom)) ?? paidFrom
  const items = order.items.map(
    ({ price, quantity, metadata }): ItemRecord => newItem(world, price, quantity, metadata, at),
  )
  return {
    id: newId(world, 'subscription'),
    created: at,
    customer: order.customer,
    items,
    currency: first.currency,
    status: trialEnd !== null ? 'trialing' : order.collection === 'send_invoice' ? 'active' : 'incomplete',
    anchor,
    anchorConfig,
    periodStart: at,
    periodEnd: trialEnd ?? periodEnd(world, { items, anchor, anchorConfig }, at),
    trialStart: trialEnd === null ? null : at,
    trialEnd,
    withoutMethod: order.withoutMethod,
    cancelAtPeriodEnd: false,
    cancelAt: null,
    canceledAt: null,
    endedAt: null,
    cancelReason: null,
    cancelFeedback: null,
    cancelComment: null,
    pause: null,
    paused: null,
    collection: order.collection,
    daysUntilDue: order.daysUntilDue,
    discounts: [],
    pendingUpdate: null,
    paymentMethod: order.paymentMethod,
    latestInvoice: null,
    schedule: null,
    description: order.description,
    metadata: order.metadata,
  }
}

export function newItem(
  world: World,
  price: string,
  quantity: number,
  metadata: Metadata = {},
  created = world.at,
): ItemRecord {
  return { id: randomId(world.chance, 'si_', 14), created, price, quantity, discounts: [], metadata }
}

/** A sale of a one-time price, paid on the spot. */
export function sell(world: World, customer: string, price: string, quantity: number): InvoiceRecord {
  const { currency } = get(world, 'price', price)
  const made = draft(world, saleInvoice(world, customer, currency, [saleLine(world, price, quantity)]))
  const open = finalise(world, made)
  return open.status === 'open' ? attempt(world, open.id) : open
}

export type Ending = {
  reason: 'cancellation_requested' | 'payment_failed'
  feedback: string | null
  comment: string | null
}

/** Ends it now. What is open stays open and is no longer collected by itself, as at Stripe. */
export function cancel(world: World, id: string, ending: Ending): SubscriptionRecord {
  const { canceledAt, schedule: by } = get(world, 'subscription', id)
  if (by) endSchedule(world, by, ending)
  for (const invoice of invoicesOf(world, id)) {
    if (invoice.status !== 'open' && invoice.status !== 'draft') continue
    const left = { autoAdvance: false, nextAttempt: null, finalizesAt: null }
    change(world, 'invoice', invoice.id, left, 'invoice.updated')
  }
  return change(
    world,
    'subscription',
    id,
    {
      status: 'canceled',
      paused: null,
      pendingUpdate: null,
      canceledAt: canceledAt ?? world.at,
      endedAt: world.at,
      cancelReason: ending.reason,
      cancelFeedback: ending.feedback,
      cancelComment: ending.comment,
    },
    'customer.subscription.deleted',
  )
}

/** It ends with its subscription: as it was meant to, or before its time. */
function endSchedule(world: World, id: string, { reason }: Ending): void {
  const { status, endBehavior, phases } = get(world, 'subscription_schedule', id)
  if (status !== 'active') return
  const meant = endBehavior === 'cancel' && (phases.at(-1)?.end ?? 0) <= world.at
  if (meant) {
    const completed = { status: 'completed', completedAt: world.at } as const
    change(world, 'subscription_schedule', id, completed, 'subscription_schedule.completed')
  } else {
    const canceled = { status: 'canceled', canceledAt: world.at } as const
    const event = reason === 'payment_failed' ? 'aborted' : 'canceled'
    change(world, 'subscription_schedule', id, canceled, `subscription_schedule.${event}`)
  }
}

/** 23 hours without a first payment. */
export function expire(world: World, id: string): void {
  const { latestInvoice, created } = get(world, 'subscription', id)
  const invoice = latestInvoice === null ? null : get(world, 'invoice', latestInvoice)
  const intent = invoice && intentOf(world, invoice)
  const verifying = intent?.nextAction === 'verify_with_microdeposits' && world.at < created + VERIFICATION_TIME
  // A debit on its way is waited for, and a bank account that is being verified.
  if (intent?.status === 'processing' || verifying) {
    schedule(world, world.at + DAY, 'expire', id)
    return
  }
  const ended = { status: 'incomplete_expired', endedAt: world.at } as const
  change(world, 'subscription', id, ended, 'customer.subscription.updated')
  if (invoice?.status === 'open') voidInvoice(world, invoice)
}
