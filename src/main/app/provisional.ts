// A card before anything is paid, where Stripe cannot be reached: doors open to it by a person's word, until a day that the
// space has set. It ends by itself; what is paid later takes its place.
import type { SignUp } from '../../preload/shapes-sign-up.ts'
import { credentialAt } from '../domain/credential.ts'
import { memberStanding } from '../domain/member.ts'
import { sayUntil } from '../domain/say.ts'
import { isUnclear, provisionalUntil, type SignUpNow } from '../domain/sign-up.ts'
import { signUpRefusals, provisionalWords as words } from '../domain/sign-up-en.ts'
import { endOfLaterDay, type Ms, toIso } from '../domain/time.ts'
import { credentialsEverOf } from '../store/credentials.ts'
import { doorRules } from '../store/door-rules.ts'
import { allDoors, type Door } from '../store/doors.ts'
import { entitlementsOfMember } from '../store/entitlements.ts'
import { hasInduction } from '../store/inductions.ts'
import { endOverride, insertOverride, overrideById } from '../store/overrides.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import { provisionalSignUps } from '../store/sign-ups.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { addFact } from './enrol-card.ts'
import { personUnbarred } from './person-here.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { openSignUp, signUpNow, writeSignUp } from './sign-up-journal.ts'

export type Offer = { doors: Door[]; until: Ms }

/** What a provisional card would open; null where there is none to be had: Stripe is reached, or the space gives none. */
export function provisionalOffer(deps: ReadDeps, now: SignUpNow): Offer | null {
  const { provisional: policy, timeZone } = readSettings(deps.desk)
  const { choice, memberId } = now
  const early = now.step !== 'summary' && now.step !== 'payment'
  if (early || policy.days === 0 || choice === null || memberId === null) return null
  if (now.provisional !== null || isUnclear(now) || !isCutOff(deps)) return null
  const at = deps.now()
  const doors = allDoors(deps.desk).filter((door) => {
    const { plan, inductions } = doorRules(deps.desk, door, at)
    const chosen = policy.doors === null ? plan(choice.planId).opens : policy.doors.includes(door.id)
    // A person's word outranks inductions at a door, and nobody meant this one to.
    return chosen && inductions.every(({ id }) => hasInduction(deps.desk, memberId, id, at))
  })
  if (doors.length === 0) return null
  return { doors, until: endOfLaterDay(at, policy.days, timeZone) }
}

/** Whether Stripe cannot be asked for a payment just now. */
export function isCutOff({ live }: ReadDeps): boolean {
  if (live === null) return false
  return live.sync.stripe() === null || live.sync.report().offlineSince !== null
}

export function giveProvisional(deps: DeskDeps, id: string): Result<{ ok: true }> {
  const open = openSignUp(deps, id)
  if (!open.ok) return open
  const { memberId } = open.value
  const offer = provisionalOffer(deps, open.value)
  if (offer === null || memberId === null) return refuse('wrong-state', words.notNow)
  const person = personUnbarred(deps, memberId, { sentence: signUpRefusals.askManager })
  if (!person.ok) return person
  const { db, newId, operator } = deps.live
  const at = deps.now()
  const { until } = offer
  db.transaction(() => {
    const overrides = offer.doors.map(({ id: doorId }) => {
      const override = { id: newId(), memberId, at, until, why: words.why, operator, origin: deps.deskId }
      insertOverride(db, { ...override, doorId, uses: null })
      return override.id
    })
    const doors = offer.doors.map((door) => door.id)
    writeSignUp(deps, id, { kind: 'provisional', until, doors, overrides })
    recordAction(deps, 'provisional-given', memberId, { signUp: id, doors, until: toIso(until) })
  }).immediate()
  deps.live.push('members', {})
  deps.live.push('signUps', {})
  return done({ ok: true })
}

/** In the caller's transaction. Paid: the card lasts. Given up: it is as if it had been handed back. */
export function endProvisional(deps: DeskDeps, id: string, how: 'paid' | 'given-up'): void {
  const { db, operator } = deps.live
  const { provisional, memberId } = signUpNow(deps, id) ?? { provisional: null, memberId: null }
  if (provisional === null || provisional.ended || memberId === null) return
  const at = deps.now()
  for (const override of provisional.overrides)
    if ((overrideById(db, override)?.until ?? 0) > at)
      endOverride(db, { id: override, at, operator, origin: deps.deskId })
  for (const { canonical, facts } of credentialsEverOf(db, idsOfPerson(db, memberId))) {
    const card = credentialAt(facts, at)
    const lasts = card.state === 'active' || card.state === 'expired'
    if (!lasts || card.validUntil !== provisional.until) continue
    const kept = { kind: 'enrolled', at, memberId, validFrom: null, validUntil: null, dueAt: card.dueAt } as const
    addFact(deps, canonical, how === 'paid' ? kept : { kind: 'revoked', at, reason: 'returned' })
    recordAction(deps, how === 'paid' ? 'card-dated' : 'card-revoked', canonical, { member: memberId })
  }
  writeSignUp(deps, id, { kind: 'provisional-ended', how })
  recordAction(deps, 'provisional-ended', memberId, { signUp: id, how })
}

/** Whoever has a membership that opens doors by now, paid here or anywhere, needs no provisional card any more. */
export function settleProvisional(deps: DeskDeps): void {
  for (const id of provisionalSignUps(deps.desk)) {
    const now = signUpNow(deps, id)
    if (now === null || now.memberId === null) continue
    const { memberId } = now
    const { standing } = memberStanding(entitlementsOfMember(deps.desk, memberId, deps.now()), deps.now())
    if (standing !== 'current' && standing !== 'grace') continue
    deps.live.db
      .transaction(() => {
        endProvisional(deps, id, 'paid')
        finishWithCard(deps, id)
      })
      .immediate()
    deps.live.push('members', {})
    deps.live.push('signUps', {})
  }
}

/** They were handed their card before: nothing is left to do. */
function finishWithCard(deps: DeskDeps, id: string): void {
  const now = signUpNow(deps, id)
  if (now === null || now.step !== 'card' || now.memberId === null) return
  const held = credentialsEverOf(deps.desk, idsOfPerson(deps.desk, now.memberId))
  const card = held.find(({ facts }) => credentialAt(facts, deps.now()).state === 'active')
  if (card === undefined) return
  writeSignUp(deps, id, { kind: 'card', canonical: card.canonical })
  recordAction(deps, 'sign-up-finished', now.memberId, { signUp: id, card: card.canonical })
  writeSignUp(deps, id, { kind: 'closed', how: 'finished' })
}

/** As the desk shows it: what may be given, or what was and is not paid yet. */
export function provisionalView(deps: ReadDeps, now: SignUpNow): SignUp['provisional'] {
  const voice = voiceOf(deps)
  const named = (ids: readonly string[]) => {
    const names = new Map(allDoors(deps.desk).map(({ id, name }) => [id, name]))
    return ids.flatMap((id) => names.get(id) ?? [])
  }
  const offer = provisionalOffer(deps, now)
  if (offer !== null) {
    const doors = offer.doors.map(({ name }) => name)
    return { given: false, until: toIso(offer.until), sentence: words.offer(doors, sayUntil(offer.until, voice)) }
  }
  const { provisional } = now
  if (provisional === null || provisional.ended) return null
  const until = sayUntil(provisional.until, voice)
  const opens = provisionalUntil(now, deps.now()) !== null
  const sentence = opens ? words.given(named(provisional.doors), until) : words.over(until)
  return { given: true, until: toIso(provisional.until), sentence }
}
