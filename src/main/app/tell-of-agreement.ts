// Whom a membership that was agreed at the desk is told to: those who work here, and whoever is new, with a welcome.
import { mailDay, staffNotes } from '../domain/mail-en.ts'
import { formatMoney } from '../domain/money.ts'
import { sayHours } from '../domain/say-hours.ts'
import { startOfLocalDay } from '../domain/time.ts'
import type { CashPayment } from '../store/cash.ts'
import { doorRules } from '../store/door-rules.ts'
import { allDoors } from '../store/doors.ts'
import type { Term } from '../store/manual-memberships.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { membershipsEver } from '../store/membership-seats.ts'
import type { Plan } from '../store/plans.ts'
import { receiptOfCash } from './cash.ts'
import type { DeskDeps } from './deps.ts'
import { notify } from './notify.ts'
import { voiceOf } from './sentences.ts'

type Agreement = Pick<Term, 'from' | 'until' | 'amount' | 'method'> & {
  id: string
  person: { id: string; name: string }
  plan: Plan
  /** What was taken in cash. */
  receipt: CashPayment | null
}

/** Inside the transaction in which it is agreed. */
export function tellOfAgreement(deps: DeskDeps, asked: Agreement): void {
  const { id, person, plan, from, until, amount, method, receipt } = asked
  const voice = voiceOf(deps)
  const paid = amount === null ? [] : [staffNotes.paid(formatMoney(amount, voice.locale), method)]
  const lines = [
    staffNotes.term(mailDay(from, voice), mailDay(until - 1, voice)),
    ...paid,
    staffNotes.by(deps.live.operator),
  ]
  const about = { member: person.id, subject: id }
  notify(deps, { ...about, kind: 'staff', payload: { what: staffNotes.agreed(person.name, plan.name), lines } })
  // Somebody whom the desk only now writes down, or who was here before, is not greeted as new.
  const isNew = from >= startOfLocalDay(voice.now, voice.zone) && membershipsEver(deps.live.db, person.id) === 1
  if (!isNew) return tellOfCash(deps, person.id, receipt)
  const paper = receipt && receiptOfCash(receipt)
  const payload = { name: person.name, plan: plan.name, opens: opensOf(deps, plan), bring: [], receipt: paper }
  notify(deps, { ...about, kind: 'welcome', payload })
}

/** In the transaction in which it was taken; who has no address gets it on paper. */
export function tellOfCash(deps: DeskDeps, member: string, receipt: CashPayment | null): void {
  const person = receipt === null ? null : memberById(deps.desk, member)
  if (receipt === null || person === null || !emailsOf(deps.desk, [person.id]).has(person.id)) return
  const payload = { name: person.name, ...receiptOfCash(receipt) }
  notify(deps, { member: person.id, subject: receipt.id, kind: 'receipt', payload })
}

export function opensOf({ desk, now }: DeskDeps, plan: Plan): { door: string; hours: string | null }[] {
  return allDoors(desk).flatMap((door) => {
    const { opens, hours } = doorRules(desk, door, now()).plan(plan.id)
    return opens ? [{ door: door.name, hours: hours === null ? null : sayHours(hours) }] : []
  })
}
