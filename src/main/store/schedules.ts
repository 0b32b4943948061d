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

/** Names of the plans, doors and groups that go by a schedule, and how many minors do. */
export type ScheduleUse = { plans: string[]; doors: string[]; groups: string[]; minors: number }

export function usesOf(db: ReadDb, id: string, at: number): ScheduleUse {
  const names = (query: string) =>
    sql<{ name: string }>(db, `${query} ORDER BY name COLLATE NOCASE`)
      .all(id)
      .map(({ name }) => name)
  return {
    plans: names('SELECT name FROM plan WHERE schedule_id = ?'),
    doors: names('SELECT DISTINCT d.name FROM door_plan p JOIN door d ON d.id = p.door_id WHERE p.schedule_id = ?'),
    groups: names(
      'SELECT DISTINCT g.name FROM door_group_plan p JOIN door_group g ON g.id = p.group_id WHERE p.schedule_id = ?',
    ),
    minors:
      sql<{ n: number }>(db, 'SELECT count(*) AS n FROM minor WHERE schedule_id = ? AND of_age_at > ?').get(id, at)
        ?.n ?? 0,
  }
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
