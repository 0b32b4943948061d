// Coupons at work: how one is applied to something, what it takes off an invoice, and when it is used up.
import { addMonths } from './calendar.ts'
import { rounded } from './money.ts'
import type { CouponRecord, DiscountRecord, SubscriptionRecord } from './records.ts'
import type { InvoiceLine } from './records-money.ts'
import { add, change, emit, find, get, newId, schedule, type World } from './state.ts'

export type DiscountOrder = { coupon: string; promotion: string | null }
export type DiscountTarget = Partial<Pick<DiscountRecord, 'subscription' | 'item' | 'invoice'>>

/** Applies it from now on; the event of it is the caller's, who puts the id where it belongs. */
export function applyDiscount(world: World, order: DiscountOrder, customer: string, target: DiscountTarget): string {
  const coupon = get(world, 'coupon', order.coupon)
  const end = coupon.duration === 'repeating' ? addMonths(world.at, coupon.months ?? 1) : null
  change(world, 'coupon', coupon.id, { redeemed: coupon.redeemed + 1 })
  if (order.promotion !== null) {
    change(world, 'promotion_code', order.promotion, {
      redeemed: get(world, 'promotion_code', order.promotion).redeemed + 1,
    })
  }
  const { id } = add(
    world,
    'discount',
    {
      id: newId(world, 'discount'),
      created: world.at,
      coupon: coupon.id,
      promotion: order.promotion,
      customer,
      subscription: null,
      item: null,
      invoice: null,
      ...target,
      end,
    },
    'customer.discount.created',
  )
  if (end !== null) schedule(world, end, 'discount-end', id)
  return id
}

/** Takes what an invoice's discounts and each line's own take off it; answers the lines with their amounts. */
export function discounted(
  world: World,
  lines: InvoiceLine[],
  discounts: string[],
  currency: string,
): { lines: InvoiceLine[]; taken: number } {
  let result = lines.map((line) => ({ ...line, discountAmounts: [] as InvoiceLine['discountAmounts'] }))
  for (const line of result) for (const id of line.discounts) take(world, [line], id, currency)
  for (const id of discounts) take(world, result, id, currency)
  result = result.map((line) => ({ ...line, discountAmounts: line.discountAmounts.filter(({ amount }) => amount > 0) }))
  return {
    lines: result,
    taken: result.flatMap((line) => line.discountAmounts).reduce((sum, one) => sum + one.amount, 0),
  }
}

function take(world: World, lines: InvoiceLine[], id: string, currency: string): void {
  const discount = get(world, 'discount', id)
  if (discount.end !== null && discount.end <= world.at) return
  const coupon = get(world, 'coupon', discount.coupon)
  let left = coupon.amountOff ?? 0
  if (coupon.amountOff !== null && coupon.currency !== currency) return
  for (const line of lines) {
    if (!line.discountable || line.amount <= 0 || !covers(coupon, line)) continue
    const rest = line.amount - line.discountAmounts.reduce((sum, one) => sum + one.amount, 0)
    const amount =
      coupon.percentOff === null ? Math.min(left, rest) : rounded((rest * coupon.percentOff) / 100, currency)
    left -= amount
    line.discountAmounts.push({ discount: id, amount })
  }
}

function covers(coupon: CouponRecord, line: Pick<InvoiceLine, 'product'>): boolean {
  return coupon.products.length === 0 || (line.product !== null && coupon.products.includes(line.product))
}

/** A subscription's own discounts, or else the customer's. */
export function discountsOf(world: World, subscription: SubscriptionRecord): string[] {
  if (subscription.discounts.length > 0) return subscription.discounts
  const { discount } = get(world, 'customer', subscription.customer)
  return discount === null ? [] : [discount]
}

/** A discount for `once` is gone after the first invoice that it was good for. */
export function spend(world: World, discounts: string[]): void {
  for (const id of discounts) {
    if (get(world, 'coupon', get(world, 'discount', id).coupon).duration === 'once') endDiscount(world, id)
  }
}

/** Takes it off whatever it is on. */
export function endDiscount(world: World, id: string): void {
  const discount = get(world, 'discount', id)
  const without = (ids: string[]) => ids.filter((one) => one !== id)
  const subscription = discount.subscription === null ? undefined : find(world, 'subscription', discount.subscription)
  const customer = get(world, 'customer', discount.customer)
  if (subscription?.discounts.includes(id)) {
    const discounts = without(subscription.discounts)
    change(world, 'subscription', subscription.id, { discounts }, 'customer.subscription.updated')
  } else if (subscription?.items.some((item) => item.discounts.includes(id))) {
    const items = subscription.items.map((item) => ({ ...item, discounts: without(item.discounts) }))
    change(world, 'subscription', subscription.id, { items }, 'customer.subscription.updated')
  } else if (customer.discount === id) {
    change(world, 'customer', customer.id, { discount: null }, 'customer.updated')
  } else {
    return
  }
  emit(world, 'customer.discount.deleted', 'discount', null, discount)
}
