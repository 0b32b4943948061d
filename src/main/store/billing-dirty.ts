// Objects that Stripe says changed, to be read again; those that would not be read, and those given up on.
import { HOUR, type Ms, SECOND } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** After so many failures an object is given up on until someone says "try again". */
export const TRIES = 8
const FIRST_WAIT = 15 * SECOND
const LONGEST_WAIT = HOUR

export type Dirty = {
  objectType: string
  objectId: string
  customerId: string | null
  since: Ms
  marked: number
  attempts: number
}

const DIRTY = `SELECT object_type AS objectType, object_id AS objectId, customer_id AS customerId, since, marked, attempts
  FROM billing_dirty`

/** `since`: as old as what is stored of it may be. A new mark is a new chance for one that was given up on. */
export function markDirty(
  db: WriteDb,
  account: string,
  dirty: { objectType: string; objectId: string; customerId: string | null; since: Ms },
): void {
  sql(
    db,
    `INSERT INTO billing_dirty (account, object_type, object_id, customer_id, since) VALUES (@account, @objectType, @objectId, @customerId, @since)
     ON CONFLICT DO UPDATE SET marked = marked + 1, customer_id = coalesce(excluded.customer_id, customer_id),
       attempts = CASE WHEN dead_at IS NULL THEN attempts ELSE 0 END, dead_at = NULL, not_before = 0`,
  ).run({ account, ...dirty })
}

/** The same where nothing new was said: what waits after a failure waits on, and what was given up on stays so. */
export function markUnread(
  db: WriteDb,
  account: string,
  dirty: { objectType: string; objectId: string; customerId: string | null; since: Ms },
): void {
  sql(
    db,
    `INSERT OR IGNORE INTO billing_dirty (account, object_type, object_id, customer_id, since)
     VALUES (@account, @objectType, @objectId, @customerId, @since)`,
  ).run({ account, ...dirty })
}

/** Every mark, also of what waits after a failure or was given up on: a full read settles those too. */
export function allMarked(db: ReadDb, account: string): Dirty[] {
  return sql<Dirty>(db, `${DIRTY} WHERE account = ? ORDER BY since`).all(account)
}

/** Those whose time has come: not given up on, and not waiting after a failure. One that would wait longer than any does
 * failed while the clock was ahead. */
export function dirtyObjects(db: ReadDb, account: string, now: Ms): Dirty[] {
  return sql<Dirty>(
    db,
    `${DIRTY} WHERE account = @account AND dead_at IS NULL AND (not_before <= @now OR not_before > @now + @longest)
     ORDER BY since`,
  ).all({ account, now, longest: LONGEST_WAIT })
}

/** Removes the mark unless the object was marked again since the fetch began; true when it did. */
export function clearDirty(db: WriteDb, account: string, { objectType, objectId, marked }: Dirty): boolean {
  return (
    sql(db, 'DELETE FROM billing_dirty WHERE account = ? AND object_type = ? AND object_id = ? AND marked = ?').run(
      account,
      objectType,
      objectId,
      marked,
    ).changes > 0
  )
}

/** `step` and `error` in words: what was being done, and what went wrong. */
export function noteFailure(
  db: WriteDb,
  account: string,
  { objectType, objectId, attempts }: Dirty,
  failure: { step: string; error: string; at: Ms },
): void {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempts)
  sql(
    db,
    `UPDATE billing_dirty SET attempts = attempts + 1, step = @step, error = @error, not_before = @notBefore,
       dead_at = CASE WHEN attempts + 1 >= @tries THEN coalesce(dead_at, @at) END
     WHERE account = @account AND object_type = @objectType AND object_id = @objectId`,
  ).run({ account, objectType, objectId, ...failure, notBefore: failure.at + wait, tries: TRIES })
}

/** Since when something about this person, or about who pays for what covers them, is known to have changed and has not
 * been read; null when nothing is. */
export function staleSince(db: ReadDb, memberId: string): Ms | null {
  const row = sql<{ since: Ms | null }>(
    db,
    `WITH whose AS (
       SELECT account, customer_id FROM member_customer WHERE member_id = @memberId
       UNION ALL
       SELECT s.account, s.customer_id FROM membership_cover c JOIN membership m ON m.id = c.membership_id
       JOIN stripe_subscription s ON s.account = m.account AND s.id = m.subscription_id
       WHERE c.member_id = @memberId AND c.until_at IS NULL)
     SELECT min(d.since) AS since FROM whose CROSS JOIN billing_dirty d INDEXED BY billing_dirty_by_customer
       ON d.account = whose.account AND d.customer_id = whose.customer_id
     WHERE EXISTS (SELECT 1 FROM billing_dirty)`,
  ).get({ memberId })
  return row?.since ?? null
}

/** The same of everybody of whom it is not null. */
export function staleMembers(db: ReadDb): Map<string, Ms> {
  const rows = sql<{ id: string; since: Ms }>(
    db,
    `SELECT id, min(since) AS since FROM (
       SELECT c.member_id AS id, d.since FROM billing_dirty d
       JOIN member_customer c ON c.account = d.account AND c.customer_id = d.customer_id
       UNION ALL
       SELECT v.member_id, d.since FROM billing_dirty d
       JOIN stripe_subscription s ON s.account = d.account AND s.customer_id = d.customer_id
       JOIN membership m ON m.account = s.account AND m.subscription_id = s.id
       JOIN membership_cover v ON v.membership_id = m.id AND v.until_at IS NULL)
     GROUP BY id`,
  ).all()
  return new Map(rows.map(({ id, since }) => [id, since]))
}

/** An object that was given up on. */
export type DeadObject = {
  account: string
  objectType: string
  objectId: string
  customerId: string | null
  step: string
  error: string
  attempts: number
  deadAt: Ms
}

export function deadObjects(db: ReadDb): DeadObject[] {
  return sql<DeadObject>(
    db,
    `SELECT account, object_type AS objectType, object_id AS objectId, customer_id AS customerId,
       coalesce(step, '') AS step, coalesce(error, '') AS error, attempts, dead_at AS deadAt
     FROM billing_dirty WHERE dead_at IS NOT NULL ORDER BY dead_at DESC`,
  ).all()
}

/** With events that nobody can read. */
export function countDead(db: ReadDb): number {
  const row = sql<{ n: number }>(
    db,
    `SELECT (SELECT count(*) FROM billing_dirty WHERE dead_at IS NOT NULL)
       + (SELECT count(*) FROM billing_event WHERE result = 'dead') AS n`,
  ).get()
  return row?.n ?? 0
}

/** Gives dead objects a new chance: one by its id, or all. Returns how many. */
export function reviveDead(db: WriteDb, objectId: string | null): number {
  return sql(
    db,
    `UPDATE billing_dirty SET attempts = 0, not_before = 0, dead_at = NULL
     WHERE dead_at IS NOT NULL AND (@objectId IS NULL OR object_id = @objectId)`,
  ).run({ objectId }).changes
}
