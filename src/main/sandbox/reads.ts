// What can be read: the lists with Stripe's filters, and single objects.
import { missing } from './api-error.ts'
import { eventPage, findEvent, tell } from './events.ts'
import { type Filters, inRange, listPage, nestedPage } from './list.ts'
import { type Allowed, list, type Param, type Params, required } from './params.ts'
import type { Kind, Records } from './records.ts'
import { type Rendered, render, renderById } from './render.ts'
import { listShape } from './shapes-catalogue.ts'
import { lineShape } from './shapes-invoice.ts'
import { itemShape } from './shapes-subscription.ts'
import { find, get, kindOfId, type World } from './state.ts'

const is = (value: string | null, param: Param) => value === param
const flagged = (value: boolean, param: Param) => String(value) === param
const anyOf = (value: string, param: Param) => list({ param }, 'param').includes(value)

/** `hidden` are rows that are only shown where this says so: what was deleted, or is left out unless asked for. */
type ListOf<T> = { filters: Filters<T>; hidden?: (record: T, params: Params) => boolean }

const LISTS = {
  customer: {
    filters: {
      email: ({ email }, param) => is(email, param),
      test_clock: ({ testClock }, param) => is(testClock, param),
    },
    hidden: (customer) => customer.deleted,
  },
  product: {
    filters: { active: ({ active }, param) => flagged(active, param), ids: ({ id }, param) => anyOf(id, param) },
  },
  price: {
    filters: {
      active: ({ active }, param) => flagged(active, param),
      currency: ({ currency }, param) => is(currency, param),
      product: ({ product }, param) => is(product, param),
      type: ({ recurring }, param) => is(recurring === null ? 'one_time' : 'recurring', param),
    },
  },
  subscription: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      collection_method: ({ collection }, param) => is(collection, param),
      price: ({ items }, param) => items.some((item) => is(item.price, param)),
      status: ({ status }, param) =>
        param === 'all' ||
        is(status, param) ||
        (param === 'ended' && (status === 'canceled' || status === 'incomplete_expired')),
      current_period_start: ({ periodStart }, param) => inRange(periodStart, param, 'current_period_start'),
      current_period_end: ({ periodEnd }, param) => inRange(periodEnd, param, 'current_period_end'),
    },
    // Not asked for, cancelled ones are left out (docs.stripe.com/api/subscriptions/list).
    hidden: ({ status }, params) => status === 'canceled' && params.status === undefined,
  },
  subscription_schedule: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      canceled_at: ({ canceledAt }, param) => inRange(canceledAt, param, 'canceled_at'),
      completed_at: ({ completedAt }, param) => inRange(completedAt, param, 'completed_at'),
      released_at: ({ releasedAt }, param) => inRange(releasedAt, param, 'released_at'),
      // Every one here has begun.
      scheduled: (_, param) => param !== 'true',
    },
  },
  invoice: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      status: ({ status }, param) => is(status, param),
      subscription: ({ subscription }, param) => is(subscription?.id ?? null, param),
      due_date: ({ dueDate }, param) => inRange(dueDate, param, 'due_date'),
      collection_method: ({ collection }, param) => is(collection, param),
    },
  },
  invoice_payment: {
    filters: {
      invoice: ({ invoice }, param) => is(invoice, param),
      status: ({ status }, param) => is(status, param),
      payment: ({ intent }, param) =>
        typeof param === 'object' && param.type === 'payment_intent' && is(intent, param.payment_intent ?? intent),
    },
  },
  invoiceitem: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      invoice: ({ invoice }, param) => is(invoice, param),
      pending: ({ invoice }, param) => flagged(invoice === null, param),
    },
  },
  payment_intent: {
    filters: { customer: ({ customer }, param) => is(customer, param) },
  },
  payment_method: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      type: ({ type }, param) => is(type, param),
    },
  },
  charge: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      payment_intent: ({ intent }, param) => is(intent, param),
    },
  },
  refund: {
    filters: {
      charge: ({ charge }, param) => is(charge, param),
      payment_intent: ({ intent }, param) => is(intent, param),
    },
  },
  dispute: {
    filters: {
      charge: ({ charge }, param) => is(charge, param),
      payment_intent: ({ intent }, param) => is(intent, param),
    },
  },
  coupon: { filters: {}, hidden: (coupon) => coupon.deleted },
  promotion_code: {
    filters: {
      active: ({ active }, param) => flagged(active, param),
      code: ({ code }, param) => typeof param === 'string' && code.toLowerCase() === param.toLowerCase(),
      coupon: ({ coupon }, param) => is(coupon, param),
      customer: ({ customer }, param) => is(customer, param),
    },
  },
  customer_balance_transaction: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      invoice: ({ invoice }, param) => is(invoice, param),
    },
  },
  setup_intent: {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      payment_method: ({ method }, param) => is(method, param),
    },
  },
  setup_attempt: { filters: { setup_intent: ({ intent }, param) => is(intent, param) } },
  'checkout.session': {
    filters: {
      customer: ({ customer }, param) => is(customer, param),
      customer_details: ({ payer, customerEmail }, param) =>
        typeof param === 'object' && is(payer?.email ?? customerEmail, param.email ?? ''),
      payment_intent: ({ intent }, param) => is(intent, param),
      subscription: ({ subscription }, param) => is(subscription, param),
      status: ({ status }, param) => is(status, param),
    },
  },
  'terminal.location': { filters: {} },
  'terminal.reader': {
    filters: {
      device_type: ({ device }, param) => is(device, param),
      location: ({ location }, param) => is(location, param),
      serial_number: ({ serial }, param) => is(serial, param),
      status: ({ online }, param) => is(online ? 'online' : 'offline', param),
    },
  },
  'test_helpers.test_clock': { filters: {} },
} satisfies { [K in Kind]?: ListOf<Records[K]> }

export type ListedKind = keyof typeof LISTS

function listOf<K extends ListedKind>(kind: K): ListOf<Records[K]> {
  return LISTS[kind] as unknown as ListOf<Records[K]>
}

const PAGING = { limit: true, starting_after: true, ending_before: true } as const satisfies Allowed

/** What the sandbox knows of a list's parameters. */
export function listAllowed(kind: ListedKind): Allowed {
  const names = Object.keys(listOf(kind).filters)
  return { ...PAGING, created: true, ...Object.fromEntries(names.map((name) => [name, true as const])) }
}

/** `more` are filters that stand in the path. */
export function readList<K extends ListedKind>(
  world: World,
  kind: K,
  url: string,
  given: Params,
  more: Params = {},
): Rendered {
  const params = { ...given, ...more }
  const { filters, hidden } = listOf(kind)
  const asked = Object.entries(filters).flatMap(([name, fits]) => {
    const param = params[name]
    return param === undefined ? [] : [(record: Records[K]) => fits(record, param)]
  })
  const page = listPage(world.tables[kind], kind, params, (record) => {
    return hidden?.(record, params) !== true && asked.every((fits) => fits(record))
  })
  return listShape(
    page.data.map((record) => render(world, kind, record)),
    url,
    page.hasMore,
  )
}

/** Parameters of the pages of what hangs on one object. */
export const NESTED_ALLOWED: Allowed = PAGING

/** The items of a subscription, of which the subscription itself shows the first ten only. */
export function readItems(world: World, url: string, params: Params): Rendered {
  const id = required(params, 'subscription')
  const subscription = find(world, 'subscription', id)
  if (subscription === undefined) throw missing('subscription', id, 'subscription')
  const items = subscription.items.map((item) => itemShape(subscription, item, (price) => get(world, 'price', price)))
  const page = nestedPage(items, 'subscription item', params)
  return listShape(page.data, url, page.hasMore)
}

/** The lines of an invoice, likewise. */
export function readLines(world: World, id: string, url: string, params: Params): Rendered {
  const invoice = find(world, 'invoice', id)
  if (invoice === undefined) throw missing('invoice', id)
  const lines = invoice.lines.map((line) => lineShape(invoice, line))
  const page = nestedPage(lines, 'line item', params)
  return listShape(page.data, url, page.hasMore)
}

export function readOne(world: World, kind: Kind, id: string): Rendered {
  const found = kind === 'coupon' || kindOfId(id) === kind ? renderById(world, id) : undefined
  if (found === undefined) throw missing(kind, id)
  return found
}

export const EVENTS_ALLOWED: Allowed = { ...PAGING, created: true, type: true, types: [true] }

export function readEvents(world: World, url: string, params: Params): Rendered {
  const page = eventPage(world, params)
  return listShape(
    page.data.map((event) => tell(world, event)),
    url,
    page.hasMore,
  )
}

export function readEvent(world: World, id: string): Rendered {
  const event = findEvent(world, id)
  if (event === undefined) throw missing('event', id)
  return tell(world, event)
}
