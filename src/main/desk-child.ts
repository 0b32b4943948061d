// The desk inside the desktop program: a process of its own below Electron's main one, steered by messages. It also
// listens on this computer for the command line, so that every command works while the window is open.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import type { ParentPort } from 'electron'
import type { DeskMessage } from '../preload/wire.ts'
import { type Desk, type DeskOptions, startDesk } from './desk.ts'
import { isLoopback, parseAddress, urlOf } from './host/config.ts'
import { openSession, owner, type Session } from './host/dispatch.ts'
import type { FromDesk, StartDesk, ToDesk } from './host/electron-transport.ts'
import { takeLock } from './host/lock.ts'
import { type Log, openLog } from './host/log.ts'
import { alreadyRunning, cannotListen, doorsFailed, Refused, sentenceOf } from './host/refusals.ts'
import { readRuntime, removeRuntime, writeRuntime } from './host/runtime-file.ts'
import { startUiServer } from './host/ws-transport.ts'

type Running = { desk: Desk; log: Log; stop(): Promise<void> }

const port = (process as unknown as { parentPort: ParentPort }).parentPort
const tell = (message: FromDesk) => port.postMessage(message)
let running: Promise<Running | null> = Promise.resolve(null)
let session: Session | null = null
let opened = 0

// One after another: what arrives while the desk starts waits for it.
let turn: Promise<void> = Promise.resolve()
port.on('message', ({ data }) => {
  turn = turn.then(() => receive(data as ToDesk))
})

async function receive(message: ToDesk): Promise<void> {
  switch (message.kind) {
    case 'start':
      running = begin(message).catch(failed)
      if ((await running) !== null) tell({ kind: 'ready' })
      return
    case 'open': {
      session?.close()
      const started = await running
      if (started === null) return
      opened += 1
      const mine = opened
      // Ids begin anew with each page: an answer to the one before would be taken for another.
      const send = (sent: DeskMessage) => mine === opened && tell({ kind: 'message', message: sent })
      session = openSession(started.desk, owner(), send, started.log)
      return
    }
    case 'close':
      session?.close()
      session = null
      return
    case 'call':
      return session?.receive(message.envelope)
    case 'stop':
      session?.close()
      await (await running)?.stop()
      process.exit(0)
  }
}

function failed(error: unknown): null {
  const what = error instanceof Error ? error.message : String(error)
  tell({ kind: 'failed', sentence: sentenceOf(error) ?? `Latchkey could not go on: ${what}` })
  return null
}

/** Starts everything or nothing. */
async function begin(options: StartDesk): Promise<Running> {
  const { dataDir } = options
  const doors = parseAddress(options.doors)
  if (doors === null) throw new Refused(`"${options.doors}" is not an address: write --doors like 127.0.0.1:4710.`)
  const lock = lockFolder(dataDir)
  const undo: (() => unknown)[] = [() => lock.release()]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const log = openLog(dataDir)
    for (const note of options.notes) log(note)
    process.on('uncaughtException', (error) => {
      log('The desk broke and is started again', error)
      process.exit(1)
    })
    const token = randomBytes(32).toString('base64url')
    const here = { host: '127.0.0.1', port: 0, webFolder: options.webFolder, token, realNow: Date.now, log }
    const uiServer = await startUiServer(here).catch((error) => {
      throw cannotListen('--ui', '127.0.0.1:0', error.code ?? 'unknown')
    })
    undo.push(() => uiServer.close())
    const desk = await startDesk({
      version: options.version,
      dataDir,
      migrations: options.migrations,
      doorThread: options.doorThread,
      doors,
      clockOffset: new SharedArrayBuffer(8),
      defaultZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      stripe: stripeOptions(options),
      keepStripeKey: (key) => tell({ kind: 'keep-key', key }),
      demo: null,
      signInLink: uiServer.signInLink,
      log,
    }).catch((error) => {
      throw doorsFailed(error, options.doors)
    })
    undo.push(() => desk.stop())
    uiServer.attach(desk)
    const doorsUrl = urlOf(doors.host, desk.doorsPort)
    writeRuntime(dataDir, { pid: process.pid, ui: uiServer.url, doors: doorsUrl, token })
    undo.push(() => removeRuntime(dataDir))
    if (!isLoopback(doors.host)) log(`Doors are served on ${doorsUrl}: messages are signed but not encrypted`)
    return { desk, log, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function lockFolder(dataDir: string) {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const lock = takeLock(dataDir)
    if (lock !== null) return lock
  } catch {
    throw new Refused(
      `The data folder ${dataDir} cannot be written: check who owns it, or choose another with --data-dir.`,
    )
  }
  throw alreadyRunning(dataDir, readRuntime(dataDir))
}

function stripeOptions({ stripeKey, stripeBase }: StartDesk): DeskOptions['stripe'] {
  const connect = async (key: string) => {
    // The SDK is large: it is loaded once doors and screen are up.
    const [{ createStripeClient }, { createLimiter }] = await Promise.all([
      import('./stripe/client.ts'),
      import('./stripe/limiter.ts'),
    ])
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    const limiter = createLimiter({ perSecond: 20, now: () => performance.now(), random: Math.random, sleep })
    return createStripeClient({ key, base: stripeBase, limiter, now: Date.now })
  }
  const environment = process.env.STRIPE_API_KEY?.trim()
  if (environment) return { source: 'environment', key: environment, connect }
  return { source: stripeKey === null ? 'none' : 'store', key: stripeKey, connect }
}
