// A membership that runs at Stripe, read there at this moment: what every change of it begins with.
import { changeRefusals as refusals } from '../domain/changes-en.ts'
import type { Item, SubscriptionNow } from '../domain/membership-change.ts'
import { type Ms, SECOND } from '../domain/time.ts'
import { priceById } from '../store/billing-objects.ts'
import { planOfMembership, subscriptionOf } from '../store/entitlements.ts'
import { openChanges } from '../store/membership-changes.ts'
import { planOfProduct } from '../store/plans.ts'
import { decisionOf } from '../store/price-plans.ts'
import type { ChangesPort } from '../stripe/changes-port.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

/** `at`: this moment by Stripe's clock, in whole seconds as Stripe counts. */
export type Look = {
  id: string
  account: string
  planId: string
  port: ChangesPort
  now: SubscriptionNow
  at: Ms
}

/** Reads the truth, after whatever was asked before and never answered is settled. */
export async function lookAt(deps: DeskDeps, id: string): Promise<Result<Look>> {
  const { db } = deps.live
  const subscription = subscriptionOf(db, id)
  const planId = planOfMembership(db, id)
  if (subscription === null || planId === null) return refuse('wrong-state', refusals.notAtStripe)
  const stripe = deps.live.sync.stripe()
  if (stripe === null) return refuse('stripe', refusals.noStripe)
  return troubled(async () => {
    if (openChanges(db, id).length > 0) await deps.live.changes.settle(id)
    if (openChanges(db, id).length > 0) return refuse('wrong-state', refusals.before)
    const now = await stripe.changes.subscription(subscription.subscriptionId)
    if (now === null) return refuse('not-found', refusals.gone)
    const byStripe = deps.now() - (stripe.observed().clockAhead ?? 0)
    const at = Math.floor(byStripe / SECOND) * SECOND
    return done({ id, account: subscription.account, planId, port: stripe.changes, now, at })
  })
}

/** The item that the membership's plan is sold by; null where it is not clear which. */
export function itemOfPlan({ desk: db }: ReadDeps, { account, planId, now }: Look): Item | null {
  const planOf = ({ priceId }: Item) => {
    const decision = decisionOf(db, account, priceId)
    if (decision !== null) return decision.planId
    const price = priceById(db, account, priceId)
    return price === null ? null : planOfProduct(db, account, price.productId)
  }
  const fits = now.items.length === 1 ? now.items : now.items.filter((item) => planOf(item) === planId)
  return fits.length === 1 ? (fits[0] ?? null) : null
}

/** What Stripe says no to, or that it cannot be reached, as a refusal. */
export async function troubled<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}
