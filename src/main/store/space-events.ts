// What the space puts on ("open day"): whom doors let in meanwhile, and how many.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `doors` empty: every door. `members` null: everyone with a card of ours. `heads` null: as many as come. */
export type SpaceEvent = {
  id: string
  name: string
  from: Ms
  until: Ms
  doors: string[]
  members: string[] | null
  heads: number | null
  operator: string
}

type Row = Omit<SpaceEvent, 'doors' | 'members'> & { everyone: number }

const COLUMNS = 'id, name, from_at AS "from", until_at AS until, everyone, heads, operator'

/** Those that are on or still to come, the next first. */
export function eventsFrom(db: ReadDb, at: Ms): SpaceEvent[] {
  return sql<Row>(db, `SELECT ${COLUMNS} FROM event WHERE until_at > ? AND ended_at IS NULL ORDER BY from_at, id`)
    .all(at)
    .map((row) => fromRow(db, row))
}

/** Those that were on at a moment that is past, also such as were ended since. */
export function eventsThen(db: ReadDb, at: Ms): SpaceEvent[] {
  return sql<Row>(
    db,
    `SELECT ${COLUMNS} FROM event
     WHERE from_at <= @at AND until_at > @at AND (ended_at IS NULL OR ended_at > @at) ORDER BY from_at, id`,
  )
    .all({ at })
    .map((row) => fromRow(db, row))
}

export function eventById(db: ReadDb, id: string): SpaceEvent | null {
  const row = sql<Row>(db, `SELECT ${COLUMNS} FROM event WHERE id = ?`).get(id)
  return row ? fromRow(db, row) : null
}

export function insertEvent(db: WriteDb, whole: SpaceEvent, at: Ms): void {
  const { doors, members, ...event } = whole
  sql(
    db,
    `INSERT INTO event (id, name, from_at, until_at, everyone, heads, at, operator)
     VALUES (@id, @name, @from, @until, @everyone, @heads, @at, @operator)`,
  ).run({ ...event, everyone: members === null ? 1 : 0, at })
  insertWhereAndWho(db, whole)
}

/** Who made it, and when, stays. To be called inside a transaction. */
export function updateEvent(db: WriteDb, event: SpaceEvent): void {
  const { id, name, from, until, heads, members } = event
  sql(
    db,
    `UPDATE event SET name = @name, from_at = @from, until_at = @until, everyone = @everyone, heads = @heads
     WHERE id = @id`,
  ).run({ id, name, from, until, heads, everyone: members === null ? 1 : 0 })
  for (const table of ['event_door', 'event_member'] as const)
    sql(db, `DELETE FROM ${table} WHERE event_id = ?`).run(id)
  insertWhereAndWho(db, event)
}

function insertWhereAndWho(db: WriteDb, { id, doors, members }: SpaceEvent): void {
  for (const door of new Set(doors)) sql(db, 'INSERT INTO event_door VALUES (?, ?)').run(id, door)
  for (const member of new Set(members ?? [])) sql(db, 'INSERT INTO event_member VALUES (?, ?)').run(id, member)
}

/** True where it was on or still to come. */
export function endEvent(db: WriteDb, id: string, at: Ms): boolean {
  return (
    sql(db, 'UPDATE event SET ended_at = ? WHERE id = ? AND until_at > ? AND ended_at IS NULL').run(at, id, at)
      .changes > 0
  )
}

function fromRow(db: ReadDb, { everyone, ...row }: Row): SpaceEvent {
  const doors = sql<{ id: string }>(db, 'SELECT door_id AS id FROM event_door WHERE event_id = ? ORDER BY door_id')
    .all(row.id)
    .map(({ id }) => id)
  const members = sql<{ id: string }>(
    db,
    'SELECT member_id AS id FROM event_member WHERE event_id = ? ORDER BY member_id',
  )
    .all(row.id)
    .map(({ id }) => id)
  return { ...row, doors, members: everyone === 1 ? null : members }
}
