// Doors and the plans that open them, enrolment readers, and plans themselves.
import type { Ms } from '../domain/time.ts'
import { morePlansOf } from './entitlements.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export const DOOR_DRIVERS = ['native', 'uhppote', 'esp-rfid', 'relay'] as const

/** `key` is 64 hex characters, native doors only; `keyEpoch` rises with every new key. */
export type Door = {
  id: string
  name: string
  driver: string
  format: string | null
  key: string | null
  keyEpoch: number
  openMs: number
  allowance: Ms | null
  restricted: boolean
}

type Row = Omit<Door, 'restricted'> & { restricted: number }

const COLUMNS = 'id, name, driver, format, key, key_epoch AS keyEpoch, open_ms AS openMs, allowance, restricted'

export function doorById(db: ReadDb, id: string): Door | null {
  const row = sql<Row>(db, `SELECT ${COLUMNS} FROM door WHERE id = ? AND removed_at IS NULL`).get(id)
  return row ? fromRow(row) : null
}

export function allDoors(db: ReadDb): Door[] {
  return sql<Row>(db, `SELECT ${COLUMNS} FROM door WHERE removed_at IS NULL ORDER BY created_at, id`).all().map(fromRow)
}

/** Names by id, those of removed doors included: the log still speaks of them. */
export function doorNames(db: ReadDb): Map<string, string> {
  return new Map(
    sql<{ id: string; name: string }>(db, 'SELECT id, name FROM door')
      .all()
      .map((row) => [row.id, row.name]),
  )
}

/** A door that was removed may come back under its id, as new as any other but for its key epoch, which goes on rising. */
export function insertDoor(
  db: WriteDb,
  door: { id: string; name: string; driver: string; format: string | null; key: string | null; at: Ms },
): void {
  sql(
    db,
    `INSERT INTO door (id, name, driver, format, key, created_at) VALUES (@id, @name, @driver, @format, @key, @at)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, driver = excluded.driver, format = excluded.format,
       key = excluded.key, key_epoch = key_epoch + 1, open_ms = 3000, allowance = NULL, restricted = 0,
       created_at = excluded.created_at, removed_at = NULL`,
  ).run(door)
}

export function removeDoor(db: WriteDb, id: string, at: Ms): void {
  sql(db, 'UPDATE door SET removed_at = ?, key = NULL WHERE id = ?').run(at, id)
  sql(db, 'DELETE FROM door_plan WHERE door_id = ?').run(id)
}

export function setDoorKey(db: WriteDb, id: string, key: string): void {
  sql(db, 'UPDATE door SET key = ?, key_epoch = key_epoch + 1 WHERE id = ?').run(key, id)
}

/** null opens the door to every plan. */
export function setDoorPlans(db: WriteDb, id: string, plans: readonly string[] | null): void {
  sql(db, 'UPDATE door SET restricted = ? WHERE id = ?').run(plans === null ? 0 : 1, id)
  sql(db, 'DELETE FROM door_plan WHERE door_id = ?').run(id)
  for (const plan of plans ?? [])
    sql(db, 'INSERT OR IGNORE INTO door_plan (door_id, plan_id) VALUES (?, ?)').run(id, plan)
}

export function plansOfDoor(db: ReadDb, id: string): string[] {
  return sql<{ id: string }>(db, 'SELECT plan_id AS id FROM door_plan WHERE door_id = ?')
    .all(id)
    .map((row) => row.id)
}

/** Whether a plan opens this door: every plan, until the door is restricted. */
export function opensFor(db: ReadDb, door: Door): (membership: { membershipId: string; planId: string }) => boolean {
  if (!door.restricted) return () => true
  const plans = plansOfDoor(db, door.id)
  return ({ membershipId, planId }) =>
    plans.includes(planId) || morePlansOf(db, membershipId).some((more) => plans.includes(more))
}

function fromRow(row: Row): Door {
  return { ...row, restricted: row.restricted === 1 }
}

export type EnrolmentReader = { id: string; port: string; profile: string }

export function allReaders(db: ReadDb): EnrolmentReader[] {
  return sql<EnrolmentReader>(db, 'SELECT id, port, profile FROM reader ORDER BY added_at, id').all()
}

export function insertReader(db: WriteDb, reader: EnrolmentReader, at: Ms): void {
  sql(db, 'INSERT INTO reader VALUES (?, ?, ?, ?)').run(reader.id, reader.port, reader.profile, at)
}

export function deleteReader(db: WriteDb, id: string): void {
  sql(db, 'DELETE FROM reader WHERE id = ?').run(id)
}
