// Which Stripe customers, of which account, a person is.
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export type CustomerLink = { account: string; customerId: string }

/** In the order in which they were linked. */
export function customerLinks(db: ReadDb, memberId: string): CustomerLink[] {
  return sql<CustomerLink>(
    db,
    `SELECT account, customer_id AS customerId FROM member_customer WHERE member_id = ? ORDER BY linked_at, customer_id`,
  ).all(memberId)
}
