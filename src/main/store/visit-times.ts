// When people were let through, from the log of decisions: for reports, never for a decision.
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** Moments at which one of these ids was let through, from `since` on, oldest first. A reader on the way out counts too:
 * whoever leaves was there. */
export function letThroughTimes(access: ReadDb, memberIds: readonly string[], since: Ms): Ms[] {
  return sql<{ at: Ms }>(
    access,
    `SELECT at FROM decision WHERE member_id IN (SELECT value FROM json_each(?)) AND at >= ? AND granted = 1 ORDER BY at`,
  )
    .all(JSON.stringify(memberIds), since)
    .map(({ at }) => at)
}

/** When one of these ids was last let through; null for never. */
export function lastLetThrough(access: ReadDb, memberIds: readonly string[]): Ms | null {
  const moments = memberIds.map(
    (id) =>
      sql<{ at: Ms }>(
        access,
        'SELECT at FROM decision WHERE member_id = ? AND granted = 1 ORDER BY at DESC LIMIT 1',
      ).get(id)?.at ?? null,
  )
  const known = moments.filter((at) => at !== null)
  return known.length === 0 ? null : Math.max(...known)
}
