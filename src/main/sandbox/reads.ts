// What can be read: the lists with Stripe's filters. Single objects come from render.ts.
import { notModelled } from './api-error.ts'
import { type Filters, inRange, LIST_PARAMS, listPage } from './list.ts'
import { type Allowed, flag, oneOf, type Param, type Params, text, texts } from './params.ts'
import type { EventRecord, Kind, Records } from './records.ts'
import { type Rendered, render, renderEvent } from './render.ts'
import { listShape } from './shapes-catalogue.ts'
import { EVENT_LIFE, type World } from './state.ts'

const RANGE = { gt: true, gte: true, lt: true, lte: true } as const
const same = (value: string | null) => (param: Param) => value === param

type ListOf<T> = { filters: Filters<T>; allowed: Allowed; visible: (params: Params) => (record: T) => boolean }
const anything = () => () => true

const created = { created: (record: { created: number }, param: Param) => inRange(record.created, param, 'created') }

const SUBSCRIPTION_STATUSES = [
  'active',
  'all',
  'canceled',
  'ended',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
] as const
const INVOICE_STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const
type ListedKind = 'customer' | 'product' | 'price' | 'subscription' | 'invoice' | 'payment_intent'

const LISTS: { [K in ListedKind]: ListOf<Records[K]> } = {
  customer: {
    filters: { ...created, email: ({ email }, param) => same(email)(param) },
    allowed: { created: RANGE, email: true },
    visible: () => (customer) => !customer.deleted,
  },
  product: {
    filters: created,
    allowed: { created: RANGE, active: true, ids: [true] },
    visible: (params) => (product) => {
      const [active, ids] = [flag(params, 'active'), texts(params, 'ids')]
      return (active === undefined || product.active === active) && (ids.length === 0 || ids.includes(product.id))
    },
  },
  price: {
    filters: {
      ...created,
      product: ({ product }, param) => same(product)(param),
      currency: ({ currency }, param) => same(currency)(param),
    },
    allowed: { created: RANGE, product: true, currency: true, active: true, type: true },
    visible: (params) => (price) => {
      const [active, type] = [flag(params, 'active'), oneOf(params, 'type', ['one_time', 'recurring'])]
      return (
        (active === undefined || price.active === active) &&
        (type === undefined || (type === 'recurring') === (price.recurring !== null))
      )
    },
  },
  subscription: {
    filters: {
      ...created,
      customer: ({ customer }, param) => same(customer)(param),
      price: ({ price }, param) => same(price)(param),
      current_period_start: ({ periodStart }, param) => inRange(periodStart, param, 'current_period_start'),
      current_period_end: ({ periodEnd }, param) => inRange(periodEnd, param, 'current_period_end'),
    },
    allowed: {
      created: RANGE,
      customer: true,
      price: true,
      status: true,
      current_period_start: RANGE,
      current_period_end: RANGE,
    },
    visible: (params) => {
      const status = oneOf(params, 'status', SUBSCRIPTION_STATUSES)
      return (subscription) => {
        // Not asked for, cancelled ones are left out (docs.stripe.com/api/subscriptions/list).
        if (status === undefined) return subscription.status !== 'canceled'
        if (status === 'ended') return ['canceled', 'incomplete_expired'].includes(subscription.status)
        return status === 'all' || subscription.status === status
      }
    },
  },
  invoice: {
    filters: {
      ...created,
      customer: ({ customer }, param) => same(customer)(param),
      subscription: ({ subscription }, param) => same(subscription?.id ?? null)(param),
      // Everything here is charged automatically, so nothing has a due date.
      due_date: (_, param) => inRange(null, param, 'due_date'),
      collection_method: (_, param) => same('charge_automatically')(param),
    },
    allowed: {
      created: RANGE,
      customer: true,
      subscription: true,
      status: true,
      due_date: RANGE,
      collection_method: true,
    },
    visible: (params) => {
      const status = oneOf(params, 'status', INVOICE_STATUSES)
      return (invoice) => status === undefined || invoice.status === status
    },
  },
  payment_intent: {
    filters: { ...created, customer: ({ customer }, param) => same(customer)(param) },
    allowed: { created: RANGE, customer: true },
    visible: anything,
  },
}

export function isListed(kind: Kind): kind is ListedKind {
  return Object.hasOwn(LISTS, kind)
}

/** The parameters that a list takes; ranges may also be a single number. */
export function listAllowed(kind: ListedKind, params: Params): Allowed {
  return withSingleRanges({ ...LIST_PARAMS, ...LISTS[kind].allowed }, params)
}

function withSingleRanges(allowed: Allowed, params: Params): Allowed {
  const single = Object.entries(allowed).filter(([name, rule]) => rule === RANGE && typeof params[name] === 'string')
  return { ...allowed, ...Object.fromEntries(single.map(([name]) => [name, true])) }
}

export function readList<K extends ListedKind>(world: World, kind: K, url: string, params: Params): Rendered {
  const { filters, visible } = LISTS[kind] as ListOf<Records[K]>
  const page = listPage(world.tables[kind].values(), kind, params, filters, visible(params))
  return listShape(
    page.data.map((record) => render(world, kind, record)),
    url,
    page.hasMore,
  )
}

export function eventsAllowed(params: Params): Allowed {
  return withSingleRanges({ ...LIST_PARAMS, created: RANGE, type: true, types: [true], delivery_success: true }, params)
}

export function disputesAllowed(params: Params): Allowed {
  return withSingleRanges({ ...LIST_PARAMS, created: RANGE, charge: true, payment_intent: true }, params)
}

export function readEvents(world: World, url: string, params: Params): Rendered {
  if (text(params, 'delivery_success') !== undefined) throw notModelled('delivery_success: it delivers no webhooks')
  const type = text(params, 'type')
  const types = texts(params, 'types')
  const wanted = (event: EventRecord) =>
    (type === undefined || matchesType(event.type, type)) && (types.length === 0 || types.includes(event.type))
  const alive = Array.from(world.events.values()).filter(({ record }) => record.created >= world.at - EVENT_LIFE)
  const page = listPage(alive, 'event', params, created, wanted)
  return listShape(
    page.data.map((event) => renderEvent(world, event)),
    url,
    page.hasMore,
  )
}

/** `customer.*` stands for everything below. */
function matchesType(type: string, pattern: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}
