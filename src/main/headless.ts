// `latchkey serve`: the desk without a window. The screen is a page in any browser on this computer.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type Desk, type DeskOptions, startDesk } from './desk.ts'
import { defaultDataDir, isLoopback, migrations, parseAddress, programVersion, root, urlOf } from './host/config.ts'
import { answerCall, owner } from './host/dispatch.ts'
import { takeLock } from './host/lock.ts'
import { type Log, openLog } from './host/log.ts'
import { openInBrowser } from './host/open-browser.ts'
import { alreadyRunning, cannotListen, doorsFailed, Refused } from './host/refusals.ts'
import { readRuntime, removeRuntime, writeRuntime } from './host/runtime-file.ts'
import { fileSecrets, type SecretStore } from './host/secrets.ts'
import { ensureWebBuild } from './host/web-build.ts'
import { startUiServer, type UiServer } from './host/ws-transport.ts'
import { createDemoWorld, type DemoWorld } from './sandbox/demo-world.ts'
import { type Sandbox, startSandbox } from './sandbox/stripe-server.ts'

export type ServeOptions = {
  dataDir: string | undefined
  ui: string
  doors: string
  stripeBase: string | undefined
  demo: boolean
  stdout: (line: string) => void
  stderr: (line: string) => void
}

export type Serving = { stop(): Promise<void> }

/** Starts everything or nothing; rejects with Refused where a person has to do something first. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const ui = addressOf('--ui', options.ui)
  if (!isLoopback(ui.host)) {
    throw new Refused(
      `The screen may only be served on this computer itself until there are logins: use --ui 127.0.0.1:${ui.port}.`,
    )
  }
  const doors = addressOf('--doors', options.doors)
  if (options.stripeBase !== undefined && !URL.canParse(options.stripeBase)) {
    throw new Refused(`"${options.stripeBase}" is not an address: write --stripe-base like http://127.0.0.1:12111.`)
  }
  const dataDir = path.resolve(options.dataDir ?? defaultDataDir(options.demo))
  makeFolder(dataDir)
  const lock = takeLock(dataDir)
  if (lock === null) throw alreadyRunning(dataDir, readRuntime(dataDir))

  const undo: (() => unknown)[] = [() => lock.release()]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const log = openLog(dataDir)
    const webFolder = await ensureWebBuild(root, options.stderr)
    const token = randomBytes(32).toString('base64url')
    const uiServer = await startUiServer({ ...ui, webFolder, token, realNow: Date.now, log }).catch((error) => {
      throw cannotListen('--ui', options.ui, error.code ?? 'unknown')
    })
    undo.push(() => uiServer.close())
    const clockOffset = new SharedArrayBuffer(8)
    const sandbox = options.demo ? await openSandbox(dataDir, undo) : null
    const demo =
      sandbox === null ? null : createDemoWorld(sandbox, (offset) => new Float64Array(clockOffset).fill(offset))
    if (demo !== null) undo.push(() => demo.stop())
    const desk = await startDesk({
      version: programVersion(),
      dataDir,
      migrations,
      doorThread: new URL('./door/thread.ts', import.meta.url),
      doors,
      clockOffset,
      defaultZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...stripeOptions(options, dataDir, sandbox, log),
      demo,
      signInLink: uiServer.signInLink,
      log,
    }).catch((error) => {
      throw doorsFailed(error, options.doors)
    })
    undo.push(() => desk.stop())
    uiServer.attach(desk)
    announce(options, dataDir, token, doors.host, desk, uiServer, undo)
    if (demo !== null) beginDemo(demo, desk, urlOf(doors.host, desk.doorsPort), log)
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function addressOf(option: string, text: string): { host: string; port: number } {
  const address = parseAddress(text)
  if (address === null) throw new Refused(`"${text}" is not an address: write ${option} like 127.0.0.1:4700.`)
  return address
}

function makeFolder(dataDir: string): void {
  try {
    makeFolders(dataDir)
    fs.accessSync(dataDir, fs.constants.W_OK | fs.constants.X_OK)
    // Root passes every access check, also on a file system that cannot be written.
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

async function openSandbox(dataDir: string, undo: (() => unknown)[]): Promise<Sandbox> {
  const stateFile = path.join(dataDir, 'sandbox.json')
  const sandbox = await startSandbox({ port: 0, seed: 1, stateFile, realNow: Date.now }).catch((error) => {
    throw new Refused(error.message)
  })
  undo.push(() => sandbox.close())
  return sandbox
}

/** Where the key comes from: the demo's own, else STRIPE_API_KEY, else the secret store. */
function stripeOptions(
  { stripeBase }: ServeOptions,
  dataDir: string,
  sandbox: Sandbox | null,
  log: Log,
): Pick<DeskOptions, 'stripe' | 'keepStripeKey'> {
  const secrets = fileSecrets(dataDir, process.env.LATCHKEY_PASSPHRASE)
  const base = sandbox?.url ?? stripeBase ?? null
  const connect = async (key: string) => {
    // The SDK is large: it is loaded once doors and screen are up.
    const [{ createStripeClient }, { createLimiter }] = await Promise.all([
      import('./stripe/client.ts'),
      import('./stripe/limiter.ts'),
    ])
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    const limiter = createLimiter({ perSecond: 20, now: () => performance.now(), random: Math.random, sleep })
    const offset = () => (sandbox === null ? 0 : sandbox.now() - Date.now())
    return createStripeClient({ key, base, limiter, now: () => Date.now() + offset() })
  }
  const environment = process.env.STRIPE_API_KEY?.trim()
  const keepStripeKey = (key: string) => secrets.set(key)
  if (sandbox !== null) return { stripe: { source: 'sandbox', key: sandbox.key, connect }, keepStripeKey }
  if (environment) return { stripe: { source: 'environment', key: environment, connect }, keepStripeKey }
  const key = storedKey(secrets, log)
  return { stripe: { source: key === null ? 'none' : 'store', key, connect }, keepStripeKey }
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

function announce(
  options: ServeOptions,
  dataDir: string,
  token: string,
  doorsHost: string,
  desk: Desk,
  uiServer: UiServer,
  undo: (() => unknown)[],
): void {
  const doorsUrl = urlOf(doorsHost, desk.doorsPort)
  writeRuntime(dataDir, { pid: process.pid, ui: uiServer.url, doors: doorsUrl, token })
  undo.push(() => removeRuntime(dataDir))
  if (!isLoopback(doorsHost)) {
    options.stderr(
      `Doors are served on ${doorsUrl}: messages are signed but not encrypted, so keep the doors on a network of their own.`,
    )
  }
  const link = uiServer.signInLink()
  options.stderr(
    `${options.demo ? 'The demo' : 'Latchkey'} is ready. Open this link to sign in (it works once, for 15 minutes; \`latchkey link\` makes another):\n  ${link}`,
  )
  options.stdout(JSON.stringify({ ready: true, ui: uiServer.url, doors: doorsUrl, pid: process.pid }))
  if (options.demo) openInBrowser(uiServer.signInLink())
}

function beginDemo(demo: DemoWorld, desk: Desk, doorsUrl: string, log: Log): void {
  const call = (name: string, args: unknown) => answerCall(desk.deps, owner(), name, args, log)
  demo.begin(call as Parameters<DemoWorld['begin']>[0], doorsUrl).catch((error) => log('Beginning the demo', error))
}
