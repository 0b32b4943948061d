// Reading the mirror: Stripe's objects as the rules want them.
import type { Customer, Invoice, PaymentIntent, Price, Product, Subscription } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

const SUBSCRIPTION = `id, created, customer_id AS customerId, status, price_id AS priceId, product_id AS productId, period_end AS periodEnd,
  trial_end AS trialEnd, cancel_at AS cancelAt, ended_at AS endedAt, pause_collection AS pauseCollection,
  paused_type AS pausedType, cancel_reason AS cancelReason, default_method AS defaultMethod`

export function customerById(db: ReadDb, account: string, id: string): Customer | null {
  return (
    sql<Customer>(
      db,
      `SELECT id, created, name, email, phone, default_method AS defaultMethod FROM stripe_customer WHERE account = ? AND id = ?`,
    ).get(account, id) ?? null
  )
}

/** Some customers that are still there, newest first: what a key of the same account must be able to find. */
export function someCustomerIds(db: ReadDb, account: string, limit: number): string[] {
  return sql<{ id: string }>(
    db,
    'SELECT id FROM stripe_customer WHERE account = ? AND deleted_at IS NULL ORDER BY created DESC LIMIT ?',
  )
    .all(account, limit)
    .map((row) => row.id)
}

export function productById(db: ReadDb, account: string, id: string): Product | null {
  return (
    sql<Product>(db, 'SELECT id, created, name FROM stripe_product WHERE account = ? AND id = ?').get(account, id) ??
    null
  )
}

export function priceById(db: ReadDb, account: string, id: string): Price | null {
  const row = sql<Omit<Price, 'recurring'> & { recurring: number }>(
    db,
    `SELECT id, created, product_id AS productId, recurring, interval, unit_amount AS unitAmount, currency
     FROM stripe_price WHERE account = ? AND id = ?`,
  ).get(account, id)
  return row ? { ...row, recurring: row.recurring === 1 } : null
}

export function subscriptionById(
  db: ReadDb,
  account: string,
  id: string,
): (Subscription & { deletedAt: Ms | null }) | null {
  const row = sql<Omit<Subscription, 'pauseCollection'> & { pauseCollection: number; deletedAt: Ms | null }>(
    db,
    `SELECT ${SUBSCRIPTION}, deleted_at AS deletedAt FROM stripe_subscription WHERE account = ? AND id = ?`,
  ).get(account, id)
  return row ? { ...row, pauseCollection: row.pauseCollection === 1 } : null
}

/** Ids of a customer's subscriptions, oldest first. */
export function subscriptionIdsOf(db: ReadDb, account: string, customerId: string): string[] {
  return sql<{ id: string }>(
    db,
    'SELECT id FROM stripe_subscription WHERE account = ? AND customer_id = ? ORDER BY created, id',
  )
    .all(account, customerId)
    .map((row) => row.id)
}

export function allSubscriptionIds(db: ReadDb, account: string): string[] {
  return sql<{ id: string }>(db, 'SELECT id FROM stripe_subscription WHERE account = ? ORDER BY created, id')
    .all(account)
    .map((row) => row.id)
}

type InvoiceRow = Omit<Invoice, 'due' | 'remaining' | 'paymentIntents'> & {
  currency: string
  amountDue: number
  amountRemaining: number
  paymentIntents: string
}

const INVOICE = `id, created, customer_id AS customerId, subscription_id AS subscriptionId, number, status, billing_reason AS billingReason,
  currency, amount_due AS amountDue, amount_remaining AS amountRemaining, due_at AS dueAt, finalized_at AS finalizedAt,
  attempt_count AS attemptCount, next_attempt_at AS nextAttemptAt, service_end AS serviceEnd, payment_intents AS paymentIntents, url`

export function invoicesOfSubscription(db: ReadDb, account: string, subscriptionId: string): Invoice[] {
  return sql<InvoiceRow>(
    db,
    `SELECT ${INVOICE} FROM stripe_invoice WHERE account = ? AND subscription_id = ? AND deleted_at IS NULL ORDER BY created`,
  )
    .all(account, subscriptionId)
    .map(toInvoice)
}

/** Newest first. */
export function invoicesOfCustomer(db: ReadDb, account: string, customerId: string, limit: number): Invoice[] {
  return sql<InvoiceRow>(
    db,
    `SELECT ${INVOICE} FROM stripe_invoice WHERE account = ? AND customer_id = ? AND deleted_at IS NULL ORDER BY created DESC LIMIT ?`,
  )
    .all(account, customerId, limit)
    .map(toInvoice)
}

/** The subscription that an invoice belongs to, as far as the mirror knows. */
export function subscriptionOfInvoice(db: ReadDb, account: string, invoiceId: string): string | null {
  const row = sql<{ id: string | null }>(
    db,
    'SELECT subscription_id AS id FROM stripe_invoice WHERE account = ? AND id = ?',
  ).get(account, invoiceId)
  return row?.id ?? null
}

export function paymentIntents(db: ReadDb, account: string, ids: readonly string[]): Map<string, PaymentIntent> {
  const rows = sql<Omit<PaymentIntent, 'amount'> & { minor: number; currency: string }>(
    db,
    `SELECT id, created, customer_id AS customerId, status, amount AS minor, currency, method, decline_code AS declineCode
     FROM stripe_payment_intent WHERE account = ? AND id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL`,
  ).all(account, JSON.stringify(ids))
  return new Map(rows.map(({ minor, currency, ...row }) => [row.id, { ...row, amount: { minor, currency } }]))
}

function toInvoice({ currency, amountDue, amountRemaining, paymentIntents, ...row }: InvoiceRow): Invoice {
  return {
    ...row,
    due: { minor: amountDue, currency },
    remaining: { minor: amountRemaining, currency },
    paymentIntents: JSON.parse(paymentIntents),
  }
}
