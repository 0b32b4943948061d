// From the sandbox's records to Stripe's objects, and `expand` on top.
import { invalid } from './api-error.ts'
import type { EventRecord, Kind, Records } from './records.ts'
import {
  customerShape,
  deletedCustomerShape,
  listShape,
  nestedShape,
  priceShape,
  productShape,
} from './shapes-catalogue.ts'
import { sessionLineShape, sessionShape } from './shapes-checkout.ts'
import { clockShape, couponShape, discountShape, promotionShape } from './shapes-discount.ts'
import { disputeShape } from './shapes-dispute.ts'
import { invoicePaymentShape, invoiceShape, pendingItemShape } from './shapes-invoice.ts'
import { methodShape } from './shapes-method.ts'
import { balanceShape, chargeShape, intentShape, refundShape } from './shapes-payment.ts'
import { scheduleShape } from './shapes-schedule.ts'
import { mandateOf, mandateShape, setupAttemptShape, setupIntentShape } from './shapes-setup.ts'
import { subscriptionShape } from './shapes-subscription.ts'
import { locationShape, readerShape } from './shapes-terminal.ts'
import { find, get, kindOfId, type World } from './state.ts'

/** The version whose shapes these are; `stripe` 23.1.0 asks for it. */
export const API_VERSION = '2026-10-28.endive'

export type Rendered = { [field: string]: unknown }

type Renderers = { [K in Kind]: (world: World, record: Records[K]) => Rendered }

const RENDERERS: Renderers = {
  customer: (world, record) =>
    customerShape(record, record.discount === null ? null : get(world, 'discount', record.discount)),
  product: (_, record) => productShape(record),
  price: (_, record) => priceShape(record),
  payment_method: (_, record) => methodShape(record),
  coupon: (world, record) => couponShape(record, world.at),
  promotion_code: (world, record) => promotionShape(record, world.at),
  discount: (_, record) => discountShape(record),
  subscription: (world, record) =>
    subscriptionShape(record, (id) => get(world, 'price', id), clockOf(world, record.customer)),
  subscription_schedule: (world, record) =>
    scheduleShape(record, clockOf(world, record.customer), currencyOf(world, record)),
  invoiceitem: (world, record) => pendingItemShape(record, clockOf(world, record.customer)),
  invoice: (world, record) => invoiceShape(record, clockOf(world, record.customer)),
  invoice_payment: (_, record) => invoicePaymentShape(record),
  payment_intent: (world, record) => intentShape(record, methodOf(world, record.failure?.method ?? null), world.pages),
  charge: (world, record) => chargeShape(record, methodOf(world, record.method)),
  refund: (_, record) => refundShape(record),
  dispute: (world, record) => disputeShape(record, methodOf(world, get(world, 'charge', record.charge).method)),
  customer_balance_transaction: (_, record) => balanceShape(record),
  setup_intent: (world, record) => {
    const { method, failure } = record
    return setupIntentShape(record, methodOf(world, method), methodOf(world, failure?.method ?? null), world.pages)
  },
  setup_attempt: (world, record) => setupAttemptShape(record, methodOf(world, record.method)),
  'checkout.session': (world, record) => sessionShape(record, world.pages),
  'terminal.location': (_, record) => locationShape(record),
  'terminal.reader': (world, record) =>
    readerShape(record, methodOf(world, record.action?.failure?.bank?.method ?? null)),
  'test_helpers.test_clock': (_, record) => clockShape(record),
}

function currencyOf(world: World, { subscription, released }: Records['subscription_schedule']): string {
  return get(world, 'subscription', subscription ?? released ?? '').currency
}

function clockOf(world: World, customer: string): string | null {
  return get(world, 'customer', customer).testClock
}

function methodOf(world: World, id: string | null) {
  return id === null ? undefined : find(world, 'payment_method', id)
}

export function render<K extends Kind>(world: World, kind: K, record: Records[K]): Rendered {
  return RENDERERS[kind](world, record)
}

/** By id, as a lookup or an `expand` finds it; undefined where there is nothing. */
export function renderById(world: World, id: string): Rendered | undefined {
  // A coupon has any id that its maker chose.
  const kind = find(world, 'coupon', id) ? 'coupon' : kindOfId(id)
  if (id.startsWith('mandate_')) {
    const method = methodOf(world, id.replace('mandate_', 'pm_'))
    return method === undefined || mandateOf(method) === null ? undefined : mandateShape(method)
  }
  const record = kind && find(world, kind, id)
  if (!kind || !record) return undefined
  if (kind === 'customer' && 'deleted' in record && record.deleted) return deletedCustomerShape(id)
  if (kind === 'coupon' && 'deleted' in record && record.deleted) return undefined
  return render(world, kind, record)
}

export function renderEvent(world: World, event: EventRecord): Rendered {
  const object = render(world, event.kind, event.after)
  const previous =
    event.before !== null && event.type.endsWith('.updated')
      ? differences(render(world, event.kind, event.before), object)
      : null
  return {
    id: event.id,
    object: 'event',
    api_version: API_VERSION,
    created: event.created,
    data: { object, ...(previous && { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: 0,
    request: event.request,
    type: event.type,
  }
}

function differences(before: Rendered, after: Rendered): Rendered {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  return Object.fromEntries(keys.map((key) => [key, before[key] ?? null]))
}

/** Fields that hold an id and can hold the object instead. */
const EXPANDABLE = new Set([
  'charge',
  'coupon',
  'customer',
  'default_payment_method',
  'default_price',
  'discount',
  'discounts',
  'generated_card',
  'invoice',
  'latest_attempt',
  'latest_charge',
  'latest_invoice',
  'location',
  'mandate',
  'payment_intent',
  'payment_method',
  'price',
  'product',
  'promotion_code',
  'schedule',
  'setup_attempt',
  'setup_intent',
  'subscription',
  'test_clock',
])
/** Stripe counts every part of the path, `data` too (stripe-java #2011). */
const DEEPEST = 4

export function expand(world: World, object: Rendered, paths: readonly string[]): Rendered {
  return paths.reduce((result, path) => expandPath(world, result, path.split('.'), path), object)
}

/** What can be told from the paths alone, before anything is read or changed. */
export function checkExpand(paths: readonly string[]): void {
  for (const path of paths) {
    const parts = path.split('.')
    if (parts.length > DEEPEST) {
      throw invalid(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`, 'expand')
    }
    if (!isExpandable(parts.at(-1) ?? '')) throw invalid(`This property cannot be expanded (${path}).`, 'expand')
  }
}

function isExpandable(field: string): boolean {
  return EXPANDABLE.has(field) || field in LEFT_OUT
}

function expandPath(world: World, object: Rendered, [part = '', ...rest]: string[], path: string): Rendered {
  const refused = () => {
    const hint = object.object === 'list' ? ` You may want to try expanding 'data.${path}' instead.` : ''
    return invalid(`This property cannot be expanded (${path}).${hint}`, 'expand')
  }
  // What was deleted has nothing left to expand.
  if (object.deleted === true) return object
  let child = object[part]
  if (child === undefined) child = LEFT_OUT[part]?.(world, object)
  if (child === undefined) throw refused()
  if (child === null) return object
  const openable = isExpandable(part)
  const opened = (value: unknown) => (typeof value === 'string' ? (renderById(world, value) ?? value) : value)
  if (openable) child = Array.isArray(child) ? child.map(opened) : opened(child)
  if (rest.length === 0) {
    if (!openable) throw refused()
    return { ...object, [part]: child }
  }
  if (Array.isArray(child)) {
    return { ...object, [part]: child.map((item: Rendered) => expandPath(world, item, rest, path)) }
  }
  if (typeof child !== 'object') throw refused()
  return { ...object, [part]: expandPath(world, child as Rendered, rest, path) }
}

/** What is left out of an object unless it is asked for, as at Stripe. */
const LEFT_OUT: Record<string, (world: World, object: Rendered) => Rendered | undefined> = {
  payments: (world, object) => (object.object === 'invoice' ? paymentsOf(world, object) : undefined),
  line_items: (world, object) => (object.object === 'checkout.session' ? linesOf(world, object) : undefined),
  invoice_credit_balance: (world, object) => (object.object === 'customer' ? balancesOf(world, object) : undefined),
}

function linesOf(world: World, { id }: Rendered): Rendered {
  return nestedShape(
    sessionLines(world, get(world, 'checkout.session', String(id))),
    `/v1/checkout/sessions/${id}/line_items`,
  )
}

/** What a hosted page sells. */
export function sessionLines(world: World, { lines }: Records['checkout.session']) {
  return lines.map((line) => {
    const price = get(world, 'price', line.price)
    return sessionLineShape(line, price, get(world, 'product', price.product).name)
  })
}

/** Above zero is credit here, says the SDK, though it is below in `balance`. */
function balancesOf(world: World, { id }: Rendered): Rendered {
  const record = find(world, 'customer', String(id))
  const all = Object.entries({
    ...record?.otherBalances,
    ...(record?.currency && { [record.currency]: record.balance }),
  })
  return Object.fromEntries(all.map(([currency, amount]) => [currency, amount === 0 ? 0 : -amount]))
}

function paymentsOf(world: World, invoice: Rendered): Rendered {
  const record = find(world, 'invoice', String(invoice.id))
  const payments = record?.payment
    ? [render(world, 'invoice_payment', get(world, 'invoice_payment', record.payment))]
    : []
  return listShape(payments, `/v1/invoice_payments?invoice=${String(invoice.id)}`)
}
