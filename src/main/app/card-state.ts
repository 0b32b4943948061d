// Revoke, suspend, reinstate, start, extend: each a fact about a card, each said no to where it makes no sense.

import type { CardRow } from '../../preload/shapes.ts'
import { type CredentialFact, type CredentialNow, credentialAt, type RevokeReason } from '../domain/credential.ts'
import { accessRefusals } from '../domain/standing-en.ts'
import { readMoment, toIso } from '../domain/time.ts'
import { credentialByCanonical, insertCredentialFact } from '../store/credentials.ts'
import { readSettings } from '../store/settings.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'

export function revokeCard(deps: DeskDeps, canonical: string, reason: RevokeReason): Result<CardRow> {
  return change(deps, canonical, 'card-revoked', ({ why }) =>
    why === reason ? `This card is already reported ${reason}.` : { kind: 'revoked', at: deps.now(), reason },
  )
}

export function suspendCard(deps: DeskDeps, canonical: string, why: string): Result<CardRow> {
  return change(deps, canonical, 'card-suspended', ({ state }) => {
    if (state === 'suspended') return 'This card is already suspended.'
    return state === 'active' || state === 'not-yet-active'
      ? { kind: 'suspended', at: deps.now(), reason: why }
      : `This card is ${state}, so there is nothing to suspend.`
  })
}

/** Also "found again" for a lost or stolen card; one that was returned or damaged is enrolled anew. */
export function reinstateCard(deps: DeskDeps, canonical: string): Result<CardRow> {
  return change(deps, canonical, 'card-reinstated', ({ state }) => {
    if (state === 'suspended' || state === 'lost' || state === 'stolen') return { kind: 'reinstated', at: deps.now() }
    return state === 'active' ? 'This card works already.' : `This card is ${state}: enrol it anew.`
  })
}

/** Before its first day; its last day stays what it was. */
export function startCard(deps: DeskDeps, canonical: string): Result<CardRow> {
  return change(deps, canonical, 'card-started', ({ state, memberId, validUntil }) => {
    if (state === 'not-yet-active') return { kind: 'enrolled', at: deps.now(), memberId, validFrom: null, validUntil }
    return state === 'active' ? 'This card works already.' : `This card is ${state}, so there is nothing to start.`
  })
}

/** `day` is a local day, `2026-12-03`, to its end; or a moment. */
export function extendCard(deps: DeskDeps, canonical: string, day: string): Result<CardRow> {
  const until = readMoment(day, readSettings(deps.desk).timeZone, 'end')
  if (until === null) return refuse('bad-request', accessRefusals.noMoment(day))
  if (until <= deps.now()) return refuse('bad-request', accessRefusals.past)
  return change(deps, canonical, 'card-extended', ({ state, memberId, validUntil }) => {
    if (state === 'not-yet-active') return 'This card has not begun yet: start it first.'
    if (state !== 'expired' && state !== 'active') return `This card is ${state}, so there is nothing to extend.`
    if (validUntil === null || validUntil >= until) return 'This card lasts longer than that already.'
    return { kind: 'enrolled', at: deps.now(), memberId, validFrom: null, validUntil: until }
  })
}

/** `factFor` gives a sentence where it makes no sense. */
function change(
  deps: DeskDeps,
  canonical: string,
  action: string,
  factFor: (now: CredentialNow & { memberId: string }) => CredentialFact | string,
): Result<CardRow> {
  const { db, newId, operator } = deps.live
  const credential = credentialByCanonical(db, canonical)
  const before = credentialAt(credential?.facts ?? [], deps.now())
  const { memberId } = before
  if (credential === null || memberId === null)
    return refuse('not-found', `Nobody has the card ${canonical}: \`latchkey card find\` shows what is known of it.`)
  const fact = factFor({ ...before, memberId })
  if (typeof fact === 'string') return refuse('wrong-state', fact)
  db.transaction(() => {
    insertCredentialFact(db, credential.id, fact, { id: newId(), origin: deps.deskId, operator })
    refreshSearch(db, memberId, deps.now())
    recordAction(deps, action, canonical, { member: memberId, ...detailOf(fact) })
  }).immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, canonical))
}

function detailOf(fact: CredentialFact): Record<string, unknown> {
  if (fact.kind === 'enrolled') return { until: toIso(fact.validUntil) }
  return 'reason' in fact ? { reason: fact.reason } : {}
}
