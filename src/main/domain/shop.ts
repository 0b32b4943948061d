// What is sold at Stripe, as far as plans are compared with it.
import type { Ms } from './time.ts'

/** `mark`: what we wrote on it when we made it, null where somebody else did. */
export type ShopProduct = { id: string; name: string; active: boolean; slug: string | null; mark: string | null }

/** `amount` is null for tiered or custom prices; `interval` is null where it is sold once, and may be several of them. */
export type ShopPrice = {
  id: string
  product: ShopProduct
  active: boolean
  amount: number | null
  currency: string
  interval: string | null
  intervalCount: number
  lookupKey: string | null
  mark: string | null
}

/** Everything that Stripe has, archived or not. */
export type Catalogue = { products: ShopProduct[]; prices: ShopPrice[] }

/** A promotion code and the coupon behind it. `on`: it can be used. `until` is the earlier end of the two, `left` how often
 * it can still be used; null for no end and as often as wanted. */
export type CouponUse = { code: string; on: boolean; until: Ms | null; left: number | null }
