// What happens when a subscription's items, quantities or dates change in between: credits, debits, and the invoice of it.
import type { Seconds } from './calendar.ts'
import { attempt, finalise } from './collect.ts'
import { discounted, discountsOf } from './discounts.ts'
import { issue, itemLine, newLine, periodLines, setAside } from './invoicing.ts'
import { prorated } from './money.ts'
import { periodEnd, startOfWhole } from './periods.ts'
import type { ItemRecord, SubscriptionRecord } from './records.ts'
import type { InvoiceLine, InvoiceRecord } from './records-money.ts'
import { change, get, invoicesOf, schedule, type World } from './state.ts'
import type { Proration } from './subscribe.ts'

export type Change = {
  items: ItemRecord[]
  proration: Proration
  /** The moment that prorations count from. */
  from: Seconds
  /** A new period begins now. */
  restart: boolean
  /** A trial until then begins, or goes on. */
  trialEnd: Seconds | null
  charge: 'now' | 'later'
  /** The change waits until its invoice is paid. */
  waits: boolean
}

/** A change that waits for its payment is dropped after this long, as a first payment is. */
const WAITING_TIME = 23 * 3_600

export function changeSubscription(world: World, id: string, wanted: Change): SubscriptionRecord {
  const before = get(world, 'subscription', id)
  const { items, proration, from } = wanted
  const paying = before.status !== 'trialing' && before.status !== 'paused' && proration !== 'none'
  const restart = wanted.restart || wanted.trialEnd !== null
  const gone = restart ? before.items : before.items.filter((item) => !same(item, items))
  const come = restart ? [] : items.filter((item) => !same(item, before.items))
  const credits = paying ? creditLines(world, before, gone, from) : []
  const debits = paying ? debitLines(world, before, come, from) : []
  if (wanted.waits) return changeOncePaid(world, before, items, [...credits, ...debits])
  const after = change(world, 'subscription', id, patchOf(world, before, wanted), 'customer.subscription.updated')
  for (const line of [...credits, ...debits]) setAside(world, after.customer, after.currency, line)
  if (restart) {
    schedule(world, after.periodEnd, 'period-end', id)
    const lines = periodLines(world, after).map((line) => (after.trialEnd === after.periodEnd ? free(line) : line))
    billNow(world, after, lines, wanted.charge)
  } else if (proration === 'always_invoice' && credits.length + debits.length > 0) {
    billNow(world, after, [], wanted.charge)
  }
  return get(world, 'subscription', id)
}

function same(item: ItemRecord, others: ItemRecord[]): boolean {
  return others.some(({ id, price, quantity }) => id === item.id && price === item.price && quantity === item.quantity)
}

function patchOf(world: World, before: SubscriptionRecord, { items, restart, trialEnd }: Change) {
  if (trialEnd !== null) {
    const trial = { status: 'trialing', trialStart: before.trialStart ?? world.at, trialEnd } as const
    return { ...trial, items, periodStart: world.at, periodEnd: trialEnd, anchor: trialEnd, anchorConfig: null }
  }
  if (!restart) return { items }
  const anchor = { items, anchor: world.at, anchorConfig: null }
  const status = before.status === 'trialing' ? ('active' as const) : before.status
  const trial = before.status === 'trialing' ? { trialEnd: world.at } : {}
  return { ...anchor, ...trial, status, periodStart: world.at, periodEnd: periodEnd(world, anchor, world.at) }
}

function free(line: InvoiceLine): InvoiceLine {
  return { ...line, amount: 0, proration: false }
}

export function billNow(world: World, subscription: SubscriptionRecord, lines: InvoiceLine[], charge: 'now' | 'later') {
  const made = issue(world, subscription, 'subscription_update', lines)
  if (made.finalizesAt !== null) return made
  const open = finalise(world, made)
  return open.status === 'open' && charge === 'now' ? attempt(world, open.id) : open
}

function changeOncePaid(
  world: World,
  before: SubscriptionRecord,
  items: ItemRecord[],
  lines: InvoiceLine[],
): SubscriptionRecord {
  const invoice = billNow(world, before, lines, 'later')
  if (invoice.status === 'open') {
    const expiresAt = world.at + WAITING_TIME
    const pendingUpdate = { items, invoice: invoice.id, expiresAt }
    change(world, 'subscription', before.id, { pendingUpdate }, 'customer.subscription.updated')
    schedule(world, expiresAt, 'change-expires', before.id)
    attempt(world, invoice.id)
  } else {
    change(world, 'subscription', before.id, { items }, 'customer.subscription.updated')
  }
  return get(world, 'subscription', before.id)
}

/** What was charged for the rest of the period, given back: by what stood on the invoice, not by today's price. */
export function creditLines(
  world: World,
  subscription: SubscriptionRecord,
  items: ItemRecord[],
  from: Seconds,
): InvoiceLine[] {
  const { currency } = subscription
  return items.flatMap((item) => {
    const charged = lastCharge(world, subscription, item.id)
    if (charged === undefined || from >= charged.end) return []
    const net = charged.amount - charged.discountAmounts.reduce((sum, { amount }) => sum + amount, 0)
    const start = Math.max(from, charged.start)
    const amount = -prorated(net, charged.start, start, charged.end, currency)
    const description = `Unused time on ${charged.description.replace(/^(Remaining time on )/, '')}`
    const prices = {
      price: charged.price,
      product: charged.product,
      quantity: charged.quantity,
      metadata: charged.metadata,
    }
    const period = { start, end: charged.end, item: item.id, subscription: subscription.id }
    return [newLine(world, { ...prices, ...period, amount, description, ...PRORATION })]
  })
}

const PRORATION = { proration: true, discountable: false }

/** The latest line that charged for the item's present period, on an invoice or waiting for one. */
function lastCharge(world: World, { id, customer, periodEnd: end }: SubscriptionRecord, item: string) {
  const fits = (line: InvoiceLine) => line.item === item && line.end === end && line.amount >= 0
  const waiting = get(world, 'customer', customer).pending.map((one) => get(world, 'invoiceitem', one).line)
  const found = waiting.findLast(fits)
  if (found !== undefined) return found
  for (const invoice of invoicesOf(world, id).toReversed()) {
    if (!counts(invoice)) continue
    const line = invoice.lines.findLast(fits)
    if (line !== undefined) return line
  }
  return undefined
}

function counts({ status }: InvoiceRecord): boolean {
  return status !== 'void' && status !== 'uncollectible'
}

/** The rest of the period at the new price, less what the discounts take. */
export function debitLines(
  world: World,
  subscription: SubscriptionRecord,
  items: ItemRecord[],
  from: Seconds,
): InvoiceLine[] {
  const { periodStart, periodEnd: end, currency } = subscription
  const start = Math.min(periodStart, startOfWhole(world, subscription, end))
  const whole = items.map((item) => itemLine(world, subscription, item, from, end))
  const { lines } = discounted(world, whole, discountsOf(world, subscription), currency)
  return lines.map((line) => {
    const net = line.amount - line.discountAmounts.reduce((sum, { amount }) => sum + amount, 0)
    const amount = prorated(net, start, from, end, currency)
    const description = `Remaining time on ${line.description}`
    return { ...line, amount, description, discounts: [], discountAmounts: [], ...PRORATION }
  })
}
