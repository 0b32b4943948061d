// The only file that speaks to Stripe: pace, retries, expansion, and a check of every reply.
import Stripe from 'stripe'
import { BILLING_KINDS, type BillingEvent, type BillingKind } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import { hostOf, type Params, queryOf } from './address.ts'
import { createChanges } from './changes.ts'
import { deedTrouble, isForbidden, isInUse, isMissing, isPlaceLost, isTooMany, mayPass, trouble } from './failures.ts'
import { openItemDiscounts } from './item-discounts.ts'
import { KINDS } from './kinds.ts'
import type { Limiter } from './limiter.ts'
import { createMoney } from './money.ts'
import { type Page, type Permission, type StripePort, StripeTrouble } from './port.ts'
import { accountOf, listOf, pageOf, placesOf, type RawList, readEvent, readObject, unexpected } from './replies.ts'
import { createShop } from './shop.ts'
import { createTerminal } from './terminal.ts'
import { createTill } from './till.ts'
import { translateBalance } from './translate.ts'

/** What this version was written against; stored beside every mirrored object. */
export const STRIPE_API_VERSION = '2026-10-28.endive'
const PAGE = 100
const TRIES_ON_429 = 6
const TRIES_ON_FAILURE = 3

export type StripeClientOptions = {
  key: string
  /** Another Stripe-compatible host; null is Stripe itself. */
  base: string | null
  limiter: Limiter
  now: () => Ms
  /** Waits between tries. */
  sleep: (ms: number) => Promise<void>
}

export function createStripeClient({ key, base, limiter, now, sleep }: StripeClientOptions): StripePort {
  let clockAhead: Ms | null = null
  const stripe = new Stripe(key, {
    apiVersion: STRIPE_API_VERSION,
    // Tries are counted in one place, below.
    maxNetworkRetries: 0,
    timeout: 20_000,
    telemetry: false,
    httpClient: watched(Stripe.createNodeHttpClient(), (date) => {
      // The header has whole seconds: half of one is what it leaves out on average.
      clockAhead = now() - date - 500
    }),
    ...(base === null ? {} : hostOf(base)),
  })

  /** One GET at our pace; failures that may pass are tried again. `what` is named where it fails. */
  async function get(path: string, params: Params, what: string): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      await limiter.take(path.split('/')[2] ?? path)
      try {
        const reply = await stripe.rawRequest('GET', `${path}${queryOf(params)}`)
        limiter.accepted()
        return reply
      } catch (error) {
        const tooMany = isTooMany(error)
        if (tooMany) limiter.refused()
        if (attempt >= (tooMany ? TRIES_ON_429 : TRIES_ON_FAILURE) || !(tooMany || mayPass(error)))
          throw trouble(error, what)
        // After a 429 the limiter waits.
        if (!tooMany) await sleep(250 * 2 ** attempt)
      }
    }
  }

  /** One deed at Stripe, tried again with its key where the way failed; without a key only where nothing can have happened. */
  async function post(
    path: string,
    params: Record<string, unknown>,
    key: string | null,
    what: string,
  ): Promise<unknown> {
    const options = key === null ? {} : { idempotencyKey: key }
    return tried(path, key !== null, what, () => stripe.rawRequest('POST', path, params, options))
  }

  /** Whatever becomes of the answer, a second time finds nothing to remove: no key is needed. */
  async function remove(path: string, params: Params, what: string): Promise<unknown> {
    return tried(path, true, what, () => stripe.rawRequest('DELETE', `${path}${queryOf(params)}`))
  }

  async function tried(path: string, harmless: boolean, what: string, ask: () => Promise<unknown>): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      await limiter.take(path.split('/')[2] ?? path)
      try {
        const reply = await ask()
        limiter.accepted()
        return reply
      } catch (error) {
        const tooMany = isTooMany(error)
        if (tooMany) limiter.refused()
        const again = tooMany || (harmless && (mayPass(error) || isInUse(error)))
        if (!again || attempt >= (tooMany ? TRIES_ON_429 : TRIES_ON_FAILURE)) throw deedTrouble(error, what)
        if (!tooMany) await sleep(250 * 2 ** attempt)
      }
    }
  }

  /** Everything from `after` on of a list, page by page. */
  async function restOf(path: string, params: Params, after: string | null, what: string): Promise<unknown[]> {
    const found: unknown[] = []
    const placeAfter = placesOf(what)
    for (let last = after; ; ) {
      const page = listOf(
        await get(path, { ...params, limit: PAGE, ...(last === null ? {} : { starting_after: last }) }, what),
        what,
      )
      found.push(...page.data)
      last = placeAfter(page.has_more, (page.data.at(-1) as { id?: string } | undefined)?.id)
      if (last === null) return found
    }
  }

  /** Lists inside an object hold ten at first: the rest is read, so that nothing of it is missed. */
  async function complete(kind: BillingKind, object: unknown): Promise<void> {
    for (const field of KINDS[kind].nested) {
      const list = nestedList(object, field)
      if (list?.has_more !== true) continue
      const url = new URL(list.url, 'https://stripe')
      const last = (list.data.at(-1) as { id?: string } | undefined)?.id ?? null
      const what = `the ${field} of ${kind} ${(object as { id?: string }).id ?? ''}`
      list.data.push(...(await restOf(url.pathname, Object.fromEntries(url.searchParams), last, what)))
      list.has_more = false
    }
    if (kind === 'subscription') await openItemDiscounts(object, get)
  }

  /** Those of a page that stayed half there: they fail alone. Where nothing answers, the rest is not asked for. */
  async function completeAll(kind: BillingKind, objects: readonly unknown[]): Promise<Set<unknown>> {
    const half = new Set<unknown>()
    let answers = true
    for (const object of objects) {
      try {
        if (answers) await complete(kind, object)
        else if (isHalf(kind, object)) half.add(object)
      } catch (error) {
        if (!(error instanceof StripeTrouble) || error.kind === 'key') throw error
        answers = error.kind !== 'offline'
        half.add(object)
      }
    }
    return half
  }

  async function mayRead(what: Permission['what']): Promise<Permission> {
    const path = what === 'account' ? '/v1/account' : `/v1/${what === 'event' ? 'events' : KINDS[what].path}`
    try {
      const reply = await get(path, what === 'account' ? {} : { limit: 1 }, `the ${what}s`)
      if (what === 'account') accountOf(reply)
      else listOf(reply, `the list of ${what}s`)
      return { what, may: true, says: null }
    } catch (error) {
      if (!(error instanceof StripeTrouble)) throw error
      return { what, may: error.kind === 'key' ? false : null, says: error.message }
    }
  }

  return {
    apiVersion: STRIPE_API_VERSION,
    till: createTill({ get, post, now }),
    changes: createChanges({ get, post, remove, now }),
    shop: createShop({ get, post }),
    money: createMoney({ get, post }),
    terminal: createTerminal({ get, post, remove }),
    listsApart: limiter.listsApart,

    async account() {
      const livemode = /^(sk|rk)_live_/.test(key)
      try {
        return { id: accountOf(await get('/v1/account', {}, 'the account')), livemode }
      } catch (error) {
        // A restricted key need not be allowed to read the account; one desk has one account all the same.
        const cause = error instanceof StripeTrouble ? error.cause : null
        if (isForbidden(cause) || isMissing(cause)) return { id: null, livemode }
        throw error
      }
    },

    async list(kind, { after, createdFrom, createdTo }) {
      const fetchedAt = now()
      const { path, expand } = KINDS[kind]
      const created = {
        ...(createdFrom === undefined ? {} : { gte: Math.floor(createdFrom / 1_000) }),
        ...(createdTo === undefined ? {} : { lt: Math.ceil(createdTo / 1_000) }),
      }
      const what = `the list of ${kind}s`
      const params = {
        limit: PAGE,
        // Without it, Stripe leaves out what was cancelled.
        ...(kind === 'subscription' ? { status: 'all' } : {}),
        ...(Object.keys(created).length > 0 ? { created } : {}),
        ...(expand.length > 0 ? { expand: expand.map((field) => `data.${field}`) } : {}),
      }
      const ask = (place: Params) => get(`/v1/${path}`, { ...params, ...place }, what)
      const reply =
        after === undefined
          ? await ask({})
          : await ask({ starting_after: after }).catch((error) => {
              if (isPlaceLost(error.cause)) return ask({})
              throw error
            })
      const list = listOf(reply, what)
      return pageOf(kind, list, fetchedAt, await completeAll(kind, list.data))
    },

    async retrieve(kind, id) {
      const fetchedAt = now()
      const { path, expand } = KINDS[kind]
      const what = `${kind} ${id}`
      try {
        const params = expand.length > 0 ? { expand } : {}
        const reply = await get(`/v1/${path}/${encodeURIComponent(id)}`, params, what)
        const object = reply as { deleted?: boolean; id?: string }
        if (object.id !== id) throw unexpected(what)
        if (object.deleted === true) return null
        await complete(kind, object)
        return readObject(kind, object, fetchedAt)
      } catch (error) {
        if (error instanceof StripeTrouble && isMissing(error.cause)) return null
        throw error
      }
    },

    async events({ createdFrom, after }): Promise<Page<BillingEvent>> {
      const params = {
        limit: PAGE,
        created: { gte: Math.floor(createdFrom / 1_000) },
        ...(after === undefined ? {} : { starting_after: after }),
      }
      const page = listOf(await get('/v1/events', params, 'the list of events'), 'the list of events')
      return { data: page.data.map(readEvent), hasMore: page.has_more }
    },

    async balances(customerId) {
      const what = `the balance of customer ${customerId}`
      const path = `/v1/customers/${encodeURIComponent(customerId)}/balance_transactions`
      try {
        const lines = await restOf(path, {}, null, what)
        return lines.map((line) => {
          try {
            return translateBalance(line)
          } catch (error) {
            throw unexpected(what, error)
          }
        })
      } catch (error) {
        if (error instanceof StripeTrouble && isMissing(error.cause)) return []
        throw error
      }
    },

    async permissions() {
      return Promise.all((['account', ...BILLING_KINDS, 'event'] as const).map(mayRead))
    },

    observed: () => ({ ...limiter.figures(), clockAhead }),
  }
}

/** JSON that is no object leaves the SDK's call open for ever (stripe 23.1.0): here it fails as no JSON does. */
function watched(client: Stripe.HttpClient, onDate: (date: Ms) => void): Stripe.HttpClient {
  const makeRequest = client.makeRequest.bind(client)
  client.makeRequest = async (...request) => {
    const response = await makeRequest(...request)
    const date = Date.parse(String((response.getHeaders() as Record<string, unknown>).date))
    if (Number.isFinite(date)) onDate(date)
    const toJSON = response.toJSON.bind(response)
    response.toJSON = async () => {
      const body = await toJSON()
      if (typeof body !== 'object' || body === null) throw new SyntaxError('The body is no JSON object')
      return body
    }
    return response
  }
  return client
}

function nestedList(object: unknown, field: string): RawList | undefined {
  return (object as Record<string, RawList | undefined> | null)?.[field]
}

function isHalf(kind: BillingKind, object: unknown): boolean {
  return KINDS[kind].nested.some((field) => nestedList(object, field)?.has_more === true)
}
