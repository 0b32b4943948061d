// What people tell of themselves: which of it the space asks for, what is known of somebody, and changes of it.
import type { Args, Reply } from '../../preload/contract.ts'
import {
  type AskedDetails,
  type Details,
  type Faults,
  FORM_FIELDS,
  type Form,
  type FormField,
  faultsOf,
  given,
  isMinor,
  ofAgeOn,
  type Typed,
  tidy,
} from '../domain/details.ts'
import { peopleRefusals } from '../domain/people-en.ts'
import { toIso, toLocal } from '../domain/time.ts'
import { askedDetails, detailsOf, insertDetails } from '../store/details.ts'
import { emailsOf, memberById } from '../store/members.ts'
import { readSettings, writeSetting } from '../store/settings.ts'
import { signingsOf } from '../store/waivers.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { personHere } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export function setAskedDetails(deps: DeskDeps, asked: AskedDetails): Result<AskedDetails> {
  const { db } = deps.live
  db.transaction(() => {
    writeSetting(db, 'details', asked, deps.now())
    recordAction(deps, 'settings-changed', 'space', { details: asked })
  }).immediate()
  deps.live.push('members', {})
  deps.live.push('signUps', {})
  return done(askedDetails(db))
}

export function localDay(deps: ReadDeps): string {
  return toLocal(deps.now(), readSettings(deps.desk).timeZone).day.date
}

export function readDetails(deps: ReadDeps, id: string): Result<Reply<'members.details'>> {
  const { desk: db } = deps
  if (memberById(db, id) === null) return refuse('not-found', peopleRefusals.noMember)
  const details = detailsOf(db, id)
  const { ofAge } = askedDetails(db)
  return done({
    ...details,
    isMinor: isMinor(details.birthDate, ofAge, localDay(deps)),
    ofAgeOn: ofAgeOn(details.birthDate, ofAge),
    signatures: signingsOf(db, id).map((signing) => ({ ...signing, at: toIso(signing.at) })),
  })
}

/** What is missing is no reason here: it is asked for when they sign up. */
export function setDetails(
  deps: DeskDeps,
  { id, changes }: Args<'members.setDetails'>,
): Result<Reply<'members.details'>> {
  const person = personHere(deps, id)
  if (!person.ok) return person
  const refused = refusedFor(faultsFor(deps, id, changes, false))
  if (refused !== null) return refused
  deps.live.db.transaction(() => keepDetails(deps, id, changes)).immediate()
  deps.live.push('members', {})
  deps.live.push('signUps', {})
  return readDetails(deps, id)
}

/** What is known of somebody with what was typed laid over it; null: nobody who is here yet. */
function formOf(deps: ReadDeps, memberId: string | null, typed: Typed): Form {
  const { desk: db } = deps
  const person = memberId === null ? null : memberById(db, memberId)
  const [email = ''] = memberId === null ? [] : (emailsOf(db, [memberId]).get(memberId) ?? [])
  return {
    name: person?.name ?? '',
    email,
    phone: person?.phone ?? '',
    ...detailsOf(db, memberId ?? ''),
    ...given(typed),
  }
}

/** How somebody is called and reached was good enough once, perhaps at Stripe: only what is typed now is looked at. */
export function faultsFor(deps: ReadDeps, memberId: string | null, typed: Typed, required = true): Faults {
  const faults = faultsOf(formOf(deps, memberId, typed), askedDetails(deps.desk), localDay(deps), required)
  const known = formOf(deps, memberId, {})
  for (const field of ['name', 'email', 'phone'] as const)
    if (known[field] !== '' && (typed[field] ?? known[field]) === known[field]) delete faults[field]
  return faults
}

/** Whether something that this space asks for is not known of them, or of their guardian. */
export function isIncomplete(deps: ReadDeps, memberId: string): boolean {
  return Object.keys(faultsFor(deps, memberId, {})).length > 0
}

/** Null where nothing is wrong; the sentence is that of the first field. */
export function refusedFor(faults: Faults): ReturnType<typeof refuse> | null {
  const first = FORM_FIELDS.find((field) => faults[field] !== undefined)
  return first === undefined ? null : refuse('bad-request', faults[first] ?? '', { fields: faults })
}

/** In the caller's transaction. The log of actions names fields and no values: it is for ever. */
export function keepDetails(deps: DeskDeps, memberId: string, typed: Typed): void {
  const { db, newId, operator } = deps.live
  const before = detailsOf(db, memberId)
  const changes = Object.fromEntries(
    Object.entries(given(typed))
      .map(([field, value]) => [field, typeof value === 'string' ? tidy(field as FormField, value) : value] as const)
      .filter(([field, value]) => value !== before[field as keyof Details]),
  ) as Partial<Details>
  if (Object.keys(changes).length === 0) return
  insertDetails(db, { id: newId(), memberId, at: deps.now(), origin: deps.deskId, operator, changes })
  recordAction(deps, 'details-changed', memberId, { fields: Object.keys(changes) })
}
