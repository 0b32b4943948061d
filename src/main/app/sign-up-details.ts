// What a sign-up asks of the person before a plan is chosen, and whoever began once and never paid.
import type { Args, Reply } from '../../preload/contract.ts'
import type { DetailChanges } from '../../preload/shapes-details.ts'
import type { SignUp } from '../../preload/shapes-sign-up.ts'
import { type Faults, tidy } from '../domain/details.ts'
import { unpaidWords } from '../domain/details-en.ts'
import type { Member } from '../domain/member.ts'
import { sayDay } from '../domain/say.ts'
import { signUpRefusals } from '../domain/sign-up-en.ts'
import { addEmail, memberById, nameMember } from '../store/members.ts'
import { openSignUpOf } from '../store/sign-ups.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { faultsFor, isIncomplete, keepDetails, refusedFor } from './details.ts'
import { refusedAsBarred } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { openSignUp, signUpNow } from './sign-up-journal.ts'
import { signUpView } from './sign-up-view.ts'
import { tellOfPeople } from './tell-of-people.ts'

/** Somebody who is here already keeps their name, and what is known of them need not be typed again. */
export function faultsAtStart(deps: ReadDeps, asked: Args<'signUps.start'>): Faults {
  const { name = '', emails = [], phone, same, details } = asked
  const known = same === undefined || same === 'new' ? null : same
  const [email] = emails.map((one) => one.trim()).filter((one) => one !== '')
  const typed = {
    ...(known === null && { name }),
    ...(email !== undefined && { email }),
    ...(phone?.trim() && { phone }),
    ...details,
  }
  return faultsFor(deps, known, typed)
}

/** Of several people whom it may be: who is in the middle of signing up, or has to be asked about first, in words. */
export function begunBefore(
  deps: ReadDeps,
  people: readonly { id: string; name: string }[],
): Reply<'signUps.start'>['begun'] {
  return people.flatMap((person) => {
    const { id, name } = person
    const barred = refusedAsBarred(deps, person, { sentence: signUpRefusals.askManager })
    if (barred !== null) return [{ member: id, sentence: barred.refusal.sentence }]
    const open = openSignUpOf(deps.desk, id)
    const now = open === null ? null : signUpNow(deps, open)
    if (now === null || now.subscription !== null || now.membershipId !== null) return []
    return [{ member: id, sentence: unpaidWords.begun(name, sayDay(now.startedAt, voiceOf(deps))) }]
  })
}

/** The name of somebody of whom something is to be asked first; null where nothing is. */
export function namedIfIncomplete(deps: ReadDeps, memberId: string | null): string | null {
  return memberId !== null && isIncomplete(deps, memberId) ? (memberById(deps.desk, memberId)?.name ?? '') : null
}

/** In the caller's transaction: how somebody who is here is reached too, and what they tell of themselves. */
export function learn(
  deps: DeskDeps,
  { id, name, phone }: Member,
  typed: { email?: string; phone?: string },
  details: DetailChanges,
): void {
  const { db } = deps.live
  const at = deps.now()
  const reached = typed.email !== undefined && addEmail(db, id, typed.email, at)
  const called = typed.phone !== undefined && typed.phone !== phone
  if (called) nameMember(db, id, { name, phone: typed.phone ?? null }, at)
  if (reached || called) {
    refreshSearch(db, id, at)
    recordAction(deps, 'member-changed', id, { fields: Object.keys(typed) })
  }
  keepDetails(deps, id, details)
}

/** What is missing of somebody who is here, or changes before a plan is chosen. */
export function fillIn(deps: DeskDeps, { id, email, phone, details = {} }: Args<'signUps.details'>): Result<SignUp> {
  const { db } = deps.live
  const open = openSignUp(deps, id)
  if (!open.ok) return open
  const { memberId } = open.value
  const person = memberId === null ? null : memberById(db, memberId)
  if (memberId === null || person === null) return refuse('not-found', signUpRefusals.noMember)
  const [mail, number] = [tidy('email', email ?? ''), tidy('phone', phone ?? '')]
  const typed = { ...(mail !== '' && { email: mail }), ...(number !== '' && { phone: number }) }
  const refused = refusedFor(faultsFor(deps, memberId, { ...typed, ...details }))
  if (refused !== null) return refused
  db.transaction(() => learn(deps, person, typed, details)).immediate()
  tellOfPeople(deps)
  deps.live.push('signUps', {})
  return done(signUpView(deps, id, signUpNow(deps, id) ?? open.value))
}
