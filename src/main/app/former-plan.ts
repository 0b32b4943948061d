// Somebody who comes back begins where they left off: the plan that they had last, as long as it is still sold.
import type { Choice } from '../domain/sign-up.ts'
import { lastPlanOf } from '../store/membership-changes.ts'
import type { ReadDeps } from './deps.ts'
import { priceOfPlan } from './sign-up-order.ts'

/** Null for somebody who never had one, or whose plan cannot be sold any more. */
export function formerPlan(deps: ReadDeps, memberId: string): Choice | null {
  const planId = lastPlanOf(deps.desk, memberId)
  const priceId = planId === null ? null : priceOfPlan(deps, planId)
  return planId === null || priceId === null ? null : { planId, priceId, quantity: 1, code: null }
}
