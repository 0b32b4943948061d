// Which prices are memberships, by a manager's word.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** A manager's word about a price: `planId` null is a sale that is no membership. */
export type PriceDecision = { planId: string | null }

export function decisionOf(db: ReadDb, account: string, priceId: string): PriceDecision | null {
  return (
    sql<PriceDecision>(db, 'SELECT plan_id AS planId FROM price_plan WHERE account = ? AND price_id = ?').get(
      account,
      priceId,
    ) ?? null
  )
}

/** Everything that was said about an account's prices; `plan` null is a sale that is no membership. */
export function decidedPrices(
  db: ReadDb,
  account: string,
): { price: string; plan: { id: string; name: string } | null }[] {
  return sql<{ price: string; id: string | null; name: string | null }>(
    db,
    `SELECT d.price_id AS price, p.id, p.name FROM price_plan d LEFT JOIN plan p ON p.id = d.plan_id
     WHERE d.account = ? ORDER BY d.price_id`,
  )
    .all(account)
    .map(({ price, id, name }) => ({ price, plan: id === null ? null : { id, name: name ?? id } }))
}

export function decidePrice(
  db: WriteDb,
  decision: { account: string; priceId: string; planId: string | null; at: Ms; operator: string },
): void {
  sql(
    db,
    `INSERT INTO price_plan VALUES (@account, @priceId, @planId, @at, @operator)
     ON CONFLICT DO UPDATE SET plan_id = excluded.plan_id, decided_at = excluded.decided_at, operator = excluded.operator`,
  ).run(decision)
}

/** How many subscriptions that are not over use each price, by its id. */
export function liveSubscriptionsByPrice(db: ReadDb, account: string): Map<string, number> {
  const rows = sql<{ priceId: string; count: number }>(
    db,
    `SELECT item.value ->> 'priceId' AS priceId, count(*) AS count
     FROM stripe_subscription s, json_each(s.items) item
     WHERE s.account = ? AND s.deleted_at IS NULL AND s.status NOT IN ('canceled', 'incomplete_expired')
     GROUP BY priceId`,
  ).all(account)
  return new Map(rows.map(({ priceId, count }) => [priceId, count]))
}
