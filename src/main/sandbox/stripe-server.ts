// A stand-in for Stripe that speaks its HTTP: for the demo, for trying out and for tests.
// The app reaches it through the same client as Stripe; only its address and its key differ.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ApiError } from './api-error.ts'
import { runUntil } from './billing.ts'
import { DAY, type Seconds } from './calendar.ts'
import { handle, type Reply } from './handle.ts'
import { freshWorld } from './seed.ts'
import { loadState, saveState } from './state-file.ts'

export type Sandbox = {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** The only key that it accepts. */
  key: string
  /** The sandbox's clock in UTC milliseconds: real time plus one offset. */
  now(): number
  /** Moves the clock on, never back, and runs the billing engine over the span. */
  advance(ms: number): Promise<void>
  /** Keeps the state and stops. */
  close(): Promise<void>
}

export const SANDBOX_KEY = 'sk_test_sandbox'
/** Changes are gathered this long before they go to disk. */
const SAVE_DELAY_MS = 200
const LARGEST_BODY = 1_000_000

/**
 * Throws one plain sentence when the state file is damaged or cannot be written, and the system's error when the port is taken.
 * `port` 0 picks a free one; `stateFile` null keeps nothing; `seed` counts only where there is no state yet.
 */
export async function startSandbox(options: {
  port: number
  seed: number
  stateFile: string | null
  realNow: () => number
  /** False: a shop that nobody has come to yet. */
  people?: boolean
}): Promise<Sandbox> {
  const { stateFile, realNow } = options
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

  const server = createServer((request, response) => {
    void receive(request).then((body) => {
      send(response, handle(world, SANDBOX_KEY, request, body, catchUp), now())
      saveSoon()
    })
  })
  catchUp()
  save()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: SANDBOX_KEY,
    now,
    async advance(ms) {
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
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      catchUp()
      save()
    },
  }
}

function seconds(ms: number): Seconds {
  return Math.floor(ms / 1000)
}

async function receive(request: IncomingMessage): Promise<string | ApiError> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= LARGEST_BODY) chunks.push(chunk)
    }
  } catch {
    return new ApiError(400, { type: 'invalid_request_error', message: 'The request ended too early.' })
  }
  if (size > LARGEST_BODY) return new ApiError(413, { type: 'invalid_request_error', message: 'Too large.' })
  return Buffer.concat(chunks).toString('utf8')
}

/** Stripe's clock stands in every reply: here it is the sandbox's. */
function send(response: ServerResponse, { status, headers, body }: Reply, at: number): void {
  const date = new Date(at).toUTCString()
  response.writeHead(status, { ...headers, date, 'content-type': 'application/json' })
  response.end(body)
}
