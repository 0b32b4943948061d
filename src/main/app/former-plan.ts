// Somebody who comes back begins where they left off: the plan that they had last, as long as it is still sold.
import type { Choice } from '../domain/sign-up.ts'
import { lastPlanOf } from '../store/membership-changes.ts'
import type { ReadDeps } from './deps.ts'
import { heldPlan } from './held-plan.ts'
import { priceOfPlan } from './sign-up-order.ts'

/** Null for somebody who never had one or still has it, or whose plan cannot be sold any more. */
export function formerPlan(deps: ReadDeps, memberId: string): Choice | null {
  const planId = lastPlanOf(deps.desk, memberId)
  const priceId = planId === null ? null : priceOfPlan(deps, planId)
  if (planId === null || priceId === null || heldPlan(deps, { memberId, planId }) !== null) return null
  return { planId, priceId, quantity: 1, code: null }
}
