// The box of cards at the desk: put in, labelled, lent and taken back. Who had a loaner since when stands in its facts.

import type { CardRow } from '../../preload/shapes.ts'
import { isRandomUid } from '../domain/card-identity.ts'
import { cardRefusals as refusals } from '../domain/cards-en.ts'
import { type CredentialNow, credentialAt } from '../domain/credential.ts'
import { accessRefusals } from '../domain/standing-en.ts'
import { type Ms, readMoment } from '../domain/time.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { memberById } from '../store/members.ts'
import { readSettings } from '../store/settings.ts'
import { cardRow } from './card-text.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { addFact, enrolCard } from './enrol-card.ts'
import { recordAction } from './record-action.ts'
import { refreshSearch } from './refresh-search.ts'
import { done, type Result, refuse } from './result.ts'

export const LONGEST_LABEL = 60

/** `label`: what is written on it. */
export type Stocking = { loaner: boolean; label?: string | undefined }

/** Whether this card may be put into stock; how it stood before. */
export function mayStock(deps: ReadDeps, canonical: string, { loaner, label }: Stocking): Result<CredentialNow> {
  if (isRandomUid(canonical)) return refuse('unreadable', refusals.randomUid)
  if (label !== undefined && label.trim().length > LONGEST_LABEL) return refuse('bad-request', refusals.longLabel)
  const now = cardNow(deps, canonical)
  if (now.memberId !== null && now.state !== 'revoked')
    return refuse('taken', refusals.held(holderOf(deps, now.memberId)))
  if (isInStock(deps, canonical) && now.loaner === loaner && label === undefined)
    return refuse('wrong-state', refusals.inStock)
  return done(now)
}

/** A card of ours that nobody has: new from a box, or given back. */
export function stockCard(deps: DeskDeps, canonical: string, stocking: Stocking): Result<CardRow> {
  const { loaner, label } = stocking
  const may = mayStock(deps, canonical, stocking)
  if (!may.ok) return may
  const now = may.value
  deps.live.db
    .transaction(() => {
      addFact(deps, canonical, { kind: 'stocked', at: deps.now(), loaner })
      if (label !== undefined) addFact(deps, canonical, { kind: 'labelled', at: deps.now(), label: label.trim() })
      if (now.memberId !== null) refreshSearch(deps.live.db, now.memberId, deps.now())
      recordAction(deps, 'card-stocked', canonical, { loaner, ...(label === undefined ? {} : { label }) })
    })
    .immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, canonical))
}

/** `due`: a local day, to its end, or a moment; it goes on opening after that, and the desk asks for it back. */
export function lendCard(deps: DeskDeps, memberId: string, canonical: string, due?: string): Result<CardRow> {
  const dueAt = due === undefined ? null : readMoment(due, readSettings(deps.desk).timeZone, 'end')
  if (due !== undefined && dueAt === null) return refuse('bad-request', accessRefusals.noMoment(due))
  if (dueAt !== null && dueAt <= deps.now()) return refuse('bad-request', accessRefusals.past)
  const { loaner, memberId: holder, state } = cardNow(deps, canonical)
  if (!loaner) return refuse('wrong-state', refusals.noLoaner)
  if (holder !== null && state !== 'revoked') return refuse('taken', refusals.notBack(holderOf(deps, holder)))
  return enrolCard(deps, memberId, canonical, { dueAt, lend: true })
}

/** A loaner that comes back lies in stock again. */
export function takeBack(deps: DeskDeps, canonical: string): Result<CardRow> {
  const { loaner, memberId } = cardNow(deps, canonical)
  if (!loaner || memberId === null) return refuse('wrong-state', refusals.notLent)
  deps.live.db
    .transaction(() => {
      addFact(deps, canonical, { kind: 'stocked', at: deps.now(), loaner: true })
      refreshSearch(deps.live.db, memberId, deps.now())
      recordAction(deps, 'card-back', canonical, { member: memberId })
    })
    .immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, canonical))
}

/** An empty label takes it off. */
export function labelCard(deps: DeskDeps, canonical: string, label: string): Result<CardRow> {
  if (label.trim().length > LONGEST_LABEL) return refuse('bad-request', refusals.longLabel)
  if (credentialByCanonical(deps.desk, canonical) === null) return refuse('not-found', refusals.unknown(canonical))
  const { memberId } = cardNow(deps, canonical)
  deps.live.db
    .transaction(() => {
      addFact(deps, canonical, { kind: 'labelled', at: deps.now(), label: label.trim() })
      recordAction(deps, 'card-labelled', canonical, { label: label.trim(), member: memberId })
    })
    .immediate()
  deps.live.push('members', {})
  return done(cardRow(deps, canonical))
}

function isInStock(deps: ReadDeps, canonical: string): boolean {
  const facts = credentialByCanonical(deps.desk, canonical)?.facts ?? []
  return facts.some(({ kind }) => kind === 'stocked') && credentialAt(facts, deps.now()).memberId === null
}

function cardNow(deps: ReadDeps, canonical: string, at: Ms = deps.now()): CredentialNow {
  return credentialAt(credentialByCanonical(deps.desk, canonical)?.facts ?? [], at)
}

function holderOf({ desk }: ReadDeps, memberId: string): string {
  return memberById(desk, memberId)?.name ?? 'somebody else'
}
