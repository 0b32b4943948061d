// A Stripe account of any size, for measuring: customers with a subscription and two invoices each, spread over three years.
// All of it is arithmetic and moulds (bulk-template.ts); nothing is held for any of them, and none can be changed.
import { answer, type Request } from './answer.ts'
import { ApiError, missing, notModelled } from './api-error.ts'
import { emailOf, type Mould, mouldOf, numberIn } from './bulk-template.ts'
import { DAY, type Seconds } from './calendar.ts'
import { checkParams } from './check-params.ts'
import { bounds, cursors } from './list.ts'
import { type Params, texts } from './params.ts'
import { checkExpand, type Rendered } from './render.ts'
import type { StripeSchema } from './schema.ts'
import { listShape } from './shapes-catalogue.ts'
import { all, find, type World } from './state.ts'

/** Seconds over which everything was made, up to when the sandbox began. */
export const SPREAD = 3 * 365 * DAY
/** These are few and come from the world itself; all else that is not below is empty. */
const WORLDLY = /^\/v1\/(account|products|prices|coupons|promotion_codes)(\/|$)/

type Noun = 'customers' | 'subscriptions' | 'invoices'
type Numbers = Parameters<Mould>[0]
/** Positions from the oldest, the last one not included. */
type Stretch = { from: number; to: number }

/** Answers a request in place of the world; null for what the world answers itself. */
export type Bulk = (request: Request) => string | null

/** Throws one plain sentence where the world has nobody to take as an example. */
export function createBulk(world: World, schema: StripeSchema, customers: number): Bulk {
  const invoice = all(world, 'invoice').find(({ status, subscription }) => {
    return status === 'paid' && find(world, 'subscription', subscription?.id ?? '')?.status === 'active'
  })
  if (invoice === undefined) throw new Error('A large sandbox needs sample people to take after: start it with them.')
  const samples: Record<Noun, string> = {
    customers: invoice.customer,
    subscriptions: invoice.subscription?.id ?? '',
    invoices: invoice.id,
  }
  const from = world.at - SPREAD
  const moulds = new Map<string, Mould>()

  function mould(noun: Noun, expand: readonly string[]): Mould {
    const name = [noun, ...expand].join(' ')
    const known = moulds.get(name)
    if (known !== undefined) return known
    const path = `/v1/${noun}/${samples[noun]}`
    const params: Params = expand.length === 0 ? {} : { expand: Object.fromEntries(expand.entries()) as Params }
    const made = mouldOf(answer(world, schema, { method: 'GET', path, params }) as Rendered)
    moulds.set(name, made)
    return made
  }

  const sizeOf = (noun: Noun) => (noun === 'invoices' ? 2 * customers : customers)
  const createdOf = (noun: Noun, own: number): Seconds => from + Math.floor((own * SPREAD) / sizeOf(noun))
  const numbers = (noun: Noun, own: number): Numbers => ({
    own,
    customer: noun === 'invoices' ? own >> 1 : own,
    created: createdOf(noun, own),
  })

  /** How many are older than this moment. */
  function olderThan(noun: Noun, moment: number): number {
    let [low, high] = [0, sizeOf(noun)]
    while (low < high) {
      const middle = (low + high) >> 1
      if (createdOf(noun, middle) < moment) low = middle + 1
      else high = middle
    }
    return low
  }

  function stretch(noun: Noun, params: Params): Stretch {
    const { least, most } = bounds(params.created ?? {}, 'created')
    const wanted = wantedBy(noun, params, sizeOf(noun))
    return {
      from: Math.max(wanted.from, olderThan(noun, least)),
      to: Math.min(wanted.to, olderThan(noun, most + 1)),
    }
  }

  function page(noun: Noun, path: string, params: Params): string {
    const { limit, after, before } = cursors(params)
    const whole = stretch(noun, params)
    const place = (id: string, name: string) => {
      const own = numberIn(id)
      if (own === null || own >= sizeOf(noun)) throw missing(noun.slice(0, -1), id, name)
      return own
    }
    const [start, end] =
      before === undefined
        ? [whole.from, after === undefined ? whole.to : Math.min(whole.to, place(after, 'starting_after'))]
        : [Math.max(whole.from, place(before, 'ending_before') + 1), whole.to]
    const first = before === undefined ? Math.max(start, end - limit) : start
    const last = before === undefined ? end : Math.min(end, start + limit)
    const make = mould(noun, expandOnList(params))
    const made: string[] = []
    for (let own = last - 1; own >= first; own -= 1) made.push(make(numbers(noun, own)))
    const hasMore = before === undefined ? first > start : last < end
    return `{"object":"list","data":[${made.join(',')}],"has_more":${hasMore},"url":${JSON.stringify(path)}}`
  }

  return ({ method, path, params }) => {
    if (WORLDLY.test(path)) return null
    const [, , noun = '', id, ...deeper] = path.split('/')
    if (method !== 'GET') throw notModelled(`${method} ${path} in a large sandbox, which can only be read`)
    if (!Object.hasOwn(samples, noun) || deeper.length > 0) return JSON.stringify(listShape([], path))
    checkParams(schema, schema.requests[`GET /v1/${noun}${id === undefined ? '' : '/:id'}`] ?? true, params)
    checkExpand(texts(params, 'expand'))
    if (id === undefined) return page(noun as Noun, path, params)
    const own = numberIn(id)
    if (own === null || own >= sizeOf(noun as Noun)) throw missing(noun.slice(0, -1), id)
    return mould(noun as Noun, texts(params, 'expand'))(numbers(noun as Noun, own))
  }
}

/** On a list every path begins with `data`. */
function expandOnList(params: Params): string[] {
  return texts(params, 'expand').map((path) => {
    if (path.startsWith('data.')) return path.slice('data.'.length)
    const message = `This property cannot be expanded (${path}). You may want to try expanding 'data.${path}' instead.`
    throw new ApiError(400, { type: 'invalid_request_error', message, param: 'expand' })
  })
}

/** Whom the filters leave: everybody's subscription is active, every invoice is paid. */
function wantedBy(noun: Noun, params: Params, size: number): Stretch {
  const everything = { from: 0, to: size }
  const nothing = { from: 0, to: 0 }
  const status = params.status ?? 'all'
  if (status !== 'all' && status !== (noun === 'invoices' ? 'paid' : 'active')) return nothing
  if ((params.collection_method ?? 'charge_automatically') !== 'charge_automatically') return nothing
  for (const name of ['email', 'customer', 'subscription', 'price', 'test_clock']) {
    const param = params[name]
    if (typeof param !== 'string') continue
    if (name === 'price' || name === 'test_clock') throw notModelled(`${name} in the lists of a large sandbox`)
    const customer = name === 'email' && !param.includes('@') ? null : numberIn(param)
    if (customer === null || (name === 'email' && param !== emailOf(customer))) return nothing
    return noun === 'invoices' ? { from: 2 * customer, to: 2 * customer + 2 } : { from: customer, to: customer + 1 }
  }
  return everything
}
