// A plan's product, price and fee, made in Stripe by a person's word from what is written down of it.
import type { PlanSaleView } from '../../preload/shapes-plans.ts'
import { FEE_MARK, findFee, findPrice } from '../domain/find-price.ts'
import { mappingRefusals } from '../domain/memberships-en.ts'
import type { Money } from '../domain/money.ts'
import { FEE_PRODUCT, planRefusals } from '../domain/plans-en.ts'
import type { Catalogue, ShopPrice } from '../domain/shop.ts'
import { markDirty } from '../store/billing-dirty.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { type PlanSale, saleOfPlan, savePlanSale } from '../store/plan-sale.ts'
import { type Plan, planById } from '../store/plans.ts'
import { decidePrice } from '../store/price-plans.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { Shop } from '../stripe/shop-port.ts'
import type { DeskDeps } from './deps.ts'
import { catalogueFor } from './plan-catalogue.ts'
import { planSaleView } from './plan-sales.ts'
import { recordAction } from './record-action.ts'
import { type Result, refuse } from './result.ts'
import { doOnce } from './shop-deeds.ts'
import { priceSold } from './sign-up-order.ts'

/** One at a time at each desk: what the second would make, the first may be making. */
const running = new WeakMap<object, Promise<unknown>>()

export async function createInStripe(deps: DeskDeps, planId: string): Promise<Result<PlanSaleView>> {
  const before = running.get(deps.live) ?? Promise.resolve()
  const next = before.then(() => create(deps, planId))
  running.set(
    deps.live,
    next.catch(() => undefined),
  )
  return next
}

async function create(deps: DeskDeps, planId: string): Promise<Result<PlanSaleView>> {
  const plan = planById(deps.desk, planId)
  const sale = saleOfPlan(deps.desk, planId)
  const shop = deps.live.sync.stripe()?.shop
  if (plan === null || sale === null) return refuse('not-found', mappingRefusals.noPlan)
  if (shop === undefined) return refuse('stripe', planRefusals.noStripe)
  const { shouldCost, shouldFee, shouldCurrency } = sale
  if (shouldCost === null || shouldCurrency === null) return refuse('bad-request', planRefusals.noAmount)
  const wantsPrice = priceSold(deps, planId) === null
  const wantsFee = sale.feePriceId === null && shouldFee !== null
  if (!wantsPrice && !wantsFee) return refuse('wrong-state', planRefusals.hasFee(plan.name))
  try {
    const catalogue = await shop.catalogue()
    const cost = { minor: shouldCost, currency: shouldCurrency }
    const price = wantsPrice ? await priceOf(deps, shop, catalogue, plan, sale, cost) : null
    const fee = wantsFee ? await feeOf(deps, shop, catalogue, sale, { ...cost, minor: shouldFee }) : null
    // Read back before it is believed.
    const there = await shop.catalogue()
    const agree = (made: ShopPrice | null, minor: number, interval: string | null) => {
      const one = made && there.prices.find(({ id }) => id === made.id)
      return made === null || (one?.amount === minor && one.currency === shouldCurrency && one.interval === interval)
    }
    if (!agree(price, shouldCost, 'month') || !agree(fee, shouldFee ?? 0, null))
      return refuse('wrong-state', planRefusals.otherThing)
    await takeOver(deps, planId, { price, fee })
    return planSaleView(deps, planId)
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

async function priceOf(
  deps: DeskDeps,
  shop: Shop,
  catalogue: Catalogue,
  { id, name }: Plan,
  { slug }: PlanSale,
  amount: Money,
): Promise<ShopPrice> {
  const found = findPrice(catalogueFor(deps, catalogue, id), { planId: id, slug, name, ...amount })
  const fits = found?.amount === amount.minor && found.currency === amount.currency && found.interval === 'month'
  const known = fits ? found.product : (catalogue.products.find(({ mark, active }) => mark === id && active) ?? null)
  const product = await doOnce(deps, `product:${id}:${name}`, known, (key) =>
    shop.createProduct(key, { name, mark: id }),
  )
  // A name that any price has had is not given to another.
  const lookupKey = catalogue.prices.some((one) => one.lookupKey === slug) ? null : slug
  const order = { productId: product.id, amount, interval: 'month', lookupKey, mark: id }
  const deed = `price:${product.id}:${amount.minor}${amount.currency}:${lookupKey ?? ''}`
  return doOnce(deps, deed, fits ? found : null, (key) => shop.createPrice(key, order))
}

/** One product for the fees of all plans, and one price for each amount. */
async function feeOf(
  deps: DeskDeps,
  shop: Shop,
  catalogue: Catalogue,
  { slug }: PlanSale,
  amount: Money,
): Promise<ShopPrice> {
  const there = findFee(catalogue, { slug, ...amount })
  if (there?.amount === amount.minor && there.currency === amount.currency) return there
  const known = catalogue.products.find(({ mark, active }) => mark === FEE_MARK && active) ?? null
  const product = await doOnce(deps, 'product:fee', known, (key) =>
    shop.createProduct(key, { name: FEE_PRODUCT, mark: FEE_MARK }),
  )
  const order = { productId: product.id, amount, interval: null, lookupKey: null, mark: FEE_MARK }
  return doOnce(deps, `fee:${product.id}:${amount.minor}${amount.currency}`, null, (key) =>
    shop.createPrice(key, order),
  )
}

/** From now on the plan is sold so, and who pays that price has this plan. */
async function takeOver(
  deps: DeskDeps,
  planId: string,
  { price, fee }: { price: ShopPrice | null; fee: ShopPrice | null },
): Promise<void> {
  const { db, operator, sync } = deps.live
  const { account } = readSyncState(db)
  const sale = saleOfPlan(db, planId)
  if (account === undefined || sale === null) return
  const at = deps.now()
  db.transaction(() => {
    savePlanSale(db, planId, {
      ...sale,
      priceId: price?.id ?? sale.priceId,
      feePriceId: fee?.id ?? sale.feePriceId,
    })
    if (price !== null) decidePrice(db, { account, priceId: price.id, planId, at, operator })
    recordAction(deps, 'plan-made-in-stripe', planId, { price: price?.id ?? null, fee: fee?.id ?? null })
  }).immediate()
  await readNow(deps, [price, fee])
  await sync.deriveAll()
  deps.live.push('members', {})
}

/** Prices and their products are in the mirror before anybody looks at the plan again. */
export async function readNow(deps: DeskDeps, prices: readonly (ShopPrice | null)[]): Promise<void> {
  const { account } = readSyncState(deps.desk)
  if (account === undefined) return
  const since = deps.now()
  const mark = (objectType: string, objectId: string) =>
    markDirty(deps.live.db, account, { objectType, objectId, customerId: null, since })
  for (const price of prices) {
    if (price === null) continue
    mark('product', price.product.id)
    mark('price', price.id)
  }
  // What cannot be read now is read later: the desk says so by itself.
  await deps.live.sync.run({ full: false }).catch(() => undefined)
}
