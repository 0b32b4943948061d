// What the rules of standing want to know of a subscription's invoices and of the payments for them.
import type { Invoice, PaymentIntent, Subscription } from './billing.ts'
import type { PaymentMethodKind } from './standing.ts'
import type { Ms } from './time.ts'

/** A subscription with its own invoices; others, and those that were deleted, are left out by the caller. */
export type Billed = {
  subscription: Subscription
  invoices: readonly Invoice[]
  /** The payment intents of those invoices, by id. */
  intents: ReadonlyMap<string, PaymentIntent>
  customerMethod: string | null
  /** First-seen due moments by invoice id, and by the subscription's id where it owed without an open invoice. */
  dueSeen: ReadonlyMap<string, Ms>
}

const BANK_DEBITS = ['sepa_debit', 'us_bank_account', 'bacs_debit', 'au_becs_debit', 'acss_debit', 'nz_bank_account']

/** The payment method that the next charge will use, as far as grace goes. */
export function methodOf({ subscription, customerMethod, intents }: Billed): PaymentMethodKind {
  const latestIntent = [...intents.values()].toSorted((a, b) => b.created - a.created)[0]
  const type = subscription.defaultMethod ?? customerMethod ?? latestIntent?.method ?? 'card'
  return BANK_DEBITS.includes(type) ? 'bank-debit' : 'card'
}

/** What is owed for the membership itself; a one-off invoice, though tied to the subscription, is another sale. */
export function openInvoices({ invoices }: Pick<Billed, 'invoices'>): Invoice[] {
  return invoices.filter((invoice) => invoice.status === 'open' && invoice.billingReason !== 'manual')
}

/** When an invoice fell due: its due date, else the moment it was finalised, else when it was made. */
export function dueMoment(invoice: Invoice): Ms {
  return invoice.dueAt ?? invoice.finalizedAt ?? invoice.created
}

/** The open invoice that fell due first: what is owed. */
export function oldestOpen(invoices: readonly Invoice[]): Invoice | undefined {
  return openInvoices({ invoices }).toSorted((a, b) => dueMoment(a) - dueMoment(b))[0]
}

/** Where grace begins: as first seen, so that no retry moves it. */
export function oldestDue(billed: Billed): Ms | null {
  const dues = openInvoices(billed).map((invoice) => billed.dueSeen.get(invoice.id) ?? dueMoment(invoice))
  return dues.length > 0 ? Math.min(...dues) : (billed.dueSeen.get(billed.subscription.id) ?? null)
}

/** A bank debit for an open invoice is on its way. */
export function debitProcessing(billed: Billed): boolean {
  return openPaymentIn(billed, ['processing'])
}

/**
 * The very first payment is not settled, though Stripe may say `active` already: a bank debit on its way
 * (cashier-stripe 1689), a bank account to be verified, a payer who has to confirm.
 */
export function firstPaymentOutstanding(billed: Billed): boolean {
  if (billed.invoices.some((invoice) => invoice.status === 'paid')) return false
  return openPaymentIn(billed, ['processing', 'requires_action', 'requires_confirmation'])
}

function openPaymentIn(billed: Billed, statuses: readonly string[]): boolean {
  return openInvoices(billed).some((invoice) =>
    invoice.paymentIntents.some((id) => statuses.includes(billed.intents.get(id)?.status ?? '')),
  )
}

/** End of the service period of the last paid membership invoice; zero-amount invoices renew like any other. */
export function lastPaidServiceEnd({ invoices }: Pick<Billed, 'invoices'>): Ms | null {
  const paid = invoices
    .filter((invoice) => invoice.status === 'paid' && invoice.serviceEnd !== null)
    .toSorted((a, b) => b.created - a.created || (b.serviceEnd ?? 0) - (a.serviceEnd ?? 0))
  return paid[0]?.serviceEnd ?? null
}

/** The same of what cost something: a free trial leaves no paid days behind, a gift card's balance does. */
export function paidDaysEnd({ invoices }: Pick<Billed, 'invoices'>): Ms | null {
  return lastPaidServiceEnd({ invoices: invoices.filter((invoice) => invoice.total.minor > 0) })
}
