// What Stripe sells, as the plans look at it: all of it, or what a plan may be sold at.
import { planRefusals } from '../domain/plans-en.ts'
import type { Catalogue } from '../domain/shop.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { planOfProduct } from '../store/plans.ts'
import { decisionOf, liveSubscriptionsByPrice } from '../store/price-plans.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

export async function catalogueOf(deps: DeskDeps): Promise<Result<Catalogue>> {
  const shop = deps.live.sync.stripe()?.shop
  if (shop === undefined) return refuse('stripe', planRefusals.noStripe)
  try {
    return done(await shop.catalogue())
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

/** Without what is another plan by somebody's word, or is paid for as another: whoever pays it would have this plan at
 * once, and other doors. */
export function catalogueFor({ desk: db }: ReadDeps, catalogue: Catalogue, planId: string | null): Catalogue {
  const { account } = readSyncState(db)
  if (account === undefined) return catalogue
  const live = liveSubscriptionsByPrice(db, account)
  const prices = catalogue.prices.filter(({ id, interval, product }) => {
    if (interval === null) return true
    const decision = decisionOf(db, account, id)
    if (decision !== null) return decision.planId === planId
    return (live.get(id) ?? 0) === 0 || planOfProduct(db, account, product.id) === planId
  })
  return { ...catalogue, prices }
}
