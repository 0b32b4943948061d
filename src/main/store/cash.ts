// The cash box: payments with their receipt numbers, the shift that each belongs to, and how shifts were closed.
import type { Money } from '../domain/money.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type CashPayment = {
  id: string
  number: number
  shiftId: string
  memberId: string
  what: string
  amount: Money
  at: Ms
  operator: string
}
export type CashShift = { id: string; openedAt: Ms; close: CashClose | null }
export type CashClose = { at: Ms; operator: string; note: string | null; counts: CashCount[] }
export type CashCount = { currency: string; expected: number; counted: number }

type By = { at: Ms; operator: string; origin: string }

/** The one that is open at this desk; null where nothing was taken since the last was closed. */
export function openShift(db: ReadDb, origin: string): { id: string; openedAt: Ms } | null {
  return (
    sql<{ id: string; openedAt: Ms }>(
      db,
      `SELECT id, opened_at AS openedAt FROM cash_shift s WHERE origin = ?
         AND NOT EXISTS (SELECT 1 FROM cash_close c WHERE c.shift_id = s.id)`,
    ).get(origin) ?? null
  )
}

export function insertShift(db: WriteDb, id: string, { at, operator, origin }: By): void {
  sql(db, 'INSERT INTO cash_shift VALUES (?, ?, ?, ?)').run(id, at, operator, origin)
}

/** With the next number of this desk, which it answers. */
export function insertCashPayment(
  db: WriteDb,
  payment: Omit<CashPayment, 'number' | 'at' | 'operator'> & By & { subject: string },
): number {
  const { amount, ...row } = payment
  return (
    sql<{ number: number }>(
      db,
      `INSERT INTO cash_payment
         (id, origin, number, shift_id, member_id, what, subject, minor, currency, at, operator)
       VALUES (@id, @origin, (SELECT coalesce(max(number), 0) + 1 FROM cash_payment WHERE origin = @origin), @shiftId, @memberId,
         @what, @subject, @minor, @currency, @at, @operator) RETURNING number`,
    ).get({ ...row, ...amount })?.number ?? 0
  )
}

export function insertClose(db: WriteDb, shiftId: string, { at, operator, note, counts }: CashClose): void {
  sql(db, 'INSERT INTO cash_close VALUES (?, ?, ?, ?)').run(shiftId, at, operator, note)
  for (const { currency, expected, counted } of counts)
    sql(db, 'INSERT INTO cash_count VALUES (?, ?, ?, ?)').run(shiftId, currency, expected, counted)
}

type Row = Omit<CashPayment, 'amount'> & Money

const PAYMENTS = `SELECT id, number, shift_id AS shiftId, member_id AS memberId, what, minor, currency, at, operator
  FROM cash_payment`

const paymentOf = ({ minor, currency, ...row }: Row): CashPayment => ({ ...row, amount: { minor, currency } })

/** In the order in which they were taken. */
export function paymentsOfShift(db: ReadDb, shiftId: string): CashPayment[] {
  return sql<Row>(db, `${PAYMENTS} WHERE shift_id = ? ORDER BY number`).all(shiftId).map(paymentOf)
}

/** Of a person and of whoever was merged into them, the newest first. */
export function cashOf(db: ReadDb, memberIds: readonly string[]): CashPayment[] {
  return sql<Row>(db, `${PAYMENTS} WHERE member_id IN (SELECT value FROM json_each(?)) ORDER BY at DESC, number DESC`)
    .all(JSON.stringify(memberIds))
    .map(paymentOf)
}

export function cashPayment(db: ReadDb, id: string): CashPayment | null {
  const row = sql<Row>(db, `${PAYMENTS} WHERE id = ?`).get(id)
  return row === undefined ? null : paymentOf(row)
}

/** What was taken for this, such as a term; null where it was not paid in cash. */
export function cashFor(db: ReadDb, subject: string): CashPayment | null {
  const row = sql<Row>(db, `${PAYMENTS} WHERE subject = ? ORDER BY number DESC LIMIT 1`).get(subject)
  return row === undefined ? null : paymentOf(row)
}

export function shiftById(db: ReadDb, id: string): CashShift | null {
  const shift = sql<{ id: string; openedAt: Ms }>(
    db,
    'SELECT id, opened_at AS openedAt FROM cash_shift WHERE id = ?',
  ).get(id)
  return shift === undefined ? null : { ...shift, close: closeOf(db, id) }
}

function closeOf(db: ReadDb, shiftId: string): CashClose | null {
  const close = sql<Omit<CashClose, 'counts'>>(db, 'SELECT at, operator, note FROM cash_close WHERE shift_id = ?').get(
    shiftId,
  )
  if (close === undefined) return null
  const counts = sql<CashCount>(
    db,
    'SELECT currency, expected, counted FROM cash_count WHERE shift_id = ? ORDER BY currency',
  ).all(shiftId)
  return { ...close, counts }
}

/** Those that were closed, the newest first. */
export function closedShifts(db: ReadDb, limit: number): string[] {
  return sql<{ id: string }>(db, 'SELECT shift_id AS id FROM cash_close ORDER BY at DESC, shift_id DESC LIMIT ?')
    .all(limit)
    .map(({ id }) => id)
}
