// What is bought: the chosen plan's price, its fee, from when it is billed, and the promotions that apply by themselves or
// by a code.
import type { Choice } from '../domain/sign-up.ts'
import { signUpRefusals as refusals } from '../domain/sign-up-en.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { allPrices } from '../store/billing-objects.ts'
import { saleOfPlan } from '../store/plan-sale.ts'
import { planById, planOfProduct } from '../store/plans.ts'
import { decisionOf } from '../store/price-plans.ts'
import type { Order, Till } from '../stripe/till-port.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

/** The price that a manager chose for the plan, else the only one that it has; null where a manager has to choose. */
export function priceOfPlan({ desk: db }: ReadDeps, planId: string): string | null {
  const chosen = saleOfPlan(db, planId)?.priceId ?? null
  if (chosen !== null) return chosen
  const { account } = readSyncState(db)
  if (account === undefined) return null
  const prices = allPrices(db, account).filter(({ id, productId, active, recurring }) => {
    const decision = decisionOf(db, account, id)
    return (
      active && recurring && (decision === null ? planOfProduct(db, account, productId) : decision.planId) === planId
    )
  })
  return prices.length === 1 ? (prices[0]?.id ?? null) : null
}

/** A code that Stripe does not know is said; a promotion that is found by name is left out silently where it is not there. */
export async function orderFor(
  deps: ReadDeps,
  till: Till,
  customerId: string,
  choice: Choice & { priceId: string },
): Promise<Result<Order>> {
  const sale = saleOfPlan(deps.desk, choice.planId)
  const byCode = choice.code === null ? null : await till.promotion(choice.code)
  if (choice.code !== null && byCode === null) return refuse('not-found', refusals.noCode(choice.code))
  const auto = sale?.slug == null ? null : await till.promotion(`AUTO-${sale.slug.toUpperCase()}`).catch(() => null)
  return done({
    customerId,
    priceId: choice.priceId,
    quantity: choice.quantity,
    feePriceId: sale?.feePriceId ?? null,
    anchorDay: sale?.anchorDay ?? null,
    feePromotion: auto,
    promotion: byCode,
  })
}

export function planNamed({ desk }: ReadDeps, planId: string): string {
  return planById(desk, planId)?.name ?? planId
}
