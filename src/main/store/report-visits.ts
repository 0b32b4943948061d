// Visits as report.db keeps them.
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** The first local day (YYYY-MM-DD) on which anybody was let through; null while nobody was. */
export function firstVisitDay(report: ReadDb): string | null {
  return sql<{ day: string | null }>(report, 'SELECT min(day) AS day FROM visit_day').get()?.day ?? null
}

/** On how many days each came, from one to another; `merged` maps ids of then to those of now. */
export function visitDays(
  report: ReadDb,
  from: string,
  to: string,
  merged: ReadonlyMap<string, string>,
): Map<string, number> {
  const days = new Map(
    sql<{ id: string; days: number }>(
      report,
      'SELECT member_id AS id, count(*) AS days FROM visit_day WHERE day >= ? AND day <= ? GROUP BY member_id',
    )
      .all(from, to)
      .map((row) => [row.id, row.days]),
  )
  const gone = [...merged.keys()].filter((id) => days.has(id))
  if (gone.length === 0) return days
  // Of several who are one, a day counts once.
  const groups = Map.groupBy(gone, (id) => merged.get(id) as string)
  for (const [id, others] of groups) {
    const row = sql<{ n: number }>(
      report,
      `SELECT count(DISTINCT day) AS n FROM visit_day
       WHERE day >= ? AND day <= ? AND member_id IN (SELECT value FROM json_each(?))`,
    ).get(from, to, JSON.stringify([id, ...others]))
    days.set(id, row?.n ?? 0)
    for (const other of others) days.delete(other)
  }
  return days
}

/** How many were let through in each local hour, but by these doors. */
export function hourCounts(
  report: ReadDb,
  from: string,
  to: string,
  without: readonly string[],
): { day: string; hour: number; letThrough: number }[] {
  return sql<{ day: string; hour: number; letThrough: number }>(
    report,
    `SELECT day, hour, sum(let_through) AS letThrough FROM visit_hour
     WHERE day >= ? AND day <= ? AND door_id NOT IN (SELECT value FROM json_each(?)) GROUP BY day, hour`,
  ).all(from, to, JSON.stringify(without))
}
