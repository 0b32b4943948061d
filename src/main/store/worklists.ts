// What the worklists read of desk.db: sets of people of whom rules then decide. For reports, never for a decision.
import type { Covering } from '../domain/outage-forecast.ts'
import type { Ms } from '../domain/time.ts'
import { type EntitlementRow, entitlementFrom, MAY_END } from './entitlements.ts'
import type { SpanRange } from './membership-spans.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** Whoever holds a card and has something that ends by the clock between two moments; `felt`: from when on an end may still
 * be ahead for doors. */
export function peopleWithAnEnd(db: ReadDb, span: { felt: Ms; now: Ms; until: Ms }): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT DISTINCT id FROM (
       SELECT c.member_id AS id FROM entitlement e CROSS JOIN membership_cover c ON c.membership_id = e.membership_id
       WHERE c.from_at <= @now AND (c.until_at IS NULL OR c.until_at > @now)
         AND ${MAY_END}
         AND ((e.phase IN ('paid', 'owing', 'frozen') AND e.known_end > @felt AND e.known_end < @until)
           OR (e.phase IN ('owing', 'term') AND e.grace_until > @felt AND e.grace_until < @until)
           OR (e.phase = 'frozen' AND e.paid_until > @felt AND e.paid_until < @until)
           OR (e.phase = 'pending' AND e.provisional_until > @felt AND e.provisional_until < @until))
       UNION ALL SELECT member_id FROM membership_cover
         WHERE from_at <= @now AND until_at > @now AND until_at < @until
       UNION ALL SELECT member_id FROM access_override WHERE until_at > @now AND until_at < @until
       UNION ALL SELECT member_id FROM card_fact WHERE kind = 'enrolled' AND valid_until > @now AND valid_until < @until)
     WHERE EXISTS (SELECT 1 FROM card_held h WHERE h.member_id = id) ORDER BY id`,
  )
    .all(span)
    .map(({ id }) => id)
}

/** The memberships that cover some people at a moment, by person. */
export function coveringOf(db: ReadDb, memberIds: readonly string[], at: Ms): Map<string, Covering[]> {
  const rows = sql<EntitlementRow & { memberId: string; until: Ms | null }>(
    db,
    `SELECT c.member_id AS memberId, c.until_at AS until, e.*
     FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id
     WHERE c.member_id IN (SELECT value FROM json_each(@ids)) AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)`,
  ).all({ ids: JSON.stringify(memberIds), at })
  const people = new Map<string, Covering[]>()
  for (const row of rows)
    people.set(row.memberId, [
      ...(people.get(row.memberId) ?? []),
      { entitlement: entitlementFrom(row), until: row.until },
    ])
  return people
}

export type OpenLate = {
  invoiceId: string
  account: string
  minor: number
  currency: string
  dueAt: Ms
  nextAttemptAt: Ms | null
  /** Whether Stripe has a page for paying it. */
  page: number
}

/** The oldest late payment of a membership that is open still. */
export function oldestLate(db: ReadDb, membershipId: string): OpenLate | null {
  return (
    sql<OpenLate>(
      db,
      `SELECT l.invoice_id AS invoiceId, l.account, l.amount AS minor, l.currency, l.due_at AS dueAt,
         l.next_attempt_at AS nextAttemptAt, i.url IS NOT NULL AS page
       FROM late_payment l LEFT JOIN stripe_invoice i ON i.account = l.account AND i.id = l.invoice_id
       WHERE l.membership_id = ? AND l.state = 'open' ORDER BY l.due_at, l.invoice_id LIMIT 1`,
    ).get(membershipId) ?? null
  )
}

export type NextCharge = {
  membershipId: string
  planId: string
  memberId: string | null
  chargeAt: Ms
  /** YYYY-MM: the last good month of the bank card. */
  expires: string
}

/** Subscriptions that Stripe will charge a bank card for before a moment, and the card may have run out by then; the soonest
 * first. A way to pay of its own goes before the customer's. The months are compared in UTC, a day early: the caller does so
 * in the space's zone. */
export function chargesOnOldCards(db: ReadDb, before: Ms): NextCharge[] {
  return sql<NextCharge>(
    db,
    // Whoever is not charged by then, or on a card that is good, is left out before anything else of them is read.
    `SELECT membershipId, planId, memberId, chargeAt, expires FROM (
       SELECT m.id AS membershipId, m.plan_id AS planId, coalesce(m.payer_id, o.member_id) AS memberId,
         CASE WHEN s.status = 'trialing' THEN coalesce(s.trial_end, s.period_end)
           ELSE min(s.period_end, coalesce((SELECT min(l.next_attempt_at) FROM late_payment l
             WHERE l.membership_id = m.id AND l.state = 'open'), s.period_end)) END AS chargeAt,
         CASE WHEN s.default_method IS NULL THEN c.card_expires ELSE s.card_expires END AS expires, s.cancel_at AS cancelAt
       FROM stripe_subscription s
       CROSS JOIN stripe_customer c ON c.account = s.account AND c.id = s.customer_id
       CROSS JOIN membership m ON m.account = s.account AND m.subscription_id = s.id
       LEFT JOIN member_customer o ON o.account = s.account AND o.customer_id = s.customer_id
       WHERE s.status IN ('active', 'trialing', 'past_due') AND s.collection_method = 'charge_automatically'
         AND s.pause_collection = 0 AND s.deleted_at IS NULL
         AND (s.period_end < @before OR s.trial_end < @before OR (s.account, s.id) IN (
           SELECT t.account, t.subscription_id FROM late_payment l JOIN membership t ON t.id = l.membership_id
           WHERE l.state = 'open' AND l.next_attempt_at < @before))
         AND iif(s.default_method IS NULL, c.card_expires, s.card_expires)
           < strftime('%Y-%m', max(coalesce(s.period_end, 0), coalesce(s.trial_end, 0)) / 1000 + 86400, 'unixepoch'))
     WHERE chargeAt < @before AND (cancelAt IS NULL OR cancelAt > chargeAt)
       AND strftime('%Y-%m', chargeAt / 1000 + 86400, 'unixepoch') > expires
     ORDER BY chargeAt, membershipId`,
  ).all({ before })
}

/** Whoever is covered by a membership of a range that may not let them in now, once for each; others may. */
export function perhapsUnpaid(db: ReadDb, range: SpanRange, at: Ms): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT c.member_id AS id FROM entitlement e CROSS JOIN membership_cover c ON c.membership_id = e.membership_id
     WHERE e.membership_id > @after AND e.membership_id <= @upTo
       AND NOT (e.phase = 'paid' AND (e.known_end IS NULL OR e.known_end > @at))
       AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)`,
  )
    .all({ ...range, at })
    .map(({ id }) => id)
}

export type LongPaid = { membershipId: string; planId: string; memberId: string; from: Ms }

const PAID = `(e.phase = 'paid' AND (e.known_end IS NULL OR e.known_end > @now) OR e.phase = 'term' AND e.paid_until > @now)
  AND c.from_at <= @since AND c.until_at IS NULL`

/** Memberships of a range that are current, each with a person whom they have covered since `since`: membership, person;
 * those of one membership together. */
export function paidPairs(db: ReadDb, range: SpanRange, span: { since: Ms; now: Ms }): [string, string][] {
  // Arrays, for there are as many as members.
  return sql(
    db,
    `SELECT e.membership_id, c.member_id FROM entitlement e JOIN membership_cover c ON c.membership_id = e.membership_id
     WHERE e.membership_id > @after AND e.membership_id <= @upTo AND ${PAID} ORDER BY e.membership_id`,
  )
    .raw()
    .all({ ...range, ...span }) as [string, string][]
}

/** Of these memberships those that were never lapsed, paused, ended or waiting for a first payment since `since`, with each
 * person whom they have covered all the time. */
export function paidSince(db: ReadDb, ids: readonly string[], { since, now }: { since: Ms; now: Ms }): LongPaid[] {
  return sql<LongPaid>(
    db,
    `SELECT e.membership_id AS membershipId, e.plan_id AS planId, c.member_id AS memberId, c.from_at AS "from"
     FROM entitlement e JOIN membership_cover c ON c.membership_id = e.membership_id
     WHERE e.membership_id IN (SELECT value FROM json_each(@ids)) AND ${PAID}
       AND NOT EXISTS (SELECT 1 FROM entitlement_version v WHERE v.membership_id = e.membership_id
         AND v.phase NOT IN ('paid', 'owing', 'term') AND v.n >= coalesce(
           (SELECT max(n) FROM entitlement_version WHERE membership_id = e.membership_id AND at <= @since), 0))
     ORDER BY e.membership_id, c.from_at, c.member_id`,
  ).all({ ids: JSON.stringify(ids), since, now })
}

export type PaidTerm = { amount: number; currency: string; from: Ms; until: Ms }

/** The last one of which somebody said what it cost. */
export function lastPaidTerm(db: ReadDb, membershipId: string): PaidTerm | null {
  return (
    sql<PaidTerm>(
      db,
      `SELECT amount, currency, from_at AS "from", until_at AS until FROM membership_term
       WHERE membership_id = ? AND amount IS NOT NULL ORDER BY until_at DESC LIMIT 1`,
    ).get(membershipId) ?? null
  )
}
