// What is taken off single items of a subscription. Stripe opens four levels at most, so a list of subscriptions only
// names the coupons: how much they take off stands with the item itself.
import type { Params } from './address.ts'
import { StripeTrouble } from './port.ts'

type Item = { id: string; discounts?: unknown[] | null }
type Get = (path: string, params: Params, what: string) => Promise<unknown>

/** Rare, and only for the eye: an item that cannot be read keeps what is known of it. */
export async function openItemDiscounts(subscription: unknown, get: Get): Promise<void> {
  const items = (subscription as { items?: { data?: Item[] } } | null)?.items?.data ?? []
  for (const item of items) {
    if (!Array.isArray(item?.discounts) || item.discounts.length === 0) continue
    const path = `/v1/subscription_items/${encodeURIComponent(item.id)}`
    try {
      const whole = (await get(path, { expand: ['discounts.source.coupon'] }, `subscription item ${item.id}`)) as Item
      if (whole.id === item.id && Array.isArray(whole.discounts)) item.discounts = whole.discounts
    } catch (error) {
      if (!(error instanceof StripeTrouble) || error.kind === 'offline') throw error
    }
  }
}
