// A stand-in for Stripe that speaks its HTTP: for the demo, for trying out and for tests.
// The app reaches it through the same client as Stripe; only its address and its key differ.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Acts, actsOn } from './acts.ts'
import { ApiError } from './api-error.ts'
import { runUntil } from './billing.ts'
import { createBulk } from './bulk-world.ts'
import { DAY, type Seconds } from './calendar.ts'
import { type Controls, controlled } from './control.ts'
import { createDelivery, type Receiver } from './delivery.ts'
import { createFaults, type Fault } from './faults.ts'
import type { Handler } from './handle.ts'
import { addKey, type RestrictedKeys } from './keys.ts'
import type { LimitMode } from './limits.ts'
import { page } from './pages.ts'
import { loadSchema } from './schema.ts'
import { freshWorld } from './seed.ts'
import { loadState, saveState } from './state-file.ts'
import type { Telling } from './telling.ts'
import { type Counters, createTraffic, type OnTheWire } from './traffic.ts'
import { post, receive, send } from './wire.ts'

export type Sandbox = {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** The key that may do everything. */
  key: string
  /** The sandbox's clock in UTC milliseconds: real time plus one offset. */
  now(): number
  /** Moves the clock on, never back, and runs the billing engine over the span. */
  advance(ms: number): Promise<void>
  /** Deeds at the sandbox without HTTP, as of now. */
  readonly acts: Acts
  /** Trouble for the requests to come. */
  fail(fault: Fault): void
  /** Ends all trouble. */
  heal(): void
  /** A key that may do all but this: permissions in Stripe's words without `rak_`, or like `terminal_*`. */
  restrict(...lacks: string[]): string
  counters: Counters
  /** How events are told from now on. */
  tell(telling: Partial<Telling>): void
  /** Sends events from now on to a receiver of webhooks. */
  addReceiver(receiver: Receiver): void
  /** Sends what is due and waits until it is there. */
  deliver(): Promise<void>
  /** Keeps the state and stops. Throws where a reply was not what Stripe could have answered. */
  close(): Promise<void>
}

export const SANDBOX_KEY = 'sk_test_sandbox'
/** Changes are gathered this long before they go to disk. */
const SAVE_DELAY_MS = 200
/** How often webhooks are looked for that have become due by the clock alone. */
const DELIVERY_MS = 1_000

export type SandboxOptions = {
  /** 0 picks a free one. */
  port: number
  /** Counts only where there is no state yet. */
  seed: number
  /** Null keeps nothing. */
  stateFile: string | null
  realNow: () => number
  /** How many (250): 0 is a shop that nobody has come to yet; never fewer than there are cases. */
  people?: number
  /** Every reply is held against the declarations of Stripe's SDK: for tests. */
  checkReplies?: boolean
  /** Stripe's rate limits; left out: none. */
  limits?: LimitMode | null
  /** How long each answer takes, in milliseconds. */
  latency?: number
  /** So many customers more, with a subscription and two invoices each, that can only be read. */
  bulk?: number
}

/** Throws one plain sentence when the state file is damaged or cannot be written, and the system's error when the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { stateFile, realNow } = options
  const schema = await loadSchema()
  const loaded = stateFile === null ? null : loadState(stateFile)
  let offset = loaded?.offset ?? 0
  const world = loaded?.world ?? freshWorld(options.seed, seconds(realNow() + offset), options.people)
  // Should the computer's clock be set back, the sandbox's stands still instead.
  let latest = world.at * 1000
  const now = () => {
    latest = Math.max(latest, realNow() + offset)
    return latest
  }

  let savedAt = -1
  let saving: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(saving)
    saving = undefined
    if (stateFile === null || savedAt === world.changes) return
    saveState(stateFile, world, offset)
    savedAt = world.changes
  }
  const saveSoon = () => {
    if (saving !== undefined || savedAt === world.changes) return
    saving = setTimeout(() => {
      try {
        save()
      } catch (error) {
        process.emitWarning(`The sandbox could not keep its state: ${String(error)}`)
      }
    }, SAVE_DELAY_MS)
    saving.unref()
  }
  /** Time that passed unseen is billed before anything is answered. */
  const catchUp = () => runUntil(world, seconds(now()))
  const acts = actsOn(world)
  const actsNow = () => {
    catchUp()
    return acts
  }
  catchUp()

  const keys: RestrictedKeys = new Map()
  const handler: Handler = {
    world,
    key: SANDBOX_KEY,
    restricted: keys,
    schema,
    checkReplies: options.checkReplies === true,
    problems: [],
    busy: new Set(),
    catchUp,
    bulk: options.bulk ? createBulk(world, schema, options.bulk) : null,
  }
  const faults = createFaults(options.seed)
  const { limits = null, latency = 0 } = options
  const traffic = createTraffic(handler, faults, { limits, latency, elapsed: () => performance.now() })
  const delivery = createDelivery(world, post)
  const deliverSoon = setInterval(() => {
    if (delivery.receivers.length === 0) return
    catchUp()
    void delivery.run()
  }, DELIVERY_MS)
  deliverSoon.unref()

  async function advance(ms: number): Promise<void> {
    if (!Number.isFinite(ms) || ms < 0) throw new Error(`The sandbox's clock only goes on, not by ${ms} ms.`)
    offset = now() + ms - realNow()
    world.changes += 1
    const target = seconds(now())
    // A day at a time, so that a long way does not keep everything else waiting.
    while (world.at < target) {
      runUntil(world, Math.min(world.at + DAY, target))
      await nextTurn()
    }
    save()
    await delivery.run()
  }

  /** A page for a payer needs no key: its address is one that nobody can guess. */
  function shown({ method = '', url = '/' }: IncomingMessage, body: string | ApiError): OnTheWire {
    const [path = '/'] = url.split('?')
    if (path.startsWith('/v1/') || body instanceof ApiError) return null
    catchUp()
    return page(world, { method, path, body })
  }

  const controls: Controls = {
    world,
    faults,
    traffic,
    delivery,
    problems: handler.problems,
    key: SANDBOX_KEY,
    keys,
    acts: actsNow,
    now,
    advance,
  }
  const server = createServer((request, response) => {
    void receive(request).then(async (body) => {
      const isControl = request.url?.startsWith('/sandbox') === true
      const reply =
        shown(request, body) ??
        (isControl ? await controlled(controls, request, body) : await traffic.pass(request, body))
      send(response, reply, now())
      saveSoon()
      if (!isControl) void delivery.run()
    })
  })
  save()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world.pages = url

  return {
    url,
    key: SANDBOX_KEY,
    now,
    advance,
    get acts() {
      return actsNow()
    },
    fail: (fault) => faults.add(fault),
    heal: () => faults.clear(),
    restrict: (...lacks) => addKey(keys, lacks),
    counters: traffic.counters,
    tell(telling) {
      world.telling = { ...world.telling, ...telling }
    },
    addReceiver: (receiver) => delivery.add(receiver),
    deliver: () => delivery.run(),
    async close() {
      clearInterval(deliverSoon)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      catchUp()
      save()
      if (handler.checkReplies && handler.problems.length > 0) throw new Error(handler.problems.join('\n'))
    },
  }
}

function seconds(ms: number): Seconds {
  return Math.floor(ms / 1000)
}
