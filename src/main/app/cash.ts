// The cash box at the desk: what the open shift should hold, closing it, and what can be printed.
import type { Args, Reply } from '../../preload/contract.ts'
import type { CashSheet, ClosedShift, PaidReceipt, ReceiptRow } from '../../preload/shapes-cash.ts'
import { countedAgainst, cashRefusals as refusals, sumsOf } from '../domain/cash.ts'
import { cashNumber, receiptWords } from '../domain/paid-receipt.ts'
import { toIso } from '../domain/time.ts'
import {
  type CashPayment,
  cashOf,
  cashPayment,
  closedShifts,
  insertClose,
  openShift,
  paymentsOfShift,
  shiftById,
} from '../store/cash.ts'
import { memberById } from '../store/members.ts'
import { idsOfPerson, personNow } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import { signUpFacts } from '../store/sign-ups.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { signUpNow } from './sign-up-journal.ts'

/** A year of two shifts a day is some hundreds: what is older is in the database. */
const SHOWN = 200

export function cashStatus(deps: ReadDeps): Reply<'cash.status'> {
  const shift = openShift(deps.desk, deps.deskId)
  if (shift === null) return { shift: null }
  const payments = paymentsOfShift(deps.desk, shift.id)
  return {
    shift: {
      id: shift.id,
      openedAt: toIso(shift.openedAt),
      expected: sumsOf(payments.map(({ amount }) => amount)),
      payments: payments.map((payment) => rowOf(deps, payment)),
    },
  }
}

/** What was counted is kept beside what was taken; where they differ somebody says why. */
export function closeShift(deps: DeskDeps, { shift: id, counted, note }: Args<'cash.close'>): Result<ClosedShift> {
  const { db, operator } = deps.live
  const { locale } = readSettings(db)
  return db
    .transaction((): Result<ClosedShift> => {
      const shift = shiftById(db, id)
      if (shift === null) return refuse('not-found', refusals.noShift)
      if (shift.close !== null) return refuse('wrong-state', refusals.closed)
      const expected = sumsOf(paymentsOfShift(db, id).map(({ amount }) => amount))
      const counts = countedAgainst(expected, counted)
      if (counts === null) return refuse('bad-request', refusals.count(expected, locale))
      const why = note?.trim() || null
      if (why === null && counts.some((one) => one.expected !== one.counted))
        return refuse('bad-request', refusals.differs(counts, locale))
      insertClose(db, id, { at: deps.now(), operator, note: why, counts })
      recordAction(deps, 'shift-closed', id, { counts, note: why })
      deps.live.push('cash', {})
      return done(closedOf(deps, id))
    })
    .immediate()
}

export function listShifts(deps: ReadDeps): ClosedShift[] {
  return closedShifts(deps.desk, SHOWN).map((id) => closedOf(deps, id))
}

function closedOf(deps: ReadDeps, id: string): ClosedShift {
  const shift = shiftById(deps.desk, id)
  if (shift?.close == null) throw new Error(`Reading the shift ${id}: it is not closed`)
  const { at, operator, note, counts } = shift.close
  const numbers = paymentsOfShift(deps.desk, id).map(({ number }) => number)
  return {
    id,
    openedAt: toIso(shift.openedAt),
    closedAt: toIso(at),
    by: operator,
    note,
    counts,
    receipts: { count: numbers.length, from: cashNumber(numbers[0] ?? 0), to: cashNumber(numbers.at(-1) ?? 0) },
  }
}

export function cashOfMember(deps: ReadDeps, memberId: string): ReceiptRow[] {
  return cashOf(deps.desk, idsOfPerson(deps.desk, memberId)).map((payment) => rowOf(deps, payment))
}

function rowOf(deps: ReadDeps, { id, number, memberId, what, amount, at, operator }: CashPayment): ReceiptRow {
  const person = memberById(deps.desk, personNow(deps.desk, memberId) ?? memberId)
  const member = { id: person?.id ?? memberId, name: person?.name ?? '' }
  return { id, number: cashNumber(number), at: toIso(at), member, what, amount, by: operator }
}

/** By the id of a cash payment, of a shift, or of a sign-up that was paid at Stripe. */
export function printable(deps: ReadDeps, id: string): Result<CashSheet> {
  const { spaceName: space } = readSettings(deps.desk)
  const receipt = receiptOf(deps, id)
  if (receipt !== null) return done({ kind: 'receipt', space, receipt })
  const shift = shiftById(deps.desk, id)
  if (shift === null || shift.close === null) return refuse('not-found', refusals.noSheet)
  const payments = paymentsOfShift(deps.desk, id).map((payment) => rowOf(deps, payment))
  return done({ kind: 'shift', space, shift: closedOf(deps, id), payments })
}

function receiptOf(deps: ReadDeps, id: string): PaidReceipt | null {
  const payment = cashPayment(deps.desk, id)
  if (payment !== null) {
    const { member } = rowOf(deps, payment)
    return { name: member.name, by: payment.operator, ...receiptOfCash(payment), at: toIso(payment.at) }
  }
  const signUp = signUpFacts(deps.desk, id).length === 0 ? null : signUpNow(deps, id)
  const paid = signUp?.subscription?.receipt
  if (signUp === null || paid == null) return null
  const name = signUp.memberId === null ? '' : (memberById(deps.desk, signUp.memberId)?.name ?? '')
  return { ...paid, name, by: null, at: toIso(paid.at), paidBy: receiptWords.paidBy[signUp.method ?? 'card'] ?? null }
}

/** As a mail or a sheet of paper says it. */
export function receiptOfCash({ number, at, what, amount }: CashPayment) {
  const lines = [{ text: what, amount }]
  return { number: cashNumber(number), at, lines, total: amount, paidBy: receiptWords.paidBy.cash ?? null }
}
