// What a card is worth at a moment, folded from the facts recorded about it; never a column that is overwritten.
import type { Ms } from './time.ts'

/** Why a card was made useless; `returned` and `damaged` are told to doors as `card-revoked`. */
export const REVOKE_REASONS = ['lost', 'stolen', 'returned', 'damaged'] as const
export type RevokeReason = (typeof REVOKE_REASONS)[number]

export type CredentialFact =
  /** `dueAt`: a loaner, to be back by then. */
  | { kind: 'enrolled'; at: Ms; memberId: string; validFrom: Ms | null; validUntil: Ms | null; dueAt?: Ms | null }
  | { kind: 'revoked'; at: Ms; reason: RevokeReason }
  | { kind: 'suspended'; at: Ms; reason: string }
  | { kind: 'reinstated'; at: Ms }
  /** In the box: ours and nobody's; `loaner`: kept for lending. */
  | { kind: 'stocked'; at: Ms; loaner: boolean }
  | { kind: 'labelled'; at: Ms; label: string }
  /** Enrolled by the short identity `from`, and seen whole since. */
  | { kind: 'upgraded'; at: Ms; from: string }

export const CREDENTIAL_STATES = [
  'active',
  'unassigned',
  'stolen',
  'lost',
  'revoked',
  'suspended',
  'not-yet-active',
  'expired',
] as const
export type CredentialState = (typeof CREDENTIAL_STATES)[number]

/** `since` is the moment of the fact that made the state, `why` what the operator gave with it. */
export type CredentialNow = {
  state: CredentialState
  memberId: string | null
  since: Ms | null
  why: string | null
  validFrom: Ms | null
  validUntil: Ms | null
  label: string | null
  loaner: boolean
  /** When a loaner that is out is to be back. */
  dueAt: Ms | null
}

const NOTHING: CredentialNow = {
  state: 'unassigned',
  memberId: null,
  since: null,
  why: null,
  validFrom: null,
  validUntil: null,
  label: null,
  loaner: false,
  dueAt: null,
}

/** `facts` in the order in which they were recorded. A new enrolment starts the card's life anew. */
export function credentialAt(facts: readonly CredentialFact[], now: Ms): CredentialNow {
  let result = NOTHING
  for (const fact of facts) if (fact.at <= now) result = after(result, fact)
  if (result.state !== 'active') return result
  const { validFrom, validUntil } = result
  if (validFrom !== null && now < validFrom) return { ...result, state: 'not-yet-active', since: validFrom }
  if (validUntil !== null && now >= validUntil) return { ...result, state: 'expired', since: validUntil }
  return result
}

function after(before: CredentialNow, fact: CredentialFact): CredentialNow {
  const since = fact.at
  switch (fact.kind) {
    case 'enrolled': {
      const { memberId, validFrom, validUntil, dueAt = null } = fact
      return { ...before, state: 'active', memberId, since, why: null, validFrom, validUntil, dueAt }
    }
    case 'revoked':
      return { ...before, state: revokedState(fact.reason), since, why: fact.reason }
    case 'suspended':
      return { ...before, state: 'suspended', since, why: fact.reason }
    case 'reinstated':
      return { ...before, state: 'active', since, why: null }
    case 'stocked':
      return { ...NOTHING, since, label: before.label, loaner: fact.loaner }
    case 'labelled':
      return { ...before, label: fact.label === '' ? null : fact.label }
    case 'upgraded':
      return before
  }
}

function revokedState(reason: RevokeReason): CredentialState {
  return reason === 'lost' || reason === 'stolen' ? reason : 'revoked'
}

/** Whether what is known of a card by now keeps out whom it opened for by what was known before. */
export function mayNoLongerOpen(before: CredentialNow, now: CredentialNow): boolean {
  const outOfUse = ['lost', 'stolen', 'revoked', 'suspended'].includes(now.state)
  return before.state === 'active' && (outOfUse || now.memberId !== before.memberId)
}

/** A card that was enrolled by this short identity before it was seen whole. */
export function wasEnrolledAs(facts: readonly CredentialFact[], short: string): boolean {
  return facts.some((fact) => fact.kind === 'upgraded' && fact.from === short)
}
