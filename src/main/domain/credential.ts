// What a card is worth at a moment, folded from the facts recorded about it; never a column that is overwritten.
import type { Ms } from './time.ts'

/** Why a card was made useless; `returned` and `damaged` are told to doors as `card-revoked`. */
export const REVOKE_REASONS = ['lost', 'stolen', 'returned', 'damaged'] as const
export type RevokeReason = (typeof REVOKE_REASONS)[number]

export type CredentialFact =
  | { kind: 'enrolled'; at: Ms; memberId: string; validFrom: Ms | null; validUntil: Ms | null }
  | { kind: 'revoked'; at: Ms; reason: RevokeReason }
  | { kind: 'suspended'; at: Ms; reason: string }
  | { kind: 'reinstated'; at: Ms }

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
  validUntil: Ms | null
}

/** `facts` in the order in which they were recorded. A new enrolment starts the card's life anew. */
export function credentialAt(facts: readonly CredentialFact[], now: Ms): CredentialNow {
  let result: CredentialNow = { state: 'unassigned', memberId: null, since: null, why: null, validUntil: null }
  let validFrom: Ms | null = null
  for (const fact of facts) {
    if (fact.at > now) continue
    switch (fact.kind) {
      case 'enrolled':
        result = { state: 'active', memberId: fact.memberId, since: fact.at, why: null, validUntil: fact.validUntil }
        validFrom = fact.validFrom
        break
      case 'revoked':
        result = { ...result, state: revokedState(fact.reason), since: fact.at, why: fact.reason }
        break
      case 'suspended':
        result = { ...result, state: 'suspended', since: fact.at, why: fact.reason }
        break
      case 'reinstated':
        result = { ...result, state: 'active', since: fact.at, why: null }
        break
    }
  }
  if (result.state !== 'active') return result
  if (validFrom !== null && now < validFrom) return { ...result, state: 'not-yet-active', since: validFrom }
  if (result.validUntil !== null && now >= result.validUntil) {
    return { ...result, state: 'expired', since: result.validUntil }
  }
  return result
}

function revokedState(reason: RevokeReason): CredentialState {
  return reason === 'lost' || reason === 'stolen' ? reason : 'revoked'
}

/** Whether what is known of a card by now keeps out whom it opened for by what was known before. */
export function mayNoLongerOpen(before: CredentialNow, now: CredentialNow): boolean {
  const outOfUse = ['lost', 'stolen', 'revoked', 'suspended'].includes(now.state)
  return before.state === 'active' && (outOfUse || now.memberId !== before.memberId)
}
