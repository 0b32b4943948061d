// Memberships, whom they cover, and the derived rows that doors read.
import type { Entitlement, PaymentMethodKind } from '../domain/standing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

type Row = {
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
}

export type StoredEntitlement = Entitlement & { flag: string | null; planName: string }

export function membershipOfSubscription(db: ReadDb, account: string, subscriptionId: string): string | null {
  const row = sql<{ id: string }>(db, 'SELECT id FROM membership WHERE account = ? AND subscription_id = ?').get(
    account,
    subscriptionId,
  )
  return row?.id ?? null
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

export function setMembershipPlan(db: WriteDb, membershipId: string, planId: string): void {
  sql(db, 'UPDATE membership SET plan_id = ? WHERE id = ? AND plan_id IS NOT ?').run(planId, membershipId, planId)
}

/** True when the row changed; an unchanged one costs no write and no revision. */
export function writeEntitlement(db: WriteDb, e: Entitlement, flag: string | null): boolean {
  const result = sql(
    db,
    `INSERT INTO entitlement VALUES (@membershipId, @planId, @phase, @paidUntil, @graceStart, @graceUntil, @debitProcessing,
       @knownEnd, @allowance, @unpaid, @method, @frozenOpen, @flag)
     ON CONFLICT (membership_id) DO UPDATE SET
       plan_id = excluded.plan_id, phase = excluded.phase, paid_until = excluded.paid_until,
       grace_start = excluded.grace_start, grace_until = excluded.grace_until,
       debit_processing = excluded.debit_processing, known_end = excluded.known_end, allowance = excluded.allowance,
       unpaid = excluded.unpaid, method = excluded.method, frozen_open = excluded.frozen_open, flag = excluded.flag
     WHERE (plan_id, phase, paid_until, grace_start, grace_until, debit_processing, known_end, allowance, unpaid, method,
            frozen_open, flag)
       IS NOT (excluded.plan_id, excluded.phase, excluded.paid_until, excluded.grace_start, excluded.grace_until,
            excluded.debit_processing, excluded.known_end, excluded.allowance, excluded.unpaid, excluded.method,
            excluded.frozen_open, excluded.flag)`,
  ).run({
    ...e,
    debitProcessing: e.debitProcessing ? 1 : 0,
    unpaid: e.unpaid ? 1 : 0,
    frozenOpen: e.frozenOpen ? 1 : 0,
    flag,
  })
  return result.changes > 0
}

export function entitlementOf(db: ReadDb, membershipId: string): Entitlement | null {
  const row = sql<Row>(db, 'SELECT * FROM entitlement WHERE membership_id = ?').get(membershipId)
  return row ? fromRow(row) : null
}

const COVERING = `
  SELECT c.member_id AS memberId, p.name AS planName, e.*
  FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id JOIN plan p ON p.id = e.plan_id`

/** The entitlements that cover a person at a moment. */
export function entitlementsOfMember(db: ReadDb, memberId: string, at: Ms): StoredEntitlement[] {
  return sql<Row & { planName: string }>(
    db,
    `${COVERING} WHERE c.member_id = ? AND c.from_at <= ? AND (c.until_at IS NULL OR c.until_at > ?)`,
  )
    .all(memberId, at, at)
    .map(stored)
}

/** The same for many people at once. */
export function entitlementsByMember(db: ReadDb, at: Ms): Map<string, StoredEntitlement[]> {
  const result = new Map<string, StoredEntitlement[]>()
  const rows = sql<Row & { planName: string; memberId: string }>(
    db,
    `${COVERING} WHERE c.from_at <= ? AND (c.until_at IS NULL OR c.until_at > ?)`,
  ).all(at, at)
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

function stored(row: Row & { planName: string }): StoredEntitlement {
  return { ...fromRow(row), flag: row.flag, planName: row.planName }
}

function fromRow(row: Row): Entitlement {
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
  }
}
