// Every membership there ever was with its times, price and people, range by range: for reports, never for a decision.
import type { Discount, SubscriptionItem } from '../domain/billing.ts'
import type { PriceOf } from '../domain/monthly-price.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export type StoredSubscription = {
  membershipId: string
  planId: string
  account: string
  created: Ms
  trialEnd: Ms | null
  endedAt: Ms | null
  status: string
  pausedType: string | null
  currency: string
  /** JSON texts: many are the same. */
  items: string
  discounts: string
  customerDiscount: string | null
}

const SUBSCRIPTIONS = `SELECT s.id AS membershipId, s.plan_id AS planId, s.account, t.created, t.trial_end AS trialEnd,
       coalesce(t.ended_at, t.deleted_at) AS endedAt, t.status, t.paused_type AS pausedType, t.currency, t.items, t.discounts,
       c.discount AS customerDiscount
     FROM membership s JOIN stripe_subscription t ON t.account = s.account AND t.id = s.subscription_id
       LEFT JOIN stripe_customer c ON c.account = t.account AND c.id = t.customer_id
     WHERE s.kind = 'stripe' AND s.plan_id IS NOT NULL`

/** Memberships whose id comes after one and not after another. */
export type SpanRange = { after: string; upTo: string }

/** The next so many after an id, which is empty for the first; null where there are no more. */
export function nextRange(db: ReadDb, after: string, count: number): SpanRange | null {
  const last = 'SELECT max(id) AS upTo FROM (SELECT id FROM membership WHERE id > ? ORDER BY id LIMIT ?)'
  const upTo = sql<{ upTo: string | null }>(db, last).get(after, count)?.upTo ?? null
  return upTo === null ? null : { after, upTo }
}

export function subscriptionSpans(db: ReadDb, range: SpanRange): StoredSubscription[] {
  return sql<StoredSubscription>(db, `${SUBSCRIPTIONS} AND s.id > @after AND s.id <= @upTo`).all(range)
}

/** Those of some memberships. */
export function subscriptionSpansOf(db: ReadDb, membershipIds: readonly string[]): StoredSubscription[] {
  return sql<StoredSubscription>(db, `${SUBSCRIPTIONS} AND s.id IN (SELECT value FROM json_each(?))`).all(
    JSON.stringify(membershipIds),
  )
}

/** What stands in the JSON of a subscription. */
export function itemsOf(text: string): SubscriptionItem[] {
  return JSON.parse(text)
}
export function discountsOf(text: string): Discount[] {
  return text === '[]' ? [] : JSON.parse(text)
}

export type StoredTerm = {
  membershipId: string
  planId: string
  from: Ms
  until: Ms
  /** Before it was cut off: what the amount was for. */
  agreedUntil: Ms
  amount: number | null
  currency: string | null
}

/** Terms that were agreed at the desk, cut off where the membership was ended. */
export function termSpans(db: ReadDb, range: SpanRange): StoredTerm[] {
  return sql<StoredTerm>(
    db,
    `SELECT s.id AS membershipId, s.plan_id AS planId, t.from_at AS "from",
       min(t.until_at, coalesce(s.ended_at, t.until_at)) AS until, t.until_at AS agreedUntil, t.amount, t.currency
     FROM membership s JOIN membership_term t ON t.membership_id = s.id
     WHERE s.kind = 'manual' AND s.plan_id IS NOT NULL AND s.id > @after AND s.id <= @upTo ORDER BY t.from_at`,
  ).all(range)
}

export type StoredCover = { membershipId: string; memberId: string; from: Ms; until: Ms | null }

export function coverSpans(db: ReadDb, range: SpanRange): StoredCover[] {
  return sql<StoredCover>(
    db,
    `SELECT membership_id AS membershipId, member_id AS memberId, from_at AS "from", until_at AS until FROM membership_cover
     WHERE membership_id > @after AND membership_id <= @upTo`,
  ).all(range)
}

/** By account and id, of whatever was ever for sale; `other`: a manager has said that it is no membership. */
export function pricesOfAll(db: ReadDb): Map<string, PriceOf & { other: boolean }> {
  const rows = sql<PriceOf & { account: string; id: string; other: 0 | 1 }>(
    db,
    `SELECT p.account, p.id, p.interval, p.unit_amount AS unitAmount, p.currency,
       d.price_id IS NOT NULL AND d.plan_id IS NULL AS other
     FROM stripe_price p LEFT JOIN price_plan d ON d.account = p.account AND d.price_id = p.id`,
  ).all()
  return new Map(rows.map(({ account, id, other, ...price }) => [`${account} ${id}`, { ...price, other: other === 1 }]))
}
