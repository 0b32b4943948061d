// The one button that mends what a reason tells of, as far as this version can.
import type { Remedy } from '../../preload/shapes-doors.ts'
import type { Reason } from '../domain/reasons.ts'

/** `manual`: the reason is about an agreement made here, which can be renewed here. `payAt`: where what is owed can be paid. */
export function remedyFor(reason: Reason, manual: boolean, payAt: string | null): Remedy | null {
  switch (reason) {
    case 'unknown-card':
    case 'card-unassigned':
      return 'assign-card'
    case 'ok-stale':
    case 'billing-stale':
      return 'sync-now'
    case 'card-suspended':
    case 'card-lost':
    case 'card-stolen':
      return 'reinstate-card'
    case 'not-this-door':
      return 'give-access'
    case 'ok-grace':
    case 'lapsed':
      return manual ? 'renew-term' : payAt === null ? null : 'open-invoice'
    default:
      return null
  }
}
