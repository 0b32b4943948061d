// Coupons and promotion codes through the API, and how other calls name them.
import { invalid, missing } from './api-error.ts'
import type { DiscountOrder } from './discounts.ts'
import { type Allowed, flag, list, metadata, oneOf, type Params, required, text, texts, tree, whole } from './params.ts'
import { randomId } from './random.ts'
import type { CouponRecord, PromotionRecord } from './records.ts'
import { add, all, change, find, newId, type World } from './state.ts'

export const DISCOUNT_PARAMS = { coupon: true, promotion_code: true, discount: true } as const

/** What a call's `discounts` adds; those that it names as `discount` are there already. */
export function readDiscounts(world: World, params: Params, name: string, customer: string | null): DiscountOrder[] {
  return list(params, name).flatMap((one, index) => {
    if (typeof one === 'string') return []
    const path = `${name}[${index}]`
    const [coupon, code] = [text(one, 'coupon'), text(one, 'promotion_code')]
    if (code === undefined) return coupon === undefined ? [] : [usable(world, coupon, null, `${path}[coupon]`)]
    const promotion = find(world, 'promotion_code', code)
    if (promotion === undefined) throw missing('promotion_code', code, `${path}[promotion_code]`)
    const over = promotion.expiresAt !== null && promotion.expiresAt <= world.at
    const foreign = promotion.customer !== null && promotion.customer !== customer
    if (!promotion.active || over || foreign || promotion.redeemed >= (promotion.maxRedemptions ?? Infinity)) {
      throw invalid('This promotion code cannot be redeemed.', `${path}[promotion_code]`)
    }
    return [usable(world, promotion.coupon, promotion.id, `${path}[promotion_code]`)]
  })
}

function usable(world: World, id: string, promotion: string | null, param: string): DiscountOrder {
  const coupon = find(world, 'coupon', id)
  if (coupon === undefined || coupon.deleted) throw missing('coupon', id, param)
  const over = coupon.redeemBy !== null && coupon.redeemBy <= world.at
  if (over || coupon.redeemed >= (coupon.maxRedemptions ?? Infinity)) {
    throw invalid(`Coupon expired: ${id}`, param, 'coupon_expired')
  }
  return { coupon: id, promotion }
}

export const COUPON_PARAMS = {
  id: true,
  name: true,
  percent_off: true,
  amount_off: true,
  currency: true,
  duration: true,
  duration_in_months: true,
  applies_to: { products: [true] },
  max_redemptions: true,
  redeem_by: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function createCoupon(world: World, params: Params): CouponRecord {
  const id = text(params, 'id') || newId(world, 'coupon')
  if (find(world, 'coupon', id)) throw invalid(`Coupon already exists.`, 'id', 'resource_already_exists')
  const percentOff = text(params, 'percent_off') === undefined ? null : Number(text(params, 'percent_off'))
  const amountOff = whole(params, 'amount_off') ?? null
  if ((percentOff === null) === (amountOff === null)) {
    throw invalid('You must specify one of percent_off and amount_off.', 'percent_off')
  }
  if (percentOff !== null && !(percentOff > 0 && percentOff <= 100))
    throw invalid('Invalid percent_off.', 'percent_off')
  if (amountOff !== null && amountOff <= 0) throw invalid('Invalid amount_off.', 'amount_off')
  const duration = oneOf(params, 'duration', ['once', 'repeating', 'forever']) ?? 'once'
  const months = whole(params, 'duration_in_months') ?? null
  if ((duration === 'repeating') !== (months !== null)) {
    throw invalid('duration_in_months goes with a duration of repeating, and only with it.', 'duration_in_months')
  }
  return add(
    world,
    'coupon',
    {
      id,
      created: world.at,
      name: text(params, 'name') || null,
      percentOff,
      amountOff,
      currency: amountOff === null ? null : required(params, 'currency').toLowerCase(),
      duration,
      months,
      products: texts(tree(params, 'applies_to') ?? {}, 'products'),
      maxRedemptions: whole(params, 'max_redemptions') ?? null,
      redeemBy: whole(params, 'redeem_by') ?? null,
      redeemed: 0,
      deleted: false,
      metadata: metadata(params, {}),
    },
    'coupon.created',
  )
}

export const COUPON_UPDATE = { name: true, metadata: '*', expand: [true] } as const satisfies Allowed

export function updateCoupon(world: World, id: string, params: Params): CouponRecord {
  const coupon = find(world, 'coupon', id)
  if (coupon === undefined || coupon.deleted) throw missing('coupon', id)
  const patch = { name: text(params, 'name') ?? coupon.name, metadata: metadata(params, coupon.metadata) }
  return change(world, 'coupon', id, patch, 'coupon.updated')
}

/** It can no longer be applied; who has it keeps it. */
export function deleteCoupon(world: World, id: string) {
  const coupon = find(world, 'coupon', id)
  if (coupon === undefined || coupon.deleted) throw missing('coupon', id)
  change(world, 'coupon', id, { deleted: true }, 'coupon.deleted')
  return { id, object: 'coupon', deleted: true }
}

export const PROMOTION_PARAMS = {
  promotion: { coupon: true, type: true },
  code: true,
  customer: true,
  active: true,
  expires_at: true,
  max_redemptions: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function createPromotion(world: World, params: Params): PromotionRecord {
  const { coupon } = usable(world, required(tree(params, 'promotion') ?? {}, 'coupon'), null, 'promotion[coupon]')
  const code = text(params, 'code') || randomId(world.chance, '', 8).toUpperCase()
  const taken = all(world, 'promotion_code').some((one) => one.active && one.code.toLowerCase() === code.toLowerCase())
  if (taken) throw invalid('An active promotion code with `code` already exists.', 'code')
  const expiresAt = whole(params, 'expires_at') ?? null
  if (expiresAt !== null && expiresAt <= world.at)
    throw invalid('Invalid timestamp: must be in the future', 'expires_at')
  return add(
    world,
    'promotion_code',
    {
      id: newId(world, 'promotion_code'),
      created: world.at,
      code,
      coupon,
      customer: text(params, 'customer') || null,
      active: flag(params, 'active') ?? true,
      expiresAt,
      maxRedemptions: whole(params, 'max_redemptions') ?? null,
      redeemed: 0,
      metadata: metadata(params, {}),
    },
    'promotion_code.created',
  )
}

export const PROMOTION_UPDATE = { active: true, metadata: '*', expand: [true] } as const satisfies Allowed

export function updatePromotion(world: World, id: string, params: Params): PromotionRecord {
  const promotion = find(world, 'promotion_code', id)
  if (promotion === undefined) throw missing('promotion_code', id)
  const patch = { active: flag(params, 'active') ?? promotion.active, metadata: metadata(params, promotion.metadata) }
  return change(world, 'promotion_code', id, patch, 'promotion_code.updated')
}
