// Products and prices, written through the API.
import { invalid, missing } from './api-error.ts'
import type { Interval } from './calendar.ts'
import { type Allowed, flag, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import type { PriceRecord, ProductRecord } from './records.ts'
import { add, all, change, find, newId, type World } from './state.ts'

export const PRODUCT_PARAMS = {
  name: true,
  description: true,
  active: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function createProduct(world: World, params: Params): ProductRecord {
  const product: ProductRecord = {
    id: newId(world, 'product'),
    created: world.at,
    updated: world.at,
    name: required(params, 'name'),
    description: text(params, 'description') || null,
    active: flag(params, 'active') ?? true,
    defaultPrice: null,
    metadata: metadata(params, {}),
  }
  return add(world, 'product', product, 'product.created')
}

export function updateProduct(world: World, id: string, params: Params): ProductRecord {
  const product = find(world, 'product', id)
  if (product === undefined) throw missing('product', id)
  const description = text(params, 'description')
  const patch = {
    name: text(params, 'name') || product.name,
    description: description === undefined ? product.description : description || null,
    active: flag(params, 'active') ?? product.active,
    metadata: metadata(params, product.metadata),
    updated: world.at,
  }
  return change(world, 'product', id, patch, 'product.updated')
}

export const PRICE_PARAMS = {
  currency: true,
  product: true,
  unit_amount: true,
  recurring: { interval: true, interval_count: true },
  nickname: true,
  lookup_key: true,
  active: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function createPrice(world: World, params: Params): PriceRecord {
  const product = required(params, 'product')
  if (find(world, 'product', product) === undefined) throw missing('product', product, 'product')
  const recurring = tree(params, 'recurring')
  const intervals = ['day', 'week', 'month', 'year'] as const satisfies Interval[]
  const interval = recurring && oneOf(recurring, 'interval', intervals)
  if (recurring && interval === undefined) {
    throw invalid('Missing required param: recurring[interval].', 'recurring[interval]', 'parameter_missing')
  }
  const unitAmount = whole(params, 'unit_amount')
  if (unitAmount === undefined || unitAmount < 0) {
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing')
  }
  const lookupKey = text(params, 'lookup_key') || null
  const other = all(world, 'price').find((one) => lookupKey !== null && one.lookupKey === lookupKey)
  if (other !== undefined) {
    throw invalid(`A price (\`${other.id}\`) already uses that lookup key.`, 'lookup_key', 'resource_already_exists')
  }
  const price: PriceRecord = {
    id: newId(world, 'price'),
    created: world.at,
    product,
    currency: required(params, 'currency').toLowerCase(),
    unitAmount,
    recurring: recurring && interval ? { interval, count: whole(recurring, 'interval_count') ?? 1 } : null,
    nickname: text(params, 'nickname') || null,
    lookupKey,
    active: flag(params, 'active') ?? true,
    metadata: metadata(params, {}),
  }
  return add(world, 'price', price, 'price.created')
}

export const PRICE_UPDATE = { active: true, nickname: true, metadata: '*' } as const satisfies Allowed

export function updatePrice(world: World, id: string, params: Params): PriceRecord {
  const price = find(world, 'price', id)
  if (price === undefined) throw missing('price', id)
  const nickname = text(params, 'nickname')
  const patch = {
    active: flag(params, 'active') ?? price.active,
    nickname: nickname === undefined ? price.nickname : nickname || null,
    metadata: metadata(params, price.metadata),
  }
  return change(world, 'price', id, patch, 'price.updated')
}
