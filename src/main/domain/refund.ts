// Money that is given back, in full or in part: the facts of one refund. Pure.
import type { Money } from './money.ts'
import { deedNow } from './money-journal.ts'
import type { DeedNow, Fault } from './sign-up.ts'
import type { Ms } from './time.ts'

export type RefundFact = { at: Ms } & (
  | { kind: 'started'; memberId: string; chargeId: string; amount: Money; reason: string; why: string }
  | { kind: 'begun'; deed: 'refund'; key: string }
  | { kind: 'made'; deed: 'refund'; refundId: string; status: string }
  | { kind: 'refused'; deed: 'refund'; fault: Fault }
  | { kind: 'closed'; how: 'done' | 'left' }
)

export type RefundNow = Extract<RefundFact, { kind: 'started' }> & { deed: DeedNow }

export function refundAt(facts: readonly RefundFact[]): RefundNow | null {
  const [start] = facts
  return start?.kind === 'started' ? { ...start, deed: deedNow(facts, 'refund') } : null
}
