// Which Stripe customers, of which account, a person is.
import { normaliseEmail } from '../domain/member.ts'
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

/** By which Stripe reaches them, normalised: what is written there comes back with every sync. */
export function stripeEmailsOf(db: ReadDb, memberId: string): string[] {
  return sql<{ email: string }>(
    db,
    `SELECT s.email FROM member_customer c JOIN stripe_customer s ON s.account = c.account AND s.id = c.customer_id
     WHERE c.member_id = ? AND s.email IS NOT NULL AND s.deleted_at IS NULL`,
  )
    .all(memberId)
    .map(({ email }) => normaliseEmail(email))
}

/** Nobody knows yet which of several people this customer is. */
export function askAbout(db: WriteDb, account: string, customerId: string, at: Ms): void {
  sql(db, 'INSERT OR IGNORE INTO customer_question VALUES (?, ?, ?)').run(account, customerId, at)
}

export function dropQuestion(db: WriteDb, account: string, customerId: string): void {
  sql(db, 'DELETE FROM customer_question WHERE account = ? AND customer_id = ?').run(account, customerId)
}
