// What Stripe told us: raw events by id, and how far the sync has come.
import type { BillingEvent } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import { staleSince } from './billing-dirty.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type ReceivedEvent = BillingEvent & { account: string; source: 'poll' | 'webhook'; receivedAt: Ms }

/** Stores an event once; true when it was new. One that tells of nothing that is mirrored is only kept; one that nobody can
 * read is dead until everything has been read. */
export function insertEvent(db: WriteDb, event: ReceivedEvent, mirrored: boolean): boolean {
  const { misshapen = false, ...row } = event
  const fate = misshapen
    ? { appliedAt: null, result: 'dead', attempts: 1, error: 'It has not the shape of an event.' }
    : { appliedAt: mirrored ? null : event.receivedAt, result: mirrored ? null : 'ignored', attempts: 0, error: null }
  return (
    sql(
      db,
      `INSERT OR IGNORE INTO billing_event
         (account, id, type, created, api_version, object_type, object_id, customer_id, source, received_at, payload,
          applied_at, result, attempts, error)
       VALUES (@account, @id, @type, @created, @apiVersion, @objectType, @objectId, @customerId, @source, @receivedAt, @payload,
          @appliedAt, @result, @attempts, @error)`,
    ).run({ ...row, ...fate }).changes > 0
  )
}

export type DeadEvent = { id: string; type: string; error: string; receivedAt: Ms }

/** Events that nobody can read, newest first. */
export function deadEvents(db: ReadDb): DeadEvent[] {
  return sql<DeadEvent>(
    db,
    `SELECT id, type, coalesce(error, '') AS error, received_at AS receivedAt FROM billing_event
     WHERE result = 'dead' ORDER BY received_at DESC, id`,
  ).all()
}

/** Everything was read since they came, and whatever they told with it. */
export function settleDeadEvents(db: WriteDb, dead: readonly DeadEvent[], readAt: Ms): void {
  const settle = sql(db, "UPDATE billing_event SET applied_at = ?, result = 'read' WHERE id = ? AND result = 'dead'")
  for (const { id } of dead) settle.run(readAt, id)
}

export type KnownEvent = {
  id: string
  type: string
  created: Ms
  objectId: string | null
  /** When what it tells of had been read; null while that waits. */
  appliedAt: Ms | null
}

/** Newest first. */
export function eventsOfCustomer(db: ReadDb, account: string, customerId: string, limit: number): KnownEvent[] {
  return sql<KnownEvent>(
    db,
    `SELECT id, type, created, object_id AS objectId, applied_at AS appliedAt FROM billing_event
     WHERE account = ? AND customer_id = ? ORDER BY created DESC LIMIT ?`,
  ).all(account, customerId, limit)
}

/** Those about these objects, which do not say whose they are. Newest first. */
export function eventsOfObjects(db: ReadDb, account: string, ids: readonly string[], limit: number): KnownEvent[] {
  return sql<KnownEvent>(
    db,
    `SELECT id, type, created, object_id AS objectId, applied_at AS appliedAt FROM billing_event
     WHERE account = ? AND object_id IN (SELECT value FROM json_each(?)) AND customer_id IS NULL
     ORDER BY created DESC LIMIT ?`,
  ).all(account, JSON.stringify(ids), limit)
}

/** What events told of was read again by a request that began after all of them had come. */
export function settleEvents(
  db: WriteDb,
  account: string,
  { objectType, objectId }: { objectType: string; objectId: string },
  readAt: Ms,
  result: 'read' | 'gone' | 'ignored',
): void {
  sql(
    db,
    `UPDATE billing_event SET applied_at = @readAt, result = @result
     WHERE account = @account AND object_type = @objectType AND object_id = @objectId AND applied_at IS NULL`,
  ).run({ account, objectType, objectId, readAt, result })
}

/** Reading what events told of failed once more. */
export function noteTry(
  db: WriteDb,
  account: string,
  { objectType, objectId }: { objectType: string; objectId: string },
  error: string,
): void {
  sql(
    db,
    `UPDATE billing_event SET attempts = attempts + 1, error = @error
     WHERE account = @account AND object_type = @objectType AND object_id = @objectId AND applied_at IS NULL`,
  ).run({ account, objectType, objectId, error })
}

/** Whether Stripe has said, at or after a moment, that an object changed. */
export function wasAnnouncedSince(db: ReadDb, account: string, type: string, id: string, since: Ms): boolean {
  return (
    sql(
      db,
      'SELECT 1 FROM billing_event WHERE account = ? AND created >= ? AND object_type = ? AND object_id = ? LIMIT 1',
    ).get(account, since, type, id) !== undefined
  )
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
  /** `freshFrom` by Stripe's own clock. */
  feedReadAt: Ms
  lastCompleteAt: Ms
  run: number
  /** When the full read of `run` began, while it is under way: a desk that was stopped goes on with it. */
  fullBegan: Ms | null
  /** How far the feed had come at Stripe when that read began, where the desk had not followed it. */
  feedFrom: Ms
  /** When everything, the people with their subscriptions, and the recent invoices were last compared. */
  fullAt: Ms
  peopleAt: Ms
  invoicesAt: Ms
  /** When the feed was last read with three hours and with two days of overlap. */
  wideAt: Ms
  widestAt: Ms
  /** The place in the order of reads that the latest stored page had. */
  lastRead: Ms
  /** Differences that were found since, and by, the last comparison with invoices. */
  drift: number
  /** Which columns the mirror was filled with. */
  mirrorShape: number
  /** The account of a key that is not the one in use: it waits for the guided change. */
  waiting: { account: string; accountId: string | null; livemode: boolean } | null
}

/** Another account comes into use: all that was known of how far the sync had come is about the former one. How fresh
 * it was stays, for what is still held of it; runs are counted on, for an account that comes back. */
export function takeAccount(db: WriteDb, next: { account: string; accountId: string | null; livemode: boolean }): void {
  sql(db, "DELETE FROM sync_state WHERE key NOT IN ('freshFrom', 'run', 'lastRead')").run()
  const { account, accountId, livemode } = next
  writeSyncState(db, { account, livemode, ...(accountId === null ? {} : { accountId }) })
}

export function readSyncState(db: ReadDb): Partial<SyncState> {
  const rows = sql<{ key: string; value: string }>(db, 'SELECT key, value FROM sync_state').all()
  return Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value)]))
}

export function writeSyncState(db: WriteDb, state: Partial<SyncState>): void {
  const write = sql(db, 'INSERT INTO sync_state VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
  db.transaction(() => {
    for (const [key, value] of Object.entries(state)) write.run(key, JSON.stringify(value))
  })()
}

/** Never back: pages are stored in another order than they were asked for. */
export function noteRead(db: WriteDb, order: Ms): void {
  sql(
    db,
    `INSERT INTO sync_state VALUES ('lastRead', ?) ON CONFLICT DO UPDATE SET value = excluded.value
     WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)`,
  ).run(JSON.stringify(order))
}

/** The one value that a swipe needs of it, in one indexed read. */
export function readFreshFrom(db: ReadDb): Ms | null {
  const row = sql<{ value: string }>(db, "SELECT value FROM sync_state WHERE key = 'freshFrom'").get()
  return row ? (JSON.parse(row.value) as Ms) : null
}

/** START of the last sync that read everything and left nothing open for this person; null before the first. */
export function freshSince(db: ReadDb, memberId: string, all = readFreshFrom(db)): Ms | null {
  const unread = staleSince(db, memberId)
  return all === null || unread === null ? all : Math.min(all, unread)
}
