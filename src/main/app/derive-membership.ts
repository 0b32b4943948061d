// The membership of a subscription: made at first sight, then kept in step with what its prices are (flow 2).
import type { Subscription } from '../domain/billing.ts'
import { customerById } from '../store/billing-objects.ts'
import {
  insertStripeMembership,
  membershipOfSubscription,
  morePlansOf,
  planOfMembership,
  setMembershipPlan,
  setMorePlans,
} from '../store/entitlements.ts'
import { memberById, setArchived } from '../store/members.ts'
import type { DeriveDeps } from './derive-deps.ts'
import { ensureMember } from './derive-person.ts'
import { saleOf } from './derive-plan.ts'

/** `unmapped`: one of its prices waits for a manager's word. `other`: a manager has said that it is no membership. */
export type DerivedMembership = {
  id: string
  planId: string
  sold: 'membership' | 'unmapped' | 'other'
  /** What it opens beyond the plan that names it has changed. */
  opensOther: boolean
}

/** Null for a sale that is no membership and never was one, and for one whose person is not known. */
export function ensureMembership(deps: DeriveDeps, subscription: Subscription): DerivedMembership | null {
  const { db, account, now, origin } = deps
  const sale = saleOf(deps, subscription)
  const known = membershipOfSubscription(db, account, subscription.id)
  const former = known === null ? null : planOfMembership(db, known)
  const formerMore = known === null ? [] : morePlansOf(db, known)
  const before = former === null ? [] : [former, ...formerMore]
  // While nobody has said what a new price is, what was a membership keeps all that it opened.
  const [planId = former, ...more] = sale.undecided ? new Set([...sale.plans, ...before]) : sale.plans
  if (planId === null) return null
  const sold = sale.undecided ? 'unmapped' : sale.plans.length === 0 ? 'other' : 'membership'
  const memberId = ensureMember(deps, subscription.customerId, customerById(db, account, subscription.customerId))
  if (known === null && memberId === null) return null
  const id = known ?? deps.newId()
  if (known !== null) setMembershipPlan(db, id, planId)
  else if (memberId !== null) {
    // Whoever pays again is back, whatever was thought of them.
    const over = ['canceled', 'incomplete_expired'].includes(subscription.status)
    if (!over && memberById(db, memberId)?.archivedAt != null) setArchived(db, memberId, null)
    const from = Math.min(subscription.created, now)
    insertStripeMembership(db, {
      id,
      account,
      subscriptionId: subscription.id,
      planId,
      memberId,
      from,
      at: now,
      origin,
    })
  }
  const opensOther = (more.length > 0 || formerMore.length > 0) && setMorePlans(db, id, more)
  return { id, planId, sold, opensOther }
}
