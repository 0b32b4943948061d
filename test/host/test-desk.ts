// A whole desk in this process, on the sandbox's Stripe: what the transports carry.
import path from 'node:path'
import { startDesk } from '../../src/main/desk.ts'
import type { Desk } from '../../src/main/desk-types.ts'
import { createDemoWorld } from '../../src/main/sandbox/demo-world.ts'
import { type Sandbox, startSandbox } from '../../src/main/sandbox/stripe-server.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { createLimiter } from '../../src/main/stripe/limiter.ts'
import { freshDir } from '../serving.ts'

const main = path.resolve(import.meta.dirname, '../../src/main')

export type TestDesk = {
  desk: Desk
  /** Its Stripe. */
  sandbox: Sandbox
  dataDir: string
  failures: string[]
  stop(): Promise<void>
}

/** With members read from the sandbox; `failures` collects what would go to the log as broken. `lineTo`: what the desk
 * finds at the sandbox's address, where something is to stand in between. */
export async function startTestDesk(lineTo = async (url: string) => url): Promise<TestDesk> {
  const dataDir = freshDir()
  const failures: string[] = []
  const clockOffset = new SharedArrayBuffer(8)
  const sandbox = await startSandbox({ port: 0, seed: 1, stateFile: null, realNow: Date.now })
  const base = await lineTo(sandbox.url)
  const demo = createDemoWorld(sandbox, (offset) => new Float64Array(clockOffset).fill(offset))
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const limiter = createLimiter({
    pace: { from: 1_000, to: 1_000, endpoint: null },
    now: () => performance.now(),
    random: Math.random,
    sleep,
  })
  const desk = await startDesk({
    version: '0.0.0-test',
    dataDir,
    migrations: path.join(main, 'store/migrations'),
    doorThread: new URL('../../src/main/door/thread.ts', import.meta.url),
    reportThread: new URL('../../src/main/report/thread.ts', import.meta.url),
    doors: { host: '127.0.0.1', port: 0 },
    mqtt: { host: '127.0.0.1', port: 0 },
    clockOffset,
    defaultZone: 'Europe/Berlin',
    stripe: {
      source: 'sandbox',
      key: sandbox.key,
      connect: async (key) => createStripeClient({ key, base, limiter, sleep, now: () => sandbox.now() }),
    },
    keepStripeKey: () => undefined,
    mailPassword: { get: () => null, set: () => undefined },
    webhook: { listening: false, secret: () => null, keep: () => undefined },
    computer: () => ({ free: 5e9, used: 1e6, folder: '/data', zone: 'Europe/Berlin' }),
    openRecording: () => ({ write: () => undefined, close: () => undefined }),
    demo,
    signIns: { link: () => 'http://127.0.0.1/sign-in?link=test', endAll: () => undefined },
    log: (line, error) => {
      if (error !== undefined) failures.push(`${line}: ${String(error)}`)
    },
  })
  await desk.deps.live.sync.run({ full: false })
  return {
    desk,
    sandbox,
    dataDir,
    failures,
    async stop() {
      await desk.stop()
      await demo.stop()
      await sandbox.close()
    },
  }
}
