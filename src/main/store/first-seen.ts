// Facts that are written down when first seen and are sources from then on: when an invoice fell due.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

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
