// What stands for itself and cannot be read from Stripe again, as a recording needs it: dues, pauses, people, memberships.
import type { DueFact, MembershipFact, PauseFact, PersonFact } from '../domain/recorded-facts.ts'
import { entitlementOf } from './entitlements.ts'
import { manualById, termsOf } from './manual-memberships.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** Of what is still owed; whatever is paid has no due moment that counts. */
export function duesToRecord(db: ReadDb, account: string): DueFact[] {
  return sql<DueFact>(
    db,
    `SELECT d.invoice_id AS id, d.due_at AS dueAt, d.seen_at AS seenAt FROM invoice_due d
     LEFT JOIN stripe_invoice i ON i.account = d.account AND i.id = d.invoice_id
     WHERE d.account = ? AND (i.id IS NULL OR i.status = 'open') ORDER BY d.invoice_id`,
  ).all(account)
}

export function pausesToRecord(db: ReadDb, account: string): PauseFact[] {
  return sql<PauseFact>(
    db,
    `SELECT subscription_id AS subscription, seen_at AS seenAt, reviewed_at AS reviewedAt FROM pause_at_import
     WHERE account = ? ORDER BY subscription_id`,
  ).all(account)
}

/** Also those who were put away; whoever became somebody else is that person. */
export function peopleToRecord(db: ReadDb, account: string): PersonFact[] {
  return sql<Omit<PersonFact, 'customers'> & { customers: string }>(
    db,
    `SELECT m.id, m.name, m.created_at AS createdAt, m.archived_at AS archivedAt,
       (SELECT json_group_array(c.customer_id) FROM member_customer c
        WHERE c.member_id = m.id AND c.account = ?) AS customers
     FROM member m WHERE m.merged_into IS NULL ORDER BY m.id`,
  )
    .all(account)
    .map((row) => ({ ...row, customers: JSON.parse(row.customers) }))
}

type Row = Pick<MembershipFact, 'id' | 'subscription' | 'payer' | 'seats'> & {
  account: string | null
  planId: string | null
  planName: string | null
  cause: string | null
  covers: string
}

/** All that a subscription alone does not say: agreed here, covering others, held over, of an unknown word. */
export function membershipsToRecord(db: ReadDb, account: string): MembershipFact[] {
  const rows = sql<Row>(
    db,
    `SELECT m.id, m.account, m.subscription_id AS subscription, m.payer_id AS payer, m.seats,
       p.id AS planId, p.name AS planName, e.cause,
       (SELECT json_group_array(json_object('member', c.member_id, 'from', c.from_at, 'until', c.until_at))
        FROM membership_cover c WHERE c.membership_id = m.id) AS covers
     FROM membership m LEFT JOIN plan p ON p.id = m.plan_id LEFT JOIN entitlement e ON e.membership_id = m.id
     ORDER BY m.id`,
  ).all()
  return rows.flatMap((row) => {
    const { id, subscription, payer, seats, planId, planName } = row
    const covers = JSON.parse(row.covers) as MembershipFact['covers']
    const manual = subscription === null ? manualById(db, id) : null
    const former = manual === null && row.account !== account
    const keeps = former || row.cause === 'unknown-status'
    const plain = covers.length === 1 && covers[0]?.until === null && payer === null && seats === null
    if (manual === null && !keeps && plain && isOwn(db, account, subscription, covers[0]?.member)) return []
    return [
      {
        ...{ id, subscription, former, payer, seats, covers },
        plan: planId === null ? null : { id: planId, name: planName ?? planId },
        endedAt: manual?.endedAt ?? null,
        terms: manual === null ? [] : termsOf(db, id).map(({ from, until }) => ({ from, until })),
        kept: keeps ? entitlementOf(db, id) : null,
      },
    ]
  })
}

/** Covers the one whose customer pays, as every subscription does by itself. */
function isOwn(db: ReadDb, account: string, subscription: string | null, member: string | undefined): boolean {
  return (
    sql(
      db,
      `SELECT 1 FROM stripe_subscription s JOIN member_customer c ON c.account = s.account AND c.customer_id = s.customer_id
       WHERE s.account = ? AND s.id = ? AND c.member_id = ?`,
    ).get(account, subscription, member) !== undefined
  )
}
