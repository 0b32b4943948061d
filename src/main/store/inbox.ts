// Rows of the inbox that someone put away, and the counting behind the others.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** When the trouble had begun that was put away, by row. */
export function putAwayRows(db: ReadDb): Map<string, Ms> {
  const rows = sql<{ id: string; since: Ms }>(db, 'SELECT id, since FROM inbox_put_away').all()
  return new Map(rows.map(({ id, since }) => [id, since]))
}

/** When one row was last put away; null where it never was. */
export function putAwayAt(db: ReadDb, id: string): Ms | null {
  return sql<{ at: Ms }>(db, 'SELECT at FROM inbox_put_away WHERE id = ?').get(id)?.at ?? null
}

export function writePutAway(db: WriteDb, row: { id: string; since: Ms; at: Ms; operator: string }): void {
  sql(
    db,
    `INSERT INTO inbox_put_away VALUES (@id, @since, @at, @operator)
     ON CONFLICT DO UPDATE SET since = excluded.since, at = excluded.at, operator = excluded.operator`,
  ).run(row)
}

export function deletePutAway(db: WriteDb, id: string): void {
  sql(db, 'DELETE FROM inbox_put_away WHERE id = ?').run(id)
}

type Person = { id: string; name: string; since: Ms }

const HERE = 'm.archived_at IS NULL'
const COVERED = `SELECT 1 FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id
  WHERE c.member_id = m.id AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)`

/** A guest has a reason to be here, and for a card, until that is over. */
const NO_GUEST = `NOT EXISTS (SELECT 1 FROM guest v WHERE v.member_id = m.id AND v.ended_at IS NULL AND v.until_at > @at)`

/** People made at the desk whom nothing covers and Stripe does not know. */
export function peopleWithoutAnything(db: ReadDb, at: Ms): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, m.created_at AS since FROM member m WHERE ${HERE}
       AND NOT EXISTS (SELECT 1 FROM member_customer c WHERE c.member_id = m.id)
       AND NOT EXISTS (SELECT 1 FROM membership_cover c WHERE c.member_id = m.id) AND ${NO_GUEST}`,
  ).all({ at })
}

/** People who may come in and hold no card; `since` is when the first of their memberships began, or when the last of
 * their cards was revoked. */
export function paidWithoutCard(db: ReadDb, at: Ms): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, max(min(c.from_at), coalesce((
         SELECT max(g.at) FROM card_fact f JOIN card_fact g ON g.credential_id = f.credential_id
         WHERE f.member_id = m.id AND g.kind IN ('revoked', 'stocked')), 0)) AS since
     FROM (SELECT id FROM member EXCEPT SELECT member_id FROM card_held) cardless CROSS JOIN member m ON m.id = cardless.id
     JOIN membership_cover c ON c.member_id = m.id JOIN entitlement e ON e.membership_id = c.membership_id
     WHERE ${HERE} AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)
       AND ((e.phase = 'paid' AND (e.known_end IS NULL OR e.known_end > @at))
         OR (e.phase = 'owing' AND (e.grace_until > @at OR e.debit_processing = 1) AND (e.known_end IS NULL OR e.known_end > @at))
         OR (e.phase = 'term' AND e.grace_until > @at))
     GROUP BY m.id`,
  ).all({ at })
}

/** People who hold a card, are covered by nothing that is not over, and have nobody's word for coming in; `since` is when
 * the last of that began. Whoever still owes for what was ended for that is no such person: they may pay. */
export function cardWithoutPlan(db: ReadDb, at: Ms): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, max(
         (SELECT max(f.at) FROM card_held h JOIN card_fact f ON f.credential_id = h.credential_id
          WHERE h.member_id = m.id AND f.kind = 'enrolled'),
         coalesce((SELECT max(max(v.at, CASE WHEN v.known_end <= @at THEN v.known_end ELSE 0 END))
          FROM membership_cover c JOIN entitlement_version v ON v.membership_id = c.membership_id
          WHERE c.member_id = m.id), 0)) AS since
     FROM (SELECT member_id FROM card_held EXCEPT
         SELECT c.member_id FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id
         WHERE c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)
           AND (e.unpaid = 1 OR (e.phase <> 'ended' AND (e.known_end IS NULL OR e.known_end > @at)))
       ) holder CROSS JOIN member m ON m.id = holder.member_id
     WHERE ${HERE}
       AND NOT EXISTS (SELECT 1 FROM access_override o WHERE o.member_id = m.id AND o.until_at > @at
         AND NOT EXISTS (SELECT 1 FROM access_override_end x WHERE x.override_id = o.id))
       AND ${NO_GUEST}`,
  ).all({ at })
}

/** People who have the same plan twice, at Stripe without an end or by a term that was agreed here and runs: one of the two
 * may be a mistake. */
export function twiceSubscribed(db: ReadDb, at: Ms): (Person & { plan: string })[] {
  return sql<Person & { plan: string }>(
    db,
    `WITH several AS (SELECT member_id FROM membership_cover GROUP BY member_id HAVING count(*) > 1)
     SELECT m.id, m.name, p.name AS plan, max(s.created_at) AS since FROM several JOIN member m ON m.id = several.member_id
     JOIN membership_cover c ON c.member_id = m.id JOIN membership s ON s.id = c.membership_id
     JOIN entitlement e ON e.membership_id = s.id JOIN plan p ON p.id = e.plan_id
     WHERE ${HERE} AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)
       AND ((e.phase IN ('paid', 'owing', 'frozen', 'lapsed') AND s.kind = 'stripe' AND e.known_end IS NULL)
         OR (e.phase = 'term' AND e.paid_until > @at))
       AND e.cause <> 'held'
     GROUP BY m.id, e.plan_id HAVING count(*) > 1`,
  ).all({ at })
}

/** A pair of plans that so many people pay for is meant so, such as a plan and a locker. */
const USUAL_PAIR = 3

/** People who began to pay for a second plan since `from` beside one that goes on, of those pairs that nearly nobody has.
 * What others pay for them is not theirs to have twice. */
export function twoPlans(db: ReadDb, from: Ms): (Person & { former: string; later: string })[] {
  return sql<Person & { former: string; later: string }>(
    db,
    // Nearly nobody has two at all. Stored once and then looked up by person: read anew for each of them it would take the
    // square of their number.
    `WITH several AS (
       SELECT c.member_id FROM member_customer c
       JOIN (SELECT account, customer_id FROM stripe_subscription GROUP BY account, customer_id HAVING count(*) > 1) t
         ON t.account = c.account AND t.customer_id = c.customer_id
       UNION SELECT member_id FROM member_customer GROUP BY member_id HAVING count(*) > 1),
     paying AS MATERIALIZED (
       SELECT c.member_id, s.created, e.plan_id FROM several JOIN member_customer c ON c.member_id = several.member_id
       JOIN stripe_subscription s ON s.account = c.account AND s.customer_id = c.customer_id
       JOIN membership m ON m.account = s.account AND m.subscription_id = s.id AND m.payer_id IS NULL
       JOIN entitlement e ON e.membership_id = m.id
       WHERE e.phase IN ('paid', 'owing') AND e.cause <> 'held' AND e.known_end IS NULL),
     pairs AS (
       SELECT a.member_id, a.plan_id AS former, b.plan_id AS later, max(b.created) AS since
       FROM paying a JOIN paying b ON b.member_id = a.member_id AND b.plan_id <> a.plan_id
         AND (b.created > a.created OR (b.created = a.created AND b.plan_id > a.plan_id))
       GROUP BY a.member_id, a.plan_id, b.plan_id),
     unusual AS (
       SELECT min(former, later) AS one, max(former, later) AS other FROM pairs
       GROUP BY one, other HAVING count(DISTINCT member_id) < @usual)
     SELECT m.id, m.name, f.name AS former, l.name AS later, p.since FROM pairs p JOIN member m ON m.id = p.member_id
     JOIN plan f ON f.id = p.former JOIN plan l ON l.id = p.later
     JOIN unusual u ON u.one = min(p.former, p.later) AND u.other = max(p.former, p.later)
     WHERE ${HERE} AND p.since > @from`,
  ).all({ from, usual: USUAL_PAIR })
}

/** People whose first payment has not come, or did not come in time since `expiredFrom`, and whom nothing else covers. */
export function unfinishedSignUps(db: ReadDb, at: Ms, expiredFrom: Ms): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, max(s.created_at) AS since FROM entitlement e CROSS JOIN membership s ON s.id = e.membership_id
     CROSS JOIN membership_cover c ON c.membership_id = s.id AND c.until_at IS NULL CROSS JOIN member m ON m.id = c.member_id
     WHERE ${HERE} AND e.cause IN ('first-payment', 'never-completed')
       AND (e.phase = 'pending' OR c.from_at >= @expiredFrom)
       AND NOT EXISTS (${COVERED} AND e.phase IN ('paid', 'owing', 'term', 'frozen', 'lapsed')) GROUP BY m.id`,
  ).all({ at, expiredFrom })
}

export type Unclaimed = {
  subscriptionId: string
  customerId: string
  name: string | null
  email: string | null
  since: Ms
}

/** Subscriptions that are not over, are no membership of anybody and are sold as one: by a manager's word, or by
 * `everything` while nobody has said anything. */
export function unclaimedSubscriptions(db: ReadDb, account: string, everything: boolean): Unclaimed[] {
  return sql<Unclaimed>(
    db,
    `SELECT s.id AS subscriptionId, s.customer_id AS customerId, c.name, c.email, s.created AS since
     FROM stripe_subscription s LEFT JOIN stripe_customer c ON c.account = s.account AND c.id = s.customer_id
     WHERE s.account = @account AND s.deleted_at IS NULL AND s.status NOT IN ('canceled', 'incomplete', 'incomplete_expired')
       AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.account = s.account AND m.subscription_id = s.id)
       AND NOT EXISTS (SELECT 1 FROM customer_question q WHERE q.account = s.account AND q.customer_id = s.customer_id)
       AND EXISTS (
         SELECT 1 FROM json_each(s.items) item
         LEFT JOIN price_plan d ON d.account = s.account AND d.price_id = item.value ->> 'priceId'
         WHERE CASE WHEN d.price_id IS NULL THEN @everything ELSE d.plan_id IS NOT NULL END)`,
  ).all({ account, everything: Number(everything) })
}
