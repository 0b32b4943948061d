// Who pays for a membership, whom it covers, and how many it may cover.
import type { Ms } from '../domain/time.ts'
import { NOT_OVER } from './entitlements.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type Person = { id: string; name: string }

/** Those whom it covers now, in the order in which they came. */
export function coversOf(db: ReadDb, membershipId: string): Person[] {
  return sql<Person>(
    db,
    `SELECT m.id, m.name FROM membership_cover c JOIN member m ON m.id = c.member_id
     WHERE c.membership_id = ? AND c.until_at IS NULL ORDER BY c.from_at, m.name`,
  ).all(membershipId)
}

/** The one who was named, else the person behind Stripe's customer. */
export function payerOf(db: ReadDb, membershipId: string): Person | null {
  return (
    sql<Person>(
      db,
      `SELECT m.id, m.name FROM membership s
       LEFT JOIN stripe_subscription t ON t.account = s.account AND t.id = s.subscription_id
       LEFT JOIN member_customer c ON c.account = t.account AND c.customer_id = t.customer_id
       JOIN member m ON m.id = coalesce(s.payer_id, c.member_id) WHERE s.id = ?`,
    ).get(membershipId) ?? null
  )
}

/** Of a row `s` of membership the id of the person behind it: whoever pays by hand, else the customer's, else whom it covers. */
export const PERSON_BEHIND = `coalesce(s.payer_id,
  (SELECT c.member_id FROM stripe_subscription t
   JOIN member_customer c ON c.account = t.account AND c.customer_id = t.customer_id
   WHERE t.account = s.account AND t.id = s.subscription_id),
  (SELECT member_id FROM membership_cover WHERE membership_id = s.id ORDER BY until_at IS NOT NULL, from_at LIMIT 1))`

/** Of many at once: whoever pays, else the first whom it covers or covered. */
export function peopleBehind(db: ReadDb, membershipIds: readonly string[]): Map<string, Person> {
  const rows = sql<Person & { membershipId: string }>(
    db,
    `SELECT s.id AS membershipId, m.id, m.name FROM json_each(?) asked JOIN membership s ON s.id = asked.value
     JOIN member m ON m.id = ${PERSON_BEHIND}`,
  ).all(JSON.stringify(membershipIds))
  return new Map(rows.map(({ membershipId, ...person }) => [membershipId, person]))
}

/** By hand, else by the plan, else by the largest of Stripe's quantities, without what is sold along with it and is no
 * membership: two plans in one subscription are two rights of the same people. A manual one without either covers one. */
export function seatsOf(db: ReadDb, membershipId: string): number | null {
  const row = sql<{ byHand: number | null; byPlan: number | null; quantity: number | null }>(
    db,
    `SELECT s.seats AS byHand, p.seats AS byPlan,
       (SELECT max(item.value ->> 'quantity') FROM stripe_subscription t, json_each(t.items) item
        WHERE t.account = s.account AND t.id = s.subscription_id AND NOT EXISTS (
          SELECT 1 FROM price_plan d WHERE d.account = t.account AND d.price_id = item.value ->> 'priceId'
            AND d.plan_id IS NULL)) AS quantity
     FROM membership s LEFT JOIN plan p ON p.id = s.plan_id WHERE s.id = ?`,
  ).get(membershipId)
  return row === undefined ? null : (row.byHand ?? row.byPlan ?? Math.max(1, row.quantity ?? 1))
}

/** How many it may cover by a person's word; null where nobody has said so. */
export function seatsByHand(db: ReadDb, membershipId: string): number | null {
  return sql<{ seats: number | null }>(db, 'SELECT seats FROM membership WHERE id = ?').get(membershipId)?.seats ?? null
}

export function setSeats(db: WriteDb, membershipId: string, seats: number | null): void {
  sql(db, 'UPDATE membership SET seats = ? WHERE id = ?').run(seats, membershipId)
}

/** Someone who was taken off before it began is covered from the same moment again. */
export function cover(db: WriteDb, membershipId: string, memberId: string, from: Ms): void {
  sql(db, 'INSERT INTO membership_cover VALUES (?, ?, ?, NULL) ON CONFLICT DO UPDATE SET until_at = NULL').run(
    membershipId,
    memberId,
    from,
  )
}

/** These and nobody else, as somebody wrote them down. */
export function putCovers(
  db: WriteDb,
  membershipId: string,
  covers: readonly { member: string; from: Ms; until: Ms | null }[],
): void {
  sql(db, 'DELETE FROM membership_cover WHERE membership_id = ?').run(membershipId)
  for (const { member, from, until } of covers)
    sql(db, 'INSERT INTO membership_cover VALUES (?, ?, ?, ?)').run(membershipId, member, from, until)
}

/** Ends the rights of this person alone; one who was never covered for a moment leaves no trace. */
export function uncover(db: WriteDb, membershipId: string, memberId: string, at: Ms): boolean {
  return (
    sql(
      db,
      'UPDATE membership_cover SET until_at = max(?, from_at) WHERE membership_id = ? AND member_id = ? AND until_at IS NULL',
    ).run(at, membershipId, memberId).changes > 0
  )
}

export type Overfull = { membershipId: string; covered: number; since: Ms }

/** Memberships that cover more people than they have seats for; `since` is when the last of them came. */
export function overfull(db: ReadDb): Overfull[] {
  return sql<Overfull>(
    db,
    `SELECT membership_id AS membershipId, count(*) AS covered, max(from_at) AS since FROM membership_cover
     WHERE until_at IS NULL GROUP BY membership_id HAVING count(*) > 1`,
  )
    .all()
    .filter(({ membershipId, covered }) => covered > (seatsOf(db, membershipId) ?? covered))
}

/** How many memberships have covered a person so far, or whoever became them. */
export function membershipsEver(db: ReadDb, memberId: string): number {
  return (
    sql<{ n: number }>(
      db,
      `SELECT count(DISTINCT membership_id) AS n FROM membership_cover
       WHERE member_id = @memberId OR member_id IN (SELECT id FROM member WHERE merged_into = @memberId)`,
    ).get({ memberId })?.n ?? 0
  )
}

/** Whether a membership that covers this person now or later, or that they pay for, is not over. */
export function hasLiveMembership(db: ReadDb, memberId: string, at: Ms): boolean {
  return (
    sql(
      db,
      `SELECT 1 FROM entitlement e WHERE ${NOT_OVER} AND e.membership_id IN (
         SELECT membership_id FROM membership_cover WHERE member_id = @memberId AND (until_at IS NULL OR until_at > @at)
         UNION SELECT id FROM membership WHERE payer_id = @memberId
         UNION SELECT m.id FROM member_customer c JOIN stripe_subscription s ON s.account = c.account AND s.customer_id = c.customer_id
           JOIN membership m ON m.account = s.account AND m.subscription_id = s.id
           WHERE c.member_id = @memberId AND m.payer_id IS NULL)
       LIMIT 1`,
    ).get({ memberId, at }) !== undefined
  )
}
