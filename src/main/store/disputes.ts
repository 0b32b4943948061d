// Payments that a bank took back or questions. Nobody is locked out for one; staff are told.
import type { Money } from '../domain/money.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** Stripe's words for a dispute that is settled. */
const SETTLED = "('won', 'lost', 'warning_closed', 'prevented')"

/** Ids of a customer's disputes that are not settled. */
export function openDisputes(db: ReadDb, account: string, customerId: string): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT d.id FROM stripe_payment_intent p JOIN stripe_dispute d ON d.account = p.account AND d.payment_intent_id = p.id
     WHERE p.account = ? AND p.customer_id = ? AND d.deleted_at IS NULL AND d.status NOT IN ${SETTLED}`,
  )
    .all(account, customerId)
    .map(({ id }) => id)
}

export type OpenDispute = { id: string; created: Ms; amount: Money; memberId: string }

/** Those of people who are here, newest first. */
export function allOpenDisputes(db: ReadDb): OpenDispute[] {
  return sql<{ id: string; created: Ms; minor: number; currency: string; memberId: string }>(
    db,
    `SELECT d.id, d.created, d.amount AS minor, d.currency, c.member_id AS memberId
     FROM stripe_dispute d
     JOIN stripe_payment_intent p ON p.account = d.account AND p.id = d.payment_intent_id
     JOIN member_customer c ON c.account = p.account AND c.customer_id = p.customer_id
     WHERE d.deleted_at IS NULL AND d.status NOT IN ${SETTLED} ORDER BY d.created DESC`,
  )
    .all()
    .map(({ minor, currency, ...row }) => ({ ...row, amount: { minor, currency } }))
}
