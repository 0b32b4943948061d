// Hours of the week that plans and doors go by, and the days on which no hours begin.
import type { Hours } from '../domain/schedule.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type Schedule = { id: string; name: string; windows: Hours }

type Row = { id: string; name: string; windows: string }

export function allSchedules(db: ReadDb): Schedule[] {
  return sql<Row>(
    db,
    'SELECT id, name, windows FROM schedule WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE, id',
  )
    .all()
    .map(fromRow)
}

export function scheduleById(db: ReadDb, id: string): Schedule | null {
  const row = sql<Row>(db, 'SELECT id, name, windows FROM schedule WHERE id = ? AND removed_at IS NULL').get(id)
  return row ? fromRow(row) : null
}

export function saveSchedule(db: WriteDb, { id, name, windows }: Schedule): void {
  sql(
    db,
    `INSERT INTO schedule (id, name, windows) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, windows = excluded.windows`,
  ).run(id, name, JSON.stringify(windows))
}

export function removeSchedule(db: WriteDb, id: string, at: number): void {
  sql(db, 'UPDATE schedule SET removed_at = ? WHERE id = ?').run(at, id)
}

/** Plans, doors, groups and minors that go by a schedule. */
export function countUses(db: ReadDb, id: string): number {
  return (
    sql<{ n: number }>(
      db,
      `SELECT (SELECT count(*) FROM plan WHERE schedule_id = @id) + (SELECT count(*) FROM door_plan WHERE schedule_id = @id)
         + (SELECT count(*) FROM door_group_plan WHERE schedule_id = @id)
         + (SELECT count(*) FROM minor WHERE schedule_id = @id) AS n`,
    ).get({ id })?.n ?? 0
  )
}

export type Holiday = { day: string; name: string }

export function allHolidays(db: ReadDb): Holiday[] {
  return sql<Holiday>(db, 'SELECT day, name FROM holiday ORDER BY day').all()
}

export function setHolidays(db: WriteDb, holidays: readonly Holiday[]): void {
  sql(db, 'DELETE FROM holiday').run()
  for (const { day, name } of holidays) sql(db, 'INSERT INTO holiday VALUES (?, ?)').run(day, name)
}

function fromRow(row: Row): Schedule {
  return { ...row, windows: JSON.parse(row.windows) as Hours }
}
