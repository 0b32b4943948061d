// Binds a card to a person. A card that somebody else holds is never taken over in passing.

import type { CardRow } from '../../preload/shapes.ts'
import { isLossy, isRandomUid, projections } from '../domain/card-identity.ts'
import { cardRefusals as refusals } from '../domain/cards-en.ts'
import { type CredentialFact, credentialAt } from '../domain/credential.ts'
import type { Member } from '../domain/member.ts'
import type { Ms } from '../domain/time.ts'
import {
  credentialByCanonical,
  credentialId,
  credentialsProjectingTo,
  insertCredential,
  insertCredentialFact,
} from '../store/credentials.ts'
import { memberById, membersByEmail } from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import { collisionOf } from './card-collisions.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { refusedAsBarred } from './person-here.ts'
import { cardEnd } from './provisional-end.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'

/** MEMBER on the command line: an id, or an email that only one person has. */
export function findMember(db: ReadDb, idOrEmail: string): Result<Member> {
  const byId = memberById(db, idOrEmail)
  if (byId !== null) return done(byId)
  if (!idOrEmail.includes('@'))
    return refuse('not-found', `Nobody has the id "${idOrEmail}": \`latchkey members\` shows ids.`)
  const [only, ...others] = membersByEmail(db, idOrEmail)
  if (only === undefined) return refuse('not-found', `Nobody has the email ${idOrEmail.trim()}.`)
  if (others.length === 0) return done(only)
  const names = [only, ...others].map((member) => `${member.name} (${member.id})`).join(', ')
  return refuse('ambiguous', `${names} share this email: say which one by id.`)
}

/** `notTheSame`: somebody has said that it is not the short card which it might be. `instead`: of the card that it replaces. */
export type Enrolling = {
  notTheSame?: boolean
  instead?: string
  validUntil?: Ms | null
  dueAt?: Ms | null
  lend?: boolean
}

/** Where the card may be one that was enrolled by its short number, the refusal's detail says which. */
export type SameCard = { sameAs: CardRow; whole: string }

/** Whether this person may get this card, and what stands against it. */
export function mayEnrol(deps: ReadDeps, memberId: string, canonical: string, how: Enrolling = {}): Result<Member> {
  const { desk } = deps
  const now = deps.now()
  const member = memberById(desk, memberId)
  if (member === null) return refuse('not-found', refusals.noMember)
  const barred = refusedAsBarred(deps, member)
  if (barred !== null) return barred
  if (isRandomUid(canonical)) return refuse('unreadable', refusals.randomUid)
  const held = credentialAt(credentialByCanonical(desk, canonical)?.facts ?? [], now)
  const nameOf = (id: string) => memberById(desk, id)?.name ?? 'somebody else'
  if (held.memberId !== null && held.state !== 'revoked') {
    if (held.memberId !== memberId) return refuse('taken', refusals.taken(nameOf(held.memberId)))
    if (held.state === 'active') return refuse('wrong-state', refusals.hasIt(member.name))
    if (held.state !== 'expired') return refuse('wrong-state', refusals.hasItSo(member.name, held.state))
  }
  if (held.loaner && held.memberId === null && how.lend !== true)
    return refuse('wrong-state', refusals.loaner(held.label === null ? '' : ` (${held.label})`))
  // A loaner lies in stock as a card of its own.
  const same = how.notTheSame === true || how.lend === true ? null : shortOneOf(deps, canonical)
  if (same?.member != null)
    return refuse('taken', refusals.sameCard(same.member.name, same.short), {
      sameAs: same,
      whole: canonical,
    } satisfies SameCard)
  const longer = how.notTheSame === true ? null : longerHolder(deps, canonical, how.instead)
  if (longer !== null) return refuse('taken', refusals.shortOf(nameOf(longer)))
  const other = collisionOf(desk, canonical, now, how.instead)
  if (other === null) return done(member)
  return refuse(
    'taken',
    other.memberId === memberId
      ? refusals.looksLikeOwn(other.door, member.name)
      : refusals.looksLike(other.door, nameOf(other.memberId)),
  )
}

/** The card that somebody holds by a short number which this one would show. */
export function shortOneOf(deps: ReadDeps, canonical: string): CardRow | null {
  for (const short of projections(canonical)) {
    const { memberId, state } = credentialAt(credentialByCanonical(deps.desk, short)?.facts ?? [], deps.now())
    if (memberId !== null && state !== 'revoked') return cardRow(deps, short)
  }
  return null
}

/** Who holds a card of which this short number may be a part. */
function longerHolder(deps: ReadDeps, canonical: string, instead?: string): string | null {
  if (!isLossy(canonical)) return null
  for (const other of credentialsProjectingTo(deps.desk, canonical)) {
    const { memberId, state } = credentialAt(other.facts, deps.now())
    if (other.canonical !== instead && memberId !== null && state !== 'revoked') return memberId
  }
  return null
}

export function enrolCard(deps: DeskDeps, memberId: string, canonical: string, how: Enrolling = {}): Result<CardRow> {
  const may = mayEnrol(deps, memberId, canonical, how)
  if (!may.ok) return may
  deps.live.db
    .transaction(() => {
      giveCard(deps, memberId, canonical, { validUntil: cardEnd(deps, memberId), ...how })
      recordAction(deps, how.lend ? 'card-lent' : 'card-enrolled', canonical, { member: memberId })
    })
    .immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, canonical))
}

/** The bare fact, once it is known that it may be; in the caller's transaction. */
export function giveCard(
  deps: DeskDeps,
  memberId: string,
  canonical: string,
  { validUntil = null, dueAt = null }: Enrolling,
): void {
  const { db } = deps.live
  const now = deps.now()
  const before = credentialAt(credentialByCanonical(db, canonical)?.facts ?? [], now).memberId
  addFact(deps, canonical, { kind: 'enrolled', at: now, memberId, validFrom: null, validUntil, dueAt })
  if (before !== null && before !== memberId) refreshSearch(db, before, now)
  refreshSearch(db, memberId, now)
}

/** A fact about a card, which is known from now on if it was not before; in the caller's transaction. `importId`: by which
 * file. */
export function addFact(deps: DeskDeps, canonical: string, fact: CredentialFact, importId?: string): void {
  const { db, newId, operator } = deps.live
  const known = credentialId(db, canonical)
  const id = known ?? newId()
  if (known === null) insertCredential(db, id, canonical, deps.now())
  const by = { id: newId(), origin: deps.deskId, operator }
  insertCredentialFact(db, id, fact, importId === undefined ? by : { ...by, importId })
}
