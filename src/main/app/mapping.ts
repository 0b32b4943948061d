// Which sales are memberships: what is sold, and what a manager said of it.
import type { Args, Reply } from '../../preload/contract.ts'
import type { MappedPrice, Mapping } from '../../preload/shapes-memberships.ts'
import { mappingRefusals } from '../domain/memberships-en.ts'
import { toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { allPrices, priceById, productById } from '../store/billing-objects.ts'
import type { ReadDb } from '../store/open.ts'
import { allPlans, insertPlan, planById, planCalled, planOfProduct } from '../store/plans.ts'
import { decidePrice, decisionOf, liveSubscriptionsByPrice } from '../store/price-plans.ts'
import { mappingConfirmedAt, writeSetting } from '../store/settings.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { ensurePlan } from './derive-plan.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export function readMapping({ desk: db }: ReadDeps): Mapping {
  const { account } = readSyncState(db)
  const confirmedAt = mappingConfirmedAt(db)
  if (account === undefined) return { confirmedAt: toIso(confirmedAt), askToConfirm: false, prices: [] }
  const live = liveSubscriptionsByPrice(db, account)
  const names = new Map(allPlans(db).map(({ id, name }) => [id, name]))
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id })
  const sold = allPrices(db, account)
  const decisions = new Map(sold.map(({ id }) => [id, decisionOf(db, account, id)]))
  const prices = sold.map((price): MappedPrice => {
    const decision = decisions.get(price.id) ?? null
    const productName = productById(db, account, price.productId)?.name ?? price.productId
    const sibling = sold.find(({ id, productId }) => productId === price.productId && decisions.get(id)?.planId)
    const byProduct = planOfProduct(db, account, price.productId)
    const sure = decision !== null || confirmedAt === null || !price.recurring
    // As it counts now: before the mapping is confirmed every recurring price is a membership.
    const planId = decision === null ? (price.recurring && confirmedAt === null ? byProduct : null) : decision.planId
    const membership = decision === null ? price.recurring : decision.planId !== null
    return {
      price: price.id,
      product: price.productId,
      productName,
      nickname: price.nickname,
      amount: price.unitAmount === null ? null : { minor: price.unitAmount, currency: price.currency },
      interval: price.interval,
      active: price.active,
      subscriptions: live.get(price.id) ?? 0,
      decision: sure ? (membership ? 'membership' : 'other') : 'undecided',
      plan: named(planId),
      suggestion: decisions.get(sibling?.id ?? '')?.planId ?? byProduct ?? planCalled(db, productName)?.id ?? null,
    }
  })
  return { confirmedAt: toIso(confirmedAt), askToConfirm: askToConfirm(db), prices }
}

/** A live key, and nobody has said yet which prices open doors. */
export function askToConfirm(db: ReadDb): boolean {
  const { livemode, lastCompleteAt } = readSyncState(db)
  return livemode === true && lastCompleteAt !== undefined && mappingConfirmedAt(db) === null
}

export async function setMapping(deps: DeskDeps, asked: Args<'mapping.set'>): Promise<Result<Reply<'mapping.set'>>> {
  const { db, newId, operator, sync } = deps.live
  const { account } = readSyncState(db)
  const at = deps.now()
  if (account === undefined) return refuse('wrong-state', mappingRefusals.noAccount)
  const price = priceById(db, account, asked.price)
  if (price === null) return refuse('not-found', mappingRefusals.noPrice)
  const newName = asked.newPlan?.trim()
  if (newName === '') return refuse('bad-request', mappingRefusals.noName)
  if (newName === undefined && asked.plan === undefined) return refuse('bad-request', mappingRefusals.sayWhat)
  if (!price.recurring && (newName ?? asked.plan) != null) return refuse('wrong-state', mappingRefusals.soldOnce)
  if (newName !== undefined && planCalled(db, newName) !== undefined)
    return refuse('taken', mappingRefusals.nameTaken(newName))
  if (asked.plan != null && planById(db, asked.plan) === null) return refuse('not-found', mappingRefusals.noPlan)
  db.transaction(() => {
    const planId = newName === undefined ? (asked.plan ?? null) : newId()
    if (newName !== undefined && planId !== null) insertPlan(db, { id: planId, name: newName, at })
    decidePrice(db, { account, priceId: asked.price, planId, at, operator })
    recordAction(deps, 'price-mapped', asked.price, { plan: planId })
  }).immediate()
  await sync.deriveAll()
  deps.live.pushLamps()
  return done(readMapping(deps))
}

/** From now on a new price opens nothing before someone has said what it is. What counts now is written down. */
export async function confirmPlans(deps: DeskDeps): Promise<Result<Reply<'mapping.confirm'>>> {
  const { db, newId, operator, sync } = deps.live
  const { account } = readSyncState(db)
  const at = deps.now()
  if (account === undefined) return refuse('wrong-state', mappingRefusals.noAccount)
  db.transaction(() => {
    for (const price of allPrices(db, account)) {
      if (!price.recurring || decisionOf(db, account, price.id) !== null) continue
      const planId = ensurePlan({ db, account, now: at, newId }, price.productId)
      decidePrice(db, { account, priceId: price.id, planId, at, operator })
    }
    writeSetting(db, 'mappingConfirmedAt', at, at)
    recordAction(deps, 'mapping-confirmed', account)
  }).immediate()
  await sync.deriveAll()
  deps.live.pushLamps()
  return done(readMapping(deps))
}
