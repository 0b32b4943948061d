// What a plan costs at the desk, by a manager's word: which of Stripe's prices is sold, a fee, from when, its terms.
import type { Args } from '../../preload/contract.ts'
import type { PlanOffer } from '../../preload/shapes-sign-up.ts'
import { signUpRefusals as refusals } from '../domain/sign-up-en.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { priceById } from '../store/billing-objects.ts'
import { type PlanSale, saleOfPlan, savePlanSale } from '../store/plan-sale.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { planOffers } from './sign-up-view.ts'

export function setSale(deps: DeskDeps, asked: Args<'plans.setSale'>): Result<PlanOffer> {
  const { db } = deps.live
  const before = saleOfPlan(db, asked.plan)
  if (before === null) return refuse('not-found', refusals.noPlan)
  const { account = '' } = readSyncState(db)
  const priceOf = (id: string) => priceById(db, account, id)
  if (asked.price != null && priceOf(asked.price)?.recurring !== true)
    return refuse('bad-request', refusals.noRecurring(asked.price))
  if (asked.fee != null && priceOf(asked.fee)?.recurring !== false)
    return refuse('bad-request', refusals.noFee(asked.fee))
  if (asked.termsUrl != null && !/^https?:\/\/\S+\.\S+$/.test(asked.termsUrl))
    return refuse('bad-request', refusals.noUrl(asked.termsUrl))
  if (asked.slug != null && !/^[\w-]{1,40}$/.test(asked.slug)) return refuse('bad-request', refusals.noSlug(asked.slug))
  const or = <T>(news: T | undefined, old: T): T => (news === undefined ? old : news)
  const sale: PlanSale = {
    priceId: or(asked.price, before.priceId),
    feePriceId: or(asked.fee, before.feePriceId),
    anchorDay: or(asked.anchorDay, before.anchorDay),
    slug: or(asked.slug, before.slug),
    listed: or(asked.listed, before.listed),
    termsVersion: or(asked.termsVersion, before.termsVersion),
    termsUrl: or(asked.termsUrl, before.termsUrl),
  }
  db.transaction(() => {
    savePlanSale(db, asked.plan, sale)
    recordAction(deps, 'plan-sale-changed', asked.plan, sale)
  }).immediate()
  deps.live.push('signUps', {})
  const offer = planOffers(deps).find(({ id }) => id === asked.plan)
  return offer === undefined ? refuse('not-found', refusals.noPlan) : done(offer)
}
