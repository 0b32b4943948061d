// Everything that a running desk holds, started together and stopped in the reverse order: the same under `serve` and
// under the window.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { startDesk } from './desk.ts'
import type { Desk, DeskOptions } from './desk-types.ts'
import { readComputer } from './host/computer.ts'
import { type Address, isLoopback, urlOf } from './host/config.ts'
import { answerCall, owner } from './host/dispatch.ts'
import { takeLock } from './host/lock.ts'
import { type Log, openLog } from './host/log.ts'
import { openRecording } from './host/recording-file.ts'
import { alreadyRunning, cannotListen, doorsFailed, Refused } from './host/refusals.ts'
import { readRuntime, removeRuntime, writeRuntime } from './host/runtime-file.ts'
import type { SecretStore } from './host/secrets.ts'
import { startWebhookServer } from './host/webhook-server.ts'
import { startUiServer } from './host/ws-transport.ts'
import { createDemoWorld, type DemoWorld } from './sandbox/demo-world.ts'
import { type Sandbox, startSandbox } from './sandbox/stripe-server.ts'
import { refuseUnfinishedRestore } from './store/restore-backup.ts'

export type RunOptions = {
  version: string
  dataDir: string
  /** Folder of the numbered .sql files, and the programs of the two threads. */
  migrations: string
  doorThread: URL | string
  reportThread: URL | string
  /** The built page. */
  webFolder: string
  ui: Address
  doors: Address
  /** Where our own broker for boxes at doors listens, once a door needs it; port 0 is any that is free. */
  mqtt: Address
  /** Another Stripe-compatible host; null is Stripe itself. */
  stripeBase: string | null
  demo: boolean
  secrets: SecretStore
  /** The mail server's password. */
  mailSecrets: SecretStore
  /** Where a tunnel brings Stripe's webhooks to; null for nowhere. */
  webhook?: Address | null
  /** What webhooks are signed with. */
  webhookSecrets?: SecretStore
}

export type RunningDesk = {
  desk: Desk
  log: Log
  uiUrl: string
  doorsUrl: string
  /** Null where no webhooks are received. */
  webhookUrl: string | null
  signInLink(): string
  stop(): Promise<void>
}

/** Starts everything or nothing; rejects with Refused or OpenRefused where a person has to do something first. */
export async function runDesk(options: RunOptions): Promise<RunningDesk> {
  const { dataDir, doors } = options
  makeFolder(dataDir)
  const lock = takeLock(dataDir)
  if (lock === null) throw alreadyRunning(dataDir, readRuntime(dataDir))
  // Where the one before was killed, its name and address are not ours.
  removeRuntime(dataDir)
  const undo: (() => unknown)[] = [() => lock.release()]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    refuseUnfinishedRestore(dataDir)
    const log = openLog(dataDir)
    let webhookUrl: string | null = null
    const token = randomBytes(32).toString('base64url')
    const { webFolder } = options
    const uiServer = await startUiServer({ ...options.ui, webFolder, token, realNow: Date.now, log }).catch((error) => {
      throw cannotListen('--ui', textOf(options.ui), error.code ?? 'unknown')
    })
    undo.push(() => uiServer.close())
    const clockOffset = new SharedArrayBuffer(8)
    const sandbox = options.demo ? await openSandbox(dataDir) : null
    if (sandbox !== null) undo.push(() => sandbox.close())
    const demo =
      sandbox &&
      createDemoWorld(
        sandbox,
        (offset) => new Float64Array(clockOffset).fill(offset),
        path.join(dataDir, 'demo-box.json'),
      )
    if (demo !== null) undo.push(() => demo.stop())
    const desk = await startDesk({
      ...options,
      clockOffset,
      defaultZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      stripe: stripeOptions(options, sandbox, log),
      keepStripeKey: (key) => options.secrets.set(key),
      mailPassword: options.mailSecrets,
      webhook: webhookOptions(options, log),
      computer: () => readComputer(dataDir),
      openRecording,
      demo,
      signIns: uiServer.signIns,
      log,
    }).catch((error) => {
      throw doorsFailed(error, textOf(doors))
    })
    undo.push(() => desk.stop())
    uiServer.attach(desk)
    if (options.webhook) {
      const server = await startWebhookServer(options.webhook, () => desk.webhooks, log).catch((error) => {
        throw cannotListen('--webhook', textOf(options.webhook as Address), error.code ?? 'unknown')
      })
      undo.push(() => server.close())
      webhookUrl = urlOf(options.webhook.host, server.port)
    }
    const doorsUrl = urlOf(doors.host, desk.doorsPort)
    writeRuntime(dataDir, { pid: process.pid, ui: uiServer.url, doors: doorsUrl, token })
    undo.push(() => removeRuntime(dataDir))
    if (!isLoopback(doors.host)) log(`Doors are served on ${doorsUrl}: messages are signed but not encrypted`)
    if (demo !== null) beginDemo(demo, desk, doorsUrl, log)
    return { desk, log, uiUrl: uiServer.url, doorsUrl, webhookUrl, signInLink: uiServer.signIns.link, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const textOf = ({ host, port }: Address) => `${host}:${port}`

function makeFolder(dataDir: string): void {
  try {
    makeFolders(dataDir)
    // Root passes every access check, also on a file system that cannot be written: only writing tells.
    const probe = path.join(dataDir, `.write-${process.pid}`)
    fs.writeFileSync(probe, '')
    fs.rmSync(probe)
  } catch {
    throw new Refused(
      `The data folder ${dataDir} cannot be written: check who owns it, or choose another with --data-dir.`,
    )
  }
}

/** One level at a time: asked for all at once, Node never returns where a file system has no folders to make (/proc). */
function makeFolders(folder: string): void {
  if (fs.existsSync(folder)) return
  makeFolders(path.dirname(folder))
  fs.mkdirSync(folder, { mode: 0o700 })
}

async function openSandbox(dataDir: string): Promise<Sandbox> {
  const stateFile = path.join(dataDir, 'sandbox.json')
  return startSandbox({ port: 0, seed: 1, stateFile, realNow: Date.now }).catch((error) => {
    throw new Refused(error.message)
  })
}

/** Where the key comes from: the demo's own, else STRIPE_API_KEY, else the secret store. */
function stripeOptions(options: RunOptions, sandbox: Sandbox | null, log: Log): DeskOptions['stripe'] {
  const base = sandbox?.url ?? options.stripeBase
  const connect = async (key: string) => {
    // The SDK is large: it is loaded once doors and screen are up.
    const [{ createStripeClient }, { createLimiter, LIVE_PACE, TEST_PACE }] = await Promise.all([
      import('./stripe/client.ts'),
      import('./stripe/limiter.ts'),
    ])
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    const pace = /^(sk|rk)_live_/.test(key) ? LIVE_PACE : TEST_PACE
    const limiter = createLimiter({ pace, now: () => performance.now(), random: Math.random, sleep })
    return createStripeClient({ key, base, limiter, sleep, now: () => sandbox?.now() ?? Date.now() })
  }
  if (sandbox !== null) return { source: 'sandbox', key: sandbox.key, connect }
  const environment = process.env.STRIPE_API_KEY?.trim()
  if (environment) return { source: 'environment', key: environment, connect }
  const key = storedKey(options.secrets, log)
  return { source: key === null ? 'none' : 'store', key, connect }
}

/** From STRIPE_WEBHOOK_SECRET, else from the store; a store that cannot be opened counts as none. */
function webhookOptions({ webhook, webhookSecrets }: RunOptions, log: Log): DeskOptions['webhook'] {
  const environment = process.env.STRIPE_WEBHOOK_SECRET?.trim()
  let kept = environment || (webhookSecrets === undefined ? null : storedKey(webhookSecrets, log))
  return {
    listening: webhook != null,
    secret: () => kept,
    keep(secret) {
      if (environment)
        return 'The signing secret comes from STRIPE_WEBHOOK_SECRET: change it there, or start Latchkey without it.'
      if (webhookSecrets === undefined)
        return 'The window takes no webhooks: they are for a desk that runs as `latchkey serve --webhook HOST:PORT`.'
      webhookSecrets.set(secret)
      kept = secret
    },
  }
}

/** A store that cannot be opened must not keep the doors shut: it counts as no key, and the log says why. */
function storedKey(secrets: SecretStore, log: Log): string | null {
  try {
    return secrets.get()
  } catch (error) {
    log('Opening the secret store', error)
    return null
  }
}

function beginDemo(demo: DemoWorld, desk: Desk, doorsUrl: string, log: Log): void {
  const call = (name: string, args: unknown) => answerCall(desk.deps, owner(), name, args, log)
  demo
    .begin(call as Parameters<DemoWorld['begin']>[0], { doors: doorsUrl, broker: desk.brokerPort })
    .catch((error) => log('Beginning the demo', error))
}
