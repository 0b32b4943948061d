// Cash that was taken at the desk: the next receipt number, and the shift that is open, which the first payment opens.
import type { Money } from '../domain/money.ts'
import { insertCashPayment, insertShift, openShift } from '../store/cash.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'

export type Taken = { member: string; what: string; subject: string; amount: Money }

/** Inside the transaction in which it is agreed. `subject`: what was paid for, such as a term of a membership. */
export function takeCash(deps: DeskDeps, { member, what, subject, amount }: Taken): { id: string; number: number } {
  const { db, newId, operator } = deps.live
  if (!db.inTransaction)
    throw new Error(`Taking cash for ${subject}: this belongs into the transaction of what is paid`)
  const by = { at: deps.now(), operator, origin: deps.deskId }
  const open = openShift(db, deps.deskId)
  const shiftId = open?.id ?? newId()
  if (open === null) insertShift(db, shiftId, by)
  const id = newId()
  const number = insertCashPayment(db, { id, shiftId, memberId: member, what, subject, amount, ...by })
  recordAction(deps, 'cash-taken', member, { receipt: number, amount, subject })
  deps.live.push('cash', {})
  return { id, number }
}
