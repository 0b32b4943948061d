// What reads found to be different: kept for the timeline of the people whose it is.
import type { BalanceTransaction, BillingKind } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** The facts that differ, by name, as they were and as they are; `before` is null where it was new, `after` where it is gone. */
export type BillingChange = {
  kind: BillingKind
  id: string
  customerId: string | null
  at: Ms
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

export function insertChange(db: WriteDb, account: string, change: BillingChange): void {
  const json = (facts: Record<string, unknown> | null) => (facts === null ? null : JSON.stringify(facts))
  sql(
    db,
    `INSERT INTO billing_change (account, kind, id, customer_id, at, before, after)
     VALUES (@account, @kind, @id, @customerId, @at, @before, @after)`,
  ).run({ account, ...change, before: json(change.before), after: json(change.after) })
}

type ChangeRow = Omit<BillingChange, 'before' | 'after'> & { before: string | null; after: string | null }

const CHANGE = 'SELECT kind, id, customer_id AS customerId, at, before, after FROM billing_change WHERE account = ?'
const NEWEST = 'ORDER BY at DESC, seq DESC LIMIT ?'

/** Newest first. */
export function changesOfCustomer(db: ReadDb, account: string, customerId: string, limit: number): BillingChange[] {
  return sql<ChangeRow>(db, `${CHANGE} AND customer_id = ? ${NEWEST}`).all(account, customerId, limit).map(toChange)
}

/** Those of these objects, which do not say whose they are. Newest first. */
export function changesOfObjects(db: ReadDb, account: string, ids: readonly string[], limit: number): BillingChange[] {
  return sql<ChangeRow>(db, `${CHANGE} AND customer_id IS NULL AND id IN (SELECT value FROM json_each(?)) ${NEWEST}`)
    .all(account, JSON.stringify(ids), limit)
    .map(toChange)
}

function toChange(row: ChangeRow): BillingChange {
  return {
    ...row,
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
  }
}

export function upsertBalanceTransaction(db: WriteDb, account: string, line: BalanceTransaction): void {
  sql(
    db,
    `INSERT INTO stripe_balance_transaction (account, id, customer_id, created, amount, currency, ending_balance, type)
     VALUES (@account, @id, @customerId, @created, @amount, @currency, @endingBalance, @type) ON CONFLICT DO NOTHING`,
  ).run({
    account,
    id: line.id,
    customerId: line.customerId,
    created: line.created,
    amount: line.amount.minor,
    currency: line.amount.currency,
    endingBalance: line.endingBalance.minor,
    type: line.type,
  })
}
