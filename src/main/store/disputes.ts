// Payments that a bank took back or questions. Nobody is locked out for one; staff are told.
import type { Money } from '../domain/money.ts'
import { DAY, type Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** A payment that is gone for good is spoken of so long after the bank asked. */
const LOST_FOR = 60 * DAY

/** `lost`: the money is gone for good. `evidenceDue`: until when the bank takes an answer. */
export type Dispute = {
  id: string
  created: Ms
  amount: Money
  memberId: string
  lost: boolean
  evidenceDue: Ms | null
}

/** Those of a customer's payments: a dispute itself does not say whose it is. */
export function disputesOfCustomer(db: ReadDb, account: string, customerId: string): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT d.id FROM stripe_payment_intent i JOIN stripe_dispute d ON d.account = i.account AND d.payment_intent_id = i.id
     WHERE i.account = ? AND i.customer_id = ?`,
  )
    .all(account, customerId)
    .map(({ id }) => id)
}

/** Of people who are here: those that are open, and those that were lost not long ago; newest first. */
export function disputesToLookAt(db: ReadDb, at: Ms): Dispute[] {
  return sql<{ minor: number; currency: string; lost: number } & Omit<Dispute, 'amount' | 'lost'>>(
    db,
    `SELECT d.id, d.created, d.amount AS minor, d.currency, c.member_id AS memberId,
       d.status = 'lost' AS lost, d.evidence_due AS evidenceDue
     FROM stripe_dispute d
     JOIN stripe_payment_intent p ON p.account = d.account AND p.id = d.payment_intent_id
     JOIN member_customer c ON c.account = p.account AND c.customer_id = p.customer_id
     WHERE d.deleted_at IS NULL AND d.status NOT IN ('won', 'warning_closed', 'prevented')
       AND (d.status <> 'lost' OR d.created > ?) ORDER BY d.created DESC, d.id`,
  )
    .all(at - LOST_FOR)
    .map(({ minor, currency, lost, ...row }) => ({ ...row, amount: { minor, currency }, lost: lost === 1 }))
}
