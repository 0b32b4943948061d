// The sandbox's own controls over HTTP, beside Stripe's routes: its clock, faults, limits, events and webhooks. JSON in and out.
import type { Acts } from './acts.ts'
import { ApiError, invalid } from './api-error.ts'
import type { Delivery } from './delivery.ts'
import { FAULTS, type Fault, type FaultKind, type Faults } from './faults.ts'
import { holdsKey, type Incoming } from './handle.ts'
import { addKey, type RestrictedKeys } from './keys.ts'
import { LIMITS, type LimitMode } from './limits.ts'
import type { World } from './state.ts'
import type { OnTheWire, Traffic } from './traffic.ts'

export type Controls = {
  world: World
  faults: Faults
  traffic: Traffic
  delivery: Delivery
  problems: readonly string[]
  /** The one key that controls take. */
  key: string
  keys: RestrictedKeys
  /** As of now. */
  acts(): Acts
  now(): number
  /** Milliseconds. */
  advance(ms: number): Promise<void>
}

type Body = Record<string, unknown>
type Control = (controls: Controls, body: Body) => unknown

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** What banks and payers do, and the dashboard: all that Stripe's API has no route for. */
const ACTS = [
  'authenticate',
  'banksAreGoodAgain',
  'cancelAtReader',
  'closeDispute',
  'discountCustomer',
  'dispute',
  'failNextPayment',
  'lastResort',
  'payAtCheckout',
  'presentCard',
  'readerFails',
  'readerRefusesWallet',
  'readerTimesOut',
  'renewalsFail',
  'returnDebit',
  'sell',
  'setRules',
  'switchReader',
  'takePayment',
  'verifyDeposits',
] as const satisfies (keyof Acts)[]

const CONTROLS: Record<string, Control> = {
  'GET /sandbox': ({ now, traffic, faults, delivery, world, problems }) => ({
    now: new Date(now()).toISOString(),
    counters: traffic.counters,
    faults: faults.all(),
    events: world.telling,
    webhooks: delivery.receivers.map(({ secret, ...receiver }) => receiver),
    problems,
  }),
  'POST /sandbox/clock': async ({ now, advance }, { advance: span }) => {
    const [, count, unit = ''] = /^\+?(\d{1,6})([smhd])$/.exec(String(span)) ?? []
    if (count === undefined) throw invalid('Say how far, like {"advance": "40d"}: s, m, h or d.', 'advance')
    await advance(Number(count) * (UNITS[unit] ?? 0))
    return { now: new Date(now()).toISOString() }
  },
  'POST /sandbox/acts': ({ acts }, { act, with: given = [] }) => {
    const name = ACTS.find((one) => one === act)
    if (name === undefined || !Array.isArray(given)) {
      throw invalid(`\`act\` is one of ${ACTS.join(', ')}, and \`with\` is the list of what it takes.`, 'act')
    }
    const run = acts()[name] as (...args: unknown[]) => unknown
    return { done: run(...given) ?? null }
  },
  'POST /sandbox/keys': ({ keys }, { lacks }) => {
    if (!Array.isArray(lacks) || !lacks.every((one) => /^[a-z_]*\*?[a-z_]*$/.test(String(one)))) {
      throw invalid('`lacks` is a list of permissions like "terminal_reader_write" or "checkout_*".', 'lacks')
    }
    return { key: addKey(keys, lacks.map(String)) }
  },
  'GET /sandbox/faults': ({ faults }) => faults.all(),
  'POST /sandbox/faults': ({ faults }, body) => {
    faults.add(faultOf(body))
    return faults.all()
  },
  'DELETE /sandbox/faults': ({ faults }) => {
    faults.clear()
    return faults.all()
  },
  'GET /sandbox/counters': ({ traffic }) => traffic.counters,
  'DELETE /sandbox/counters': ({ traffic }) =>
    Object.assign(traffic.counters, { requests: 0, refused429: 0, mostAtOnce: 0 }),
  'POST /sandbox/limits': ({ traffic }, { mode, latency }) => {
    if (mode !== undefined && mode !== null && !Object.hasOwn(LIMITS, String(mode))) {
      throw invalid('`mode` is "test", "live" or null.', 'mode')
    }
    if (mode !== undefined) traffic.setLimits(mode as LimitMode | null)
    const ms = numberOf('latency', latency)
    if (ms !== undefined) traffic.setLatency(ms)
    return { ...(mode !== undefined && { mode }), ...(ms !== undefined && { latency: ms }) }
  },
  'POST /sandbox/events': ({ world }, { late, lost, payloads }) => {
    if (payloads !== undefined && payloads !== 'new' && payloads !== 'old') {
      throw invalid('`payloads` is "new" or "old".', 'payloads')
    }
    const { telling } = world
    world.telling = {
      late: numberOf('late', late) ?? telling.late,
      lost: numberOf('lost', lost) ?? telling.lost,
      payloads: payloads ?? telling.payloads,
    }
    return world.telling
  },
  'POST /sandbox/webhooks': ({ delivery }, { url, secret, doubled, shuffled }) => {
    if (typeof url !== 'string' || !URL.canParse(url)) throw invalid('`url` says where to send events.', 'url')
    const given = typeof secret === 'string' ? secret : 'whsec_sandbox'
    delivery.add({ url, secret: given, doubled: numberOf('doubled', doubled) ?? 0, shuffled: shuffled === true })
    return { url, secret: given }
  },
  'DELETE /sandbox/webhooks': ({ delivery }) => {
    delivery.clear()
    return {}
  },
}

/** A control's answer as it goes over the wire; its caller has to hold the key. */
export async function controlled(
  controls: Controls,
  { method, url, headers }: Incoming,
  body: string | ApiError,
): Promise<OnTheWire> {
  try {
    if (body instanceof ApiError) throw body
    if (!holdsKey(headers.authorization, controls.key)) {
      throw new ApiError(401, {
        type: 'invalid_request_error',
        message: 'The controls take the sandbox’s key, as Stripe’s routes do.',
      })
    }
    const [path = '/'] = (url ?? '/').split('?')
    const answer = await control(controls, method ?? '', path, body)
    return { status: 200, headers: {}, body: JSON.stringify(answer) }
  } catch (error) {
    const refused =
      error instanceof ApiError ? error : new ApiError(400, { type: 'invalid_request_error', message: String(error) })
    return { status: refused.status, headers: {}, body: JSON.stringify({ error: refused.body }) }
  }
}

/** Throws an ApiError for what there is not, or what makes no sense. */
async function control(controls: Controls, method: string, path: string, text: string): Promise<unknown> {
  const run = CONTROLS[`${method} ${path}`]
  if (run === undefined) {
    const message = `There is no control ${method} ${path}. There are: ${Object.keys(CONTROLS).join(', ')}.`
    throw new ApiError(404, { type: 'invalid_request_error', message })
  }
  return run(controls, bodyOf(text))
}

function bodyOf(text: string): Body {
  try {
    const body: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body
  } catch {
    // Told below, as for any other text that is no object.
  }
  throw invalid('The controls take a JSON object.', 'body')
}

function faultOf(body: Body): Fault {
  const { kind, route, retry } = body
  if (!FAULTS.includes(kind as FaultKind)) throw invalid(`\`kind\` is one of ${FAULTS.join(', ')}.`, 'kind')
  if (route !== undefined && !/^(GET|POST|DELETE) \/v1\//.test(String(route))) {
    throw invalid('`route` is like "GET /v1/customers/:id".', 'route')
  }
  return {
    kind: kind as FaultKind,
    route: route as string | undefined,
    times: numberOf('times', body.times),
    chance: numberOf('chance', body.chance),
    ms: numberOf('ms', body.ms),
    retry: typeof retry === 'boolean' ? retry : undefined,
  }
}

function numberOf(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !(value >= 0)) throw invalid(`\`${name}\` is a number from 0 on.`, name)
  return value
}
