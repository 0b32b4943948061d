// Plans: what a membership is called and what it allows. Which price is which plan: price-plans.ts.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `seats`: people that one membership covers, null where Stripe's quantity says so. `provisionalDays`: access before
 * the first payment is settled. `scheduleId`: its hours, null for all. `visits`: local days that it gives in a calendar
 * month or in a term, null for as many as wanted. */
export type Plan = {
  id: string
  name: string
  seats: number | null
  provisionalDays: number
  scheduleId: string | null
  visits: number | null
  visitsPer: 'month' | 'term'
}

const COLUMNS = `id, name, seats, provisional_days AS provisionalDays, schedule_id AS scheduleId, visits,
  visits_per AS visitsPer`

export function allPlans(db: ReadDb): Plan[] {
  return sql<Plan>(db, `SELECT ${COLUMNS} FROM plan ORDER BY name COLLATE NOCASE`).all()
}

export function planById(db: ReadDb, id: string): Plan | null {
  return sql<Plan>(db, `SELECT ${COLUMNS} FROM plan WHERE id = ?`).get(id) ?? null
}

/** Whatever the letters' case. */
export function planCalled(db: ReadDb, name: string): Plan | undefined {
  const wanted = name.toLocaleLowerCase()
  return allPlans(db).find((plan) => plan.name.toLocaleLowerCase() === wanted)
}

export function provisionalDays(db: ReadDb, planId: string): number {
  return planById(db, planId)?.provisionalDays ?? 0
}

/** The plan of a Stripe product, made at first sight; its name follows the product's until a person names it. */
export function upsertProductPlan(
  db: WriteDb,
  plan: { id: string; account: string; productId: string; name: string; at: Ms },
): string {
  sql(
    db,
    `INSERT INTO plan (id, name, account, product_id, created_at) VALUES (@id, @name, @account, @productId, @at)
     ON CONFLICT (account, product_id) DO UPDATE SET name = excluded.name
     WHERE name IS NOT excluded.name AND named_at IS NULL`,
  ).run(plan)
  const id = planOfProduct(db, plan.account, plan.productId)
  if (id === null) throw new Error(`Making the plan of product ${plan.productId}: it was not stored`)
  return id
}

/** Its plan is called as the product is, until a person names it. */
export function followProduct(db: WriteDb, account: string, productId: string, name: string): void {
  sql(
    db,
    `UPDATE plan SET name = @name WHERE account = @account AND product_id = @productId AND named_at IS NULL
       AND name IS NOT @name`,
  ).run({ account, productId, name })
}

export function planOfProduct(db: ReadDb, account: string, productId: string): string | null {
  return (
    sql<{ id: string }>(db, 'SELECT id FROM plan WHERE account = ? AND product_id = ?').get(account, productId)?.id ??
    null
  )
}

/** A plan of the space's own, behind no product. */
export function insertPlan(db: WriteDb, plan: { id: string; name: string; at: Ms }): void {
  sql(db, 'INSERT INTO plan (id, name, created_at, named_at) VALUES (@id, @name, @at, @at)').run(plan)
}

export function savePlan(db: WriteDb, plan: Plan, namedAt: Ms | null): void {
  sql(
    db,
    `UPDATE plan SET name = @name, seats = @seats, provisional_days = @provisionalDays, schedule_id = @scheduleId,
       visits = @visits, visits_per = @visitsPer, named_at = coalesce(@namedAt, named_at) WHERE id = @id`,
  ).run({ ...plan, namedAt })
}
