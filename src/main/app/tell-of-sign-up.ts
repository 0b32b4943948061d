// Whom a sign-up that was paid at Stripe is told to: the new member, with a welcome, and those who work here.
import { staffNotes } from '../domain/mail-en.ts'
import { type Receipt, receiptWords } from '../domain/paid-receipt.ts'
import type { SignUpNow } from '../domain/sign-up.ts'
import { memberById } from '../store/members.ts'
import { planById } from '../store/plans.ts'
import type { DeskDeps } from './deps.ts'
import { notify } from './notify.ts'
import { opensOf } from './tell-of-agreement.ts'

/** Inside the transaction in which it is written down that the subscription is there. */
export function tellOfSignUp(
  deps: DeskDeps,
  { memberId, choice, method, way }: SignUpNow,
  made: { id: string; paid: boolean; receipt: Receipt | null },
): void {
  const person = memberId === null ? null : memberById(deps.desk, memberId)
  const plan = choice === null ? null : planById(deps.desk, choice.planId)
  if (person === null || plan === null) return
  const about = { member: person.id, subject: made.id }
  const lines = [
    made.paid ? staffNotes.settled : staffNotes.onTheWay,
    // Nobody was at the desk when they paid.
    ...(way === 'link' ? [staffNotes.handOver] : []),
    staffNotes.by(deps.live.operator),
  ]
  notify(deps, { ...about, kind: 'staff', payload: { what: staffNotes.signedUp(person.name, plan.name), lines } })
  const paidBy = receiptWords.paidBy[method ?? 'card'] ?? null
  const receipt = made.receipt && { ...made.receipt, paidBy }
  const payload = { name: person.name, plan: plan.name, opens: opensOf(deps, plan), bring: [], receipt }
  notify(deps, { ...about, kind: 'welcome', payload })
}
