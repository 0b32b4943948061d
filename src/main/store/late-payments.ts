// Payments that were late: derived rows, and the first-seen reasons that Stripe forgets.
import type { Dispute } from '../domain/billing.ts'
import type { LatePayment, SeenFailure } from '../domain/late-payment.ts'
import type { Entitlement } from '../domain/standing.ts'
import { type EntitlementRow, entitlementFrom } from './entitlements.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type StoredLatePayment = LatePayment & { account: string; membershipId: string }

export const COLUMNS = `account, invoice_id AS invoiceId, membership_id AS membershipId, currency, amount, returned, due_at AS dueAt,
  state, paid_at AS paidAt, method, code, attempts, next_attempt_at AS nextAttemptAt`

/** The first sighting stands. */
export function rememberFailure(
  db: WriteDb,
  account: string,
  { invoiceId, attempts, code, method, at }: SeenFailure,
): void {
  sql(db, 'INSERT OR IGNORE INTO invoice_failure VALUES (?, ?, ?, ?, ?, ?)').run(
    account,
    invoiceId,
    attempts,
    code,
    method,
    at,
  )
}

/** Of some invoices, the oldest first. */
export function failuresSeen(db: ReadDb, account: string, invoiceIds: readonly string[]): SeenFailure[] {
  if (invoiceIds.length === 0) return []
  return sql<SeenFailure>(
    db,
    `SELECT invoice_id AS invoiceId, attempts, code, method, seen_at AS at FROM invoice_failure
     WHERE account = ? AND invoice_id IN (SELECT value FROM json_each(?)) ORDER BY attempts, seen_at, code`,
  ).all(account, JSON.stringify(invoiceIds))
}

/** Disputes of some payments, by payment intent. */
export function disputesOfPayments(
  db: ReadDb,
  account: string,
  intentIds: readonly string[],
): (Pick<Dispute, 'status' | 'amount'> & { paymentIntentId: string })[] {
  if (intentIds.length === 0) return []
  return sql<{ paymentIntentId: string; status: string; minor: number; currency: string }>(
    db,
    `SELECT payment_intent_id AS paymentIntentId, status, amount AS minor, currency FROM stripe_dispute
     WHERE account = ? AND payment_intent_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL ORDER BY created, id`,
  )
    .all(account, JSON.stringify(intentIds))
    .map(({ minor, currency, ...one }) => ({ ...one, amount: { minor, currency } }))
}

/** In the place of what stood there of this membership. */
export function replaceLatePayments(
  db: WriteDb,
  account: string,
  membershipId: string,
  rows: readonly LatePayment[],
): void {
  const before = sql<StoredLatePayment>(
    db,
    `SELECT ${COLUMNS} FROM late_payment WHERE membership_id = ? ORDER BY invoice_id`,
  ).all(membershipId)
  const now = rows
    .map((row): StoredLatePayment => ({ account, membershipId, ...row }))
    .toSorted((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1))
  if (before.length === now.length && now.every((row, index) => isSame(row, before[index]))) return
  sql(db, 'DELETE FROM late_payment WHERE membership_id = ?').run(membershipId)
  const insert = sql(
    db,
    `INSERT OR REPLACE INTO late_payment VALUES (@account, @invoiceId, @membershipId, @currency, @amount, @returned, @dueAt, @state,
       @paidAt, @method, @code, @attempts, @nextAttemptAt)`,
  )
  for (const row of now) insert.run(row)
}

function isSame(a: StoredLatePayment, b: StoredLatePayment | undefined): boolean {
  return b !== undefined && Object.entries(a).every(([name, value]) => b[name as keyof StoredLatePayment] === value)
}

/** What is derived of some memberships, in one query. */
export function entitlementsOf(db: ReadDb, membershipIds: readonly string[]): Map<string, Entitlement> {
  const rows = sql<EntitlementRow>(
    db,
    'SELECT * FROM entitlement WHERE membership_id IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(membershipIds))
  return new Map(rows.map((row) => [row.membership_id, entitlementFrom(row)]))
}

/** Of whoever was ever late, in alphabetical order. */
export function lateCurrencies(db: ReadDb): string[] {
  return sql<{ currency: string }>(db, 'SELECT DISTINCT currency FROM late_payment ORDER BY currency')
    .all()
    .map(({ currency }) => currency)
}

/** Of some invoices, whatever their account. */
export function latePaymentsById(db: ReadDb, invoiceIds: readonly string[]): StoredLatePayment[] {
  return sql<StoredLatePayment>(
    db,
    `SELECT ${COLUMNS} FROM late_payment WHERE invoice_id IN (SELECT value FROM json_each(?)) ORDER BY due_at, invoice_id`,
  ).all(JSON.stringify(invoiceIds))
}
