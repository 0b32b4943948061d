// The closed list of reasons a door can give, in order of precedence (docs/door-link.md, "Reasons").

/** First match wins; a grant stands where it is because it outranks what follows. */
export const REASONS = [
  'lockdown',
  'unreadable-card',
  'unknown-card',
  'card-unassigned',
  'card-stolen',
  'card-lost',
  'card-revoked',
  'card-suspended',
  'card-not-yet-active',
  'card-expired',
  'member-barred',
  'ok-keyholder',
  'ok-held-open',
  'ok-override',
  'no-membership',
  'payment-pending',
  'lapsed',
  'frozen',
  'ended',
  'billing-stale',
  'not-this-door',
  'outside-hours',
  'anti-passback',
  'ok-stale',
  'ok-grace',
  'ok',
] as const

export type Reason = (typeof REASONS)[number]

export function isGrant(reason: Reason): boolean {
  return reason === 'ok' || reason.startsWith('ok-')
}

/** More about a refusal, closed as well. `list-expired`: a controller that had not heard from the desk for too long. */
export const DETAILS = ['needs-induction', 'visits-used', 'host-absent', 'guardian-absent', 'list-expired'] as const
export type Detail = (typeof DETAILS)[number]

export function isDetail(word: string | null): word is Detail {
  return (DETAILS as readonly (string | null)[]).includes(word)
}
