// What a plan costs and gives, as its form shows it: what was said, and which of Stripe's prices can be chosen.
import type { Args } from '../../preload/contract.ts'
import type { Plan } from '../../preload/shapes.ts'
import type { PlanSaleView, PriceChoice } from '../../preload/shapes-plans.ts'
import type { Price } from '../domain/billing.ts'
import { mappingRefusals } from '../domain/memberships-en.ts'
import { planRefusals } from '../domain/plans-en.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { allPrices, productById } from '../store/billing-objects.ts'
import type { ReadDb } from '../store/open.ts'
import { allowancesOfPlan } from '../store/plan-allowances.ts'
import { saleOfPlan } from '../store/plan-sale.ts'
import { insertPlan, planById, planCalled } from '../store/plans.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { membersByPlan, planRow } from './plan-members.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { pricesOfPlan } from './sign-up-order.ts'

export function planSaleView(deps: ReadDeps, plan: string): Result<PlanSaleView> {
  const { desk: db } = deps
  const sale = saleOfPlan(db, plan)
  if (sale === null) return refuse('not-found', mappingRefusals.noPlan)
  const { account = '' } = readSyncState(db)
  const { priceId, feePriceId, shouldCost, shouldFee, shouldCurrency, ...rest } = sale
  const prices = allPrices(db, account)
  // What is chosen is shown, whatever has become of it since.
  const chosen = (id: string | null) => prices.filter((price) => price.id === id)
  const again = [...pricesOfPlan(deps, plan), ...chosen(priceId).filter(({ recurring }) => recurring)]
  const once = [
    ...prices.filter(({ active, recurring }) => active && !recurring),
    ...chosen(priceId).filter(({ recurring }) => !recurring),
    ...chosen(feePriceId),
  ]
  return done({
    plan,
    price: priceId,
    fee: feePriceId,
    ...rest,
    should: shouldCurrency === null ? null : { cost: shouldCost, fee: shouldFee, currency: shouldCurrency },
    choices: { again: choicesOf(db, account, again), once: choicesOf(db, account, once) },
    allowances: allowancesOfPlan(db, plan),
  })
}

function choicesOf(db: ReadDb, account: string, prices: readonly Price[]): PriceChoice[] {
  return [...new Map(prices.map((price) => [price.id, price])).values()].map(
    ({ id, productId, nickname, unitAmount, currency, interval }) => ({
      price: id,
      product: productById(db, account, productId)?.name ?? productId,
      nickname,
      amount: unitAmount === null ? null : { minor: unitAmount, currency },
      interval,
    }),
  )
}

/** Behind no product of Stripe's. */
export function addPlan(deps: DeskDeps, asked: Args<'plans.add'>): Result<Plan> {
  const { db, newId } = deps.live
  const name = asked.name.trim()
  if (name === '') return refuse('bad-request', mappingRefusals.noName)
  const same = planCalled(db, name)
  if (same !== undefined) return refuse('taken', planRefusals.nameTaken(same.name))
  const id = newId()
  db.transaction(() => {
    insertPlan(db, { id, name, at: deps.now() })
    recordAction(deps, 'plan-added', id, { name })
  }).immediate()
  deps.live.push('members', {})
  const plan = planById(db, id)
  return plan === null ? refuse('not-found', mappingRefusals.noPlan) : done(planRow(plan, membersByPlan(deps)))
}
