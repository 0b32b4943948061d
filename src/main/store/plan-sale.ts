// What a plan costs at the desk: the price that is sold, a fee that is taken once, from when it is billed, its terms.
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `anchorDay`: 1 is pro-rated to the 1st, null from today. `slug`: for promotions found by name, `AUTO-{SLUG}`.
 * `listed`: offered at the desk without being asked for. */
export type PlanSale = {
  priceId: string | null
  feePriceId: string | null
  anchorDay: 1 | null
  slug: string | null
  listed: boolean
  termsVersion: string | null
  termsUrl: string | null
}

export function saleOfPlan(db: ReadDb, planId: string): PlanSale | null {
  const row = sql<Omit<PlanSale, 'listed'> & { listed: number }>(
    db,
    `SELECT price_id AS priceId, fee_price_id AS feePriceId, anchor_day AS anchorDay, slug, listed,
       terms_version AS termsVersion, terms_url AS termsUrl FROM plan WHERE id = ?`,
  ).get(planId)
  return row === undefined ? null : { ...row, listed: row.listed === 1 }
}

export function savePlanSale(db: WriteDb, planId: string, sale: PlanSale): void {
  sql(
    db,
    `UPDATE plan SET price_id = @priceId, fee_price_id = @feePriceId, anchor_day = @anchorDay, slug = @slug,
       listed = @listed, terms_version = @termsVersion, terms_url = @termsUrl WHERE id = @planId`,
  ).run({ ...sale, listed: sale.listed ? 1 : 0, planId })
}
