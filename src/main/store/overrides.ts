// Access by a person's word: given until a moment, ended early by a second fact, never overwritten.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `doorId` null: at every door. `uses` null: as often as they like. */
export type Override = {
  id: string
  memberId: string
  at: Ms
  until: Ms
  why: string
  operator: string
  doorId: string | null
  uses: number | null
}

export function insertOverride(db: WriteDb, override: Override & { origin: string }): void {
  sql(
    db,
    `INSERT INTO access_override (id, member_id, at, until_at, why, operator, origin, door_id, uses)
     VALUES (@id, @memberId, @at, @until, @why, @operator, @origin, @doorId, @uses)`,
  ).run(override)
}

export function endOverride(db: WriteDb, end: { id: string; at: Ms; operator: string; origin: string }): void {
  sql(db, `INSERT INTO access_override_end VALUES (@id, @at, @operator, @origin)`).run(end)
}

const COLUMNS = `o.id, o.member_id AS memberId, o.at, o.until_at AS until, o.why, o.operator, o.door_id AS doorId,
  o.uses`
const HOLDS = `o.at <= @at AND o.until_at > @at
  AND NOT EXISTS (SELECT 1 FROM access_override_end e WHERE e.override_id = o.id AND e.at <= @at)`

/** What holds for a person at a moment, the longest first. */
export function overridesOf(db: ReadDb, memberId: string, at: Ms): Override[] {
  return sql<Override>(
    db,
    `SELECT ${COLUMNS} FROM access_override o WHERE o.member_id = @memberId AND ${HOLDS} ORDER BY o.until_at DESC, o.id DESC`,
  ).all({ memberId, at })
}

/** How often a person was given one pass alone since a moment. */
export function singlePassesSince(db: ReadDb, memberId: string, since: Ms): number {
  return (
    sql<{ n: number }>(
      db,
      'SELECT count(*) AS n FROM access_override WHERE member_id = ? AND uses = 1 AND at >= ?',
    ).get(memberId, since)?.n ?? 0
  )
}

export function overrideById(db: ReadDb, id: string): Override | null {
  return sql<Override>(db, `SELECT ${COLUMNS} FROM access_override o WHERE o.id = ?`).get(id) ?? null
}
