// Which plans a subscription is for: by a manager's word, else one plan a product (flow 2).
import type { Subscription } from '../domain/billing.ts'
import { productById } from '../store/billing-objects.ts'
import { upsertProductPlan } from '../store/plans.ts'
import { decisionOf } from '../store/price-plans.ts'
import { mappingConfirmedAt } from '../store/settings.ts'
import type { DeriveDeps } from './derive-deps.ts'

/** The plans of its prices, each once, the first naming the membership; none for a sale that is no membership.
 * Until the mapping is confirmed every recurring price is one; after that a new price waits for a manager's word. */
export function plansOfSubscription(deps: DeriveDeps, { items }: Subscription): string[] {
  const { db, account } = deps
  const confirmed = mappingConfirmedAt(db) !== null
  const plans = items.flatMap(({ priceId, productId }) => {
    const decision = decisionOf(db, account, priceId)
    if (decision !== null) return decision.planId ?? []
    return confirmed ? [] : ensurePlan(deps, productId)
  })
  return [...new Set(plans)]
}

export function ensurePlan(deps: Pick<DeriveDeps, 'db' | 'account' | 'now' | 'newId'>, productId: string): string {
  const { db, account, now, newId } = deps
  const name = productById(db, account, productId)?.name ?? productId
  return upsertProductPlan(db, { id: newId(), account, productId, name, at: now })
}
