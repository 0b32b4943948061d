// Which Stripe customers, of which account, a person is.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type CustomerLink = { account: string; customerId: string }

/** In the order in which they were linked. */
export function customerLinks(db: ReadDb, memberId: string): CustomerLink[] {
  return sql<CustomerLink>(
    db,
    `SELECT account, customer_id AS customerId FROM member_customer WHERE member_id = ? ORDER BY linked_at, customer_id`,
  ).all(memberId)
}

/** Nobody knows yet which of several people this customer is. */
export function askAbout(db: WriteDb, account: string, customerId: string, at: Ms): void {
  sql(db, 'INSERT OR IGNORE INTO customer_question VALUES (?, ?, ?)').run(account, customerId, at)
}

export function dropQuestion(db: WriteDb, account: string, customerId: string): void {
  sql(db, 'DELETE FROM customer_question WHERE account = ? AND customer_id = ?').run(account, customerId)
}
