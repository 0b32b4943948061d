// The one way in which something is added to a journal of money, and what stands in that of a payment.
import type { MoneyKind } from '../domain/money-journal.ts'
import { type PaymentFact, type PaymentNow, paymentAt } from '../domain/payment.ts'
import type { Ms } from '../domain/time.ts'
import { addMoneyFact, moneyFacts } from '../store/money-journal.ts'
import { personNow } from '../store/people-merge.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'

/** A fact without its moment. */
export type NewsOf<F> = F extends { at: Ms } ? Omit<F, 'at'> : never

/** In the caller's transaction, or one of its own. */
export function writeMoney<F extends { at: Ms; kind: string }>(
  deps: DeskDeps,
  what: MoneyKind,
  id: string,
  news: NewsOf<F>,
  about: { subject?: string; memberId?: string } = {},
): void {
  const { db, operator } = deps.live
  const fact = { ...news, at: deps.now() } as unknown as F
  addMoneyFact(db, what, id, fact, { origin: deps.deskId, operator, ...about })
}

export function writePayment(deps: DeskDeps, id: string, news: NewsOf<PaymentFact>, about = {}): void {
  writeMoney<PaymentFact>(deps, 'payment', id, news, about)
}

export function paymentNow(deps: ReadDeps, id: string): PaymentNow | null {
  const now = paymentAt(moneyFacts<PaymentFact>(deps.desk, id))
  // Whoever was merged into somebody else since is them.
  return now && { ...now, memberId: personNow(deps.desk, now.memberId) ?? now.memberId }
}
