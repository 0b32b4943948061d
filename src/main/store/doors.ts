// Doors and the plans that open them, enrolment readers, and plans themselves.
import { type CardForm, isCardForm } from '../domain/card-identity.ts'
import type { PortIds, ReaderSettings } from '../domain/reader-settings.ts'
import type { Ms } from '../domain/time.ts'
import type { PlanAccess } from './door-groups.ts'
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
  /** Which way people pass by its reader; null where that is not known. */
  direction: 'in' | 'out' | null
  /** Lets nobody in twice who has not gone out between. */
  antiPassback: boolean
}

/** How it writes cards, where that was said and is a form that we know. */
export function formOf({ format }: Pick<Door, 'format'>): CardForm | undefined {
  return format !== null && isCardForm(format) ? format : undefined
}

type Row = Omit<Door, 'restricted' | 'antiPassback'> & { restricted: number; antiPassback: number }

const COLUMNS = `id, name, driver, format, key, key_epoch AS keyEpoch, open_ms AS openMs, allowance, restricted, direction,
  anti_passback AS antiPassback`

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
       key = excluded.key, key_epoch = key_epoch + 1, open_ms = 3000, allowance = NULL, restricted = 0, direction = NULL,
       anti_passback = 0,
       created_at = excluded.created_at, removed_at = NULL`,
  ).run(door)
}

/** With all that was said of it alone: one that comes back under its id is to know nothing of that. */
export function removeDoor(db: WriteDb, id: string, by: { at: Ms; operator: string; origin: string }): void {
  const { at } = by
  sql(db, 'UPDATE door SET removed_at = ?, key = NULL WHERE id = ?').run(at, id)
  sql(db, 'UPDATE reader SET door_id = NULL WHERE door_id = ?').run(id)
  for (const table of ['door_plan', 'door_group_door', 'door_induction', 'door_device', 'door_order', 'keyholder'])
    sql(db, `DELETE FROM ${table} WHERE door_id = ?`).run(id)
  sql(db, 'UPDATE outage_extension SET ended_at = ? WHERE door_id = ? AND ended_at IS NULL').run(at, id)
  sql(
    db,
    `INSERT INTO access_override_end SELECT id, @at, @operator, @origin FROM access_override o
     WHERE door_id = @id AND until_at > @at AND NOT EXISTS (SELECT 1 FROM access_override_end WHERE override_id = o.id)`,
  ).run({ ...by, id })
  // An event without doors is one at all of them: it goes on where it has others, and else is over.
  const going = 'SELECT id FROM event WHERE until_at > @at AND ended_at IS NULL'
  sql(
    db,
    `UPDATE event SET ended_at = @at WHERE id IN (${going}) AND id IN (
       SELECT event_id FROM event_door GROUP BY event_id HAVING max(door_id) = @id AND min(door_id) = @id)`,
  ).run({ at, id })
  sql(db, `DELETE FROM event_door WHERE door_id = @id AND event_id IN (${going})`).run({ at, id })
}

export function setDoorKey(db: WriteDb, id: string, key: string): void {
  sql(db, 'UPDATE door SET key = ?, key_epoch = key_epoch + 1 WHERE id = ?').run(key, id)
}

/** null opens the door to every plan. */
export function setDoorPlans(db: WriteDb, id: string, plans: readonly PlanAccess[] | null): void {
  sql(db, 'UPDATE door SET restricted = ? WHERE id = ?').run(plans === null ? 0 : 1, id)
  sql(db, 'DELETE FROM door_plan WHERE door_id = ?').run(id)
  for (const { plan, schedule } of plans ?? [])
    sql(db, 'INSERT OR IGNORE INTO door_plan VALUES (?, ?, ?)').run(id, plan, schedule)
}

export function plansOfDoor(db: ReadDb, id: string): PlanAccess[] {
  return sql<PlanAccess>(
    db,
    'SELECT plan_id AS plan, schedule_id AS schedule FROM door_plan WHERE door_id = ? ORDER BY plan_id',
  ).all(id)
}

/** What else there is to say of a door. */
export function setDoor(
  db: WriteDb,
  door: Pick<Door, 'id' | 'name' | 'format' | 'openMs' | 'allowance' | 'direction' | 'antiPassback'>,
): void {
  sql(
    db,
    `UPDATE door SET name = @name, format = @format, open_ms = @openMs, allowance = @allowance, direction = @direction,
       anti_passback = @antiPassback WHERE id = @id`,
  ).run({
    id: door.id,
    name: door.name,
    format: door.format,
    openMs: door.openMs,
    allowance: door.allowance,
    direction: door.direction,
    antiPassback: Number(door.antiPassback),
  })
}

function fromRow(row: Row): Door {
  return { ...row, restricted: row.restricted === 1, antiPassback: row.antiPassback === 1 }
}

/** `door`: the one that its cards open while nothing is being enrolled. */
export type EnrolmentReader = {
  id: string
  port: string
  profile: string
  door: string | null
  settings: ReaderSettings
  ids: PortIds | null
}

type ReaderRow = Omit<EnrolmentReader, 'settings' | 'ids'> & { settings: string; ids: string | null }

export function allReaders(db: ReadDb): EnrolmentReader[] {
  return sql<ReaderRow>(
    db,
    'SELECT id, port, profile, door_id AS door, settings, ids FROM reader ORDER BY added_at, id',
  )
    .all()
    .map((row) => ({
      ...row,
      settings: JSON.parse(row.settings) as ReaderSettings,
      ids: row.ids === null ? null : (JSON.parse(row.ids) as PortIds),
    }))
}

export function insertReader(db: WriteDb, reader: EnrolmentReader, at: Ms): void {
  sql(
    db,
    `INSERT INTO reader (id, port, profile, added_at, door_id, settings, ids)
     VALUES (@id, @port, @profile, @at, @door, @settings, @ids)`,
  ).run({
    ...reader,
    settings: JSON.stringify(reader.settings),
    ids: reader.ids === null ? null : JSON.stringify(reader.ids),
    at,
  })
}

export function deleteReader(db: WriteDb, id: string): void {
  sql(db, 'DELETE FROM reader WHERE id = ?').run(id)
}
