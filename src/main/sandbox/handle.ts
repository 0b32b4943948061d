// One request from its headers to its reply: key, version, idempotency, route. Everything that goes wrong becomes `{error}`.
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { ApiError } from './api-error.ts'
import { type Params, parseForm } from './params.ts'
import { randomId } from './random.ts'
import { API_VERSION } from './render.ts'
import { answer } from './routes.ts'
import { NO_REQUEST, type World } from './state.ts'

export type Incoming = { method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders }
export type Reply = { status: number; headers: Record<string, string>; body: string }

/** `catchUp` brings the world to the present; it runs only for who holds the key. */
export function handle(
  world: World,
  key: string,
  incoming: Incoming,
  body: string | ApiError,
  catchUp: () => void,
): Reply {
  const id = randomId(world.chance, 'req_', 14)
  const headers: Record<string, string> = { 'request-id': id, 'stripe-version': API_VERSION }
  try {
    if (body instanceof ApiError) throw body
    checkKey(incoming.headers.authorization, key)
    checkVersion(incoming.headers['stripe-version'])
    catchUp()
    const reply = withIdempotency(world, incoming, id, body)
    return { ...reply, headers: { ...headers, ...reply.headers } }
  } catch (error) {
    return { ...failed(error), headers: { ...headers, 'stripe-should-retry': 'false' } }
  } finally {
    world.request = NO_REQUEST
  }
}

function checkKey(authorization: string | undefined, key: string): void {
  const [scheme = '', given = ''] = (authorization ?? '').split(' ')
  const basic = scheme.toLowerCase() === 'basic' ? Buffer.from(given, 'base64').toString().split(':')[0] : undefined
  const offered = scheme.toLowerCase() === 'bearer' ? given : (basic ?? '')
  if (offered === key) return
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

/** Stripe replays the first reply to a POST under the same key, and refuses the key for other parameters. */
function withIdempotency(world: World, incoming: Incoming, id: string, body: string): Reply {
  const given = incoming.headers['idempotency-key']
  const key = incoming.method === 'POST' && typeof given === 'string' ? given : null
  const request = createHash('sha256').update(`${incoming.url}\n${body}`).digest('hex')
  const kept = key === null ? undefined : world.replies.get(key)
  if (kept !== undefined && kept.request !== request) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
    throw new ApiError(400, { type: 'idempotency_error', message })
  }
  if (kept !== undefined) {
    return { status: kept.status, headers: { 'idempotent-replayed': 'true' }, body: kept.body }
  }
  world.request = { id, idempotency_key: key }
  const reply = run(world, incoming, body)
  // What was refused before it did anything was thrown and is not kept; a declined card is an answer like any other.
  if (key !== null) {
    world.replies.set(key, { at: world.at, request, status: reply.status, body: reply.body })
    world.changes += 1
  }
  return reply
}

function run(world: World, { method = '', url = '/' }: Incoming, body: string): Reply {
  const [path = '/', query = ''] = url.split('?')
  const params: Params = Object.assign(parseForm(query), parseForm(body))
  const result = answer(world, { method, path, params })
  if (result instanceof ApiError) return failed(result)
  return { status: 200, headers: {}, body: JSON.stringify(result) }
}

function failed(error: unknown): Reply {
  if (error instanceof ApiError) {
    return { status: error.status, headers: {}, body: JSON.stringify({ error: error.body }) }
  }
  const message = `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`
  return { status: 500, headers: {}, body: JSON.stringify({ error: { type: 'api_error', message } }) }
}
