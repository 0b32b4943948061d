// Revoke, suspend, reinstate: each a fact about a card, each said no to where it makes no sense.

import type { CardRow } from '../../preload/shapes.ts'
import { type CredentialFact, type CredentialNow, credentialAt, type RevokeReason } from '../domain/credential.ts'
import { credentialByCanonical, insertCredentialFact } from '../store/credentials.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'

export function revokeCard(deps: DeskDeps, canonical: string, reason: RevokeReason): Result<CardRow> {
  return change(deps, canonical, { kind: 'revoked', at: deps.now(), reason }, ({ why }) =>
    why === reason ? `This card is already reported ${reason}.` : null,
  )
}

export function suspendCard(deps: DeskDeps, canonical: string, why: string): Result<CardRow> {
  return change(deps, canonical, { kind: 'suspended', at: deps.now(), reason: why }, ({ state }) => {
    if (state === 'suspended') return 'This card is already suspended.'
    return state === 'active' || state === 'not-yet-active'
      ? null
      : `This card is ${state}, so there is nothing to suspend.`
  })
}

/** Also "found again" for a lost or stolen card; one that was returned or damaged is enrolled anew. */
export function reinstateCard(deps: DeskDeps, canonical: string): Result<CardRow> {
  return change(deps, canonical, { kind: 'reinstated', at: deps.now() }, ({ state }) => {
    if (state === 'suspended' || state === 'lost' || state === 'stolen') return null
    return state === 'active' ? 'This card works already.' : `This card is ${state}: enrol it anew.`
  })
}

function change(
  deps: DeskDeps,
  canonical: string,
  fact: CredentialFact,
  objection: (now: CredentialNow) => string | null,
): Result<CardRow> {
  const { db, newId, operator } = deps.live
  const credential = credentialByCanonical(db, canonical)
  const before = credentialAt(credential?.facts ?? [], deps.now())
  if (credential === null || before.memberId === null)
    return refuse('not-found', `Nobody has the card ${canonical}: \`latchkey card find\` shows what is known of it.`)
  const no = objection(before)
  if (no !== null) return refuse('wrong-state', no)
  const { memberId } = before
  db.transaction(() => {
    insertCredentialFact(db, credential.id, fact, { id: newId(), origin: deps.deskId, operator })
    refreshSearch(db, memberId, deps.now())
    recordAction(
      deps,
      `card-${fact.kind}`,
      canonical,
      'reason' in fact ? { member: memberId, reason: fact.reason } : { member: memberId },
    )
  }).immediate()
  deps.live.push('members', {})
  return done(cardRow(db, canonical, deps.now()))
}
