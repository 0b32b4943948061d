// One item of a subscription through the API: the same changes as through the subscription itself (write-changes.ts).
import { invalid, missing } from './api-error.ts'
import { endDiscount } from './discounts.ts'
import { type Allowed, type Params, required } from './params.ts'
import type { ItemRecord, SubscriptionRecord } from './records.ts'
import { discountShape } from './shapes-discount.ts'
import { itemShape } from './shapes-subscription.ts'
import { all, find, get, type World } from './state.ts'
import { SUBSCRIPTION_PARAMS, updateSubscription } from './write-changes.ts'

const { proration_behavior, proration_date, payment_behavior } = SUBSCRIPTION_PARAMS
const MONEY = { proration_behavior, proration_date, payment_behavior }
const ITEM = { price: true, quantity: true, metadata: '*' } as const
export const ITEM_UPDATE = { ...MONEY, ...ITEM } as const satisfies Allowed
export const NEW_ITEM = { ...ITEM_UPDATE, subscription: true } as const satisfies Allowed
export const ITEM_REMOVAL = MONEY satisfies Allowed

function split({ price, quantity, metadata, subscription: _, ...money }: Params): { item: Params; money: Params } {
  const item = { price, quantity, metadata }
  const given = Object.entries(item).filter((entry): entry is [string, string | Params] => entry[1] !== undefined)
  return { item: Object.fromEntries(given), money }
}

export function readItem(world: World, id: string) {
  const { subscription, item } = ownerOf(world, id)
  return itemShape(subscription, item, (price) => get(world, 'price', price))
}

export function addItem(world: World, params: Params) {
  const { item, money } = split(params)
  const id = required(params, 'subscription')
  if (find(world, 'subscription', id) === undefined) throw missing('subscription', id, 'subscription')
  const { items } = updateSubscription(world, id, { ...money, items: { 0: item } })
  return readItem(world, items.at(-1)?.id ?? '')
}

export function changeItem(world: World, id: string, params: Params) {
  const { item, money } = split(params)
  updateSubscription(world, ownerOf(world, id).subscription.id, { ...money, items: { 0: { ...item, id } } })
  return readItem(world, id)
}

export function removeItem(world: World, id: string, params: Params) {
  const { subscription } = ownerOf(world, id)
  updateSubscription(world, subscription.id, { ...params, items: { 0: { id, deleted: 'true' } } })
  return { id, object: 'subscription_item', deleted: true }
}

function ownerOf(world: World, id: string): { subscription: SubscriptionRecord; item: ItemRecord } {
  for (const subscription of all(world, 'subscription')) {
    const item = subscription.items.find((one) => one.id === id)
    if (item !== undefined) return { subscription, item }
  }
  throw missing('subscription_item', id)
}

/** Takes the discount off a customer, or off a subscription. */
export function dropDiscount(world: World, kind: 'customer' | 'subscription', id: string) {
  const owner = find(world, kind, id)
  if (owner === undefined) throw missing(kind, id)
  const discount = 'discount' in owner ? owner.discount : (owner.discounts.at(-1) ?? null)
  if (discount === null) throw invalid('No active discount.', 'id', 'resource_missing')
  const { end: _, ...shape } = discountShape(get(world, 'discount', discount))
  endDiscount(world, discount)
  return { ...shape, deleted: true }
}
