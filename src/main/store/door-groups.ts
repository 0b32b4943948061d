// Groups of doors, so that a plan need not name each of them.
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** A plan that opens a door or a group, and in which hours where not in its own. */
export type PlanAccess = { plan: string; schedule: string | null }

export type DoorGroup = {
  id: string
  name: string
  doors: string[]
  /** null: its doors are open to every plan as far as the group goes. */
  plans: PlanAccess[] | null
}

type Row = { id: string; name: string; restricted: number }

export function allGroups(db: ReadDb): DoorGroup[] {
  return sql<Row>(db, 'SELECT id, name, restricted FROM door_group ORDER BY name COLLATE NOCASE, id')
    .all()
    .map((row) => fromRow(db, row))
}

export function groupsOfDoor(db: ReadDb, doorId: string): DoorGroup[] {
  return sql<Row>(
    db,
    `SELECT g.id, g.name, g.restricted FROM door_group_door d JOIN door_group g ON g.id = d.group_id
     WHERE d.door_id = ? ORDER BY g.id`,
  )
    .all(doorId)
    .map((row) => fromRow(db, row))
}

export function saveGroup(db: WriteDb, { id, name, doors, plans }: DoorGroup, at: number): void {
  sql(
    db,
    `INSERT INTO door_group (id, name, restricted, created_at) VALUES (@id, @name, @restricted, @at)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, restricted = excluded.restricted`,
  ).run({ id, name, restricted: plans === null ? 0 : 1, at })
  sql(db, 'DELETE FROM door_group_door WHERE group_id = ?').run(id)
  for (const door of new Set(doors)) sql(db, 'INSERT INTO door_group_door VALUES (?, ?)').run(id, door)
  sql(db, 'DELETE FROM door_group_plan WHERE group_id = ?').run(id)
  for (const { plan, schedule } of plans ?? [])
    sql(db, 'INSERT OR IGNORE INTO door_group_plan VALUES (?, ?, ?)').run(id, plan, schedule)
}

/** True where there was one. */
export function removeGroup(db: WriteDb, id: string): boolean {
  return sql(db, 'DELETE FROM door_group WHERE id = ?').run(id).changes > 0
}

function fromRow(db: ReadDb, { id, name, restricted }: Row): DoorGroup {
  const doors = sql<{ id: string }>(db, 'SELECT door_id AS id FROM door_group_door WHERE group_id = ? ORDER BY door_id')
    .all(id)
    .map((row) => row.id)
  const plans = sql<PlanAccess>(
    db,
    'SELECT plan_id AS plan, schedule_id AS schedule FROM door_group_plan WHERE group_id = ? ORDER BY plan_id',
  ).all(id)
  return { id, name, doors, plans: restricted === 1 ? plans : null }
}
