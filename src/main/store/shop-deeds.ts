// What was made in Stripe for plans: before each deed its key is written down, and after it how it went.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type ShopDeedFact = { kind: 'begun' | 'made' | 'refused'; key: string; made: string | null }

export function shopDeedFacts(db: ReadDb, deed: string): ShopDeedFact[] {
  return sql<ShopDeedFact>(db, 'SELECT kind, key, made FROM shop_deed_fact WHERE deed = ? ORDER BY n').all(deed)
}

export function addShopDeedFact(
  db: WriteDb,
  deed: string,
  fact: ShopDeedFact & { at: Ms; operator: string; origin: string },
): void {
  sql(
    db,
    `INSERT INTO shop_deed_fact VALUES (@deed,
       (SELECT coalesce(max(n), 0) + 1 FROM shop_deed_fact WHERE deed = @deed), @kind, @key, @made, @at, @operator, @origin)`,
  ).run({ ...fact, deed })
}
