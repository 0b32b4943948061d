// Invoices and invoice items through the API: one-off sales, and what a person at the dashboard does with an invoice.
import { type ApiError, invalid, missing } from './api-error.ts'
import { attempt, DRAFT_TIME, finalise, intentOf, markPaid, voidInvoice, writeOff } from './collect.ts'
import { applyDiscount } from './discounts.ts'
import { draft, newLine, saleInvoice, saleLine, setAside, totals } from './invoicing.ts'
import { type Allowed, flag, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import type { InvoiceRecord, PendingItemRecord } from './records-money.ts'
import { change, emit, find, get, schedule, type World } from './state.ts'
import { liveCustomer, ownMethod } from './write-customers.ts'
import { DISCOUNT_PARAMS, readDiscounts } from './write-discounts.ts'
import { COLLECTIONS, declined, usablePrice } from './write-subscriptions.ts'

export const INVOICE_PARAMS = {
  customer: true,
  auto_advance: true,
  collection_method: true,
  currency: true,
  days_until_due: true,
  default_payment_method: true,
  description: true,
  discounts: [DISCOUNT_PARAMS],
  due_date: true,
  metadata: '*',
  pending_invoice_items_behavior: true,
} as const satisfies Allowed

export function createInvoice(world: World, params: Params): InvoiceRecord {
  const customer = liveCustomer(world, required(params, 'customer'), 'customer')
  const collection = oneOf(params, 'collection_method', COLLECTIONS) ?? 'charge_automatically'
  const days = whole(params, 'days_until_due') ?? null
  const dueDate = whole(params, 'due_date') ?? null
  if (collection === 'send_invoice' && days === null && dueDate === null) {
    throw invalid(
      'You must pass `days_until_due` or `due_date` when `collection_method` is `send_invoice`.',
      'days_until_due',
    )
  }
  const given = text(params, 'default_payment_method')
  const advance = flag(params, 'auto_advance') ?? false
  const made = draft(world, {
    ...saleInvoice(world, customer.id, (text(params, 'currency') ?? customer.currency ?? 'eur').toLowerCase(), []),
    withPending: oneOf(params, 'pending_invoice_items_behavior', ['exclude', 'include']) === 'include',
    collection,
    daysUntilDue: days,
    held: !advance,
    finalizesAt: advance ? world.at + DRAFT_TIME : null,
    paymentMethod: given ? ownMethod(world, customer.id, given, false).id : null,
    description: text(params, 'description') || null,
    metadata: metadata(params, {}),
  })
  const discounts = readDiscounts(world, params, 'discounts', customer.id).map((order) =>
    applyDiscount(world, order, customer.id, { invoice: made.id }),
  )
  const sums = totals(world, made.lines, discounts, made.currency)
  return change(world, 'invoice', made.id, { ...sums, discounts, dueDate })
}

export const INVOICE_UPDATE = {
  auto_advance: true,
  days_until_due: true,
  default_payment_method: true,
  description: true,
  due_date: true,
  metadata: '*',
} as const satisfies Allowed

export function updateInvoice(world: World, id: string, params: Params): InvoiceRecord {
  const invoice = known(world, id)
  const method = text(params, 'default_payment_method')
  const advance = flag(params, 'auto_advance') ?? invoice.autoAdvance
  const starts = advance && !invoice.autoAdvance && invoice.status === 'draft'
  const patch = {
    autoAdvance: advance,
    finalizesAt: starts ? world.at + DRAFT_TIME : advance ? invoice.finalizesAt : null,
    daysUntilDue: whole(params, 'days_until_due') ?? invoice.daysUntilDue,
    dueDate: whole(params, 'due_date') ?? invoice.dueDate,
    description: text(params, 'description') ?? invoice.description,
    paymentMethod: method ? ownMethod(world, invoice.customer, method, false).id : invoice.paymentMethod,
    metadata: metadata(params, invoice.metadata),
  }
  if (starts) schedule(world, world.at + DRAFT_TIME, 'finalise', id)
  return change(world, 'invoice', id, patch, 'invoice.updated')
}

export function deleteInvoice(world: World, id: string) {
  const invoice = known(world, id)
  if (invoice.status !== 'draft' || invoice.subscription !== null) {
    throw invalid('You can only delete draft invoices that are not from a subscription.', 'id')
  }
  for (const { pending } of invoice.lines) {
    if (pending !== null) setAsideAgain(world, pending)
  }
  emit(world, 'invoice.deleted', 'invoice', null, invoice)
  world.tables.invoice.delete(id)
  return { id, object: 'invoice', deleted: true }
}

function setAsideAgain(world: World, item: string): void {
  const { customer } = change(world, 'invoiceitem', item, { invoice: null })
  change(world, 'customer', customer, { pending: [...get(world, 'customer', customer).pending, item] })
}

export const FINALISE_PARAMS = { auto_advance: true } as const satisfies Allowed

export function finaliseInvoice(world: World, id: string, params: Params): InvoiceRecord {
  const open = finalise(world, inState(world, id, ['draft'], 'finalized'))
  if (flag(params, 'auto_advance') === false) return change(world, 'invoice', id, { autoAdvance: false })
  if (open.status !== 'open' || open.collection !== 'charge_automatically') return open
  // Stripe tries within the hour; here, at once.
  return attempt(world, id)
}

export function sendInvoice(world: World, id: string): InvoiceRecord {
  const invoice = inState(world, id, ['draft', 'open'], 'sent')
  if (invoice.collection !== 'send_invoice')
    throw invalid('You can only manually send an invoice if its collection method is `send_invoice`.', 'id')
  if (invoice.status === 'draft') return finalise(world, invoice)
  return change(world, 'invoice', id, {}, 'invoice.sent')
}

export function voidOne(world: World, id: string): InvoiceRecord {
  const invoice = inState(world, id, ['open', 'uncollectible'], 'voided')
  notProcessing(world, invoice)
  return voidInvoice(world, invoice)
}

export function markUncollectible(world: World, id: string): InvoiceRecord {
  return writeOff(world, inState(world, id, ['open'], 'marked uncollectible'))
}

export const PAY_PARAMS = { paid_out_of_band: true, payment_method: true, off_session: true } as const satisfies Allowed

/** Takes the money now; a card that is declined is a 402, and the attempt counts. */
export function payInvoice(world: World, id: string, params: Params): InvoiceRecord | ApiError {
  const invoice = known(world, id)
  if (invoice.status === 'paid') throw invalid('Invoice is already paid', 'id')
  if (invoice.status === 'void') throw invalid('This invoice can no longer be paid: it is void.', 'id')
  const given = text(params, 'payment_method')
  const method = given ? ownMethod(world, invoice.customer, given, false) : undefined
  const offStripe = flag(params, 'paid_out_of_band') === true
  const due = invoice.status === 'draft' ? finalise(world, invoice) : invoice
  if (due.status === 'paid') return due
  if (offStripe) return markPaid(world, due, 'off-stripe')
  notProcessing(world, due)
  const paid = attempt(world, due.id, method)
  const failure = intentOf(world, paid)?.failure
  return paid.status !== 'paid' && failure ? declined(failure) : paid
}

function notProcessing(world: World, invoice: InvoiceRecord): void {
  if (intentOf(world, invoice)?.status === 'processing') {
    throw invalid('A payment of this invoice is still processing.', 'id')
  }
}

function known(world: World, id: string): InvoiceRecord {
  const invoice = find(world, 'invoice', id)
  if (invoice === undefined) throw missing('invoice', id)
  return invoice
}

function inState(world: World, id: string, states: InvoiceRecord['status'][], verb: string): InvoiceRecord {
  const invoice = known(world, id)
  if (!states.includes(invoice.status)) throw invalid(`An invoice that is ${invoice.status} cannot be ${verb}.`, 'id')
  return invoice
}

export const ITEM_PARAMS = {
  customer: true,
  amount: true,
  currency: true,
  description: true,
  discountable: true,
  invoice: true,
  metadata: '*',
  pricing: { price: true },
  quantity: true,
  subscription: true,
} as const satisfies Allowed

/** Waits for the customer's next invoice, or goes into the draft that is named. */
export function createItem(world: World, params: Params): PendingItemRecord {
  const draftId = text(params, 'invoice')
  const target = draftId === undefined ? undefined : inState(world, draftId, ['draft'], 'added to')
  const customer = liveCustomer(world, target?.customer ?? required(params, 'customer'), 'customer')
  const subscription = text(params, 'subscription') ?? null
  if (subscription !== null && find(world, 'subscription', subscription) === undefined) {
    throw missing('subscription', subscription, 'subscription')
  }
  const priceId = text(tree(params, 'pricing') ?? {}, 'price')
  const quantity = whole(params, 'quantity') ?? 1
  const more = { metadata: metadata(params, {}), subscription, discountable: flag(params, 'discountable') ?? true }
  const price = priceId === undefined ? undefined : usablePrice(world, priceId, 'pricing[price]', false)
  const amount = whole(params, 'amount')
  if (price === undefined && amount === undefined)
    throw invalid('Missing required param: amount.', 'amount', 'parameter_missing')
  const description = text(params, 'description')
  const line = price
    ? saleLine(world, price.id, quantity, { ...more, ...(description && { description }) })
    : newLine(world, { ...more, amount: amount ?? 0, description: description ?? '' })
  const currency = price?.currency ?? target?.currency ?? required(params, 'currency').toLowerCase()
  const item = setAside(world, customer.id, currency, line)
  return target === undefined ? item : intoDraft(world, target, item)
}

function intoDraft(world: World, target: InvoiceRecord, item: PendingItemRecord): PendingItemRecord {
  if (target.currency !== item.currency) throw invalid('The invoice is in another currency.', 'currency')
  const { pending } = get(world, 'customer', item.customer)
  change(world, 'customer', item.customer, { pending: pending.filter((id) => id !== item.id) })
  const sums = totals(world, [...target.lines, item.line], target.discounts, target.currency)
  change(world, 'invoice', target.id, sums, 'invoice.updated')
  return change(world, 'invoiceitem', item.id, { invoice: target.id })
}

export function deleteItem(world: World, id: string) {
  const item = find(world, 'invoiceitem', id)
  if (item === undefined) throw missing('invoiceitem', id)
  if (item.invoice !== null) throw invalid('This invoice item is already part of an invoice.', 'id')
  const { pending } = get(world, 'customer', item.customer)
  change(world, 'customer', item.customer, { pending: pending.filter((one) => one !== id) })
  emit(world, 'invoiceitem.deleted', 'invoiceitem', null, item)
  world.tables.invoiceitem.delete(id)
  return { id, object: 'invoiceitem', deleted: true }
}
