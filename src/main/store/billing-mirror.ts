// The mirror: one table for each kind of Stripe object, keyed by (account, id), with the raw object beside its columns.
import type { BillingKind, MirrorRow } from '../domain/billing.ts'
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
