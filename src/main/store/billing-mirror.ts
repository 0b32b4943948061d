// The mirror: one table for each kind of Stripe object, keyed by (account, id), with the raw object beside its columns.
import type {
  BillingKind,
  Customer,
  Invoice,
  MirrorRow,
  PaymentIntent,
  Price,
  Product,
  Subscription,
} from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** Where an object comes from: `fetchedAt` is when the REQUEST began, `run` the full read that saw it. */
export type Fetched = { account: string; apiVersion: string; fetchedAt: Ms; run: number; raw: string }

const TABLES: Record<BillingKind, { table: string; columns: string[] }> = {
  product: { table: 'stripe_product', columns: ['name'] },
  price: { table: 'stripe_price', columns: ['product_id', 'recurring', 'interval', 'unit_amount', 'currency'] },
  customer: { table: 'stripe_customer', columns: ['name', 'email', 'phone', 'default_method'] },
  subscription: {
    table: 'stripe_subscription',
    columns: [
      'customer_id',
      'status',
      'price_id',
      'product_id',
      'period_end',
      'trial_end',
      'cancel_at',
      'ended_at',
      'pause_collection',
      'paused_type',
      'cancel_reason',
      'default_method',
    ],
  },
  invoice: {
    table: 'stripe_invoice',
    columns: [
      'customer_id',
      'subscription_id',
      'number',
      'status',
      'billing_reason',
      'currency',
      'amount_due',
      'amount_remaining',
      'due_at',
      'finalized_at',
      'attempt_count',
      'next_attempt_at',
      'service_end',
      'payment_intents',
      'url',
    ],
  },
  payment_intent: {
    table: 'stripe_payment_intent',
    columns: ['customer_id', 'status', 'amount', 'currency', 'method', 'decline_code'],
  },
}

const FETCHED = ['raw', 'api_version', 'fetched_at', 'seen_run']
const upserts = Object.fromEntries(
  Object.entries(TABLES).map(([kind, { table, columns }]) => {
    const all = ['account', 'id', 'created', ...columns, ...FETCHED]
    const changed = ['created', ...columns, ...FETCHED].map((column) => `${column} = excluded.${column}`)
    return [
      kind,
      `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map((column) => `@${column}`).join(', ')})
       ON CONFLICT (account, id) DO UPDATE SET ${changed.join(', ')}, deleted_at = NULL
       WHERE excluded.fetched_at >= max(${table}.fetched_at, coalesce(${table}.deleted_at, 0))`,
    ]
  }),
) as Record<BillingKind, string>

/** A read that began earlier than the stored one, or than its tombstone, never overwrites it. True when the row was written. */
export function upsertMirror(db: WriteDb, { kind, row }: MirrorRow, fetched: Fetched): boolean {
  const result = sql(db, upserts[kind]).run({
    account: fetched.account,
    id: row.id,
    created: row.created,
    ...columnsOf({ kind, row } as MirrorRow),
    raw: fetched.raw,
    api_version: fetched.apiVersion,
    fetched_at: fetched.fetchedAt,
    seen_run: fetched.run,
  })
  return result.changes > 0
}

function columnsOf({ kind, row }: MirrorRow): Record<string, string | number | null> {
  switch (kind) {
    case 'product':
      return { name: row.name }
    case 'price':
      return {
        product_id: row.productId,
        recurring: Number(row.recurring),
        interval: row.interval,
        unit_amount: row.unitAmount,
        currency: row.currency,
      }
    case 'customer':
      return { name: row.name, email: row.email, phone: row.phone, default_method: row.defaultMethod }
    case 'subscription':
      return {
        customer_id: row.customerId,
        status: row.status,
        price_id: row.priceId,
        product_id: row.productId,
        period_end: row.periodEnd,
        trial_end: row.trialEnd,
        cancel_at: row.cancelAt,
        ended_at: row.endedAt,
        pause_collection: Number(row.pauseCollection),
        paused_type: row.pausedType,
        cancel_reason: row.cancelReason,
        default_method: row.defaultMethod,
      }
    case 'invoice':
      return {
        customer_id: row.customerId,
        subscription_id: row.subscriptionId,
        number: row.number,
        status: row.status,
        billing_reason: row.billingReason,
        currency: row.due.currency,
        amount_due: row.due.minor,
        amount_remaining: row.remaining.minor,
        due_at: row.dueAt,
        finalized_at: row.finalizedAt,
        attempt_count: row.attemptCount,
        next_attempt_at: row.nextAttemptAt,
        service_end: row.serviceEnd,
        payment_intents: JSON.stringify(row.paymentIntents),
        url: row.url,
      }
    case 'payment_intent':
      return {
        customer_id: row.customerId,
        status: row.status,
        amount: row.amount.minor,
        currency: row.amount.currency,
        method: row.method,
        decline_code: row.declineCode,
      }
  }
}

export function tombstone(db: WriteDb, kind: BillingKind, account: string, id: string, at: Ms): void {
  sql(db, `UPDATE ${TABLES[kind].table} SET deleted_at = ? WHERE account = ? AND id = ? AND deleted_at IS NULL`).run(
    at,
    account,
    id,
  )
}

/** Rows that a finished full read did not see: to be read one by one, then tombstoned. `since` leaves out older ones. */
export function unseenIds(db: ReadDb, kind: BillingKind, account: string, run: number, since: Ms): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT id FROM ${TABLES[kind].table} WHERE account = ? AND seen_run < ? AND deleted_at IS NULL AND created >= ?`,
  )
    .all(account, run, since)
    .map((row) => row.id)
}

/** The stored raw object, for counting what a full read found to be different. */
export function rawOf(db: ReadDb, kind: BillingKind, account: string, id: string): string | null {
  const row = sql<{ raw: string }>(
    db,
    `SELECT raw FROM ${TABLES[kind].table} WHERE account = ? AND id = ? AND deleted_at IS NULL`,
  ).get(account, id)
  return row?.raw ?? null
}

export function wasReadSince(db: ReadDb, kind: BillingKind, account: string, id: string, since: Ms): boolean {
  return (
    sql(
      db,
      `SELECT 1 FROM ${TABLES[kind].table} WHERE account = ? AND id = ? AND fetched_at >= ? AND deleted_at IS NULL`,
    ).get(account, id, since) !== undefined
  )
}

// ---- reading ----------------------------------------------------------------

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

// ---- first-seen facts --------------------------------------------------------

/** The first moment stands, whatever later reads say. `id` is an invoice's, or a subscription's that owes without one. */
export function rememberDue(db: WriteDb, account: string, id: string, dueAt: Ms, seenAt: Ms): void {
  sql(db, 'INSERT OR IGNORE INTO invoice_due VALUES (?, ?, ?, ?)').run(account, id, dueAt, seenAt)
}

/** Owing without an open invoice is over: another time begins anew. */
export function forgetDue(db: WriteDb, account: string, id: string): void {
  sql(db, 'DELETE FROM invoice_due WHERE account = ? AND invoice_id = ?').run(account, id)
}

export function duesSeen(db: ReadDb, account: string, ids: readonly string[]): Map<string, Ms> {
  const rows = sql<{ id: string; dueAt: Ms }>(
    db,
    'SELECT invoice_id AS id, due_at AS dueAt FROM invoice_due WHERE account = ? AND invoice_id IN (SELECT value FROM json_each(?))',
  ).all(account, JSON.stringify(ids))
  return new Map(rows.map((row) => [row.id, row.dueAt]))
}
