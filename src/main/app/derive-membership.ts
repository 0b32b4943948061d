// The membership of a subscription: made at first sight, then kept in step with what its prices are (flow 2).
import type { Customer, Subscription } from '../domain/billing.ts'
import {
  insertStripeMembership,
  membershipOfSubscription,
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
export function ensureMembership(
  deps: DeriveDeps,
  subscription: Subscription,
  customer: Customer | null,
): DerivedMembership | null {
  const { db, account, now, origin } = deps
  const sale = saleOf(deps, subscription)
  const known = membershipOfSubscription(db, account, subscription.id)
  const before = known === null ? [] : [known.planId, ...known.morePlans]
  // While nobody has said what a new price is, what was a membership keeps all that it opened.
  const [planId = known?.planId, ...more] = sale.undecided ? new Set([...sale.plans, ...before]) : sale.plans
  if (planId === undefined) return null
  const sold = sale.undecided ? 'unmapped' : sale.plans.length === 0 ? 'other' : 'membership'
  const memberId = ensureMember(deps, subscription.customerId, customer)
  if (known === null && memberId === null) return null
  const id = known?.id ?? deps.newId()
  if (known !== null && known.planId !== planId) setMembershipPlan(db, id, planId)
  if (known === null && memberId !== null) {
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
  const opensOther = (more.length > 0 || before.length > 1) && setMorePlans(db, id, more)
  return { id, planId, sold, opensOther }
}
