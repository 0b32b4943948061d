// Memberships that were agreed at the desk: cash, invoice, company. Terms are facts; the last end counts.
import type { Money } from '../domain/money.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type ManualMembership = { id: string; planId: string; payerId: string; seats: number | null; endedAt: Ms | null }

export type Term = {
  id: string
  membershipId: string
  from: Ms
  until: Ms
  method: 'cash' | 'invoice' | 'company'
  amount: Money | null
  note: string | null
}

export function insertManualMembership(
  db: WriteDb,
  membership: Omit<ManualMembership, 'endedAt'> & { at: Ms; origin: string },
): void {
  sql(
    db,
    `INSERT INTO membership (id, kind, plan_id, payer_id, seats, created_at, origin)
     VALUES (@id, 'manual', @planId, @payerId, @seats, @at, @origin)`,
  ).run(membership)
}

export function insertTerm(db: WriteDb, term: Term & { at: Ms; operator: string; origin: string }): void {
  const { amount, ...row } = term
  sql(
    db,
    `INSERT INTO membership_term VALUES (@id, @membershipId, @from, @until, @method, @minor, @currency, @note, @at, @operator, @origin)`,
  ).run({ ...row, minor: amount?.minor ?? null, currency: amount?.currency ?? null })
}

export function manualById(db: ReadDb, id: string): ManualMembership | null {
  return (
    sql<ManualMembership>(
      db,
      `SELECT id, plan_id AS planId, payer_id AS payerId, seats, ended_at AS endedAt FROM membership WHERE id = ? AND kind = 'manual'`,
    ).get(id) ?? null
  )
}

export function manualIds(db: ReadDb): string[] {
  return sql<{ id: string }>(db, "SELECT id FROM membership WHERE kind = 'manual' ORDER BY id")
    .all()
    .map(({ id }) => id)
}

export function endManual(db: WriteDb, id: string, at: Ms): void {
  sql(db, 'UPDATE membership SET ended_at = ? WHERE id = ?').run(at, id)
}

/** The newest first. */
export function termsOf(db: ReadDb, membershipId: string): Term[] {
  return sql<Omit<Term, 'amount'> & { minor: number | null; currency: string | null }>(
    db,
    `SELECT id, membership_id AS membershipId, from_at AS "from", until_at AS until, method, amount AS minor, currency, note
     FROM membership_term WHERE membership_id = ? ORDER BY until_at DESC`,
  )
    .all(membershipId)
    .map(({ minor, currency, ...term }) => ({
      ...term,
      amount: minor === null || currency === null ? null : { minor, currency },
    }))
}

/** When its first term begins, before which it gives nobody anything; null for one without any, such as Stripe's. */
export function termStart(db: ReadDb, membershipId: string): Ms | null {
  return (
    sql<{ at: Ms | null }>(db, 'SELECT min(from_at) AS at FROM membership_term WHERE membership_id = ?').get(
      membershipId,
    )?.at ?? null
  )
}

/** To when a plan was agreed for a person for some of this time already, where that still covers them; null where none was. */
export function agreedEnd(
  db: ReadDb,
  asked: { memberId: string; planId: string; from: Ms; until: Ms; now: Ms },
): Ms | null {
  return (
    sql<{ at: Ms | null }>(
      db,
      `SELECT max(t.until_at) AS at FROM membership s JOIN membership_cover c ON c.membership_id = s.id
         JOIN membership_term t ON t.membership_id = s.id
       WHERE s.kind = 'manual' AND s.plan_id = @planId AND s.ended_at IS NULL
         AND c.member_id = @memberId AND c.from_at < @until AND (c.until_at IS NULL OR c.until_at > max(@from, @now))
         AND t.from_at < @until AND t.until_at > @from`,
    ).get(asked)?.at ?? null
  )
}

/** When the last of its terms ends; null for one without any. */
export function termEnd(db: ReadDb, membershipId: string): Ms | null {
  return (
    sql<{ at: Ms | null }>(db, 'SELECT max(until_at) AS at FROM membership_term WHERE membership_id = ?').get(
      membershipId,
    )?.at ?? null
  )
}

export type EndingTerm = { membershipId: string; memberId: string; until: Ms; graceUntil: Ms }

/** Manual memberships whose last term ends by a moment, and of which term or grace runs after another; soonest first. */
export function termsEnding(db: ReadDb, from: Ms, to: Ms): EndingTerm[] {
  return sql<EndingTerm>(
    db,
    `SELECT s.id AS membershipId, s.payer_id AS memberId, max(t.until_at) AS until,
       max(max(t.until_at), coalesce(e.grace_until, 0)) AS graceUntil
     FROM membership s JOIN membership_term t ON t.membership_id = s.id LEFT JOIN entitlement e ON e.membership_id = s.id
     WHERE s.ended_at IS NULL GROUP BY s.id HAVING graceUntil > ? AND until <= ? ORDER BY until`,
  ).all(from, to)
}

/** When the term began that a moment lies in, else the last that had begun; null for a membership without terms. */
export function presentTermStart(db: ReadDb, membershipId: string, at: Ms): Ms | null {
  return (
    sql<{ at: Ms | null }>(
      db,
      'SELECT max(from_at) AS at FROM membership_term WHERE membership_id = ? AND from_at <= ?',
    ).get(membershipId, at)?.at ?? null
  )
}
