// Revoke, suspend, reinstate, start, extend, replace: each a fact about a card, each said no to where it makes no sense.

import type { CardRow } from '../../preload/shapes.ts'
import { cardRefusals as refusals } from '../domain/cards-en.ts'
import { type CredentialFact, type CredentialNow, credentialAt, type RevokeReason } from '../domain/credential.ts'
import { accessRefusals } from '../domain/standing-en.ts'
import { readMoment, toIso } from '../domain/time.ts'
import type { ActionKind } from '../domain/timeline-en.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { readSettings } from '../store/settings.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps } from './deps.ts'
import { addFact, giveCard, mayEnrol } from './enrol-card.ts'
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
  return change(deps, canonical, 'card-started', ({ state, memberId, validUntil, dueAt }) => {
    if (state === 'not-yet-active')
      return { kind: 'enrolled', at: deps.now(), memberId, validFrom: null, validUntil, dueAt }
    return state === 'active' ? 'This card works already.' : `This card is ${state}, so there is nothing to start.`
  })
}

/** `day` is a local day, `2026-12-03`, to its end; or a moment. */
export function extendCard(deps: DeskDeps, canonical: string, day: string): Result<CardRow> {
  const until = readMoment(day, readSettings(deps.desk).timeZone, 'end')
  if (until === null) return refuse('bad-request', accessRefusals.noMoment(day))
  if (until <= deps.now()) return refuse('bad-request', accessRefusals.past)
  return change(deps, canonical, 'card-extended', ({ state, memberId, validUntil, dueAt }) => {
    if (state === 'not-yet-active') return 'This card has not begun yet: start it first.'
    if (state !== 'expired' && state !== 'active') return `This card is ${state}, so there is nothing to extend.`
    if (validUntil === null || validUntil >= until) return 'This card lasts longer than that already.'
    return { kind: 'enrolled', at: deps.now(), memberId, validFrom: null, validUntil: until, dueAt }
  })
}

/** `day` as for extending, or null: it lasts until somebody takes it back. */
export function setLastDay(deps: DeskDeps, canonical: string, day: string | null): Result<CardRow> {
  const until = day === null ? null : readMoment(day, readSettings(deps.desk).timeZone, 'end')
  if (day !== null && until === null) return refuse('bad-request', accessRefusals.noMoment(day))
  if (until !== null && until <= deps.now()) return refuse('bad-request', accessRefusals.past)
  return change(deps, canonical, 'card-dated', ({ state, memberId, validFrom, dueAt }) =>
    state === 'active' || state === 'not-yet-active' || state === 'expired'
      ? { kind: 'enrolled', at: deps.now(), memberId, validFrom, validUntil: until, dueAt }
      : refusals.nothingToDate(state),
  )
}

/** The old card stops and the new one works, in one step; the new one lasts as long as the old one would have. */
export function replaceCard(
  deps: DeskDeps,
  canonical: string,
  reason: RevokeReason,
  by: string,
  { notTheSame = false } = {},
): Result<CardRow> {
  const { db } = deps.live
  const { memberId, state, validUntil } = credentialAt(credentialByCanonical(db, canonical)?.facts ?? [], deps.now())
  if (memberId === null) return refuse('not-found', refusals.nobodyHas(canonical))
  if (state === 'revoked') return refuse('wrong-state', refusals.notReplaced(state))
  if (by === canonical) return refuse('wrong-state', refusals.sameCards)
  const how = { validUntil: state === 'expired' ? null : validUntil, instead: canonical, notTheSame }
  const may = mayEnrol(deps, memberId, by, how)
  if (!may.ok) return may
  db.transaction(() => {
    if (state !== 'lost' && state !== 'stolen') addFact(deps, canonical, { kind: 'revoked', at: deps.now(), reason })
    giveCard(deps, memberId, by, how)
    recordAction(deps, 'card-replaced', canonical, { member: memberId, reason, by })
  }).immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, by))
}

/** `factFor` gives a sentence where it makes no sense. */
function change(
  deps: DeskDeps,
  canonical: string,
  action: ActionKind,
  factFor: (now: CredentialNow & { memberId: string }) => CredentialFact | string,
): Result<CardRow> {
  const { db } = deps.live
  const before = credentialAt(credentialByCanonical(db, canonical)?.facts ?? [], deps.now())
  const { memberId } = before
  if (memberId === null) return refuse('not-found', refusals.nobodyHas(canonical))
  const fact = factFor({ ...before, memberId })
  if (typeof fact === 'string') return refuse('wrong-state', fact)
  db.transaction(() => {
    addFact(deps, canonical, fact)
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
