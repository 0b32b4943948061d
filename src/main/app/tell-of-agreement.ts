// Whom a membership that was agreed at the desk is told to: those who work here, and whoever is new, with a welcome.
import { mailDay, staffNotes } from '../domain/mail-en.ts'
import { formatMoney } from '../domain/money.ts'
import { sayHours } from '../domain/say-hours.ts'
import { startOfLocalDay } from '../domain/time.ts'
import { doorRules } from '../store/door-rules.ts'
import { allDoors } from '../store/doors.ts'
import type { Term } from '../store/manual-memberships.ts'
import { membershipsEver } from '../store/membership-seats.ts'
import type { Plan } from '../store/plans.ts'
import type { DeskDeps } from './deps.ts'
import { notify } from './notify.ts'
import { voiceOf } from './sentences.ts'

type Agreement = Pick<Term, 'from' | 'until' | 'amount' | 'method'> & {
  id: string
  person: { id: string; name: string }
  plan: Plan
}

/** Inside the transaction in which it is agreed. */
export function tellOfAgreement(deps: DeskDeps, { id, person, plan, from, until, amount, method }: Agreement): void {
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
  if (!isNew) return
  const payload = { name: person.name, plan: plan.name, opens: opensOf(deps, plan), bring: [] }
  notify(deps, { ...about, kind: 'welcome', payload })
}

export function opensOf({ desk, now }: DeskDeps, plan: Plan): { door: string; hours: string | null }[] {
  return allDoors(desk).flatMap((door) => {
    const { opens, hours } = doorRules(desk, door, now()).plan(plan.id)
    return opens ? [{ door: door.name, hours: hours === null ? null : sayHours(hours) }] : []
  })
}
