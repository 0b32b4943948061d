// What counts at doors, in access.db: visits, uses of a permission, who was last let through where.
import type { Taking } from '../domain/decide.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** Every row of the log. */
const ALL = Number.MAX_SAFE_INTEGER

/** How many local days from `since` on (YYYY-MM-DD) were taken, and whether `today` is one of them; here and below by rows
 * of the log up to the number `upTo`. */
export function visitsTaken(
  access: ReadDb,
  asked: { memberId: string; membershipId: string; since: string; today: string },
  upTo = ALL,
): { used: number; today: boolean } {
  const row = sql<{ used: number; today: number | null }>(
    access,
    `SELECT count(*) AS used, max(day = @today) AS today FROM visit
     WHERE member_id = @memberId AND membership_id = @membershipId AND day >= @since AND seq <= @upTo`,
  ).get({ ...asked, upTo })
  return { used: row?.used ?? 0, today: row?.today === 1 }
}

export function timesUsed(access: ReadDb, permissionId: string, upTo = ALL): number {
  return (
    sql<{ n: number }>(access, 'SELECT count(*) AS n FROM permission_use WHERE permission_id = ? AND seq <= ?').get(
      permissionId,
      upTo,
    )?.n ?? 0
  )
}

/** How many people came to an event, and whether this one is among them. */
export function heads(
  access: ReadDb,
  eventId: string,
  memberId: string,
  upTo = ALL,
): { count: number; counted: boolean } {
  const row = sql<{ count: number; counted: number | null }>(
    access,
    `SELECT count(DISTINCT member_id) AS count, max(member_id = @memberId) AS counted FROM permission_use
     WHERE permission_id = @eventId AND seq <= @upTo`,
  ).get({ eventId, memberId, upTo })
  return { count: row?.count ?? 0, counted: row?.counted === 1 }
}

/** In the transaction of the decision that uses it up. */
export function take(access: WriteDb, taking: Taking, by: { memberId: string; seq: number; day: string }): void {
  if (taking.kind === 'visit')
    sql(access, 'INSERT OR IGNORE INTO visit VALUES (@memberId, @membershipId, @day, @seq)').run({ ...by, ...taking })
  else sql(access, 'INSERT INTO permission_use VALUES (@id, @seq, @memberId)').run({ ...by, ...taking })
}

export type Presence = { inside: boolean; at: Ms; doorId: string }

/** Also what was answered a moment ago and is not yet in `presence`. */
export function presenceOf(access: ReadDb, memberId: string): Presence | null {
  const row = sql<{ inside: number; at: Ms; doorId: string }>(
    access,
    'SELECT inside, at, door_id AS doorId FROM whereabouts WHERE member_id = ? ORDER BY at DESC, seq DESC LIMIT 1',
  ).get(memberId)
  return row ? { ...row, inside: row.inside === 1 } : null
}

/** Whoever was let through since a moment, where and which way last; newest first. */
export function letThroughSince(access: ReadDb, since: Ms): (Presence & { memberId: string })[] {
  return sql<{ memberId: string; inside: number; at: Ms; doorId: string }>(
    access,
    `SELECT member_id AS memberId, inside, at, door_id AS doorId FROM presence WHERE at >= ? ORDER BY at DESC`,
  )
    .all(since)
    .map((row) => ({ ...row, inside: row.inside === 1 }))
}

/** Where somebody is after all; null where nobody has seen them. */
export function setPresence(access: WriteDb, memberId: string, presence: Presence | null): void {
  sql(access, 'DELETE FROM presence WHERE member_id = ?').run(memberId)
  if (presence !== null) notePresence(access, memberId, presence)
}

/** What happened later stands, in whatever order it is told. */
export function notePresence(access: WriteDb, memberId: string, { inside, at, doorId }: Presence): void {
  sql(
    access,
    `INSERT INTO presence VALUES (?, ?, ?, ?)
     ON CONFLICT (member_id) DO UPDATE SET inside = excluded.inside, at = excluded.at, door_id = excluded.door_id
     WHERE excluded.at >= presence.at`,
  ).run(memberId, Number(inside), at, doorId)
}
