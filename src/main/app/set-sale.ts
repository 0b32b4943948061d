// What a plan costs at the desk, by a manager's word: which of Stripe's prices is sold, a fee, from when, its terms.
import type { Args } from '../../preload/contract.ts'
import type { PlanOffer } from '../../preload/shapes-sign-up.ts'
import { isCurrency } from '../domain/money.ts'
import { planRefusals } from '../domain/plans-en.ts'
import { signUpRefusals as refusals } from '../domain/sign-up-en.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { priceById } from '../store/billing-objects.ts'
import { type PlanSale, saleOfPlan, savePlanSale } from '../store/plan-sale.ts'
import { allPlans } from '../store/plans.ts'
import { decisionOf } from '../store/price-plans.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { planNamed, pricesOfPlan } from './sign-up-order.ts'
import { planOffers } from './sign-up-view.ts'

type Asked = Args<'plans.setSale'>

export function setSale(deps: DeskDeps, asked: Asked): Result<PlanOffer> {
  const { db } = deps.live
  const before = saleOfPlan(db, asked.plan)
  if (before === null) return refuse('not-found', refusals.noPlan)
  const sale = saleWith(before, asked)
  const wrong = problemOf(deps, asked, sale)
  if (wrong !== null)
    return refuse(wrong.code ?? 'bad-request', wrong.sentence, { fields: { [wrong.field]: wrong.sentence } })
  db.transaction(() => {
    savePlanSale(db, asked.plan, sale)
    recordAction(deps, 'plan-sale-changed', asked.plan, sale)
  }).immediate()
  deps.live.push('signUps', {})
  // What a plan costs is read by more than the sign-up.
  deps.live.push('members', {})
  const offer = planOffers(deps).find(({ id }) => id === asked.plan)
  return offer === undefined ? refuse('not-found', refusals.noPlan) : done(offer)
}

/** What is left out stays. */
function saleWith(before: PlanSale, asked: Asked): PlanSale {
  const or = <T>(news: T | undefined, old: T): T => (news === undefined ? old : news)
  return {
    priceId: or(asked.price, before.priceId),
    feePriceId: or(asked.fee, before.feePriceId),
    anchorDay: or(asked.anchorDay, before.anchorDay),
    slug: or(asked.slug, before.slug),
    listed: or(asked.listed, before.listed),
    termsVersion: or(asked.termsVersion, before.termsVersion),
    termsUrl: or(asked.termsUrl, before.termsUrl),
    termDays: or(asked.termDays, before.termDays),
    shouldCost: asked.should === undefined ? before.shouldCost : (asked.should?.cost ?? null),
    shouldFee: asked.should === undefined ? before.shouldFee : (asked.should?.fee ?? null),
    shouldCurrency: asked.should === undefined ? before.shouldCurrency : (asked.should?.currency ?? null),
  }
}

type Problem = { field: keyof Asked; sentence: string; code?: 'taken' | 'wrong-state' }

/** The first thing that cannot be, and in which field. */
function problemOf(deps: DeskDeps, asked: Asked, sale: PlanSale): Problem | null {
  const { db } = deps.live
  const { account = '' } = readSyncState(db)
  const price = sale.priceId === null ? null : priceById(db, account, sale.priceId)
  if (asked.price != null && price === null) return { field: 'price', sentence: planRefusals.noRecurring(asked.price) }
  if (
    asked.price != null &&
    price?.recurring === true &&
    !pricesOfPlan(deps, asked.plan).some(({ id }) => id === asked.price)
  ) {
    const other = decisionOf(db, account, asked.price)?.planId ?? null
    const sentence =
      other === null ? planRefusals.noRecurring(asked.price) : planRefusals.otherPlan(planNamed(deps, other))
    return { field: 'price', sentence, code: 'wrong-state' }
  }
  if (price?.recurring === false && sale.termDays === null) return { field: 'termDays', sentence: planRefusals.sayDays }
  if (price?.recurring !== false && asked.termDays != null)
    return { field: 'termDays', sentence: planRefusals.daysOfOnce }
  if (asked.fee != null && priceById(db, account, asked.fee)?.recurring !== false)
    return { field: 'fee', sentence: refusals.noFee(asked.fee) }
  if (asked.termsUrl != null && !isWebAddress(asked.termsUrl))
    return { field: 'termsUrl', sentence: planRefusals.noUrl(asked.termsUrl) }
  if (asked.slug != null && !/^[\w-]{1,40}$/.test(asked.slug))
    return { field: 'slug', sentence: refusals.noSlug(asked.slug) }
  const slug = asked.slug?.toLowerCase()
  const same = allPlans(db).find(({ id }) => id !== asked.plan && slug !== undefined && slugOf(deps, id) === slug)
  if (same !== undefined) return { field: 'slug', sentence: planRefusals.slugTaken(same.name), code: 'taken' }
  if (asked.should != null && !isCurrency(asked.should.currency))
    return { field: 'should', sentence: planRefusals.noCurrency(asked.should.currency) }
  return null
}

const slugOf = ({ desk }: DeskDeps, id: string) => saleOfPlan(desk, id)?.slug?.toLowerCase()

export const isWebAddress = (text: string): boolean => /^https?:\/\/\S+\.\S+$/.test(text)
