// What is wrong with the plans, held against Stripe: prices, fees, terms, promotions. Purely; the words are in plans-en.ts.
import type { Catalogue, CouponUse, ShopPrice } from './shop.ts'
import type { Ms } from './time.ts'

export type LintedPlan = {
  id: string
  name: string
  slug: string | null
  /** The one that is sold, chosen or the only one. */
  priceId: string | null
  /** How many it has in Stripe where none is chosen. */
  candidates: number
  feePriceId: string | null
  shouldCost: number | null
  shouldFee: number | null
  shouldCurrency: string | null
  termsVersion: string | null
  termsUrl: string | null
}

type Named = { id: string; name: string }
type Sum = { minor: number; currency: string }

export type Finding =
  | { kind: 'price-gone' | 'price-archived' | 'no-price' | 'fee-gone' | 'fee-archived' | 'fee-again'; plan: Named }
  | { kind: 'several-prices'; plan: Named; count: number }
  | { kind: 'price-differs' | 'fee-differs'; plan: Named; should: Sum; is: Sum | null }
  | { kind: 'currency' | 'fee-currency'; plan: Named; is: string; others: string }
  | { kind: 'no-terms-version' | 'no-terms-url'; plan: Named }
  | { kind: 'no-promotion'; plan: Named; code: string }
  | { kind: 'promotion-over'; plan: Named; code: string; until: Ms }
  | { kind: 'promotion-used'; plan: Named; code: string }
  | { kind: 'promotion-without-plan'; plan: null; code: string }
  | { kind: 'same-slug'; plan: Named; others: Named[]; slug: string }
  | { kind: 'same-price'; plan: Named; others: Named[] }

/** What may well be meant so. */
const HINTS: readonly Finding['kind'][] = ['no-promotion']
export const isHint = ({ kind }: Finding): boolean => HINTS.includes(kind)

/** How the promotions that are found by name begin. */
export const AUTO = 'AUTO-'

export function lintPlans(
  plans: readonly LintedPlan[],
  { prices }: Pick<Catalogue, 'prices'>,
  promotions: readonly CouponUse[],
  now: Ms,
): Finding[] {
  const known = new Map(prices.map((price) => [price.id, price]))
  const priceOf = (id: string | null) => (id === null ? undefined : known.get(id))
  const usual = mostOf(plans.flatMap(({ priceId }) => priceOf(priceId)?.currency ?? []))
  return [
    ...plans.flatMap((plan) => [
      ...aboutPrice(plan, priceOf(plan.priceId), usual),
      ...aboutFee(plan, priceOf(plan.feePriceId), priceOf(plan.priceId)),
      ...aboutTerms(plan),
      ...aboutPromotion(plan, promotions, now),
    ]),
    ...twice(plans, ({ slug }) => slug?.toLowerCase() ?? null).map(
      ([slug, plan, others]): Finding => ({ kind: 'same-slug', plan, others, slug }),
    ),
    ...twice(plans, ({ priceId }) => priceId).map(
      ([, plan, others]): Finding => ({ kind: 'same-price', plan, others }),
    ),
    ...withoutPlan(plans, promotions, now),
  ]
}

const named = ({ id, name }: Named): Named => ({ id, name })
const isSold = ({ active, product }: ShopPrice) => active && product.active

function aboutPrice(plan: LintedPlan, price: ShopPrice | undefined, usual: string | null): Finding[] {
  const { priceId, candidates, shouldCost, shouldCurrency } = plan
  const about = named(plan)
  if (priceId === null)
    return [
      candidates > 1 ? { kind: 'several-prices', plan: about, count: candidates } : { kind: 'no-price', plan: about },
    ]
  if (price === undefined) return [{ kind: 'price-gone', plan: about }]
  const { currency } = price
  const should = shouldCost === null || shouldCurrency === null ? null : { minor: shouldCost, currency: shouldCurrency }
  return [
    ...(isSold(price) ? [] : [{ kind: 'price-archived', plan: about } as const]),
    ...differs('price-differs', about, should, price),
    ...(usual === null || currency === usual
      ? []
      : [{ kind: 'currency', plan: about, is: currency, others: usual } as const]),
  ]
}

function aboutFee(plan: LintedPlan, fee: ShopPrice | undefined, price: ShopPrice | undefined): Finding[] {
  const about = named(plan)
  const { shouldFee, shouldCurrency } = plan
  const should = shouldFee === null || shouldCurrency === null ? null : { minor: shouldFee, currency: shouldCurrency }
  if (plan.feePriceId === null) return should === null ? [] : [{ kind: 'fee-differs', plan: about, should, is: null }]
  if (fee === undefined) return [{ kind: 'fee-gone', plan: about }]
  const other = price !== undefined && price.currency !== fee.currency ? price.currency : null
  return [
    ...(fee.interval === null ? [] : [{ kind: 'fee-again', plan: about } as const]),
    ...(isSold(fee) ? [] : [{ kind: 'fee-archived', plan: about } as const]),
    ...differs('fee-differs', about, should, fee),
    ...(other === null ? [] : [{ kind: 'fee-currency', plan: about, is: fee.currency, others: other } as const]),
  ]
}

function differs(kind: 'price-differs' | 'fee-differs', plan: Named, should: Sum | null, price: ShopPrice): Finding[] {
  const { amount, currency } = price
  if (should === null || (amount === should.minor && currency === should.currency)) return []
  return [{ kind, plan, should, is: amount === null ? null : { minor: amount, currency } }]
}

function aboutTerms(plan: LintedPlan): Finding[] {
  return [
    ...(plan.termsVersion === null ? [{ kind: 'no-terms-version', plan: named(plan) } as const] : []),
    ...(plan.termsUrl === null ? [{ kind: 'no-terms-url', plan: named(plan) } as const] : []),
  ]
}

const isOver = ({ until }: CouponUse, now: Ms) => until !== null && until <= now
const isUsed = ({ left }: CouponUse) => left !== null && left <= 0

function aboutPromotion(plan: LintedPlan, promotions: readonly CouponUse[], now: Ms): Finding[] {
  if (plan.slug === null) return []
  const code = `${AUTO}${plan.slug.toUpperCase()}`
  const about = named(plan)
  const ours = promotions.filter((one) => one.code.toUpperCase() === code)
  if (ours.some((one) => one.on && !isOver(one, now) && !isUsed(one))) return []
  const over = ours.find((one) => isOver(one, now))
  if (over?.until != null) return [{ kind: 'promotion-over', plan: about, code, until: over.until }]
  if (ours.some(isUsed)) return [{ kind: 'promotion-used', plan: about, code }]
  // One that somebody has switched off is meant to be off, as one that is not there.
  return [{ kind: 'no-promotion', plan: about, code }]
}

function withoutPlan(plans: readonly LintedPlan[], promotions: readonly CouponUse[], now: Ms): Finding[] {
  const codes = new Set(plans.flatMap(({ slug }) => (slug === null ? [] : `${AUTO}${slug.toUpperCase()}`)))
  return promotions
    .filter((one) => one.on && !isOver(one, now) && !isUsed(one) && !codes.has(one.code.toUpperCase()))
    .map(({ code }) => ({ kind: 'promotion-without-plan', plan: null, code }))
}

/** Plans that share something: what, the first of them, the others. */
function twice(
  plans: readonly LintedPlan[],
  by: (plan: LintedPlan) => string | null,
): (readonly [string, Named, Named[]])[] {
  const groups = Map.groupBy(
    plans.filter((plan) => by(plan) !== null),
    (plan) => by(plan) ?? '',
  )
  return [...groups].flatMap(([what, [first, ...others]]) =>
    first === undefined || others.length === 0 ? [] : [[what, named(first), others.map(named)] as const],
  )
}

/** The word that stands most often, null where none does. */
function mostOf(words: readonly string[]): string | null {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]) => ({ word, n: all.length }))
  return counts.toSorted((a, b) => b.n - a.n)[0]?.word ?? null
}
