// Rows of the inbox that someone put away, and the counting behind the others.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** When the trouble had begun that was put away, by row. */
export function putAwayRows(db: ReadDb): Map<string, Ms> {
  const rows = sql<{ id: string; since: Ms }>(db, 'SELECT id, since FROM inbox_put_away').all()
  return new Map(rows.map(({ id, since }) => [id, since]))
}

export function writePutAway(db: WriteDb, row: { id: string; since: Ms; at: Ms; operator: string }): void {
  sql(
    db,
    `INSERT INTO inbox_put_away VALUES (@id, @since, @at, @operator)
     ON CONFLICT DO UPDATE SET since = excluded.since, at = excluded.at, operator = excluded.operator`,
  ).run(row)
}

type Person = { id: string; name: string; since: Ms }

/** A card is held where its last enrolment was followed by no revocation. */
const HOLDS = `SELECT 1 FROM credential_fact f WHERE f.member_id = m.id AND f.kind = 'enrolled' AND NOT EXISTS (
  SELECT 1 FROM credential_fact g WHERE g.credential_id = f.credential_id AND g.rowid > f.rowid AND g.kind IN ('enrolled', 'revoked'))`
const HERE = 'm.archived_at IS NULL'
const COVERED = `SELECT 1 FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id
  WHERE c.member_id = m.id AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)`

/** People made at the desk whom nothing covers and Stripe does not know. */
export function peopleWithoutAnything(db: ReadDb): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, m.created_at AS since FROM member m WHERE ${HERE}
       AND NOT EXISTS (SELECT 1 FROM member_customer c WHERE c.member_id = m.id)
       AND NOT EXISTS (SELECT 1 FROM membership_cover c WHERE c.member_id = m.id)`,
  ).all()
}

/** People who may come in and hold no card; `since` is when the first of their memberships began. */
export function paidWithoutCard(db: ReadDb, at: Ms): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, min(c.from_at) AS since FROM member m
     JOIN membership_cover c ON c.member_id = m.id JOIN entitlement e ON e.membership_id = c.membership_id
     WHERE ${HERE} AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)
       AND ((e.phase = 'paid' AND (e.known_end IS NULL OR e.known_end > @at))
         OR (e.phase IN ('owing', 'term') AND e.grace_until > @at))
       AND NOT EXISTS (${HOLDS}) GROUP BY m.id`,
  ).all({ at })
}

/** People who hold a card and are covered by nothing that is not over; `since` is when the last of it was. */
export function cardWithoutPlan(db: ReadDb, at: Ms): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, coalesce((
         SELECT max(v.at) FROM membership_cover c JOIN entitlement_version v ON v.membership_id = c.membership_id
         WHERE c.member_id = m.id), m.created_at) AS since
     FROM member m WHERE ${HERE} AND EXISTS (${HOLDS})
       AND NOT EXISTS (${COVERED} AND e.phase <> 'ended' AND (e.known_end IS NULL OR e.known_end > @at))`,
  ).all({ at })
}

/** People who pay for the same plan twice. */
export function twiceSubscribed(db: ReadDb, at: Ms): (Person & { plan: string })[] {
  return sql<Person & { plan: string }>(
    db,
    `SELECT m.id, m.name, p.name AS plan, max(s.created_at) AS since FROM member m
     JOIN membership_cover c ON c.member_id = m.id JOIN membership s ON s.id = c.membership_id AND s.kind = 'stripe'
     JOIN entitlement e ON e.membership_id = s.id JOIN plan p ON p.id = e.plan_id
     WHERE ${HERE} AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)
       AND e.phase IN ('paid', 'owing') AND e.cause <> 'held' AND (e.known_end IS NULL OR e.known_end > @at)
     GROUP BY m.id, e.plan_id HAVING count(*) > 1`,
  ).all({ at })
}

/** People whose first payment has not come, and whom nothing else covers. */
export function unfinishedSignUps(db: ReadDb, at: Ms): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name, max(s.created_at) AS since FROM member m
     JOIN membership_cover c ON c.member_id = m.id JOIN membership s ON s.id = c.membership_id
     JOIN entitlement e ON e.membership_id = s.id
     WHERE ${HERE} AND e.phase = 'pending' AND e.cause = 'first-payment' AND c.until_at IS NULL
       AND NOT EXISTS (${COVERED} AND e.phase IN ('paid', 'owing', 'term')) GROUP BY m.id`,
  ).all({ at })
}

export type Unclaimed = {
  subscriptionId: string
  customerId: string
  name: string | null
  email: string | null
  since: Ms
}

/** Subscriptions that are not over and are no membership of anybody; also those that are another sale. */
export function unclaimedSubscriptions(db: ReadDb, account: string): (Unclaimed & { prices: string[] })[] {
  return sql<Unclaimed & { prices: string }>(
    db,
    `SELECT s.id AS subscriptionId, s.customer_id AS customerId, c.name, c.email, s.created AS since,
       (SELECT json_group_array(item.value ->> 'priceId') FROM json_each(s.items) item) AS prices
     FROM stripe_subscription s LEFT JOIN stripe_customer c ON c.account = s.account AND c.id = s.customer_id
     WHERE s.account = ? AND s.deleted_at IS NULL AND s.status NOT IN ('canceled', 'incomplete', 'incomplete_expired')
       AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.account = s.account AND m.subscription_id = s.id)
       AND NOT EXISTS (SELECT 1 FROM customer_question q WHERE q.account = s.account AND q.customer_id = s.customer_id)`,
  )
    .all(account)
    .map((row) => ({ ...row, prices: JSON.parse(row.prices) as string[] }))
}
