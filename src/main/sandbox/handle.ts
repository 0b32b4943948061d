// One request from its headers to its reply: key, version, idempotency, route. Everything that goes wrong becomes `{error}`.
import type { IncomingHttpHeaders } from 'node:http'
import { answer } from './answer.ts'
import { ApiError } from './api-error.ts'
import type { Bulk } from './bulk-world.ts'
import { faultOfReply } from './check-reply.ts'
import { type Answered, keep, keyed } from './idempotency.ts'
import { checkPermission, type RestrictedKeys } from './keys.ts'
import { type Params, parseForm } from './params.ts'
import { randomId } from './random.ts'
import { API_VERSION } from './render.ts'
import type { StripeSchema } from './schema.ts'
import { NO_REQUEST, type World } from './state.ts'

export type Incoming = { method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders }

export type Handler = {
  world: World
  key: string
  /** Keys that may do less. */
  restricted?: RestrictedKeys
  schema: StripeSchema
  /** Replies are held against the schema; what does not fit is collected here. */
  checkReplies: boolean
  problems: string[]
  /** Idempotency keys of requests whose reply is not out yet. */
  busy: Set<string>
  /** Brings the world to the present; it runs only for who holds the key. */
  catchUp: () => void
  /** Answers the large lists instead of the world; null for what is not among them. */
  bulk: Bulk | null
}

/** `failsAfter`: the request is carried out, and then answered with a 500 that is kept under its key as well. */
export function handle(handler: Handler, incoming: Incoming, body: string | ApiError, failsAfter = false): Answered {
  const { world } = handler
  const id = randomId(world.chance, 'req_', 14)
  const headers: Record<string, string> = { 'request-id': id, 'stripe-version': API_VERSION }
  try {
    if (body instanceof ApiError) throw body
    const key = checkKey(incoming.headers.authorization, handler)
    checkVersion(incoming.headers['stripe-version'])
    const [path = '/'] = (incoming.url ?? '/').split('?')
    checkPermission(handler.restricted ?? NO_KEYS, key, incoming.method ?? '', path)
    handler.catchUp()
    const once = keyed(world, handler.busy, { ...incoming, key: incoming.headers['idempotency-key'] }, body)
    if (once?.kept) return { ...once.kept, headers: { ...headers, ...once.kept.headers } }
    world.request = { id, idempotency_key: once?.key ?? null }
    const carriedOut = run(handler, incoming, body)
    const reply = failsAfter ? FAILURE : carriedOut
    if (once !== null) keep(world, once, reply)
    return { ...reply, headers: { ...headers, ...reply.headers } }
  } catch (error) {
    const reply = error instanceof ApiError ? refused(error) : broken(handler, error)
    return { ...reply, headers: { ...headers, ...reply.headers } }
  } finally {
    world.request = NO_REQUEST
  }
}

export const FAILURE: Answered = {
  status: 500,
  headers: {},
  body: JSON.stringify({ error: { type: 'api_error', message: 'An unknown error occurred.' } }),
}

/** True where these headers hold the sandbox's key. */
export function holdsKey(authorization: string | undefined, key: string): boolean {
  return offeredKey(authorization) === key
}

function offeredKey(authorization: string | undefined): string {
  const [scheme = '', given = ''] = (authorization ?? '').split(' ')
  if (scheme.toLowerCase() === 'bearer') return given
  return scheme.toLowerCase() === 'basic' ? (Buffer.from(given, 'base64').toString().split(':')[0] ?? '') : ''
}

const NO_KEYS: RestrictedKeys = new Map()

function checkKey(authorization: string | undefined, { key, restricted = NO_KEYS }: Handler): string {
  const offered = offeredKey(authorization)
  if (offered === key || restricted.has(offered)) return offered
  const message =
    offered === ''
      ? 'You did not provide an API key. Send it as a bearer token in the Authorization header.'
      : `Invalid API Key provided: ${offered.slice(0, 7)}${'*'.repeat(Math.min(20, Math.max(0, offered.length - 11)))}${offered.slice(-4)}`
  throw new ApiError(401, { type: 'invalid_request_error', message })
}

function checkVersion(version: string | string[] | undefined): void {
  if (version === undefined || version === API_VERSION) return
  const message = `Invalid Stripe API version: ${String(version)}. The sandbox speaks ${API_VERSION} only.`
  throw new ApiError(400, { type: 'invalid_request_error', message })
}

/** Throws the ApiError of what was refused before anything was done; all else is an answer, also a fault of the sandbox's own. */
function run(handler: Handler, { method = '', url = '/' }: Incoming, body: string): Answered {
  const [path = '/', query = ''] = url.split('?')
  const params: Params = Object.assign(parseForm(query), parseForm(body))
  try {
    const large = handler.bulk?.({ method, path, params }) ?? null
    const result = large ?? answer(handler.world, handler.schema, { method, path, params })
    if (result instanceof ApiError) return refused(result)
    const reply = typeof result === 'string' ? result : JSON.stringify(result)
    const fault = handler.checkReplies ? faultOfReply(handler.schema, JSON.parse(reply)) : null
    if (fault !== null) throw new Error(`${method} ${path} answered what Stripe would not: ${fault}`)
    return { status: 200, headers: {}, body: reply }
  } catch (error) {
    if (error instanceof ApiError) throw error
    return broken(handler, error)
  }
}

/** A fault of the sandbox's own: answered, and on record. */
function broken({ problems }: Handler, error: unknown): Answered {
  const message = `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`
  problems.push(message)
  return refused(new ApiError(500, { type: 'api_error', message }))
}

/** Asking again would change nothing, but where another request is still in the way. */
function refused(error: ApiError): Answered {
  const headers: Record<string, string> = error.status === 409 ? {} : { 'stripe-should-retry': 'false' }
  return { status: error.status, headers, body: JSON.stringify({ error: error.body }) }
}
