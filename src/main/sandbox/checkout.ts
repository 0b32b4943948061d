// A hosted payment page at work: what is due there, and what its payer's deed makes: customer, payment method, subscription, payment.
import { invalid } from './api-error.ts'
import { copyOf } from './copy-world.ts'
import { applyDiscount } from './discounts.ts'
import { confirm, countDecline, failureNow, failureOf, newIntent } from './intents.ts'
import { draft, saleInvoice, saleLine, totals } from './invoicing.ts'
import { type Params, text, tree } from './params.ts'
import type { MethodType } from './record-parts.ts'
import type { MethodRecord } from './records.ts'
import type { SessionLine, SessionRecord } from './records-checkout.ts'
import type { InvoiceRecord } from './records-money.ts'
import { confirmSetup } from './setup.ts'
import { add, all, change, get, type World } from './state.ts'
import { createCustomer, newMethod } from './write-customers.ts'
import { readDiscounts } from './write-discounts.ts'
import { createSubscription, declined } from './write-subscriptions.ts'

/** What a person does at the page. `declined` and the like are cards that their bank refuses. */
export const WAYS = {
  card: { type: 'card' },
  declined: { type: 'card', declined: 'generic_decline' },
  insufficient_funds: { type: 'card', declined: 'insufficient_funds' },
  lost_card: { type: 'card', declined: 'lost_card' },
  sepa_debit: { type: 'sepa_debit', last4: '3000' },
  us_bank_account: { type: 'us_bank_account', last4: '6789' },
  us_bank_account_unverified: { type: 'us_bank_account', last4: '6789', verified: false },
} as const satisfies Record<string, { type: MethodType; declined?: string; last4?: string; verified?: boolean }>
export type Way = keyof typeof WAYS

export type Payer = { email?: string | null; name?: string | null; code?: string | null }

const KIND = 'checkout.session'

/** Parameters of the subscription that comes of it. */
function subscriptionOf({ lines, discounts, orders }: Ordered, customer: string, world: World): Params {
  const named = (recurring: boolean) =>
    lines
      .filter(({ price }) => (get(world, 'price', price).recurring !== null) === recurring)
      .map(({ price, quantity }) => ({ price, quantity: String(quantity) }))
  const [items, extras] = [named(true), named(false)]
  return {
    ...orders,
    customer,
    items: numbered(items),
    ...(extras.length > 0 && { add_invoice_items: numbered(extras) }),
    ...(discounts.length > 0 && { discounts: numbered(discounts.map(discountParam)) }),
  }
}

/** A list as a form sends it. */
function numbered(list: Params[]): Params {
  return Object.fromEntries(list.entries())
}

function discountParam({ coupon, promotion }: SessionRecord['discounts'][number]): Params {
  return promotion === null ? { coupon: coupon ?? '' } : { promotion_code: promotion }
}

type Ordered = Pick<SessionRecord, 'mode' | 'customer' | 'lines' | 'discounts' | 'orders' | 'currency'>
export type Priced = Pick<SessionRecord, 'lines' | 'subtotal' | 'total' | 'currency'>

/** What is due at the page: the invoice that would be made now, in a copy of the world. Throws what Stripe refuses. */
export function priced(world: World, ordered: Ordered): Priced {
  if (ordered.mode === 'setup') return { lines: [], subtotal: null, total: null, currency: ordered.currency }
  const copy = copyOf(world)
  const customer = ordered.customer ?? createCustomer(copy, {}).id
  const invoice = ordered.mode === 'payment' ? saleOf(copy, customer, ordered) : firstInvoice(copy, customer, ordered)
  const left = [...invoice.lines]
  const lines = ordered.lines.map((line): SessionLine => {
    const at = left.findIndex(({ price }) => price === line.price)
    const [billed] = at < 0 ? [] : left.splice(at, 1)
    const discount = billed?.discountAmounts.reduce((sum, { amount }) => sum + amount, 0) ?? 0
    return { ...line, amount: billed?.amount ?? 0, discount }
  })
  const total = lines.reduce((sum, { amount, discount }) => sum + amount - discount, 0)
  return { lines, subtotal: lines.reduce((sum, { amount }) => sum + amount, 0), total, currency: invoice.currency }
}

function firstInvoice(copy: World, customer: string, ordered: Ordered): InvoiceRecord {
  const params = { ...subscriptionOf(ordered, customer, copy), payment_behavior: 'default_incomplete' }
  return get(copy, 'invoice', createSubscription(copy, params).latestInvoice ?? '')
}

function saleOf(world: World, customer: string, { lines, discounts }: Ordered): InvoiceRecord {
  const { currency } = get(world, 'price', lines[0]?.price ?? '')
  const sold = lines.map(({ price, quantity }) => saleLine(world, price, quantity))
  const made = draft(world, saleInvoice(world, customer, currency, sold))
  const orders = readDiscounts(world, { discounts: numbered(discounts.map(discountParam)) }, 'discounts', customer)
  const applied = orders.map((order) => applyDiscount(world, order, customer, { invoice: made.id }))
  return change(world, 'invoice', made.id, { ...totals(world, made.lines, applied, currency), discounts: applied })
}

/** Throws an ApiError where the page would say no; the session is then as it was. */
export function payAtPage(world: World, id: string, way: Way, payer: Payer = {}): SessionRecord {
  const open = get(world, KIND, id)
  if (open.status !== 'open') throw invalid(`This Checkout Session is ${open.status}.`, 'session')
  const { declined: reason, ...bank } = { declined: undefined, ...WAYS[way] }
  if (!open.methodTypes.includes(bank.type)) throw invalid(`This page does not take ${bank.type}.`, 'payment_method')
  const session = payer.code ? withCode(world, open, payer.code) : open
  const email = payer.email ?? session.customerEmail
  const known = session.customer === null ? undefined : get(world, 'customer', session.customer)
  const who = { email: known?.email ?? email ?? null, name: known?.name ?? payer.name ?? null }
  const method = newMethod(world, session.customer, { ...bank, ...who, allowRedisplay: 'limited' })
  const refusal = reason === undefined ? failureNow(world, session.customer ?? '', method) : failureOf(reason, method)
  if (refusal !== null && bank.type === 'card') {
    if (reason === undefined) countDecline(world, session.customer ?? '', method)
    throw declined(refusal)
  }
  const customer = session.customer ?? madeCustomer(world, session, who)
  const isKept =
    customer !== null && (session.mode !== 'payment' || text(session.orders, 'setup_future_usage') !== undefined)
  add(
    world,
    'payment_method',
    { ...method, customer: isKept ? customer : null },
    ...(isKept ? ['payment_method.attached'] : []),
  )
  const done = { setup: setUp, subscription: subscribed, payment: paid }[session.mode]
  const made = done(world, session, get(world, 'payment_method', method.id), customer ?? '')
  const complete = { ...made, customer, payer: who, discounts: session.discounts, status: 'complete' } as const
  return change(world, KIND, id, complete, 'checkout.session.completed')
}

function madeCustomer(world: World, session: SessionRecord, who: { email: string | null; name: string | null }) {
  if (session.mode !== 'subscription' && session.customerCreation !== 'always') return null
  const given = { ...(who.email && { email: who.email }), ...(who.name && { name: who.name }) }
  return createCustomer(world, given).id
}

function withCode(world: World, session: SessionRecord, code: string): SessionRecord {
  if (session.allowCodes !== true) throw invalid('This page takes no promotion codes.', 'code')
  const found = all(world, 'promotion_code').find((one) => one.active && one.code.toLowerCase() === code.toLowerCase())
  if (found === undefined) throw invalid('This code is invalid.', 'code', 'resource_missing')
  const discounts = [{ coupon: null, promotion: found.id }]
  return { ...session, discounts, ...priced(world, { ...session, discounts }) }
}

type Made = Partial<SessionRecord>

function setUp(world: World, { setupIntent }: SessionRecord, method: MethodRecord, customer: string): Made {
  if (customer !== '') change(world, 'setup_intent', setupIntent ?? '', { customer })
  confirmSetup(world, setupIntent ?? '', method, null)
  return { paymentStatus: 'no_payment_required' }
}

function subscribed(world: World, session: SessionRecord, method: MethodRecord, customer: string): Made {
  const order = { ...subscriptionOf(session, customer, world), default_payment_method: method.id }
  const made = createSubscription(world, order)
  const invoice = made.latestInvoice === null ? null : get(world, 'invoice', made.latestInvoice)
  const free = made.status === 'trialing'
  const status = free ? 'no_payment_required' : invoice?.status === 'paid' ? 'paid' : 'unpaid'
  const amounts = { lines: session.lines, subtotal: session.subtotal, total: session.total }
  return { ...amounts, subscription: made.id, invoice: invoice?.id ?? null, paymentStatus: status }
}

function paid(world: World, session: SessionRecord, method: MethodRecord, customer: string): Made {
  const usage = text(session.orders, 'setup_future_usage')
  const order = {
    customer,
    invoice: null,
    amount: session.total ?? 0,
    currency: session.currency ?? '',
    description: text(session.orders, 'description') ?? null,
    metadata: (tree(session.orders, 'metadata') ?? {}) as Record<string, string>,
    methodTypes: session.methodTypes,
    session: session.id,
    ...(usage && { futureUsage: usage as 'off_session' }),
  }
  const { id } = newIntent(world, order, method)
  const outcome = confirm(world, id, method)
  const amounts = { lines: session.lines, subtotal: session.subtotal, total: session.total }
  return { ...amounts, intent: id, paymentStatus: outcome === 'succeeded' ? 'paid' : 'unpaid' }
}
