// What plans give besides doors and visits, such as day passes, and what was taken of it: facts that are only added to.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type Allowance = { id: string; name: string; amount: number; per: 'month' | 'term' }

/** Those that a plan gives now. */
export function allowancesOfPlan(db: ReadDb, planId: string): Allowance[] {
  return sql<Allowance>(
    db,
    'SELECT id, name, amount, per FROM plan_allowance WHERE plan_id = ? AND ended_at IS NULL ORDER BY place, id',
  ).all(planId)
}

/** These from now on, in this order; one that is left out is given no more. */
export function setAllowances(db: WriteDb, planId: string, allowances: readonly Allowance[], at: Ms): void {
  const stay = JSON.stringify(allowances.map(({ id }) => id))
  sql(
    db,
    `UPDATE plan_allowance SET ended_at = ? WHERE plan_id = ? AND ended_at IS NULL
       AND id NOT IN (SELECT value FROM json_each(?))`,
  ).run(at, planId, stay)
  for (const [place, one] of allowances.entries())
    sql(
      db,
      `INSERT INTO plan_allowance VALUES (@id, @planId, @name, @amount, @per, @place, @at, NULL)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, amount = excluded.amount, per = excluded.per,
         place = excluded.place`,
    ).run({ ...one, planId, place, at })
}

/** What was taken from a moment on and not given back since, the newest first. */
export function usesSince(db: ReadDb, membershipId: string, allowanceId: string, since: Ms): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT id FROM allowance_use u WHERE membership_id = ? AND allowance_id = ? AND at >= ? AND gives_back IS NULL
       AND NOT EXISTS (SELECT 1 FROM allowance_use b WHERE b.gives_back = u.id) ORDER BY at DESC, id DESC`,
  )
    .all(membershipId, allowanceId, since)
    .map(({ id }) => id)
}

/** `givesBack`: the use that is taken back. */
export function addUse(
  db: WriteDb,
  use: {
    id: string
    allowanceId: string
    membershipId: string
    givesBack: string | null
    at: Ms
    operator: string
    origin: string
  },
): void {
  sql(
    db,
    'INSERT INTO allowance_use VALUES (@id, @allowanceId, @membershipId, @givesBack, @at, @operator, @origin)',
  ).run(use)
}
