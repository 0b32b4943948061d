// `npm start`: the window where Electron's program and a display are here, otherwise the same program in the browser.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { ensureWebBuild } from '../src/main/host/web-build.ts'
import { fetchElectron, findElectron, hasDisplay } from './electron-binary.ts'
import { root } from './steps.ts'

/** As long as a newcomer waits in front of a silent terminal. */
const DOWNLOAD_WITHIN = 60_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const args = process.argv.slice(2)
let child: ChildProcess | null = null
let asked: NodeJS.Signals | null = null
const cancelled = new AbortController()
for (const signal of SIGNALS) {
  process.on(signal, () => {
    asked = signal
    cancelled.abort()
    child?.kill(signal)
  })
}

process.exitCode = await start()

async function start(): Promise<number> {
  const why = await whyNoWindow()
  if (asked !== null) return 0
  if (why === null) {
    const forge = path.join(root, 'node_modules', '@electron-forge', 'cli', 'dist', 'electron-forge.js')
    const page = await makePage()
    if (page === null || asked !== null) return asked === null ? 1 : 0
    return run([forge, 'start', ...(args.length > 0 ? ['--', ...args] : [])], { LATCHKEY_WEB_FOLDER: page })
  }
  process.stderr.write(`${why}, so Latchkey runs in your browser instead, which is the same program.\n`)
  return run([path.join(root, 'src', 'main', 'cli.ts'), 'serve', ...args])
}

/** null where a window can open. */
async function whyNoWindow(): Promise<string | null> {
  if (!hasDisplay()) return 'There is no display here for a window'
  if (findElectron() !== null) return null
  await fetchElectron(DOWNLOAD_WITHIN, cancelled.signal)
  return findElectron() === null ? "Electron's program is not installed and could not be fetched" : null
}

/** Here and not in Forge, which would print a stack trace where it fails; null where it did, and it has said why. */
async function makePage(): Promise<string | null> {
  try {
    return await ensureWebBuild(root, (line) => process.stderr.write(`${line}\n`))
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    return null
  }
}

function run(program: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const started = spawn(process.execPath, [...process.execArgv, ...program], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child = started
    started.on('error', (error) => {
      process.stderr.write(`Latchkey could not be started: ${error.message}\n`)
      resolve(1)
    })
    // A window that ends because it was asked to has done what it should.
    started.on('exit', (code, signal) => resolve(code ?? (signal === asked ? 0 : 1)))
  })
}
