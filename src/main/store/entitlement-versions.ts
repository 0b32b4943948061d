// Every entitlement that ever held, as the desk learned of it: read for histories and for words about the past.
import type { EntitlementVersion, HeldMembership } from '../domain/history.ts'
import type { Entitlement } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import { type EntitlementRow, entitlementFrom, entitlementOf } from './entitlements.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** What was stored of a membership at a moment; before the desk knew it, what is stored now. */
export function entitlementAt(db: ReadDb, membershipId: string, at: Ms): Entitlement | null {
  const row = sql<EntitlementRow>(
    db,
    'SELECT * FROM entitlement_version WHERE membership_id = ? AND at <= ? ORDER BY n DESC LIMIT 1',
  ).get(membershipId, at)
  return row ? entitlementFrom(row) : entitlementOf(db, membershipId)
}

/** Oldest first; all, or the last before a moment and those after it. */
export function versionsOf(db: ReadDb, membershipId: string, since: Ms = 0): EntitlementVersion[] {
  return sql<EntitlementRow & { at: Ms; more_plans: string }>(
    db,
    `SELECT * FROM entitlement_version WHERE membership_id = @id AND n >=
       coalesce((SELECT max(n) FROM entitlement_version WHERE membership_id = @id AND at <= @since), 0) ORDER BY n`,
  )
    .all({ id: membershipId, since })
    .map((row) => ({ at: row.at, entitlement: entitlementFrom(row), morePlans: JSON.parse(row.more_plans) }))
}

/** The memberships that cover or ever covered a person, the newest first; their versions as above. */
export function heldBy(db: ReadDb, memberId: string, since: Ms = 0): HeldMembership[] {
  const covers = sql<{ id: string; from: Ms; until: Ms | null }>(
    db,
    `SELECT c.membership_id AS id, c.from_at AS "from", c.until_at AS until
     FROM membership_cover c JOIN membership m ON m.id = c.membership_id
     WHERE c.member_id = ? ORDER BY m.created_at DESC, m.id DESC, c.from_at`,
  ).all(memberId)
  return [...new Set(covers.map(({ id }) => id))].map((id) => ({
    versions: versionsOf(db, id, since),
    covers: covers.filter((cover) => cover.id === id),
  }))
}

/** Subscriptions that cover or covered a person and that somebody else's customer pays for. */
export function subscriptionsPaidFor(
  db: ReadDb,
  memberId: string,
): { account: string; subscriptionId: string; customerId: string; from: Ms; until: Ms | null }[] {
  return sql<{ account: string; subscriptionId: string; customerId: string; from: Ms; until: Ms | null }>(
    db,
    `SELECT m.account, m.subscription_id AS subscriptionId, s.customer_id AS customerId, c.from_at AS "from", c.until_at AS until
     FROM membership_cover c JOIN membership m ON m.id = c.membership_id
     JOIN stripe_subscription s ON s.account = m.account AND s.id = m.subscription_id
     WHERE c.member_id = @memberId AND NOT EXISTS (
       SELECT 1 FROM member_customer o WHERE o.account = s.account AND o.customer_id = s.customer_id AND o.member_id = @memberId)`,
  ).all({ memberId })
}

/** Since when, without a break, a membership carries the flag that it carries now. */
export function flaggedSince(db: ReadDb, membershipId: string, flag: string): Ms | null {
  const row = sql<{ at: Ms | null }>(
    db,
    `SELECT min(at) AS at FROM entitlement_version WHERE membership_id = @id AND flag = @flag AND n >
       coalesce((SELECT max(n) FROM entitlement_version WHERE membership_id = @id AND flag IS NOT @flag), 0)`,
  ).get({ id: membershipId, flag })
  return row?.at ?? null
}
