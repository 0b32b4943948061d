// What a subscription is sold as: by a manager's word, else one plan a product (flow 2).
import type { Subscription } from '../domain/billing.ts'
import { productById } from '../store/billing-objects.ts'
import { followProduct, upsertProductPlan } from '../store/plans.ts'
import { decisionOf } from '../store/price-plans.ts'
import { mappingConfirmedAt } from '../store/settings.ts'
import type { DeriveDeps, SoldAs } from './derive-deps.ts'

/** `plans`: of its prices, each once, the first naming the membership. `undecided`: one of its prices waits for a manager's
 * word. Neither: a sale that is no membership. */
export type Sale = { plans: string[]; undecided: boolean }

export function saleOf(deps: DeriveDeps, { items }: Subscription): Sale {
  const plans = new Set<string>()
  let undecided = items.length === 0
  for (const { priceId, productId } of items) {
    const as = deps.sold.get(priceId) ?? soldAs(deps, priceId, productId)
    deps.sold.set(priceId, as)
    if (as === 'undecided') undecided = true
    else if (as.planId !== null) plans.add(as.planId)
  }
  return { plans: [...plans], undecided }
}

/** Until the mapping is confirmed every recurring price is a membership; after that a new one waits. */
function soldAs(deps: DeriveDeps, priceId: string, productId: string): SoldAs {
  const { db, account } = deps
  const decision = decisionOf(db, account, priceId)
  if (decision === null) return mappingConfirmedAt(db) === null ? { planId: ensurePlan(deps, productId) } : 'undecided'
  const name = productById(db, account, productId)?.name
  if (decision.planId !== null && name !== undefined) followProduct(db, account, productId, name)
  return decision
}

export function ensurePlan(deps: Pick<DeriveDeps, 'db' | 'account' | 'now' | 'newId'>, productId: string): string {
  const { db, account, now, newId } = deps
  const name = productById(db, account, productId)?.name ?? productId
  return upsertProductPlan(db, { id: newId(), account, productId, name, at: now })
}
