// A late payment: an invoice of a membership that was not paid when it fell due, and what became of it. Pure; the words and
// sums of the report stand on these (docs/report.md).
import type { Dispute, Invoice, PaymentIntent, Subscription } from './billing.ts'
import { dueMoment } from './invoice-facts.ts'
import { DAY, type Ms } from './time.ts'

/** A reason that was seen while the payment was open; an empty `code` where nobody gave one. */
export type SeenFailure = { invoiceId: string; attempts: number; code: string; method: string | null; at: Ms }

export type LatePayment = {
  invoiceId: string
  currency: string
  /** Minor units. Open or given up: what is owed still; paid: what was paid. */
  amount: number
  /** Of what was paid: given back, or taken back by the bank. */
  returned: number
  dueAt: Ms
  /** `given-up`: made void or written off. */
  state: 'open' | 'paid' | 'given-up'
  paidAt: Ms | null
  /** Stripe's type of the payment method, such as `card`; null where none was tried. */
  method: string | null
  /** Why it failed last; null where nobody said. */
  code: string | null
  attempts: number
  nextAttemptAt: Ms | null
}

export type InvoicePayments = {
  subscription: Pick<Subscription, 'status' | 'collectionMethod'>
  invoice: Invoice
  /** Payment intents of this invoice. */
  intents: readonly PaymentIntent[]
  /** Of those payments. */
  disputes: readonly Pick<Dispute, 'status' | 'amount'>[]
  /** The oldest first. */
  failures: readonly SeenFailure[]
  /** The first-seen due moment, where there is one. */
  dueSeen: Ms | undefined
}

/** Disputes in these words have moved no money, or have given it back. */
const HARMLESS = ['won', 'warning_needs_response', 'warning_under_review', 'warning_closed', 'prevented']

/** Null for one that was paid in time, is not due before a payment was tried, or is a first payment: whoever never came
 * in has not lapsed. */
export function latePayment(about: InvoicePayments): LatePayment | null {
  const { invoice, failures } = about
  if (invoice.billingReason === 'manual' || invoice.due.minor <= 0 || isFirstPayment(about)) return null
  const state = stateOf(invoice)
  if (state === null || !wasLate(about, state)) return null
  const last = failures.at(-1)
  const latest = about.intents.toSorted((a, b) => b.created - a.created)[0]
  return {
    invoiceId: invoice.id,
    currency: invoice.due.currency,
    amount: state === 'paid' ? invoice.due.minor : invoice.remaining.minor,
    returned: state === 'paid' ? Math.min(invoice.due.minor, returned(about)) : 0,
    dueAt: about.dueSeen ?? dueMoment(invoice),
    state,
    paidAt: state === 'paid' ? invoice.paidAt : null,
    method: last?.method ?? latest?.method ?? null,
    code: latest === undefined || state === 'paid' ? last?.code || null : latest.declineCode,
    attempts: invoice.attemptCount,
    nextAttemptAt: state === 'open' ? invoice.nextAttemptAt : null,
  }
}

/** What is to be written down while it can be seen: Stripe forgets it with the payment. */
export function failureToRemember({ invoice, intents }: InvoicePayments): Omit<SeenFailure, 'invoiceId' | 'at'> | null {
  if (invoice.status !== 'open' || invoice.attemptCount === 0 || underWay(intents)) return null
  const latest = intents.toSorted((a, b) => b.created - a.created)[0]
  return { attempts: invoice.attemptCount, code: latest?.declineCode ?? '', method: latest?.method ?? null }
}

function stateOf(invoice: Invoice): LatePayment['state'] | null {
  switch (invoice.status) {
    case 'open':
      return 'open'
    case 'paid':
      return 'paid'
    case 'void':
    case 'uncollectible':
      return 'given-up'
    default:
      return null
  }
}

function isFirstPayment({ subscription, invoice }: InvoicePayments): boolean {
  if (['incomplete', 'incomplete_expired'].includes(subscription.status)) return true
  return invoice.billingReason === 'subscription_create' && subscription.collectionMethod === 'charge_automatically'
}

function wasLate({ invoice, intents, failures, subscription }: InvoicePayments, state: LatePayment['state']): boolean {
  if (failures.length > 0 || invoice.attemptCount > 1) return true
  const byHand = subscription.collectionMethod === 'send_invoice' || invoice.dueAt !== null
  if (state === 'open') return byHand || (invoice.attemptCount > 0 && !underWay(intents))
  if (state === 'given-up') return byHand || invoice.attemptCount > 0
  if (invoice.paidAt === null) return false
  if (byHand) return invoice.paidAt > dueMoment(invoice)
  // Stripe charges a card within an hour of the due moment; a bank debit is days on its way though nobody is late.
  const isCard = intents.some(({ method }) => method === 'card')
  return isCard && invoice.paidAt > dueMoment(invoice) + DAY
}

/** The first try is a bank debit that has not come back. */
function underWay(intents: readonly PaymentIntent[]): boolean {
  return intents.some(({ status }) => status === 'processing')
}

function returned({ intents, disputes }: InvoicePayments): number {
  const refunded = intents.reduce((sum, intent) => sum + intent.refunded, 0)
  return disputes.reduce((sum, { status, amount }) => (HARMLESS.includes(status) ? sum : sum + amount.minor), refunded)
}
