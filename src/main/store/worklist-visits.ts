// What the worklists read of the log of decisions and of who was let through when: for reports, never for a decision.

import type { Ms } from '../domain/time.ts'
import type { Entry } from '../domain/worklists.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** When people were last let through, by the ids of then: the next so many after an id, which is empty for the first. */
export function lastThrough(access: ReadDb, after: string, count: number): [id: string, at: Ms][] {
  // Arrays, for there are as many as members.
  return sql(access, 'SELECT member_id, at FROM presence WHERE member_id > ? ORDER BY member_id LIMIT ?')
    .raw()
    .all(after, count) as [string, Ms][]
}

/** Since when the log tells; null where it tells nothing. */
export function logBegins(access: ReadDb, desk: string): Ms | null {
  return sql<{ at: Ms }>(access, 'SELECT at FROM decision WHERE desk = ? ORDER BY seq LIMIT 1').get(desk)?.at ?? null
}

/** Rows by which one of these ids came in from a moment on though perhaps nothing was paid, the oldest first: not by what a
 * door decided of a membership. */
export function entriesOf(access: ReadDb, memberIds: readonly string[], since: Ms): Entry[] {
  return sql<Entry>(
    access,
    `SELECT at, door_id AS doorId, reason, rule, inputs ->> 'override' AS override, inputs ->> 'event' AS event,
       coalesce(inputs ->> 'overrideBy', inputs ->> 'orderBy') AS by
     FROM decision WHERE member_id IN (SELECT value FROM json_each(?)) AND at >= ? AND granted = 1
       AND (reason IN ('ok-override', 'ok-held-open', 'ok-stale') OR rule = 'uploaded')
     ORDER BY at, seq`,
  ).all(JSON.stringify(memberIds), since)
}

/** When a door next let one of these ids in; null for not since. */
export function nextLetIn(access: ReadDb, memberIds: readonly string[], after: Ms): Ms | null {
  return (
    sql<{ at: Ms | null }>(
      access,
      `SELECT min(at) AS at FROM decision
       WHERE member_id IN (SELECT value FROM json_each(?)) AND at >= ? AND granted = 1 AND rule <> 'way-out'`,
    ).get(JSON.stringify(memberIds), after)?.at ?? null
  )
}
