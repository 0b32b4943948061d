// One invoice from draft to its end: finalised, charged, retried, paid or void. Called by the clock (billing.ts) and by the API.
import { returnToBalance, settleWithBalance } from './balance.ts'
import { DAY, HOUR } from './calendar.ts'
import { confirm, HARD_DECLINES, newIntent, settleIntent, succeed } from './intents.ts'
import { periodEnd } from './periods.ts'
import type { MethodRecord, SubscriptionRecord } from './records.ts'
import type { IntentRecord, InvoicePaymentRecord, InvoiceRecord } from './records-money.ts'
import { add, change, find, get, invoicesOf, newId, schedule, type World } from './state.ts'

/** A renewal stays a draft for about an hour at Stripe (docs.stripe.com/billing/subscriptions/billing-cycle). */
export const DRAFT_TIME = HOUR

export function finalise(world: World, invoice: InvoiceRecord): InvoiceRecord {
  const customer = get(world, 'customer', invoice.customer)
  change(world, 'customer', customer.id, { nextInvoice: customer.nextInvoice + 1 })
  const amounts = settleWithBalance(world, invoice)
  const due = amounts.amountDue ?? 0
  const payment = due === 0 ? null : newId(world, 'invoice_payment')
  const sent = invoice.collection === 'send_invoice'
  const dueDate = sent ? (invoice.dueDate ?? world.at + (invoice.daysUntilDue ?? 30) * DAY) : null
  const open = change(
    world,
    'invoice',
    invoice.id,
    {
      ...amounts,
      status: 'open',
      payment,
      number: `${customer.invoicePrefix}-${String(customer.nextInvoice).padStart(4, '0')}`,
      autoAdvance: true,
      dueDate,
      finalizesAt: null,
      finalizedAt: world.at,
    },
    'invoice.finalized',
    'invoice.updated',
    ...(sent ? ['invoice.sent'] : []),
  )
  if (payment === null) return markPaid(world, open, 'nothing-due')
  const order = {
    customer: open.customer,
    invoice: open.id,
    amount: due,
    currency: open.currency,
    description: open.subscription ? 'Subscription update' : 'Payment for Invoice',
    metadata: {},
  }
  const intent = newIntent(world, order, methodFor(world, open))
  add(world, 'invoice_payment', {
    id: payment,
    created: world.at,
    invoice: open.id,
    intent: intent.id,
    amount: due,
    currency: open.currency,
    amountPaid: null,
    status: 'open',
    paidAt: null,
    canceledAt: null,
  })
  if (dueDate !== null) schedule(world, dueDate, 'due', open.id)
  return open
}

/** The invoice's own payment method, else the subscription's, else the customer's. */
export function methodFor(world: World, invoice: InvoiceRecord): MethodRecord | undefined {
  const subscription = invoice.subscription && find(world, 'subscription', invoice.subscription.id)
  const { paymentMethod } = get(world, 'customer', invoice.customer)
  const id = invoice.paymentMethod ?? subscription?.paymentMethod ?? paymentMethod
  return id === null ? undefined : find(world, 'payment_method', id)
}

/** Tries to take the money now. A card answers at once; a bank debit is on its way for days. */
export function attempt(world: World, invoiceId: string, method?: MethodRecord): InvoiceRecord {
  const invoice = get(world, 'invoice', invoiceId)
  const intent = intentOf(world, invoice)
  if (intent === undefined) throw new Error(`Collecting: ${invoice.id} is due and has no payment`)
  const outcome = confirm(world, intent.id, method ?? methodFor(world, invoice))
  const tried = { attempted: true, attemptCount: invoice.attemptCount + 1 }
  switch (outcome) {
    case 'succeeded':
      return markPaid(world, change(world, 'invoice', invoice.id, tried), 'charged')
    case 'processing':
      return change(world, 'invoice', invoice.id, { ...tried, nextAttempt: null }, 'invoice.updated')
    case 'action': {
      if (get(world, 'payment_intent', intent.id).nextAction === 'verify_with_microdeposits') {
        return change(world, 'invoice', invoice.id, tried, 'invoice.payment_action_required', 'invoice.updated')
      }
      return markFailed(world, change(world, 'invoice', invoice.id, tried), 'invoice.payment_action_required')
    }
    case 'failed':
      return markFailed(world, change(world, 'invoice', invoice.id, tried))
  }
}

/** A retry of the schedule. After a hard decline nothing is charged as long as the payment method stays the same. */
export function retry(world: World, invoiceId: string): void {
  const invoice = get(world, 'invoice', invoiceId)
  const failure = intentOf(world, invoice)?.failure
  const hopeless = HARD_DECLINES.has(failure?.declineCode ?? '') && failure?.method === methodFor(world, invoice)?.id
  change(world, 'invoice', invoiceId, { nextAttempt: null })
  if (!hopeless) attempt(world, invoiceId)
  else planRetry(world, get(world, 'invoice', invoiceId), ['invoice.updated'])
}

/** A new payment method is tried at once where something is late; it does not count as one of the scheduled retries. */
export function retryLate(world: World, id: string): void {
  if (get(world, 'subscription', id).status !== 'past_due') return
  const late = invoicesOf(world, id).findLast(({ status, autoAdvance }) => status === 'open' && autoAdvance)
  if (late?.collection !== 'charge_automatically' || intentOf(world, late)?.status === 'processing') return
  attempt(world, late.id)
}

/** A bank debit arrives or comes back. */
export function settle(world: World, intentId: string): void {
  const outcome = settleIntent(world, intentId)
  const { invoice } = get(world, 'payment_intent', intentId)
  if (outcome === null || invoice === null) return
  if (outcome === 'succeeded') markPaid(world, get(world, 'invoice', invoice), 'charged')
  else markFailed(world, get(world, 'invoice', invoice))
}

/** Its payer did what was asked: authenticated a card payment, or confirmed the bank account. */
export function actionDone(world: World, intentId: string): void {
  const { nextAction, method: id, invoice } = get(world, 'payment_intent', intentId)
  if (nextAction === null || id === null) return
  const method = get(world, 'payment_method', id)
  if (nextAction === 'verify_with_microdeposits') {
    change(world, 'payment_method', id, { verified: true }, 'payment_method.updated')
    confirm(world, intentId, get(world, 'payment_method', id))
    if (invoice !== null) change(world, 'invoice', invoice, { nextAttempt: null }, 'invoice.updated')
    return
  }
  succeed(world, intentId, method)
  if (invoice !== null) markPaid(world, get(world, 'invoice', invoice), 'charged')
}

function markFailed(world: World, invoice: InvoiceRecord, ...more: string[]): InvoiceRecord {
  const failed = planRetry(world, invoice, ['invoice.payment_failed', ...more, 'invoice.updated'])
  setDelinquent(world, invoice.customer, true)
  if (invoice.subscription) fallBehind(world, invoice.subscription.id, failed)
  return failed
}

function planRetry(world: World, invoice: InvoiceRecord, events: string[]): InvoiceRecord {
  const subscription = invoice.subscription && get(world, 'subscription', invoice.subscription.id)
  // A first payment is not retried: the person tries again, or the subscription expires after 23 hours.
  const retried = invoice.autoAdvance && invoice.collection !== 'send_invoice' && subscription?.status !== 'incomplete'
  const planned = invoice.nextAttempt !== null && invoice.nextAttempt > world.at
  const gap = retried && !planned ? world.rules.retries[invoice.retries] : undefined
  if (planned || gap === undefined) {
    return change(world, 'invoice', invoice.id, planned ? {} : { nextAttempt: null }, ...events)
  }
  const nextAttempt = world.at + gap
  schedule(world, nextAttempt, 'attempt', invoice.id)
  return change(world, 'invoice', invoice.id, { nextAttempt, retries: invoice.retries + 1 }, ...events)
}

/** A live subscription with an unpaid invoice is past due, and its last word comes some time later. One that only
 * waits for a change to be paid stays as it is. */
export function fallBehind(world: World, id: string, invoice: InvoiceRecord): void {
  const { status, pendingUpdate } = get(world, 'subscription', id)
  if (status !== 'active' || pendingUpdate?.invoice === invoice.id) return
  change(world, 'subscription', id, { status: 'past_due' }, 'customer.subscription.updated')
  const due = invoice.dueDate ?? invoice.finalizedAt ?? world.at
  schedule(world, Math.max(world.at, due + world.rules.lastWord), 'give-up', invoice.id)
}

/** `charged` by the payment method, `off-stripe` in cash or the like, `nothing-due` for zero amounts. */
export function markPaid(
  world: World,
  invoice: InvoiceRecord,
  how: 'charged' | 'off-stripe' | 'nothing-due',
): InvoiceRecord {
  const payment = paymentOf(world, invoice)
  if (payment && how === 'charged') {
    const settled = { status: 'paid', amountPaid: invoice.amountDue, paidAt: world.at } as const
    change(world, 'invoice_payment', payment.id, settled, 'invoice_payment.paid')
  } else if (payment) {
    cancelPayment(world, payment)
  }
  const paid = change(
    world,
    'invoice',
    invoice.id,
    {
      status: 'paid',
      amountPaid: invoice.amountDue,
      amountRemaining: 0,
      offStripe: how === 'off-stripe',
      attempted: true,
      autoAdvance: false,
      nextAttempt: null,
      paidAt: world.at,
    },
    'invoice.updated',
    'invoice.paid',
    'invoice.payment_succeeded',
  )
  setDelinquent(world, invoice.customer, false)
  if (invoice.subscription) recover(world, invoice.subscription.id, invoice.id)
  return paid
}

/** Nothing late any more: the subscription is good again. A cancelled one stays cancelled. */
function recover(world: World, id: string, paid: string): void {
  const { status, pendingUpdate, paused, periodEnd: end } = get(world, 'subscription', id)
  if (paused?.resumesWith === paid) goOn(world, id)
  if (pendingUpdate?.invoice === paid) {
    const events = ['customer.subscription.updated', 'customer.subscription.pending_update_applied']
    change(world, 'subscription', id, { items: pendingUpdate.items, pendingUpdate: null }, ...events)
  }
  if (status !== 'incomplete' && status !== 'past_due' && status !== 'unpaid') return
  if (!invoicesOf(world, id).some((invoice) => isLate(world, invoice))) {
    change(world, 'subscription', id, { status: 'active' }, 'customer.subscription.updated')
    // A first debit can take longer than a short first period: the next one is then due at once.
    if (status === 'incomplete' && end <= world.at) schedule(world, end, 'period-end', id)
  }
}

/** A pause is over. Where it outlasted the period, the next one begins with it. */
export function goOn(world: World, id: string): SubscriptionRecord {
  const subscription = get(world, 'subscription', id)
  const events = ['customer.subscription.updated', 'customer.subscription.resumed']
  const on = { status: 'active', paused: null } as const
  if (subscription.periodEnd > world.at) return change(world, 'subscription', id, on, ...events)
  const anchor = { ...subscription, anchor: world.at, anchorConfig: null }
  const period = { periodStart: world.at, periodEnd: periodEnd(world, anchor, world.at) }
  schedule(world, period.periodEnd, 'period-end', id)
  return change(world, 'subscription', id, { ...on, ...period, anchor: world.at, anchorConfig: null }, ...events)
}

function isLate(world: World, invoice: InvoiceRecord): boolean {
  if (invoice.status !== 'open') return false
  if (invoice.dueDate !== null) return invoice.dueDate <= world.at
  return invoice.attempted && intentOf(world, invoice)?.status !== 'processing'
}

export function voidInvoice(world: World, invoice: InvoiceRecord): InvoiceRecord {
  const payment = paymentOf(world, invoice)
  if (payment) cancelPayment(world, payment)
  returnToBalance(world, invoice)
  const voided = { status: 'void', voidedAt: world.at, autoAdvance: false, nextAttempt: null } as const
  const of = invoice.subscription && get(world, 'subscription', invoice.subscription.id)
  // What waited for its payment waits no more.
  if (of?.pendingUpdate?.invoice === invoice.id) {
    const events = ['customer.subscription.updated', 'customer.subscription.pending_update_expired']
    change(world, 'subscription', of.id, { pendingUpdate: null }, ...events)
  }
  return change(world, 'invoice', invoice.id, voided, 'invoice.voided', 'invoice.updated')
}

/** Given up for the books; it can still be paid. */
export function writeOff(world: World, invoice: InvoiceRecord): InvoiceRecord {
  const given = { status: 'uncollectible', uncollectibleAt: world.at, nextAttempt: null } as const
  return change(world, 'invoice', invoice.id, given, 'invoice.marked_uncollectible', 'invoice.updated')
}

function cancelPayment(world: World, payment: InvoicePaymentRecord): void {
  const canceled = { status: 'canceled', canceledAt: world.at, cancelReason: 'void_invoice', nextAction: null } as const
  change(world, 'payment_intent', payment.intent, canceled, 'payment_intent.canceled')
  change(world, 'invoice_payment', payment.id, { status: 'canceled', canceledAt: world.at })
}

function paymentOf(world: World, { payment }: InvoiceRecord): InvoicePaymentRecord | undefined {
  return payment === null ? undefined : get(world, 'invoice_payment', payment)
}

export function intentOf(world: World, invoice: InvoiceRecord): IntentRecord | undefined {
  const payment = paymentOf(world, invoice)
  return payment && get(world, 'payment_intent', payment.intent)
}

function setDelinquent(world: World, id: string, delinquent: boolean): void {
  if (get(world, 'customer', id).delinquent !== delinquent) {
    change(world, 'customer', id, { delinquent }, 'customer.updated')
  }
}
