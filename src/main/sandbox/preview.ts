// What a change would cost: it is made on a copy of the world, and the invoice that comes of it is shown.
import { invalid } from './api-error.ts'
import { runUntil } from './billing.ts'
import { copyOf } from './copy-world.ts'
import { type Allowed, type Params, text, texts, tree } from './params.ts'
import type { InvoiceRecord } from './records-money.ts'
import { expand, type Rendered, render } from './render.ts'
import { find, type World } from './state.ts'
import { updateSubscription } from './write-changes.ts'
import { DISCOUNT_PARAMS } from './write-discounts.ts'
import { createSubscription } from './write-subscriptions.ts'

export const PREVIEW_PARAMS = {
  customer: true,
  subscription: true,
  discounts: [DISCOUNT_PARAMS],
  invoice_items: [{ price: true, quantity: true, discounts: [DISCOUNT_PARAMS] }],
  preview_mode: true,
  subscription_details: {
    items: [{ id: true, price: true, quantity: true, deleted: true, metadata: '*', discounts: [DISCOUNT_PARAMS] }],
    billing_cycle_anchor: { type: true, timestamp: true },
    cancel_at_period_end: true,
    proration_behavior: true,
    proration_date: true,
    trial_end: true,
  },
} as const satisfies Allowed

/** Without `always_invoice` the invoice that is shown is that of the next renewal. */
export function createPreview(world: World, params: Params): Rendered {
  const copy = copyOf(world)
  const before = new Set(copy.tables.invoice.keys())
  const details = tree(params, 'subscription_details') ?? {}
  const subscription = text(params, 'subscription')
  if (subscription === undefined) {
    const extras = params.invoice_items === undefined ? {} : { add_invoice_items: params.invoice_items }
    const discounts = params.discounts === undefined ? {} : { discounts: params.discounts }
    // A new subscription takes a moment, an existing one a word.
    const { billing_cycle_anchor: anchor, ...rest } = details
    const begins = typeof anchor === 'object' && anchor.timestamp ? { billing_cycle_anchor: anchor.timestamp } : {}
    const order = { ...rest, ...begins, ...extras, ...discounts, customer: text(params, 'customer') ?? '' }
    createSubscription(copy, { ...order, payment_behavior: 'default_incomplete' })
  } else {
    const discounts = params.discounts === undefined ? {} : { discounts: params.discounts }
    const change = { ...details, ...discounts, payment_behavior: 'default_incomplete' }
    const { periodEnd } = updateSubscription(copy, subscription, change)
    if (firstNew(copy, before, subscription) === undefined) runUntil(copy, periodEnd)
  }
  const made = firstNew(copy, before, subscription)
  if (made === undefined) throw invalid('No upcoming invoices for customer', 'customer', 'invoice_upcoming_none')
  const shown = {
    ...made,
    id: `upcoming_${made.id}`,
    number: null,
    finalizedAt: null,
    endingBalance: made.endingBalance,
  }
  // What is opened in it is in the copy alone.
  return expand(copy, render(copy, 'invoice', { ...shown, status: 'draft', payment: null }), texts(params, 'expand'))
}

/** Until the renewal comes, others in the world have theirs. */
function firstNew(world: World, before: Set<string>, subscription: string | undefined): InvoiceRecord | undefined {
  for (const id of world.tables.invoice.keys()) {
    const made = before.has(id) ? undefined : find(world, 'invoice', id)
    if (made && (subscription === undefined || made.subscription?.id === subscription)) return made
  }
  return undefined
}
