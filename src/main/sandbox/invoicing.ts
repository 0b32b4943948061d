// What an invoice is made of: its lines, what waits for it, discounts and totals. What becomes of it is collect.ts.
import type { Seconds } from './calendar.ts'
import { DRAFT_TIME } from './collect.ts'
import { discounted, discountsOf, spend } from './discounts.ts'
import { prorated } from './money.ts'
import { startOfWhole } from './periods.ts'
import { randomId } from './random.ts'
import type { CollectionMethod, Metadata } from './record-parts.ts'
import type { ItemRecord, SubscriptionRecord } from './records.ts'
import type { BillingReason, InvoiceLine, InvoiceRecord, PendingItemRecord } from './records-money.ts'
import { add, change, get, newId, schedule, type World } from './state.ts'

type LineOrder = Partial<InvoiceLine> & Pick<InvoiceLine, 'amount' | 'description'>

export function newLine(world: World, order: LineOrder): InvoiceLine {
  const { quantity = 1, amount } = order
  return {
    id: randomId(world.chance, 'il_', 24),
    price: null,
    product: null,
    quantity,
    unitAmount: quantity === 0 ? 0 : amount / quantity,
    start: world.at,
    end: world.at,
    item: null,
    pending: null,
    subscription: null,
    proration: false,
    discountable: true,
    discounts: [],
    discountAmounts: [],
    metadata: {},
    ...order,
  }
}

/** A sale of so many of a price. */
export function saleLine(
  world: World,
  priceId: string,
  quantity: number,
  more: Partial<InvoiceLine> = {},
): InvoiceLine {
  const { id, product, unitAmount } = get(world, 'price', priceId)
  const description = `${quantity} × ${get(world, 'product', product).name}`
  return newLine(world, {
    price: id,
    product,
    quantity,
    unitAmount,
    amount: unitAmount * quantity,
    description,
    ...more,
  })
}

/** The lines for a subscription's present period; the part of one that is shorter than a whole one costs its part. */
export function periodLines(world: World, subscription: SubscriptionRecord): InvoiceLine[] {
  const { periodStart: start, periodEnd: end, currency } = subscription
  const whole = Math.min(start, startOfWhole(world, subscription, end))
  return subscription.items.map((item) => {
    const line = itemLine(world, subscription, item, start, end)
    const part = prorated(line.amount, whole, start, end, currency)
    return whole === start ? line : { ...line, amount: part, proration: true }
  })
}

export function itemLine(
  world: World,
  { id, metadata }: SubscriptionRecord,
  item: ItemRecord,
  start: Seconds,
  end: Seconds,
): InvoiceLine {
  const more = { start, end, item: item.id, subscription: id, discounts: item.discounts, metadata }
  return saleLine(world, item.price, item.quantity, more)
}

/** Puts a line aside for the next invoice of its subscription, or of its customer. */
export function setAside(world: World, customerId: string, currency: string, line: InvoiceLine): PendingItemRecord {
  const id = newId(world, 'invoiceitem')
  const record = {
    id,
    created: world.at,
    customer: customerId,
    currency,
    invoice: null,
    line: { ...line, pending: id },
  }
  const { pending } = get(world, 'customer', customerId)
  change(world, 'customer', customerId, { pending: [...pending, id] })
  return add(world, 'invoiceitem', record, 'invoiceitem.created')
}

/** What waits for an invoice of this subscription, or of none; it goes into it. */
function takePending(world: World, invoice: string, customerId: string, currency: string, subscription: string | null) {
  const { pending } = get(world, 'customer', customerId)
  const taken = pending.filter((id) => {
    const item = get(world, 'invoiceitem', id)
    const fits = item.line.subscription === null || item.line.subscription === subscription
    return item.currency === currency && fits
  })
  if (taken.length === 0) return []
  change(world, 'customer', customerId, { pending: pending.filter((id) => !taken.includes(id)) })
  return taken.map((id) => change(world, 'invoiceitem', id, { invoice }).line)
}

export type InvoiceOrder = {
  customer: string
  currency: string
  lines: InvoiceLine[]
  reason: BillingReason
  subscription: SubscriptionRecord | null
  discounts: string[]
  /** Whether it takes in what waits for the next invoice. */
  withPending: boolean
  collection: CollectionMethod
  daysUntilDue: number | null
  /** Held drafts stay drafts until somebody finalises them. */
  held: boolean
  finalizesAt: Seconds | null
  /** What an invoice calls its own period looks back, its lines look ahead. */
  periodStart: Seconds
  paymentMethod: string | null
  description: string | null
  metadata: Metadata
}

export function draft(world: World, order: InvoiceOrder): InvoiceRecord {
  const { subscription, currency } = order
  const customer = get(world, 'customer', order.customer)
  if (customer.currency === null) change(world, 'customer', customer.id, { currency })
  const id = newId(world, 'invoice')
  const waiting = order.withPending ? takePending(world, id, customer.id, currency, subscription?.id ?? null) : []
  const sums = totals(world, [...waiting, ...order.lines], order.discounts, currency)
  const made = add(
    world,
    'invoice',
    {
      id,
      created: world.at,
      customer: customer.id,
      customerName: customer.name,
      customerEmail: customer.email,
      customerPhone: customer.phone,
      currency,
      status: 'draft',
      number: null,
      billingReason: order.reason,
      subscription: subscription && { id: subscription.id, metadata: subscription.metadata },
      discounts: order.discounts,
      payment: null,
      ...sums,
      amountPaid: 0,
      startingBalance: 0,
      endingBalance: null,
      offStripe: false,
      collection: order.collection,
      daysUntilDue: order.daysUntilDue,
      dueDate: null,
      paymentMethod: order.paymentMethod,
      description: order.description,
      metadata: order.metadata,
      attemptCount: 0,
      attempted: false,
      autoAdvance: !order.held,
      nextAttempt: null,
      retries: 0,
      finalizesAt: order.held ? null : order.finalizesAt,
      finalizedAt: null,
      paidAt: null,
      voidedAt: null,
      uncollectibleAt: null,
      periodStart: order.periodStart,
      periodEnd: world.at,
    },
    'invoice.created',
  )
  if (made.finalizesAt !== null) schedule(world, made.finalizesAt, 'finalise', id)
  return made
}

export function totals(world: World, plain: InvoiceLine[], discounts: string[], currency: string) {
  const { lines, taken } = discounted(world, plain, discounts, currency)
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0)
  const total = subtotal - taken
  const due = Math.max(0, total)
  return { lines, subtotal, total, amountDue: due, amountRemaining: due }
}

/** The draft of a subscription's invoice. A renewal's is finalised after an hour, the others by who made them. */
export function issue(
  world: World,
  subscription: SubscriptionRecord,
  reason: BillingReason,
  lines: InvoiceLine[],
  previous: Seconds = world.at,
): InvoiceRecord {
  const held = subscription.status === 'unpaid' || subscription.pause?.behavior === 'keep_as_draft'
  const discounts = discountsOf(world, subscription)
  const made = draft(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    lines,
    reason,
    subscription,
    discounts,
    withPending: true,
    collection: subscription.collection,
    daysUntilDue: subscription.daysUntilDue,
    held,
    finalizesAt:
      reason === 'subscription_cycle' || subscription.collection === 'send_invoice' ? world.at + DRAFT_TIME : null,
    periodStart: previous,
    paymentMethod: null,
    description: null,
    metadata: {},
  })
  change(world, 'subscription', subscription.id, { latestInvoice: made.id })
  spend(world, [...new Set(made.lines.flatMap((line) => line.discountAmounts.map(({ discount }) => discount)))])
  return made
}

/** A sale on an invoice of its own, finalised at once. */
export function saleInvoice(world: World, customer: string, currency: string, lines: InvoiceLine[]): InvoiceOrder {
  return {
    customer,
    currency,
    lines,
    reason: 'manual',
    subscription: null,
    discounts: [],
    withPending: false,
    collection: 'charge_automatically',
    daysUntilDue: null,
    held: false,
    finalizesAt: null,
    periodStart: world.at,
    paymentMethod: null,
    description: null,
    metadata: {},
  }
}
