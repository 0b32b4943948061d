// What Stripe told us: raw events by id, objects to read again, and how far the sync has come.
import type { BillingEvent } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type ReceivedEvent = BillingEvent & { account: string; source: 'poll' | 'webhook'; receivedAt: Ms }

/** Stores an event once; true when it was new. */
export function insertEvent(db: WriteDb, event: ReceivedEvent): boolean {
  const { customerId: _, ...row } = event
  return (
    sql(
      db,
      `INSERT OR IGNORE INTO billing_event
       VALUES (@account, @id, @type, @created, @apiVersion, @objectType, @objectId, @source, @receivedAt, @payload)`,
    ).run(row).changes > 0
  )
}

export type Dirty = {
  objectType: string
  objectId: string
  customerId: string | null
  since: Ms
  marked: number
  attempts: number
  error: string | null
}

export function markDirty(
  db: WriteDb,
  account: string,
  dirty: { objectType: string; objectId: string; customerId: string | null; since: Ms },
): void {
  sql(
    db,
    `INSERT INTO billing_dirty (account, object_type, object_id, customer_id, since) VALUES (@account, @objectType, @objectId, @customerId, @since)
     ON CONFLICT DO UPDATE SET marked = marked + 1, customer_id = coalesce(excluded.customer_id, customer_id)`,
  ).run({ account, ...dirty })
}

export function dirtyObjects(db: ReadDb, account: string): Dirty[] {
  return sql<Dirty>(
    db,
    `SELECT object_type AS objectType, object_id AS objectId, customer_id AS customerId, since, marked, attempts, error
     FROM billing_dirty WHERE account = ? ORDER BY since`,
  ).all(account)
}

/** Removes the mark unless the object was marked again since the fetch began. */
export function clearDirty(db: WriteDb, account: string, { objectType, objectId, marked }: Dirty): void {
  sql(db, 'DELETE FROM billing_dirty WHERE account = ? AND object_type = ? AND object_id = ? AND marked = ?').run(
    account,
    objectType,
    objectId,
    marked,
  )
}

export function noteFailure(db: WriteDb, account: string, { objectType, objectId }: Dirty, error: string): void {
  sql(
    db,
    'UPDATE billing_dirty SET attempts = attempts + 1, error = ? WHERE account = ? AND object_type = ? AND object_id = ?',
  ).run(error, account, objectType, objectId)
}

/** Since when something about this person is known to have changed and has not been read; null when nothing is. */
export function staleSince(db: ReadDb, memberId: string): Ms | null {
  const row = sql<{ since: Ms | null }>(
    db,
    `SELECT min(d.since) AS since FROM member_customer c
     JOIN billing_dirty d ON d.account = c.account AND d.customer_id = c.customer_id WHERE c.member_id = ?`,
  ).get(memberId)
  return row?.since ?? null
}

/** `freshFrom` is the START of the last sync that read all pages; `highWater` how far the event feed has been read. */
export type SyncState = {
  /** What rows are keyed by: the account's id, or a stand-in where it could not be read at first. */
  account: string
  /** The account's own id, once some key could read it. */
  accountId: string
  livemode: boolean
  highWater: Ms
  freshFrom: Ms
  lastCompleteAt: Ms
  run: number
}

export function readSyncState(db: ReadDb): Partial<SyncState> {
  const rows = sql<{ key: string; value: string }>(db, 'SELECT key, value FROM sync_state').all()
  return Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value)]))
}

export function writeSyncState(db: WriteDb, state: Partial<SyncState>): void {
  for (const [key, value] of Object.entries(state)) {
    sql(db, 'INSERT INTO sync_state VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
      key,
      JSON.stringify(value),
    )
  }
}

/** The one value that a swipe needs of it, in one indexed read. */
export function readFreshFrom(db: ReadDb): Ms | null {
  const row = sql<{ value: string }>(db, "SELECT value FROM sync_state WHERE key = 'freshFrom'").get()
  return row ? (JSON.parse(row.value) as Ms) : null
}

/** START of the last sync that read everything and left nothing open for this person; null before the first. */
export function freshSince(db: ReadDb, memberId: string): Ms | null {
  const all = readFreshFrom(db)
  const unread = staleSince(db, memberId)
  return all === null || unread === null ? all : Math.min(all, unread)
}
