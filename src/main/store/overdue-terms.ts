// Memberships agreed at the desk whose term is over and that nobody has ended: to collect.
import type { Ms } from '../domain/time.ts'
import { MAY_END } from './entitlements.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** `amount` and `currency` of the last term that had any; null where none had. */
export type OverdueTerm = { membershipId: string; until: Ms; amount: number | null; currency: string | null }

export function overdueTerms(db: ReadDb, now: Ms): OverdueTerm[] {
  return sql<OverdueTerm>(
    db,
    `SELECT e.membership_id AS membershipId, e.paid_until AS until, t.amount, t.currency
     FROM entitlement e LEFT JOIN membership_term t ON t.id = (
       SELECT id FROM membership_term WHERE membership_id = e.membership_id AND amount IS NOT NULL ORDER BY until_at DESC, id DESC LIMIT 1)
     WHERE ${MAY_END} AND e.phase = 'term' AND e.paid_until <= ? ORDER BY e.paid_until, e.membership_id`,
  ).all(now)
}

/** In which most subscriptions are; where there are none, most of what was agreed at the desk, else most prices; null where
 * there is no money yet. */
export function usualCurrency(db: ReadDb): string | null {
  for (const table of ['stripe_subscription', 'membership_term', 'stripe_price']) {
    const most = sql<{ currency: string }>(
      db,
      `SELECT currency FROM ${table} WHERE currency <> '' GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1`,
    ).get()
    if (most !== undefined) return most.currency
  }
  return null
}
