// Facts that are written down when first seen and are sources from then on: when an invoice fell due, who was paused.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** The first moment stands, whatever later reads say. `id` is an invoice's, or a subscription's that owes without one. */
export function rememberDue(db: WriteDb, account: string, id: string, dueAt: Ms, seenAt: Ms): void {
  sql(db, 'INSERT OR IGNORE INTO invoice_due VALUES (?, ?, ?, ?)').run(account, id, dueAt, seenAt)
}

/** Owing without an open invoice to show for it: since we first saw that. A moment that has not come yet was that of a clock
 * which was ahead. */
export function rememberOwing(db: WriteDb, account: string, subscriptionId: string, now: Ms): void {
  sql(
    db,
    `INSERT INTO invoice_due VALUES (@account, @subscriptionId, @now, @now)
     ON CONFLICT DO UPDATE SET due_at = excluded.due_at, seen_at = excluded.seen_at WHERE due_at > excluded.due_at`,
  ).run({ account, subscriptionId, now })
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

/** A subscription that was paused when its account was first read. The first sighting stands. */
export function rememberPauseAtImport(
  db: WriteDb,
  account: string,
  subscriptionId: string,
  seenAt: Ms,
  reviewedAt: Ms | null = null,
): void {
  sql(db, 'INSERT OR IGNORE INTO pause_at_import VALUES (?, ?, ?, ?)').run(account, subscriptionId, seenAt, reviewedAt)
}

/** When a pause that nobody has reviewed yet was found by the first import; null where there is nothing to review. */
export function pauseToReview(db: ReadDb, account: string, subscriptionId: string): Ms | null {
  const row = sql<{ at: Ms }>(
    db,
    'SELECT seen_at AS at FROM pause_at_import WHERE account = ? AND subscription_id = ? AND reviewed_at IS NULL',
  ).get(account, subscriptionId)
  return row?.at ?? null
}

/** The pause that the first import found is over, and nobody has to look at it any more: a later one is another. */
export function endPauseAtImport(db: WriteDb, account: string, subscriptionId: string, at: Ms): void {
  sql(
    db,
    'UPDATE pause_at_import SET reviewed_at = ? WHERE account = ? AND subscription_id = ? AND reviewed_at IS NULL',
  ).run(at, account, subscriptionId)
}

/** A manager has looked at what the first import found paused: doors obey from now on. How many there were. */
export function reviewPauses(db: WriteDb, at: Ms): number {
  return sql(db, 'UPDATE pause_at_import SET reviewed_at = ? WHERE reviewed_at IS NULL').run(at).changes
}

/** Pauses that nobody has reviewed, by membership: when the first import saw them. */
export function pausesAtImport(db: ReadDb): Map<string, Ms> {
  const rows = sql<{ id: string; at: Ms }>(
    db,
    `SELECT m.id, p.seen_at AS at FROM pause_at_import p
     JOIN membership m ON m.account = p.account AND m.subscription_id = p.subscription_id WHERE p.reviewed_at IS NULL`,
  ).all()
  return new Map(rows.map(({ id, at }) => [id, at]))
}
