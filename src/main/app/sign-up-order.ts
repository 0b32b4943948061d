// What is bought: the chosen plan's price, its fee, from when it is billed, and the promotions that apply by themselves or
// by a code.
import type { Price } from '../domain/billing.ts'
import type { Choice } from '../domain/sign-up.ts'
import { signUpRefusals as refusals } from '../domain/sign-up-en.ts'
import { type Ms, toLocal } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { allPrices, priceById } from '../store/billing-objects.ts'
import { saleOfPlan } from '../store/plan-sale.ts'
import { planById, planOfProduct } from '../store/plans.ts'
import { decisionOf } from '../store/price-plans.ts'
import { readSettings } from '../store/settings.ts'
import type { Order, Till } from '../stripe/till-port.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

/** The price that a manager chose for the plan, else the only one that it has; null where a manager has to choose. */
export function priceSold(deps: ReadDeps, planId: string): string | null {
  const chosen = saleOfPlan(deps.desk, planId)?.priceId ?? null
  if (chosen !== null) return chosen
  const prices = pricesOfPlan(deps, planId)
  return prices.length === 1 ? (prices[0]?.id ?? null) : null
}

/** The same where a subscription can be begun at it: what is sold once is agreed at the desk. */
export function priceOfPlan(deps: ReadDeps, planId: string): string | null {
  const sold = priceSold(deps, planId)
  return sold === null || isSoldOnce(deps, sold) ? null : sold
}

export function whyNoPrice(deps: ReadDeps, planId: string): string {
  const sentence = priceSold(deps, planId) === null ? refusals.noPrice : refusals.soldOnce
  return sentence(planNamed(deps, planId))
}

function isSoldOnce({ desk: db }: ReadDeps, priceId: string): boolean {
  return priceById(db, readSyncState(db).account ?? '', priceId)?.recurring === false
}

/** Of what is sold once, for how many local days; null where it is charged again and again. */
export function daysOfTerm(deps: ReadDeps, planId: string): number | null {
  const sold = priceSold(deps, planId)
  return sold !== null && isSoldOnce(deps, sold) ? (saleOfPlan(deps.desk, planId)?.termDays ?? 1) : null
}

/** Stripe's prices that are this plan and are charged again and again. */
export function pricesOfPlan({ desk: db }: ReadDeps, planId: string): Price[] {
  const { account } = readSyncState(db)
  if (account === undefined) return []
  return allPrices(db, account).filter(({ id, productId, active, recurring }) => {
    const decision = decisionOf(db, account, id)
    return (
      active && recurring && (decision === null ? planOfProduct(db, account, productId) : decision.planId) === planId
    )
  })
}

/** A code that Stripe does not know is said; a promotion that is found by name is left out silently where it is not there.
 * `at`: when its bill was shown, so that midnight between the two changes nothing. */
export async function orderFor(
  deps: ReadDeps,
  till: Till,
  customerId: string,
  choice: Choice & { priceId: string },
  at: Ms,
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
    anchorDay: anchorOn(deps, sale?.anchorDay ?? null, at),
    feePromotion: auto,
    promotion: byCode,
  })
}

/** On the 1st itself there is nothing to pro-rate: the whole month is due, and the next one a month later. */
function anchorOn({ desk }: ReadDeps, anchorDay: 1 | null, at: Ms): 1 | null {
  return toLocal(at, readSettings(desk).timeZone).day.date.endsWith('-01') ? null : anchorDay
}

export function planNamed({ desk }: ReadDeps, planId: string): string {
  return planById(desk, planId)?.name ?? planId
}
