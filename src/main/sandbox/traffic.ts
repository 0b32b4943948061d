// What stands between the wire and the answers: rate limits, faults on demand, the time that an answer takes, and counts of all that.
import type { ApiError } from './api-error.ts'
import type { Fault, Faults } from './faults.ts'
import { routeOf } from './find-route.ts'
import { FAILURE, type Handler, handle, type Incoming } from './handle.ts'
import type { Answered } from './idempotency.ts'
import { createLimits, type LimitMode, type Limits } from './limits.ts'

export type Counters = { requests: number; refused429: number; mostAtOnce: number }

/** What goes over the wire; null is a connection that breaks off. */
export type OnTheWire = Answered | null

export type Traffic = {
  pass(incoming: Incoming, body: string | ApiError): Promise<OnTheWire>
  counters: Counters
  setLimits(mode: LimitMode | null): void
  setLatency(ms: number): void
}

/** `elapsed` is a clock in milliseconds that never jumps; `latency` is how long each answer takes. */
export function createTraffic(
  handler: Handler,
  faults: Faults,
  options: { limits: LimitMode | null; latency: number; elapsed: () => number },
): Traffic {
  const counters: Counters = { requests: 0, refused429: 0, mostAtOnce: 0 }
  let limits: Limits | null = options.limits && createLimits(options.limits)
  let latency = options.latency
  let atOnce = 0

  function answered(incoming: Incoming, body: string | ApiError, fault: Fault | null): OnTheWire {
    switch (fault?.kind) {
      case '429':
        return tooMany(fault.retry)
      case '500-before':
        return { ...FAILURE, headers: retryHeader(fault.retry) }
      case 'drop-before':
        return null
    }
    const reply = handle(handler, incoming, body, fault?.kind === '500-after')
    switch (fault?.kind) {
      case '500-after':
        return { ...reply, headers: { ...reply.headers, ...retryHeader(fault.retry) } }
      case 'drop-after':
        return null
      case 'empty':
        return { ...reply, status: 200, body: '{}' }
      case 'other-object':
        return { ...reply, status: 200, body: '{"id":"file_1","object":"file"}' }
      case 'no-error':
        return { ...reply, status: 502, body: '{"message":"Bad gateway"}' }
      case 'truncated':
        return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) }
      default:
        return reply
    }
  }

  function endpointOf({ method = '', url = '/' }: Incoming): string {
    const [path = '/'] = url.split('?')
    return routeOf(Object.keys(handler.schema.requests), method, path)?.route ?? `${method} ${path}`
  }

  return {
    counters,
    setLimits(mode) {
      limits = mode && createLimits(mode)
    },
    setLatency(ms) {
      latency = ms
    },
    async pass(incoming, body) {
      counters.requests += 1
      atOnce += 1
      counters.mostAtOnce = Math.max(counters.mostAtOnce, atOnce)
      const [path = '/'] = (incoming.url ?? '/').split('?')
      const isTooMany = limits !== null && !limits(endpointOf(incoming), options.elapsed())
      const fault = isTooMany ? null : faults.take(incoming.method ?? '', path)
      const key = incoming.headers['idempotency-key']
      const reply = isTooMany ? tooMany(undefined) : answered(incoming, body, fault)
      if (reply?.status === 429) counters.refused429 += 1
      const wait = latency + (fault?.kind === 'slow' ? (fault.ms ?? 1_000) : 0)
      // As long as the reply is on its way its key is in use; a second request under it must not free it.
      const holds = wait > 0 && incoming.method === 'POST' && typeof key === 'string' && !handler.busy.has(key)
      if (holds) handler.busy.add(key)
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      if (holds) handler.busy.delete(key)
      atOnce -= 1
      return reply
    },
  }
}

function tooMany(retry: boolean | undefined): Answered {
  const message =
    'Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.'
  const body = JSON.stringify({ error: { type: 'invalid_request_error', code: 'rate_limit', message } })
  return { status: 429, headers: retryHeader(retry), body }
}

function retryHeader(retry: boolean | undefined): Record<string, string> {
  return retry === undefined ? {} : { 'stripe-should-retry': String(retry) }
}
