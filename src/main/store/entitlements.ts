// Memberships, whom they cover, and the derived rows that doors read.
import type { Cause } from '../domain/cause.ts'
import type { Entitlement, PaymentMethodKind } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type EntitlementRow = {
  membership_id: string
  plan_id: string
  phase: string
  paid_until: Ms | null
  grace_start: Ms | null
  grace_until: Ms | null
  debit_processing: number
  known_end: Ms | null
  allowance: Ms
  unpaid: number
  method: string
  frozen_open: number
  flag: string | null
  provisional_until: Ms | null
  pause_unreviewed: number
  cause: string
}

/** Of entitlements `e` those that may end by the clock; in the words of their index, which is not used otherwise. */
export const MAY_END = "e.phase <> 'ended' AND (e.phase <> 'paid' OR e.known_end IS NOT NULL)"

/** Of entitlements `e` those that are not over at `@at`. */
export const NOT_OVER =
  "e.phase <> 'ended' AND (e.known_end IS NULL OR e.known_end > @at) AND (e.phase <> 'term' OR e.grace_until > @at)"

export type StoredEntitlement = Entitlement & { flag: string | null; planName: string }

/** With the plan that names it, and the others that it opens. */
export function membershipOfSubscription(
  db: ReadDb,
  account: string,
  subscriptionId: string,
): { id: string; planId: string; morePlans: string[] } | null {
  const row = sql<{ id: string; planId: string; more: string }>(
    db,
    `SELECT id, plan_id AS planId,
       (SELECT json_group_array(plan_id) FROM membership_plan WHERE membership_id = membership.id) AS more
     FROM membership WHERE account = ? AND subscription_id = ?`,
  ).get(account, subscriptionId)
  return row === undefined ? null : { id: row.id, planId: row.planId, morePlans: JSON.parse(row.more) }
}

/** Makes the membership of a subscription, covering one person from the moment `from`. */
export function insertStripeMembership(
  db: WriteDb,
  membership: {
    id: string
    account: string
    subscriptionId: string
    planId: string
    memberId: string
    from: Ms
    at: Ms
    origin: string
  },
): void {
  sql(
    db,
    `INSERT INTO membership (id, kind, account, subscription_id, plan_id, created_at, origin)
     VALUES (@id, 'stripe', @account, @subscriptionId, @planId, @at, @origin)`,
  ).run(membership)
  sql(db, 'INSERT INTO membership_cover VALUES (@id, @memberId, @from, NULL)').run(membership)
}

export function subscriptionOf(db: ReadDb, membershipId: string): { account: string; subscriptionId: string } | null {
  return (
    sql<{ account: string; subscriptionId: string }>(
      db,
      'SELECT account, subscription_id AS subscriptionId FROM membership WHERE id = ? AND subscription_id IS NOT NULL',
    ).get(membershipId) ?? null
  )
}

export function planOfMembership(db: ReadDb, membershipId: string): string | null {
  return (
    sql<{ id: string | null }>(db, 'SELECT plan_id AS id FROM membership WHERE id = ?').get(membershipId)?.id ?? null
  )
}

export function setMembershipPlan(db: WriteDb, membershipId: string, planId: string): void {
  sql(db, 'UPDATE membership SET plan_id = ? WHERE id = ?').run(planId, membershipId)
}

/** What a subscription of several prices opens beyond the plan that names it; true when that changed. */
export function setMorePlans(db: WriteDb, membershipId: string, planIds: readonly string[]): boolean {
  const wanted = JSON.stringify(planIds)
  const gone = sql(
    db,
    'DELETE FROM membership_plan WHERE membership_id = ? AND plan_id NOT IN (SELECT value FROM json_each(?))',
  ).run(membershipId, wanted)
  const come = sql(db, 'INSERT OR IGNORE INTO membership_plan SELECT ?, value FROM json_each(?)').run(
    membershipId,
    wanted,
  )
  return gone.changes + come.changes > 0
}

export function morePlansOf(db: ReadDb, membershipId: string): string[] {
  return sql<{ id: string }>(db, 'SELECT plan_id AS id FROM membership_plan WHERE membership_id = ?')
    .all(membershipId)
    .map(({ id }) => id)
}

/** Those that open more than the plan that names them. */
export function membershipsOfSeveralPlans(db: ReadDb): Set<string> {
  const rows = sql<{ id: string }>(db, 'SELECT DISTINCT membership_id AS id FROM membership_plan').all()
  return new Set(rows.map(({ id }) => id))
}

const COLUMNS = `plan_id, phase, paid_until, grace_start, grace_until, debit_processing, known_end, allowance, unpaid, method,
  frozen_open, flag, provisional_until, pause_unreviewed, cause`
const VALUES = `@planId, @phase, @paidUntil, @graceStart, @graceUntil, @debitProcessing, @knownEnd, @allowance, @unpaid, @method,
  @frozenOpen, @flag, @provisionalUntil, @pauseUnreviewed, @cause`
const of = (table: string) => COLUMNS.replace(/\w+/g, `${table}.$&`)
const EXCLUDED = of('excluded')

/** True when the row changed, which history then keeps; an unchanged one costs no write and no revision. */
export function writeEntitlement(db: WriteDb, e: Entitlement, flag: string | null, at: Ms): boolean {
  const row = {
    ...e,
    debitProcessing: Number(e.debitProcessing),
    unpaid: Number(e.unpaid),
    frozenOpen: Number(e.frozenOpen),
    pauseUnreviewed: Number(e.pauseUnreviewed),
    flag,
    at,
  }
  const changed =
    sql(
      db,
      `INSERT INTO entitlement (membership_id, ${COLUMNS}) VALUES (@membershipId, ${VALUES})
       ON CONFLICT (membership_id) DO UPDATE SET (${COLUMNS}) = (${EXCLUDED}) WHERE (${COLUMNS}) IS NOT (${EXCLUDED})`,
    ).run(row).changes > 0
  if (changed) keepVersion(db, e.membershipId, at)
  return changed
}

/** History keeps what is stored of a membership now, with all its plans, unless that is what it has last: also where
 * that was thrown away and derived again. True when it was news. */
export function keepVersion(db: WriteDb, membershipId: string, at: Ms): boolean {
  return (
    sql(
      db,
      `INSERT INTO entitlement_version (membership_id, n, at, ${COLUMNS}, more_plans)
       SELECT e.membership_id, 1 + coalesce(last.n, 0), @at, ${of('e')}, more.plans
       FROM entitlement e CROSS JOIN (SELECT json_group_array(plan_id) AS plans FROM
         (SELECT plan_id FROM membership_plan WHERE membership_id = @id ORDER BY plan_id)) more
       LEFT JOIN entitlement_version last ON last.membership_id = @id
         AND last.n = (SELECT max(n) FROM entitlement_version WHERE membership_id = @id)
       WHERE e.membership_id = @id AND (${of('e')}, more.plans) IS NOT (${of('last')}, last.more_plans)`,
    ).run({ id: membershipId, at }).changes > 0
  )
}

/** What was last derived of a membership, also where that was thrown away, or from before histories were kept. */
export function entitlementOf(db: ReadDb, membershipId: string): Entitlement | null {
  const row =
    sql<EntitlementRow>(db, 'SELECT * FROM entitlement_version WHERE membership_id = ? ORDER BY n DESC LIMIT 1').get(
      membershipId,
    ) ??
    sql<EntitlementRow>(db, "SELECT * FROM entitlement WHERE membership_id = ? AND cause = 'before'").get(membershipId)
  return row ? entitlementFrom(row) : null
}

/** Until it is known what was paid, a membership counts as one whose payment is on its way; history does not keep that. */
export function holdPlace(db: WriteDb, membershipId: string, planId: string): void {
  sql(
    db,
    `INSERT OR IGNORE INTO entitlement (membership_id, plan_id, phase, debit_processing, allowance, unpaid, method, frozen_open, cause)
     VALUES (?, ?, 'pending', 0, 0, 0, 'card', 0, 'first-payment')`,
  ).run(membershipId, planId)
}

const COVERING = `
  SELECT c.member_id AS memberId, p.name AS planName, e.*
  FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id JOIN plan p ON p.id = e.plan_id`

/** The entitlements that cover a person at a moment. */
export function entitlementsOfMember(db: ReadDb, memberId: string, at: Ms): StoredEntitlement[] {
  return sql<EntitlementRow & { planName: string }>(
    db,
    `${COVERING} WHERE c.member_id = ? AND c.from_at <= ? AND (c.until_at IS NULL OR c.until_at > ?)`,
  )
    .all(memberId, at, at)
    .map(stored)
}

/** Those that staff may have to look at, with everyone whom they cover: flagged, paused unreviewed, cancelled in paid days or unpaid. */
export function entitlementsToLookAt(db: ReadDb, at: Ms): { memberId: string; entitlement: StoredEntitlement }[] {
  return sql<EntitlementRow & { planName: string; memberId: string }>(
    db,
    `${COVERING} WHERE c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)
       AND (e.flag IS NOT NULL OR e.pause_unreviewed = 1 OR (e.phase = 'ended' AND (e.paid_until > @at OR e.unpaid = 1)))
     ORDER BY e.membership_id, c.from_at, c.member_id`,
  )
    .all({ at })
    .map((row) => ({ memberId: row.memberId, entitlement: stored(row) }))
}

/** Memberships whose pause the first import found and nobody has looked at. */
export function countPausesToReview(db: ReadDb): number {
  return sql<{ n: number }>(db, 'SELECT count(*) AS n FROM entitlement WHERE pause_unreviewed = 1').get()?.n ?? 0
}

/** The entitlements that cover people at a moment, by person. */
export function entitlementsByMember(db: ReadDb, at: Ms): Map<string, StoredEntitlement[]> {
  const result = new Map<string, StoredEntitlement[]>()
  const rows = sql<EntitlementRow & { planName: string; memberId: string }>(
    db,
    `${COVERING} WHERE c.from_at <= ? AND (c.until_at IS NULL OR c.until_at > ?)`,
  ).iterate(at, at)
  for (const row of rows) {
    const list = result.get(row.memberId)
    if (list) list.push(stored(row))
    else result.set(row.memberId, [stored(row)])
  }
  return result
}

export type Membership = {
  id: string
  kind: 'stripe' | 'manual'
  account: string | null
  subscriptionId: string | null
  planName: string
}

/** The memberships that cover a person at a moment. */
export function membershipsOfMember(db: ReadDb, memberId: string, at: Ms): Membership[] {
  return sql<Membership>(
    db,
    `SELECT m.id, m.kind, m.account, m.subscription_id AS subscriptionId, p.name AS planName
     FROM membership_cover c JOIN membership m ON m.id = c.membership_id JOIN plan p ON p.id = m.plan_id
     WHERE c.member_id = ? AND c.from_at <= ? AND (c.until_at IS NULL OR c.until_at > ?)
     ORDER BY m.created_at DESC, m.id DESC`,
  ).all(memberId, at, at)
}

function stored(row: EntitlementRow & { planName: string }): StoredEntitlement {
  return { ...entitlementFrom(row), flag: row.flag, planName: row.planName }
}

export function entitlementFrom(row: EntitlementRow): Entitlement {
  return {
    membershipId: row.membership_id,
    planId: row.plan_id,
    phase: row.phase as Entitlement['phase'],
    paidUntil: row.paid_until,
    graceStart: row.grace_start,
    graceUntil: row.grace_until,
    debitProcessing: row.debit_processing === 1,
    knownEnd: row.known_end,
    allowance: row.allowance,
    unpaid: row.unpaid === 1,
    method: row.method as PaymentMethodKind,
    frozenOpen: row.frozen_open === 1,
    pauseUnreviewed: row.pause_unreviewed === 1,
    provisionalUntil: row.provisional_until,
    cause: row.cause as Cause,
  }
}
