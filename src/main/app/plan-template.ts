// Starting from the template: what it would make, what Stripe has of it, and making what is not there. A plan that is there
// keeps all that somebody has said of it.
import type { Args } from '../../preload/contract.ts'
import type { PlanTemplate } from '../../preload/shapes-plans.ts'
import { findFee, findPrice } from '../domain/find-price.ts'
import { inMinor, isCurrency } from '../domain/money.ts'
import { TEMPLATE, TERMS, type TemplatePlan } from '../domain/plan-template.ts'
import { planRefusals } from '../domain/plans-en.ts'
import type { Catalogue, ShopPrice } from '../domain/shop.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { allPrices } from '../store/billing-objects.ts'
import { type PlanSale, saleOfPlan, savePlanSale } from '../store/plan-sale.ts'
import { allPlans, insertPlan, type Plan, planById, planCalled } from '../store/plans.ts'
import { decidePrice, decisionOf } from '../store/price-plans.ts'
import { readNow } from './create-in-stripe.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { catalogueFor, catalogueOf } from './plan-catalogue.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { isWebAddress } from './set-sale.ts'
import { priceSold } from './sign-up-order.ts'

export async function planTemplate(deps: DeskDeps, asked: Args<'plans.template'>): Promise<Result<PlanTemplate>> {
  const currency = currencyOf(deps, asked.currency)
  if (!currency.ok) return currency
  const catalogue = await catalogueOf(deps)
  return catalogue.ok ? done(view(deps, catalogue.value, currency.value)) : catalogue
}

export async function plansFromTemplate(
  deps: DeskDeps,
  asked: Args<'plans.fromTemplate'>,
): Promise<Result<PlanTemplate>> {
  const { db, sync } = deps.live
  const currency = currencyOf(deps, asked.currency)
  if (!currency.ok) return currency
  if (currency.value === null)
    return refuse('bad-request', planRefusals.sayCurrency, { fields: { currency: planRefusals.sayCurrency } })
  const unknown = asked.slugs?.find((slug) => !TEMPLATE.some((one) => one.slug === slug))
  if (unknown !== undefined) return refuse('not-found', planRefusals.notInTemplate(unknown))
  for (const of of TERMS) {
    const url = asked.terms?.[of]?.url
    if (url !== undefined && !isWebAddress(url))
      return refuse('bad-request', planRefusals.noUrl(url), { fields: { [of]: planRefusals.noUrl(url) } })
  }
  const catalogue = await catalogueOf(deps)
  if (!catalogue.ok) return catalogue
  const said = currency.value
  const chosen = TEMPLATE.filter(({ slug }) => asked.slugs === undefined || asked.slugs.includes(slug))
  const taken = db
    .transaction(() => chosen.flatMap((one) => makePlan(deps, one, said, catalogue.value, asked.terms?.[one.terms])))
    .immediate()
  await readNow(deps, taken)
  await sync.deriveAll()
  deps.live.push('members', {})
  return done(view(deps, catalogue.value, said))
}

/** The prices that the plan was given. Nothing is written where nothing is missing. */
function makePlan(
  deps: DeskDeps,
  one: TemplatePlan,
  currency: string,
  catalogue: Catalogue,
  terms: { version: string; url?: string | undefined } | undefined,
): ShopPrice[] {
  const { db, newId, operator } = deps.live
  const at = deps.now()
  const { account } = readSyncState(db)
  const known = planOf(deps, one)
  const id = known?.id ?? newId()
  if (known === null) insertPlan(db, { id, name: one.name, at })
  const before = saleOfPlan(db, id)
  if (before === null) throw new Error(`Making the plan ${one.slug}: it was not stored`)
  const isNew = before.slug === null
  const { price, fee } = amountsOf(one, currency)
  const sold =
    priceSold(deps, id) === null ? findPrice(catalogueFor(deps, catalogue, id), { planId: id, ...one, ...price }) : null
  const feeOf = before.feePriceId === null ? findFee(catalogue, { ...one, ...fee }) : null
  const sale: PlanSale = {
    ...before,
    priceId: before.priceId ?? sold?.id ?? null,
    feePriceId: before.feePriceId ?? feeOf?.id ?? null,
    slug: before.slug ?? one.slug,
    // What has a name for promotions was gone through by somebody already.
    ...(isNew && { anchorDay: one.fromFirst ? (1 as const) : null, listed: one.listed }),
    termsVersion: before.termsVersion ?? terms?.version ?? null,
    termsUrl: before.termsUrl ?? terms?.url ?? null,
    ...(before.shouldCurrency === null && {
      shouldCost: price.minor,
      shouldFee: fee.minor,
      shouldCurrency: currency,
    }),
  }
  if (known !== null && JSON.stringify(sale) === JSON.stringify(before)) return []
  savePlanSale(db, id, sale)
  if (sold !== null && account !== undefined && decisionOf(db, account, sold.id) === null)
    decidePrice(db, { account, priceId: sold.id, planId: id, at, operator })
  recordAction(deps, 'plan-from-template', id, { name: one.name, made: known === null, ...sale })
  return [sold, feeOf].filter((found) => found !== null)
}

/** By its name for promotions, else by its name. */
function planOf({ desk: db }: ReadDeps, { slug, name }: TemplatePlan): Plan | null {
  const bySlug = allPlans(db).find(({ id }) => saleOfPlan(db, id)?.slug?.toLowerCase() === slug)
  return bySlug ?? planById(db, planCalled(db, name)?.id ?? '')
}

const amountsOf = ({ price, fee }: TemplatePlan, currency: string) => ({
  price: { minor: inMinor(price, currency), currency },
  fee: { minor: inMinor(fee, currency), currency },
})

function view(deps: ReadDeps, catalogue: Catalogue, currency: string | null): PlanTemplate {
  // Amounts stand in a currency; where nobody has said which, in that of most people who read this.
  const shown = currency ?? 'eur'
  const plans = TEMPLATE.map((one) => {
    const plan = planOf(deps, one)
    const { price, fee } = amountsOf(one, shown)
    const sale = plan === null ? null : saleOfPlan(deps.desk, plan.id)
    const sold = plan === null ? null : priceSold(deps, plan.id)
    const find = (id: string | null | undefined) => catalogue.prices.find((known) => known.id === id) ?? null
    return {
      slug: one.slug,
      name: one.name,
      price,
      fee,
      fromFirst: one.fromFirst,
      listed: one.listed,
      terms: one.terms,
      plan: plan === null ? null : { id: plan.id, name: plan.name },
      found: inStripe(
        find(sold) ??
          findPrice(catalogueFor(deps, catalogue, plan?.id ?? null), { planId: plan?.id ?? null, ...one, ...price }),
      ),
      foundFee: inStripe(find(sale?.feePriceId) ?? findFee(catalogue, { ...one, ...fee })),
      complete: sold !== null && sale?.feePriceId != null,
    }
  })
  return { currency, terms: [...TERMS], plans }
}

function inStripe(price: ShopPrice | null): PlanTemplate['plans'][number]['found'] {
  if (price === null) return null
  const { id, amount, currency, interval } = price
  return { price: id, amount: amount === null ? null : { minor: amount, currency }, interval }
}

/** As asked, else that of what most plans are sold in; null where there is nothing yet. */
function currencyOf({ desk: db }: ReadDeps, asked: string | undefined): Result<string | null> {
  if (asked !== undefined) {
    const currency = asked.trim().toLowerCase()
    return isCurrency(currency)
      ? done(currency)
      : refuse('bad-request', planRefusals.noCurrency(asked), { fields: { currency: planRefusals.noCurrency(asked) } })
  }
  const { account = '' } = readSyncState(db)
  const counts = new Map<string, number>()
  for (const { currency, active } of allPrices(db, account))
    if (active) counts.set(currency, (counts.get(currency) ?? 0) + 1)
  return done([...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null)
}
