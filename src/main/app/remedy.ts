// The buttons that mend what a reason tells of, the best first, as far as this version can.
import type { Remedy } from '../../preload/shapes-doors.ts'
import type { Detail, Reason } from '../domain/reasons.ts'

/** `manual`: the reason is about an agreement made here, which can be renewed here. `payable`: what is
 * owed can be paid at Stripe. */
export function remediesFor(reason: Reason, detail: Detail | null, manual: boolean, payable: boolean): Remedy[] {
  const paying: Remedy[] = manual ? ['renew-term'] : payable ? ['take-payment'] : []
  switch (reason) {
    case 'unknown-card':
      return ['same-card', 'assign-card']
    case 'card-unassigned':
      return ['assign-card']
    case 'ok-stale':
      return ['sync-now']
    case 'billing-stale':
      return ['let-in-once', 'sync-now']
    case 'card-not-yet-active':
      return ['start-card']
    case 'card-expired':
      return ['extend-card']
    case 'card-suspended':
      return ['reinstate-card']
    case 'card-revoked':
    case 'member-barred':
      return ['see-person']
    case 'payment-pending':
      return ['finish-sign-up']
    case 'card-lost':
    case 'card-stolen':
      return ['found-again', 'keep-lost']
    case 'lockdown':
      return ['release-door']
    case 'ok-held-open':
      return ['close-door']
    case 'ok-grace':
      return paying
    case 'lapsed':
      return [...paying, 'let-in-once']
    case 'not-this-door':
      return detail === null ? ['give-access'] : detail === 'needs-induction' ? ['give-induction'] : ['let-in-once']
    case 'no-membership':
      return detail === 'host-absent' ? ['let-in-once'] : ['sign-up']
    case 'ended':
      return manual ? ['renew-term', 'let-in-once'] : ['sign-up', 'let-in-once']
    case 'frozen':
      return ['resume', 'let-in-once']
    case 'outside-hours':
    case 'anti-passback':
      return ['let-in-once']
    default:
      return []
  }
}
