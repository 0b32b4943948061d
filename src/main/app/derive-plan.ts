// What a subscription is sold as: by a manager's word, else one plan a product (flow 2).
import type { Subscription } from '../domain/billing.ts'
import { productById } from '../store/billing-objects.ts'
import { followProduct, upsertProductPlan } from '../store/plans.ts'
import { decisionOf } from '../store/price-plans.ts'
import { mappingConfirmedAt } from '../store/settings.ts'
import type { DeriveDeps } from './derive-deps.ts'

/** `plans`: of its prices, each once, the first naming the membership. `undecided`: one of its prices waits for a manager's
 * word. Neither: a sale that is no membership. */
export type Sale = { plans: string[]; undecided: boolean }

/** Until the mapping is confirmed every recurring price is a membership; after that a new one waits. */
export function saleOf(deps: DeriveDeps, { items }: Subscription): Sale {
  const { db, account } = deps
  const confirmed = mappingConfirmedAt(db) !== null
  const plans = new Set<string>()
  let undecided = items.length === 0
  for (const { priceId, productId } of items) {
    const decision = decisionOf(db, account, priceId)
    if (decision === null && confirmed) undecided = true
    else if (decision === null) plans.add(ensurePlan(deps, productId))
    else if (decision.planId !== null) {
      const name = productById(db, account, productId)?.name
      if (name !== undefined) followProduct(db, account, productId, name)
      plans.add(decision.planId)
    }
  }
  return { plans: [...plans], undecided }
}

export function ensurePlan(deps: Pick<DeriveDeps, 'db' | 'account' | 'now' | 'newId'>, productId: string): string {
  const { db, account, now, newId } = deps
  const name = productById(db, account, productId)?.name ?? productId
  return upsertProductPlan(db, { id: newId(), account, productId, name, at: now })
}
