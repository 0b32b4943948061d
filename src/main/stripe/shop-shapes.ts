// The shapes that Stripe's products, prices and promotion codes must have, as far as plans are compared with them.
import { z } from 'zod'
import type { CouponUse, ShopPrice, ShopProduct } from '../domain/shop.ts'
import { maybeText } from './stripe-shapes.ts'

/** Where we write what something was made for. */
export const MARK = 'latchkey_plan'

const metadata = z.nullish(z.record(z.string(), z.string())).transform((value) => value ?? {})
const whole = z.nullish(z.number().int()).transform((value) => value ?? null)

export const product = z
  .object({ object: z.literal('product'), id: z.string(), name: z.string(), active: z.boolean(), metadata })
  .transform(
    ({ id, name, active, metadata: { slug = null, [MARK]: mark = null } }): ShopProduct => ({
      id,
      name,
      active,
      slug,
      mark,
    }),
  )

/** Its product has to be opened; that of a price may be deleted, with its name. */
const gone = z
  .object({ object: z.literal('product'), id: z.string(), deleted: z.literal(true) })
  .transform(({ id }): ShopProduct => ({ id, name: '', active: false, slug: null, mark: null }))

export const price = z
  .object({
    object: z.literal('price'),
    id: z.string(),
    active: z.boolean(),
    unit_amount: whole,
    currency: z.string(),
    recurring: z.nullish(z.object({ interval: z.string(), interval_count: z.number().int() })),
    lookup_key: maybeText,
    metadata,
    product: z.union([gone, product]),
  })
  .transform(
    ({ id, active, unit_amount, currency, recurring, lookup_key, metadata, product }): ShopPrice => ({
      id,
      product,
      active,
      amount: unit_amount,
      currency,
      interval: recurring?.interval ?? null,
      intervalCount: recurring?.interval_count ?? 1,
      lookupKey: lookup_key,
      mark: metadata[MARK] ?? null,
    }),
  )

const limits = { max_redemptions: whole, times_redeemed: z.number().int() }

export const promotion = z
  .object({
    object: z.literal('promotion_code'),
    id: z.string(),
    code: z.string(),
    active: z.boolean(),
    expires_at: whole,
    ...limits,
    promotion: z.object({
      coupon: z.nullish(
        z.union([
          z.string(),
          z.object({ object: z.literal('coupon'), valid: z.boolean(), redeem_by: whole, ...limits }),
        ]),
      ),
    }),
  })
  .transform(({ code, active, expires_at, max_redemptions, times_redeemed, promotion }): CouponUse => {
    const coupon = typeof promotion.coupon === 'object' ? (promotion.coupon ?? null) : null
    const ends = [expires_at, coupon?.redeem_by ?? null].filter((end) => end !== null)
    const lefts = [
      max_redemptions === null ? null : max_redemptions - times_redeemed,
      coupon?.max_redemptions == null ? null : coupon.max_redemptions - coupon.times_redeemed,
    ].filter((left) => left !== null)
    const used = lefts.length === 0 ? null : Math.min(...lefts)
    const until = ends.length === 0 ? null : Math.min(...ends) * 1_000
    return { code, on: active && (coupon?.valid ?? true), until, left: used }
  })
