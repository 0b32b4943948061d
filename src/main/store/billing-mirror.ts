// The mirror: one table for each kind of Stripe object, keyed by (account, id), of the columns that rules read.
import type { BillingKind, MirrorRow } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** Where an object comes from: `order` is the REQUEST's place among all reads (stripe/read-order.ts), `run` the full read
 * that saw it. */
export type Fetched = { account: string; apiVersion: string; order: Ms; run: number }

type Columns = Record<string, string | number | null>

const list = (values: readonly unknown[]) => JSON.stringify(values)

/** What stands in each table beside the id, the moment it was created and where the row comes from. */
const COLUMNS: { [K in BillingKind]: (row: Extract<MirrorRow, { kind: K }>['row']) => Columns } = {
  product: (row) => ({ name: row.name, active: Number(row.active) }),
  price: (row) => ({
    product_id: row.productId,
    recurring: Number(row.recurring),
    interval: row.interval,
    nickname: row.nickname,
    active: Number(row.active),
    unit_amount: row.unitAmount,
    currency: row.currency,
  }),
  customer: (row) => ({
    name: row.name,
    email: row.email,
    phone: row.phone,
    default_method: row.defaultMethod,
    fingerprint: row.fingerprint,
    card_expires: row.cardExpires,
    balances: list(row.balances),
    discount: row.discount && JSON.stringify(row.discount),
    member_id: row.memberId,
  }),
  subscription: (row) => ({
    customer_id: row.customerId,
    status: row.status,
    currency: row.currency,
    items: list(row.items),
    discounts: list(row.discounts),
    collection_method: row.collectionMethod,
    pending_prices: list(row.pendingPrices),
    period_end: row.periodEnd,
    trial_end: row.trialEnd,
    cancel_at: row.cancelAt,
    ended_at: row.endedAt,
    pause_collection: Number(row.pauseCollection),
    pause_resumes_at: row.pauseResumesAt,
    paused_type: row.pausedType,
    cancel_reason: row.cancelReason,
    default_method: row.defaultMethod,
    card_expires: row.cardExpires,
  }),
  invoice: (row) => ({
    customer_id: row.customerId,
    subscription_id: row.subscriptionId,
    number: row.number,
    status: row.status,
    billing_reason: row.billingReason,
    currency: row.due.currency,
    total: row.total.minor,
    amount_due: row.due.minor,
    amount_remaining: row.remaining.minor,
    paid_at: row.paidAt,
    due_at: row.dueAt,
    finalized_at: row.finalizedAt,
    attempt_count: row.attemptCount,
    next_attempt_at: row.nextAttemptAt,
    service_start: row.serviceStart,
    service_end: row.serviceEnd,
    price_ids: list(row.priceIds),
    payment_intents: list(row.paymentIntents),
    url: row.url,
  }),
  payment_intent: (row) => ({
    customer_id: row.customerId,
    status: row.status,
    amount: row.amount.minor,
    currency: row.amount.currency,
    method: row.method,
    fingerprint: row.fingerprint,
    refunded: row.refunded,
    decline_code: row.declineCode,
    next_action: row.nextAction,
  }),
  dispute: (row) => ({
    payment_intent_id: row.paymentIntentId,
    status: row.status,
    reason: row.reason,
    amount: row.amount.minor,
    currency: row.amount.currency,
    evidence_due: row.evidenceDue,
  }),
  subscription_schedule: (row) => ({
    customer_id: row.customerId,
    subscription_id: row.subscriptionId,
    status: row.status,
    phases: list(row.phases),
  }),
}

const upserts = new Map<BillingKind, string>()

function upsertOf(kind: BillingKind, columns: readonly string[]): string {
  const known = upserts.get(kind)
  if (known !== undefined) return known
  const written = ['created', ...columns, 'api_version', 'fetched_at', 'seen_run']
  const all = ['account', 'id', ...written]
  const text = `INSERT INTO stripe_${kind} (${all.join(', ')}) VALUES (${all.map((column) => `@${column}`).join(', ')})
    ON CONFLICT (account, id) DO UPDATE SET ${written.map((column) => `${column} = excluded.${column}`).join(', ')}, deleted_at = NULL
    WHERE excluded.fetched_at >= stripe_${kind}.fetched_at`
  upserts.set(kind, text)
  return text
}

/** A read that began earlier than the stored one, or than its tombstone, never overwrites it. True when the row was written. */
export function upsertMirror(db: WriteDb, { kind, row }: MirrorRow, fetched: Fetched): boolean {
  // Each kind's row goes to its own columns; TypeScript cannot see that the two belong together.
  const columns = (COLUMNS[kind] as (row: MirrorRow['row']) => Columns)(row)
  const result = sql(db, upsertOf(kind, Object.keys(columns))).run({
    account: fetched.account,
    id: row.id,
    created: row.created,
    ...columns,
    api_version: fetched.apiVersion,
    fetched_at: fetched.order,
    seen_run: fetched.run,
  })
  return result.changes > 0
}

/** Stripe said by a request of this `order` that it has it no more; `at` is by the clock. True when that is news. */
export function tombstone(
  db: WriteDb,
  kind: BillingKind,
  id: string,
  { account, order, at }: { account: string; order: Ms; at: Ms },
): boolean {
  return (
    sql(
      db,
      `UPDATE stripe_${kind} SET deleted_at = @at, fetched_at = @order
       WHERE account = @account AND id = @id AND deleted_at IS NULL AND fetched_at <= @order`,
    ).run({ account, id, order, at }).changes > 0
  )
}

/** Also where Stripe no longer has it. */
export function isMirrored(db: ReadDb, kind: BillingKind, account: string, id: string): boolean {
  return sql(db, `SELECT 1 FROM stripe_${kind} WHERE account = ? AND id = ?`).get(account, id) !== undefined
}

/** Rows that a finished full read did not see: to be read one by one, then tombstoned. `since` leaves out older ones. */
export function unseenIds(db: ReadDb, kind: BillingKind, account: string, run: number, since: Ms): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT id FROM stripe_${kind} WHERE account = ? AND seen_run < ? AND deleted_at IS NULL AND created >= ?`,
  )
    .all(account, run, since)
    .map((row) => row.id)
}

/** Whether it was read by a request that came after one in the order. */
export function wasReadSince(db: ReadDb, kind: BillingKind, account: string, id: string, order: Ms): boolean {
  return (
    sql(db, `SELECT 1 FROM stripe_${kind} WHERE account = ? AND id = ? AND fetched_at >= ? AND deleted_at IS NULL`).get(
      account,
      id,
      order,
    ) !== undefined
  )
}
