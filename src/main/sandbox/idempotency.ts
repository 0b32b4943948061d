// Idempotency as Stripe does it (docs.stripe.com/api/idempotent_requests): the first reply to a POST under a key is kept for a day
// and given again; other parameters or a request that still runs are refused. What was refused before it ran is not kept.
import { createHash } from 'node:crypto'
import { ApiError } from './api-error.ts'
import { DAY } from './calendar.ts'
import type { World } from './state.ts'

export type Answered = { status: number; headers: Record<string, string>; body: string }

/** A request under a key: `kept` is its first reply, where there is one. */
export type Keyed = { key: string; request: string; kept: Answered | null }

/** Null where there is no key, or the method needs none. Throws what Stripe refuses. */
export function keyed(
  world: World,
  busy: ReadonlySet<string>,
  incoming: { method?: string | undefined; url?: string | undefined; key: string | string[] | undefined },
  body: string,
): Keyed | null {
  const { key } = incoming
  if (incoming.method !== 'POST' || typeof key !== 'string' || key === '') return null
  if (key.length > 255) {
    const message = 'Idempotency keys are at most 255 characters long.'
    throw new ApiError(400, { type: 'idempotency_error', message })
  }
  const request = createHash('sha256').update(`${incoming.url}\n${body}`).digest('hex')
  const reply = world.replies.get(key)
  const kept = reply !== undefined && reply.at >= world.at - DAY ? reply : null
  if (kept !== null && kept.request !== request) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
    throw new ApiError(400, { type: 'idempotency_error', message })
  }
  if (busy.has(key)) {
    const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`
    throw new ApiError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message })
  }
  if (kept === null) return { key, request, kept }
  return { key, request, kept: { status: kept.status, headers: { 'idempotent-replayed': 'true' }, body: kept.body } }
}

export function keep(world: World, { key, request }: Keyed, { status, body }: Answered): void {
  world.replies.set(key, { at: world.at, request, status, body })
  world.changes += 1
}
