import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Checkout, makeCheckout, type Run, runIn } from './electron-checkout.ts'

const START = ['scripts/with-node.mjs', 'scripts/start.ts']
let checkout: Checkout
let none: string
let desks = 0

beforeAll(() => {
  checkout = makeCheckout()
  none = path.join(checkout.folder, 'none')
  fs.mkdirSync(none)
})
afterAll(() => checkout.remove())

const serveArgs = () => {
  desks += 1
  const dataDir = path.join(checkout.folder, `data-${desks}`)
  return ['--data-dir', dataDir, '--ui', '127.0.0.1:0', '--doors', '127.0.0.1:0']
}

/** Downloads of Electron go here and find nothing, or nobody. */
const mirror = (url: string) => ({
  ELECTRON_MIRROR: url,
  electron_config_cache: path.join(checkout.folder, 'cache'),
  ELECTRON_OVERRIDE_DIST_PATH: none,
  DISPLAY: ':77',
})

async function endsAfterReady(run: Run, why: string): Promise<void> {
  await vi.waitFor(() => expect(run.out()).toContain('"ready":true'), { timeout: 60_000, interval: 50 })
  const ready = JSON.parse(run.out().split('\n')[0] ?? '')
  expect((await fetch(ready.ui)).status).toBe(200)
  run.signal('SIGTERM')
  expect(await run.ended).toBe(0)
  expect(run.err().split('\n')[0]).toBe(`${why}, so Latchkey runs in your browser instead, which is the same program.`)
  expect(run.err()).not.toMatch(/\n\s+at |fetch failed|Downloading/)
}

function standIn(script: string): string {
  const folder = fs.mkdtempSync(path.join(checkout.folder, 'electron-'))
  fs.writeFileSync(path.join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('starts the window through electron-forge, hands on what follows, and ends as the window ends', async () => {
    const folder = standIn(
      'echo "electron got: $*"; test -f "$LATCHKEY_WEB_FOLDER/index.html" && echo "and a page"; exit 3',
    )
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':77' }
    const run = runIn(checkout.app, [...START, '--doors', '127.0.0.1:0'], env)
    expect(await run.ended).toBe(3)
    expect(run.out()).toContain('electron got: . --doors 127.0.0.1:0')
    expect(run.out()).toContain('and a page')
    const built = path.join(checkout.app, '.vite/build')
    expect(fs.readdirSync(built)).toEqual(
      expect.arrayContaining(['bridge.cjs', 'desk-child.cjs', 'door-thread.cjs', 'electron.cjs', 'report-thread.cjs']),
    )
  })

  it('says in one sentence that the page could not be made', async () => {
    const env = { ELECTRON_OVERRIDE_DIST_PATH: standIn('exit 9'), DISPLAY: ':77' }
    const other = makeCheckout()
    fs.writeFileSync(path.join(other.app, 'src/renderer/index.html'), '<script type="module" src="./gone.ts"></script>')
    const run = runIn(other.app, START, env)
    expect(await run.ended).toBe(1)
    expect(run.err().trim().split('\n').at(-1)).toMatch(/^The page could not be made/)
    expect(run.out()).toBe('')
    other.remove()
  })

  it('hands SIGTERM on to the window and then ends with 0', async () => {
    const folder = standIn('echo "pid $$"; trap "echo leaving; exit 0" TERM; for i in $(seq 150); do sleep 0.1; done')
    const run = runIn(checkout.app, START, { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':77' })
    await vi.waitFor(() => expect(run.out()).toContain('pid '), { timeout: 60_000, interval: 50 })
    const pid = Number(/pid (\d+)/.exec(run.out())?.[1])
    run.signal('SIGTERM')
    expect(await run.ended).toBe(0)
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 20_000 })
  })

  it('runs in the browser where there is no display, and says so in one sentence', async () => {
    const run = runIn(checkout.app, [...START, ...serveArgs()], { ELECTRON_OVERRIDE_DIST_PATH: standIn('exit 9') })
    await endsAfterReady(run, 'There is no display here for a window')
  })

  it("runs in the browser where Electron's program cannot be fetched", async () => {
    const run = runIn(checkout.app, [...START, ...serveArgs()], mirror('http://127.0.0.1:9/'))
    await endsAfterReady(run, "Electron's program is not installed and could not be fetched")
  })

  it('can be ended while it waits for a download', async () => {
    const asked = Promise.withResolvers<void>()
    const silent = net.createServer(() => asked.resolve())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as net.AddressInfo
    const run = runIn(checkout.app, START, mirror(`http://127.0.0.1:${port}/`))
    await asked.promise
    run.signal('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(run.err()).toBe('')
    silent.close()
  })
})
