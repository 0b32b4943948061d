// How far a manager lets stale data hold while Stripe cannot be reached: facts with an end, never overwritten.
import type { Ms } from '../domain/time.ts'
import type { Door } from './doors.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `doorId` null: every door that has no allowance of its own. */
export type OutageExtension = { id: string; doorId: string | null; until: Ms; why: string; at: Ms; operator: string }

const COLUMNS = 'id, door_id AS doorId, until_at AS until, why, at, operator'

export function insertExtension(db: WriteDb, extension: OutageExtension): void {
  sql(
    db,
    `INSERT INTO outage_extension (id, door_id, until_at, why, at, operator)
     VALUES (@id, @doorId, @until, @why, @at, @operator)`,
  ).run(extension)
}

export function endExtension(db: WriteDb, id: string, at: Ms): void {
  sql(db, 'UPDATE outage_extension SET ended_at = ? WHERE id = ? AND ended_at IS NULL').run(at, id)
}

/** Those that hold at a moment, the longest first. */
export function extensionsAt(db: ReadDb, at: Ms): OutageExtension[] {
  return sql<OutageExtension>(
    db,
    `SELECT ${COLUMNS} FROM outage_extension WHERE until_at > ? AND ended_at IS NULL ORDER BY until_at DESC, id`,
  ).all(at)
}

/** Those that count at a door, the longest first. */
export function extensionsOfDoor(db: ReadDb, door: Pick<Door, 'id' | 'allowance'>, at: Ms): OutageExtension[] {
  return extensionsAt(db, at).filter((one) => countsAt(one, door))
}

function countsAt({ doorId }: OutageExtension, door: Pick<Door, 'id' | 'allowance'>): boolean {
  return doorId === null ? door.allowance === null : doorId === door.id
}

/** The same at a moment that is past, also such as were ended since. */
export function extensionsThen(db: ReadDb, door: Pick<Door, 'id' | 'allowance'>, at: Ms): OutageExtension[] {
  return sql<OutageExtension>(
    db,
    `SELECT ${COLUMNS} FROM outage_extension
     WHERE at <= @at AND until_at > @at AND (ended_at IS NULL OR ended_at > @at) ORDER BY until_at DESC, id`,
  )
    .all({ at })
    .filter((one) => countsAt(one, door))
}
