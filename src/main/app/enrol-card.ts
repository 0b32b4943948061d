// Binds a card to a person. A card that somebody else holds is never taken over in passing.

import type { CardRow } from '../../preload/shapes.ts'
import { isRandomUid } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import type { Member } from '../domain/member.ts'
import { credentialByCanonical, credentialId, insertCredential, insertCredentialFact } from '../store/credentials.ts'
import { memberById, membersByEmail } from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps } from './deps.ts'
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

export function enrolCard(deps: DeskDeps, memberId: string, canonical: string): Result<CardRow> {
  const { db, newId, operator } = deps.live
  const now = deps.now()
  const member = memberById(db, memberId)
  if (member === null) return refuse('not-found', 'This person is not here any more: search for them by name.')
  if (isRandomUid(canonical)) {
    return refuse(
      'unreadable',
      'This card makes up a new number at every tap (phones do): use a card or fob with a number of its own.',
    )
  }
  const held = credentialAt(credentialByCanonical(db, canonical)?.facts ?? [], now)
  if (held.memberId !== null && held.state !== 'revoked') {
    const holder = memberById(db, held.memberId)?.name ?? 'somebody else'
    if (held.memberId !== memberId)
      return refuse('taken', `This card belongs to ${holder}. Take it back from them first, or use another card.`)
    if (held.state !== 'expired') {
      const how =
        held.state === 'active'
          ? 'already has this card'
          : `already has this card, and it is ${held.state}: reinstate it instead`
      return refuse('wrong-state', `${member.name} ${how}.`)
    }
  }
  db.transaction(() => {
    const id = credentialId(db, canonical) ?? newId()
    if (credentialId(db, canonical) === null) insertCredential(db, id, canonical, now)
    insertCredentialFact(
      db,
      id,
      { kind: 'enrolled', at: now, memberId, validFrom: null, validUntil: null },
      { id: newId(), origin: deps.deskId, operator },
    )
    if (held.memberId !== null && held.memberId !== memberId) refreshSearch(db, held.memberId, now)
    refreshSearch(db, memberId, now)
    recordAction(deps, 'card-enrolled', canonical, { member: memberId })
  }).immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, canonical))
}
