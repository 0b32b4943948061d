// A card as a person or a command gives it: read by the rules of card identity, or one sentence that says what to do.

import type { CardRow } from '../../preload/shapes.ts'
import { CARD_FORMS, isCardForm, readCard, shortForm } from '../domain/card-identity.ts'
import { type CredentialFact, credentialAt } from '../domain/credential.ts'
import { toIso } from '../domain/time.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'
import { stillOpens } from './still-opens.ts'

export function unknownForm(form: string): { ok: false; refusal: ReturnType<typeof refuse>['refusal'] } {
  return refuse(
    'bad-request',
    `"${form}" is not a form in which cards are written. Use one of: ${CARD_FORMS.join(' ')}`,
  )
}

export function cardFromText(text: string, form: string | undefined): Result<string> {
  if (form !== undefined && !isCardForm(form)) return unknownForm(form)
  const reading = readCard(text, form)
  return reading.ok ? done(reading.canonical) : refuse('unreadable', reading.why, reading.readings)
}

export function cardRow(deps: ReadDeps, canonical: string): CardRow {
  return rowOf(deps, canonical, credentialByCanonical(deps.desk, canonical)?.facts ?? [])
}

/** The same where its facts are at hand. */
export function rowOf(deps: ReadDeps, canonical: string, facts: readonly CredentialFact[]): CardRow {
  const credential = credentialAt(facts, deps.now())
  const { state, since, why, memberId, label, loaner, validUntil, dueAt } = credential
  const member = memberId === null ? null : memberById(deps.desk, memberId)
  return {
    canonical,
    short: shortForm(canonical),
    state,
    since: toIso(since),
    why,
    label,
    loaner,
    validUntil: toIso(validUntil),
    dueAt: toIso(dueAt),
    member: member === null ? null : { id: member.id, name: member.name },
    stillOpens: state === 'active' ? [] : stillOpens(deps, canonical),
  }
}
