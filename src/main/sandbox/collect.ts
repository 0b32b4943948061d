// One invoice from draft to its end: finalised, charged, retried, paid or void. Called by the clock (billing.ts) and by the API.
import { DAY, HOUR } from './calendar.ts'
import { randomId } from './random.ts'
import type { IntentRecord, InvoicePaymentRecord, InvoiceRecord, MethodRecord, PaymentFailure } from './records.ts'
import { add, all, change, find, get, newId, schedule, type World } from './state.ts'

/** A renewal stays a draft for about an hour at Stripe (docs.stripe.com/billing/subscriptions/billing-cycle). */
export const DRAFT_TIME = HOUR
/** After the first attempt: again on days 3, 5 and 7, and the last word after 21 days. */
const RETRY_GAPS = [3 * DAY, 2 * DAY, 2 * DAY]
const LAST_WORD = 21 * DAY
/** How long a bank debit is on its way. */
const DEBIT_TIME = 5 * DAY

export function finalise(world: World, invoice: InvoiceRecord): InvoiceRecord {
  const customer = get(world, 'customer', invoice.customer)
  change(world, 'customer', customer.id, { nextInvoice: customer.nextInvoice + 1 })
  const payment = invoice.amountDue === 0 ? null : newId(world, 'invoice_payment')
  const open = change(
    world,
    'invoice',
    invoice.id,
    {
      status: 'open',
      payment,
      number: `${customer.invoicePrefix}-${String(customer.nextInvoice).padStart(4, '0')}`,
      autoAdvance: true,
      finalizesAt: null,
      finalizedAt: world.at,
    },
    'invoice.finalized',
    'invoice.updated',
  )
  if (payment === null) return markPaid(world, open, 'nothing-due')
  const method = methodFor(world, open)
  const intentId = newId(world, 'payment_intent')
  const intent: IntentRecord = {
    id: intentId,
    created: world.at,
    customer: open.customer,
    invoice: open.id,
    amount: open.amountDue,
    amountReceived: 0,
    currency: open.currency,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    method: null,
    methodType: method?.type ?? 'card',
    failure: null,
    secret: randomId(world.chance, `${intentId}_secret_`, 25),
    canceledAt: null,
    cancelReason: null,
  }
  add(world, 'payment_intent', intent, 'payment_intent.created')
  add(world, 'invoice_payment', {
    id: payment,
    created: world.at,
    invoice: open.id,
    intent: intent.id,
    amount: open.amountDue,
    currency: open.currency,
    amountPaid: null,
    status: 'open',
    paidAt: null,
    canceledAt: null,
  })
  return open
}

/** The subscription's own payment method, else the customer's. */
export function methodFor(world: World, invoice: InvoiceRecord): MethodRecord | undefined {
  const subscription = invoice.subscription && find(world, 'subscription', invoice.subscription.id)
  const id = subscription?.paymentMethod ?? get(world, 'customer', invoice.customer).paymentMethod
  return id === null ? undefined : find(world, 'payment_method', id)
}

/** Tries to take the money now. A card answers at once; a bank debit is on its way for days. */
export function attempt(world: World, invoiceId: string, method?: MethodRecord): InvoiceRecord {
  const invoice = get(world, 'invoice', invoiceId)
  const payment = paymentOf(world, invoice)
  if (payment === undefined) throw new Error(`Collecting: ${invoice.id} is due and has no payment`)
  const used = method ?? methodFor(world, invoice)
  if (used?.type === 'sepa_debit') {
    change(
      world,
      'payment_intent',
      payment.intent,
      { status: 'processing', method: used.id, methodType: used.type, failure: null },
      'payment_intent.processing',
    )
    schedule(world, world.at + DEBIT_TIME, 'settle', payment.intent)
    const attempts = { attempted: true, attemptCount: invoice.attemptCount + 1, nextAttempt: null }
    return change(world, 'invoice', invoice.id, attempts, 'invoice.updated')
  }
  const failure = failureNow(world, invoice.customer, used)
  const attempted = change(world, 'invoice', invoice.id, { attempted: true, attemptCount: invoice.attemptCount + 1 })
  if (failure !== null) return markFailed(world, attempted, failure)
  change(world, 'payment_intent', payment.intent, { method: used?.id ?? null, methodType: used?.type ?? 'card' })
  return markPaid(world, attempted, 'charged')
}

/** A bank debit arrives or comes back. */
export function settle(world: World, intentId: string): void {
  const intent = find(world, 'payment_intent', intentId)
  if (intent?.status !== 'processing') return
  const invoice = get(world, 'invoice', intent.invoice)
  const method = intent.method === null ? undefined : find(world, 'payment_method', intent.method)
  const failure = failureNow(world, intent.customer, method)
  if (failure === null) markPaid(world, invoice, 'charged')
  else markFailed(world, invoice, failure)
}

/** What the bank would say to a charge now; null when it would pay. */
export function failureNow(world: World, customer: string, method: MethodRecord | undefined): PaymentFailure | null {
  if (method === undefined) {
    return { code: 'missing', declineCode: null, message: 'There is no payment method to charge.', method: null }
  }
  const purse = world.purses.get(customer)
  const decline = purse?.declines.find(({ from, until }) => from <= world.at && (until === null || world.at < until))
  const reason = method.fails ?? (purse?.method === method.id ? decline?.code : undefined)
  if (reason === undefined) return null
  if (method.type === 'sepa_debit') {
    return { code: reason, declineCode: null, message: 'The bank returned the debit.', method: method.id }
  }
  const code = reason === 'expired_card' ? 'expired_card' : 'card_declined'
  const message = code === 'expired_card' ? 'Your card has expired.' : 'Your card was declined.'
  return { code, declineCode: reason, message, method: method.id }
}

function markFailed(world: World, invoice: InvoiceRecord, failure: PaymentFailure): InvoiceRecord {
  const payment = paymentOf(world, invoice)
  if (payment) {
    const failed = { status: 'requires_payment_method', method: null, failure } as const
    change(world, 'payment_intent', payment.intent, failed, 'payment_intent.payment_failed')
  }
  const subscription = invoice.subscription && get(world, 'subscription', invoice.subscription.id)
  // A first payment is not retried: the person tries again, or the subscription expires after 23 hours.
  const retried = invoice.autoAdvance && subscription?.status !== 'incomplete'
  const gap = retried ? RETRY_GAPS[invoice.attemptCount - 1] : undefined
  const nextAttempt = gap === undefined ? null : world.at + gap
  if (nextAttempt !== null) schedule(world, nextAttempt, 'attempt', invoice.id)
  const failed = change(world, 'invoice', invoice.id, { nextAttempt }, 'invoice.payment_failed', 'invoice.updated')
  setDelinquent(world, invoice.customer, true)
  if (subscription?.status === 'active') {
    change(world, 'subscription', subscription.id, { status: 'past_due' }, 'customer.subscription.updated')
    schedule(world, Math.max(world.at, (invoice.finalizedAt ?? world.at) + LAST_WORD), 'give-up', invoice.id)
  }
  return failed
}

/** `charged` by the payment method, `off-stripe` in cash or the like, `nothing-due` for zero amounts. */
export function markPaid(
  world: World,
  invoice: InvoiceRecord,
  how: 'charged' | 'off-stripe' | 'nothing-due',
): InvoiceRecord {
  const payment = paymentOf(world, invoice)
  if (payment && how === 'charged') {
    const paid = { status: 'succeeded', amountReceived: invoice.amountDue, failure: null } as const
    change(world, 'payment_intent', payment.intent, paid, 'payment_intent.succeeded')
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
  if (invoice.subscription) recover(world, invoice.subscription.id)
  return paid
}

/** Nothing open any more: the subscription is good again. A cancelled one stays cancelled. */
function recover(world: World, id: string): void {
  const { status } = get(world, 'subscription', id)
  if (status !== 'incomplete' && status !== 'past_due' && status !== 'unpaid') return
  const open = all(world, 'invoice').some((invoice) => invoice.subscription?.id === id && invoice.status === 'open')
  if (!open) change(world, 'subscription', id, { status: 'active' }, 'customer.subscription.updated')
}

export function voidInvoice(world: World, invoice: InvoiceRecord): void {
  const payment = paymentOf(world, invoice)
  if (payment) cancelPayment(world, payment)
  const voided = { status: 'void', voidedAt: world.at, autoAdvance: false, nextAttempt: null } as const
  change(world, 'invoice', invoice.id, voided, 'invoice.voided')
}

function cancelPayment(world: World, payment: InvoicePaymentRecord): void {
  const canceled = { status: 'canceled', canceledAt: world.at, cancelReason: 'void_invoice' } as const
  change(world, 'payment_intent', payment.intent, canceled, 'payment_intent.canceled')
  change(world, 'invoice_payment', payment.id, { status: 'canceled', canceledAt: world.at })
}

function paymentOf(world: World, { payment }: InvoiceRecord): InvoicePaymentRecord | undefined {
  return payment === null ? undefined : get(world, 'invoice_payment', payment)
}

function setDelinquent(world: World, id: string, delinquent: boolean): void {
  if (get(world, 'customer', id).delinquent !== delinquent) {
    change(world, 'customer', id, { delinquent }, 'customer.updated')
  }
}
