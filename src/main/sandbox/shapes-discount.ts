// Stripe's coupons, promotion codes and discounts (API 2026-10-28.endive), and its test clocks.
import type { ClockRecord, CouponRecord, DiscountRecord, PromotionRecord } from './records.ts'

/** `now` says whether it can still be used. */
export function couponShape(coupon: CouponRecord, now: number) {
  const { maxRedemptions, redeemBy } = coupon
  const used = maxRedemptions !== null && coupon.redeemed >= maxRedemptions
  return {
    id: coupon.id,
    object: 'coupon' as const,
    amount_off: coupon.amountOff,
    ...(coupon.products.length > 0 && { applies_to: { products: coupon.products } }),
    created: coupon.created,
    currency: coupon.currency,
    duration: coupon.duration,
    duration_in_months: coupon.months,
    livemode: false,
    max_redemptions: maxRedemptions,
    metadata: coupon.metadata,
    name: coupon.name,
    percent_off: coupon.percentOff,
    redeem_by: redeemBy,
    times_redeemed: coupon.redeemed,
    valid: !coupon.deleted && !used && (redeemBy === null || redeemBy > now),
  }
}

export function promotionShape(promotion: PromotionRecord, now: number) {
  const { expiresAt, maxRedemptions } = promotion
  const over = (expiresAt !== null && expiresAt <= now) || promotion.redeemed >= (maxRedemptions ?? Infinity)
  return {
    id: promotion.id,
    object: 'promotion_code' as const,
    active: promotion.active && !over,
    code: promotion.code,
    created: promotion.created,
    customer: promotion.customer,
    customer_account: null,
    expires_at: expiresAt,
    livemode: false,
    max_redemptions: maxRedemptions,
    metadata: promotion.metadata,
    promotion: { coupon: promotion.coupon, type: 'coupon' as const },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: promotion.redeemed,
  }
}

export function discountShape(discount: DiscountRecord) {
  return {
    id: discount.id,
    object: 'discount' as const,
    checkout_session: null,
    customer: discount.customer,
    customer_account: null,
    end: discount.end,
    invoice: discount.invoice,
    invoice_item: null,
    promotion_code: discount.promotion,
    source: { coupon: discount.coupon, type: 'coupon' as const },
    start: discount.created,
    subscription: discount.subscription,
    subscription_item: discount.item,
  }
}

export function clockShape(clock: ClockRecord) {
  const { target } = clock
  return {
    id: clock.id,
    object: 'test_helpers.test_clock' as const,
    created: clock.created,
    deletes_after: clock.created + 30 * 86_400,
    frozen_time: clock.frozen,
    livemode: false,
    name: clock.name,
    status: target === null ? ('ready' as const) : ('advancing' as const),
    status_details: target === null ? {} : { advancing: { target_frozen_time: target } },
  }
}
