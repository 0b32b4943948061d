// Money that came because a door refused somebody, or let them in late.
import type { Money } from '../domain/money.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `decision`: the row of the log that the payment followed. */
export type Recovered = {
  account: string
  invoiceId: string
  memberId: string
  at: Ms
  operator: string
  way: string
  amount: Money
  decision: { desk: string; seq: number }
}

type Row = Omit<Recovered, 'amount' | 'decision'> & { minor: number; currency: string; desk: string; seq: number }

const ROW = `account, invoice_id AS invoiceId, member_id AS memberId, at, operator, way, minor, currency,
  decision_desk AS desk, decision_seq AS seq`

/** Each invoice once. */
export function insertRecovered(db: WriteDb, { amount, decision, ...one }: Recovered, origin: string): void {
  sql(
    db,
    `INSERT OR IGNORE INTO recovered (account, invoice_id, member_id, at, origin, operator, way, minor, currency, decision_desk, decision_seq)
     VALUES (@account, @invoiceId, @memberId, @at, @origin, @operator, @way, @minor, @currency, @desk, @seq)`,
  ).run({ ...one, ...amount, ...decision, origin })
}

/** From one moment on and before another, the newest first. */
export function recoveredBetween(db: ReadDb, from: Ms, until: Ms): Recovered[] {
  return sql<Row>(db, `SELECT ${ROW} FROM recovered WHERE at >= ? AND at < ? ORDER BY at DESC, invoice_id`)
    .all(from, until)
    .map(toRecovered)
}

function toRecovered({ minor, currency, desk, seq, ...row }: Row): Recovered {
  return { ...row, amount: { minor, currency }, decision: { desk, seq } }
}
