// The only file that speaks to Stripe: pace, retries, expansion, and a check of every reply.
import Stripe from 'stripe'
import type { BillingEvent, BillingKind } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import type { Limiter } from './limiter.ts'
import { type Page, type ReadObject, type StripePort, StripeTrouble } from './port.ts'
import { translate, translateEvent } from './translate.ts'

/** What this version was written against; stored beside every mirrored object. */
export const STRIPE_API_VERSION = '2026-10-28.endive'
const PAGE = 100
const TRIES_ON_429 = 6

export type StripeClientOptions = {
  key: string
  /** Another Stripe-compatible host; null is Stripe itself. */
  base: string | null
  limiter: Limiter
  now: () => Ms
}

/** The expansions without which an object is only half read; the same for one object and for a list. */
const EXPAND: Record<BillingKind, string[]> = {
  product: [],
  price: [],
  customer: ['invoice_settings.default_payment_method'],
  subscription: ['default_payment_method'],
  invoice: ['payments'],
  payment_intent: [],
}

export function createStripeClient({ key, base, limiter, now }: StripeClientOptions): StripePort {
  const host = base === null ? {} : hostOf(base)
  const stripe = new Stripe(key, {
    apiVersion: STRIPE_API_VERSION,
    maxNetworkRetries: 2,
    timeout: 20_000,
    telemetry: false,
    httpClient: objectsOnly(Stripe.createNodeHttpClient()),
    ...host,
  })

  const lists: Record<BillingKind, (params: object) => Promise<unknown>> = {
    product: (params) => stripe.products.list(params),
    price: (params) => stripe.prices.list(params),
    customer: (params) => stripe.customers.list(params),
    subscription: (params) => stripe.subscriptions.list({ status: 'all', ...params }),
    invoice: (params) => stripe.invoices.list(params),
    payment_intent: (params) => stripe.paymentIntents.list(params),
  }
  const gets: Record<BillingKind, (id: string, params: object) => Promise<unknown>> = {
    product: (id, params) => stripe.products.retrieve(id, params),
    price: (id, params) => stripe.prices.retrieve(id, params),
    customer: (id, params) => stripe.customers.retrieve(id, params),
    subscription: (id, params) => stripe.subscriptions.retrieve(id, params),
    invoice: (id, params) => stripe.invoices.retrieve(id, params),
    payment_intent: (id, params) => stripe.paymentIntents.retrieve(id, params),
  }

  /** One call at our pace; the SDK does not repeat a 429 by itself, so we do. */
  async function paced(what: string, call: () => Promise<unknown>): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      await limiter.take()
      try {
        const reply = await call()
        limiter.accepted()
        return reply
      } catch (error) {
        if (error instanceof Stripe.errors.StripeRateLimitError && attempt < TRIES_ON_429) {
          limiter.refused()
          continue
        }
        throw trouble(error, what)
      }
    }
  }

  return {
    apiVersion: STRIPE_API_VERSION,

    async account() {
      const livemode = /^(sk|rk)_live_/.test(key)
      try {
        const account = (await paced('the account', () => stripe.accounts.retrieveCurrent())) as {
          object?: string
          id?: string
        }
        if (account.object !== 'account' || typeof account.id !== 'string') throw unexpected('the account')
        return { id: account.id, livemode }
      } catch (error) {
        // A restricted key need not be allowed to read the account; one desk has one account all the same.
        const cause = error instanceof StripeTrouble ? error.cause : null
        if (cause instanceof Stripe.errors.StripePermissionError || isMissing(cause)) return { id: null, livemode }
        throw error
      }
    },

    async list(kind, { after, createdFrom }) {
      const fetchedAt = now()
      const reply = await paced(`the list of ${kind}s`, () =>
        lists[kind]({
          limit: PAGE,
          ...(after === undefined ? {} : { starting_after: after }),
          ...(createdFrom === undefined ? {} : { created: { gte: Math.floor(createdFrom / 1_000) } }),
          ...(EXPAND[kind].length > 0 ? { expand: EXPAND[kind].map((field) => `data.${field}`) } : {}),
        }),
      )
      const page = listOf(reply, `the list of ${kind}s`)
      return { data: page.data.map((object) => read(kind, object, fetchedAt)), hasMore: page.hasMore }
    },

    async retrieve(kind, id) {
      const fetchedAt = now()
      try {
        const params = EXPAND[kind].length > 0 ? { expand: EXPAND[kind] } : {}
        const object = (await paced(`${kind} ${id}`, () => gets[kind](id, params))) as {
          deleted?: boolean
          id?: string
        }
        if (object.id !== id) throw unexpected(`${kind} ${id}`)
        return object.deleted === true ? null : read(kind, object, fetchedAt)
      } catch (error) {
        if (error instanceof StripeTrouble && isMissing(error.cause)) return null
        // An answer, if a useless one, for this object alone: the others may be well.
        if (error instanceof StripeTrouble && error.cause instanceof Stripe.errors.StripeAPIError)
          throw new StripeTrouble('reply', error.message, error.cause)
        throw error
      }
    },

    async events({ createdFrom, after }): Promise<Page<BillingEvent>> {
      const reply = await paced('the list of events', () =>
        stripe.events.list({
          limit: PAGE,
          created: { gte: Math.floor(createdFrom / 1_000) },
          ...(after === undefined ? {} : { starting_after: after }),
        }),
      )
      const page = listOf(reply, 'the list of events')
      return { data: page.data.map(readEvent), hasMore: page.hasMore }
    },
  }
}

/** JSON that is no object leaves the SDK's call open for ever (stripe 23.1.0): here it fails as no JSON does. */
function objectsOnly(client: Stripe.HttpClient): Stripe.HttpClient {
  const makeRequest = client.makeRequest.bind(client)
  client.makeRequest = async (...request) => {
    const response = await makeRequest(...request)
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

function hostOf(base: string): { host: string; port: string; protocol: 'http' | 'https' } {
  const url = new URL(base)
  const protocol = url.protocol === 'http:' ? 'http' : 'https'
  return { host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443'), protocol }
}

/** A reply with a 2xx status that is not a list would otherwise count as an empty one. */
function listOf(reply: unknown, what: string): Page<unknown> {
  const list = reply as { object?: string; data?: unknown; has_more?: unknown }
  if (list?.object !== 'list' || !Array.isArray(list.data)) throw unexpected(what)
  return { data: list.data, hasMore: list.has_more === true }
}

function read(kind: BillingKind, object: unknown, fetchedAt: Ms): ReadObject {
  try {
    return { mirror: translate(kind, object), raw: JSON.stringify(object), fetchedAt }
  } catch (error) {
    throw unexpected(`${kind} ${(object as { id?: string })?.id ?? ''}`.trim(), error)
  }
}

function readEvent(value: unknown): BillingEvent {
  try {
    return translateEvent(value)
  } catch (error) {
    throw unexpected('an event', error)
  }
}

function unexpected(what: string, cause?: unknown): StripeTrouble {
  return new StripeTrouble(
    'reply',
    `Stripe's answer for ${what} was not what was asked for. Latchkey tries again by itself.`,
    cause,
  )
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Stripe.errors.StripeInvalidRequestError && cause.statusCode === 404
}

/** Every failure of the SDK as one of ours, with its sentence. Keys never stand in it: Stripe shows only their ends. */
function trouble(error: unknown, what: string): StripeTrouble {
  if (error instanceof StripeTrouble) return error
  if (error instanceof Stripe.errors.StripeAuthenticationError) {
    return new StripeTrouble(
      'key',
      'Stripe does not accept the key: put the right one into Settings, under Stripe.',
      error,
    )
  }
  if (error instanceof Stripe.errors.StripePermissionError) {
    return new StripeTrouble(
      'key',
      `The Stripe key may not read ${what}: give it that permission in Stripe's dashboard.`,
      error,
    )
  }
  if (error instanceof Stripe.errors.StripeConnectionError) {
    return new StripeTrouble(
      'offline',
      'Stripe cannot be reached: check the internet connection. Doors go on with what is stored.',
      error,
    )
  }
  if (error instanceof Stripe.errors.StripeRateLimitError) {
    return new StripeTrouble(
      'offline',
      'Stripe asks for fewer requests just now. Latchkey tries again by itself.',
      error,
    )
  }
  if (error instanceof Stripe.errors.StripeAPIError) {
    return new StripeTrouble(
      'offline',
      'Stripe has a problem of its own just now. Latchkey tries again by itself.',
      error,
    )
  }
  return new StripeTrouble('reply', `Stripe refused to give ${what}. Latchkey tries again by itself.`, error)
}
