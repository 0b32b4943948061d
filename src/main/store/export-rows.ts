// What files for other programs are made of: every membership, and who came on a day.
import { membershipStanding, type Standing } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { type EntitlementRow, entitlementFrom } from './entitlements.ts'
import { groups } from './members.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export type MembershipRow = {
  id: string
  kind: 'stripe' | 'manual'
  plan: string
  subscription: string | null
  since: Ms
  standing: Standing
  paidUntil: Ms | null
  graceUntil: Ms | null
  /** Whom it covers at that moment. */
  covers: string[]
}

/** As they are at a moment, the oldest first. */
export function membershipRows(db: ReadDb, at: Ms): MembershipRow[] {
  const covers = groups(
    sql<{ key: string; value: string }>(
      db,
      `SELECT c.membership_id AS key, m.name AS value FROM membership_cover c JOIN member m ON m.id = c.member_id
       WHERE c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at) ORDER BY c.from_at, m.id`,
    ).all({ at }),
  )
  const rows = sql<Omit<MembershipRow, 'standing' | 'covers'> & EntitlementRow>(
    db,
    `SELECT e.*, m.id, m.kind, coalesce(p.name, '') AS plan, m.subscription_id AS subscription, coalesce(s.created, m.created_at) AS since
     FROM membership m JOIN entitlement e ON e.membership_id = m.id LEFT JOIN plan p ON p.id = m.plan_id
     LEFT JOIN stripe_subscription s ON s.account = m.account AND s.id = m.subscription_id ORDER BY since, m.id`,
  ).all()
  return rows.map((row) => {
    const { id, kind, plan, subscription, since } = row
    const entitlement = entitlementFrom(row)
    const { paidUntil, graceUntil } = entitlement
    const standing = membershipStanding(entitlement, at)
    return { id, kind, plan, subscription, since, standing, paidUntil, graceUntil, covers: covers.get(id) ?? [] }
  })
}

/** Who was let through in a span, at which doors, and when first and last at each. A reader on the way out counts too. */
export function lettingsThrough(
  access: ReadDb,
  from: Ms,
  until: Ms,
): { memberId: string; doorId: string; first: Ms; last: Ms }[] {
  return sql<{ memberId: string; doorId: string; first: Ms; last: Ms }>(
    access,
    `SELECT member_id AS memberId, door_id AS doorId, min(at) AS first, max(at) AS last FROM decision
     WHERE at >= ? AND at < ? AND granted = 1 AND member_id IS NOT NULL GROUP BY member_id, door_id`,
  ).all(from, until)
}
