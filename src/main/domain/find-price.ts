// Which of Stripe's prices a plan is sold at: made for it, named for it, or of its name at that amount.
import type { Catalogue, ShopPrice } from './shop.ts'

/** `minor` is what it should cost, in the currency's smallest unit: each month, or once for a fee. */
export type Wanted = { planId: string | null; slug: string | null; name: string; minor: number; currency: string }
/** What we write on a fee's product and price when we make them: one product for all of them. */
export const FEE_MARK = 'fee'

export function findPrice({ prices }: Catalogue, { planId, slug, name, minor, currency }: Wanted): ShopPrice | null {
  const sold = prices.filter(({ active, product, interval }) => active && product.active && interval !== null)
  const fits = sold.filter(
    (one) => one.amount === minor && one.currency === currency && one.interval === 'month' && one.intervalCount === 1,
  )
  return (
    sold.find(({ mark }) => planId !== null && mark === planId) ??
    sold.find(({ lookupKey }) => slug !== null && lookupKey === slug) ??
    fits.find(({ product }) => slug !== null && product.slug === slug) ??
    fits.find(({ product }) => same(product.name, name)) ??
    null
  )
}

/** Of a fee: made for it, named `{slug}-fee`, or called a fee and of that amount. */
export function findFee(
  { prices }: Catalogue,
  { slug, minor, currency }: Omit<Wanted, 'planId' | 'name'>,
): ShopPrice | null {
  const once = prices.filter(({ active, product, interval }) => active && product.active && interval === null)
  const fits = once.filter((one) => one.amount === minor && one.currency === currency)
  const key = slug === null ? null : `${slug}-fee`
  return (
    once.find(({ lookupKey }) => key !== null && lookupKey === key) ??
    fits.find(({ product }) => key !== null && product.slug === key) ??
    fits.find(({ product }) => product.mark === FEE_MARK) ??
    fits.find(({ product }) => /\bfee\b/i.test(product.name)) ??
    null
  )
}

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()
