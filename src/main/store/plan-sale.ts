// What a plan costs at the desk: the price that is sold, a fee that is taken once, from when it is billed, its terms; and
// what it should cost, to compare.
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `anchorDay`: 1 is pro-rated to the 1st, null from today. `slug`: for promotions found by name, `AUTO-{SLUG}`.
 * `listed`: offered at the desk without being asked for. `termDays`: of what is sold once, for how many local days.
 * `shouldCost`, `shouldFee`: as written down, in minor units of `shouldCurrency`. */
export type PlanSale = {
  priceId: string | null
  feePriceId: string | null
  anchorDay: 1 | null
  slug: string | null
  listed: boolean
  termsVersion: string | null
  termsUrl: string | null
  termDays: number | null
  shouldCost: number | null
  shouldFee: number | null
  shouldCurrency: string | null
}

export function saleOfPlan(db: ReadDb, planId: string): PlanSale | null {
  const row = sql<Omit<PlanSale, 'listed'> & { listed: number }>(
    db,
    `SELECT price_id AS priceId, fee_price_id AS feePriceId, anchor_day AS anchorDay, slug, listed,
       terms_version AS termsVersion, terms_url AS termsUrl, term_days AS termDays, should_cost AS shouldCost,
       should_fee AS shouldFee, should_currency AS shouldCurrency FROM plan WHERE id = ?`,
  ).get(planId)
  return row === undefined ? null : { ...row, listed: row.listed === 1 }
}

export function savePlanSale(db: WriteDb, planId: string, sale: PlanSale): void {
  sql(
    db,
    `UPDATE plan SET price_id = @priceId, fee_price_id = @feePriceId, anchor_day = @anchorDay, slug = @slug,
       listed = @listed, terms_version = @termsVersion, terms_url = @termsUrl, term_days = @termDays,
       should_cost = @shouldCost, should_fee = @shouldFee, should_currency = @shouldCurrency WHERE id = @planId`,
  ).run({ ...sale, listed: sale.listed ? 1 : 0, planId })
}
