import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Bridge, type DeskMessage, PROTOCOL } from '../../src/preload/wire.ts'
import * as electron from './electron-double.ts'
import { seen } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))

const root = path.resolve(import.meta.dirname, '../..')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-shell-'))
const dataDir = path.join(folder, 'data')
const heard: DeskMessage[] = []
let lastId = 0

const window = () => seen.windows.at(-1) as electron.BrowserWindow
const bridge = () => seen.exposed.latchkey as unknown as Bridge

async function reply(id: number) {
  return vi.waitFor(
    () => {
      const found = heard.find((message) => message.kind === 'reply' && message.id === id)
      if (found?.kind !== 'reply') throw new Error(`no reply to ${id}`)
      return found
    },
    { timeout: 10_000, interval: 10 },
  )
}

async function call(name: string, args: unknown = {}) {
  lastId += 1
  bridge().send({ id: lastId, name, args })
  return reply(lastId)
}

beforeAll(async () => {
  // The checkout as Electron sees it, with the programs' sources where their builds would be.
  const built = path.join(folder, 'app', '.vite', 'build')
  fs.mkdirSync(built, { recursive: true })
  fs.symlinkSync(path.join(root, 'src'), path.join(folder, 'app', 'src'))
  const program = (file: string) => `import(${JSON.stringify(path.join(root, 'src/main', file))})\n`
  fs.writeFileSync(path.join(built, 'desk-child.cjs'), program('desk-child.ts'))
  fs.writeFileSync(path.join(built, 'door-thread.cjs'), program('door/thread.ts'))
  const web = path.join(folder, 'web')
  fs.mkdirSync(web)
  fs.writeFileSync(path.join(web, 'index.html'), '<!doctype html><title>Latchkey</title>')
  seen.appPath = path.join(folder, 'app')
  vi.stubEnv('LATCHKEY_WEB_FOLDER', web)
  vi.stubEnv('STRIPE_API_KEY', '')
  // Nobody listens at port 9: the desk must not look for Stripe elsewhere.
  const options = ['--data-dir', dataDir, '--doors', '127.0.0.1:0', '--stripe-base', 'http://127.0.0.1:9']
  process.argv = ['electron', '.', ...options]
  await import('../../src/main/electron.ts')
  await vi.waitFor(() => expect(seen.windows).toHaveLength(1))
  await import('../../src/preload/bridge.ts')
  bridge().receive((message) => heard.push(message))
})

afterAll(async () => {
  await Promise.all(seen.children.map((child) => child.worker.terminate()))
  fs.rmSync(folder, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

describe('the window', () => {
  it('is a sandboxed page of its own origin', () => {
    expect(window().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      preload: path.join(seen.appPath, '.vite/build/bridge.cjs'),
    })
    expect(window().address).toBe('app://latchkey/')
    expect(seen.privileged).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }])
    expect(seen.paths.userData).toBe(path.join(dataDir, 'window'))
  })

  it('gets the built page by app://latchkey/ and nothing by another name', async () => {
    const page = seen.pages.get('app')
    const reply = page?.({ url: 'app://latchkey/' })
    expect(reply?.status).toBe(200)
    expect(reply?.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await reply?.text()).toContain('Latchkey')
    expect(page?.({ url: 'app://elsewhere/' }).status).toBe(404)
    expect(page?.({ url: 'app://latchkey/../../etc/passwd.js' }).status).toBe(404)
  })

  it('opens no other window', () => {
    expect(window().webContents.openHandler?.({ url: 'app://latchkey/' })).toEqual({ action: 'deny' })
  })

  it("hands Stripe's pages and mails to one person, and nothing else, to the person's own programs", () => {
    const invoice = 'https://invoice.stripe.com/i/acct_1/test_1'
    const mail = 'mailto:ada%2Bx@example.org?subject=Your%20bank%20card&body=Hello'
    for (const url of [
      invoice,
      mail,
      'mailto:ada@example.org,ben@example.org',
      'mailto:ada@example.org?cc=ben@example.org',
      'mailto:ada@example.org?attach=/etc/passwd',
      'mailto:',
      'https://stripe.com.example.org/',
      'http://invoice.stripe.com/',
      'file:///etc/passwd',
      'x',
    ]) {
      expect(window().webContents.openHandler?.({ url })).toEqual({ action: 'deny' })
    }
    expect(seen.opened).toEqual([invoice, mail])
  })

  it.each([
    ['will-navigate', 'https://example.org/', true],
    ['will-navigate', 'app://elsewhere/', true],
    ['will-navigate', 'app://latchkey@elsewhere/', true],
    ['will-navigate', 'file:///etc/passwd', true],
    ['will-navigate', 'app://latchkey/members', false],
    ['will-redirect', 'https://example.org/', true],
    ['will-frame-navigate', 'https://example.org/', true],
    ['will-attach-webview', 'https://example.org/', true],
  ])('%s to %s is prevented: %s', (name, url, prevented) => {
    const event = { url, preventDefault: vi.fn() }
    window().webContents.emit(name, event, {}, {})
    expect(event.preventDefault).toHaveBeenCalledTimes(prevented ? 1 : 0)
  })

  it.each([
    [true, 'media', ['video'], 'app://latchkey/'],
    [false, 'media', ['video', 'audio'], 'app://latchkey/'],
    [false, 'media', ['audio'], 'app://latchkey/'],
    [false, 'media', [], 'app://latchkey/'],
    [false, 'media', ['video'], 'https://example.org/'],
    [false, 'notifications', undefined, 'app://latchkey/'],
  ])(
    'grants, asked or looked up, the camera alone, and to our page alone: %s for %s %j of %s',
    (yes, name, kinds, of) => {
      const { session } = window().webContents
      const answer = vi.fn()
      session.request?.(null, name, answer, { requestingUrl: of, mediaTypes: kinds })
      expect(answer).toHaveBeenCalledExactlyOnceWith(yes)
      const looked = (kinds ?? ['unknown']).map((mediaType) => session.check?.(null, name, of, { mediaType }))
      expect(looked.length > 0 && looked.every(Boolean)).toBe(yes)
      expect(session.device?.()).toBe(false)
    },
  )
})

describe('the bridge', () => {
  it('exposes what the page is promised and nothing else', () => {
    const promised: Record<keyof Bridge, true> = { send: true, receive: true }
    expect(Object.keys(seen.exposed)).toEqual(['latchkey'])
    expect(Object.keys(bridge()).toSorted()).toEqual(Object.keys(promised).toSorted())
  })

  it('carries a call to the real desk and its answer back, also one sent before the desk is ready', async () => {
    const answer = await call('desk.get')
    expect(answer).toMatchObject({ ok: true, value: { version: '0.1.0', demo: false, operator: { name: 'owner' } } })
    expect(heard.filter(({ kind }) => kind === 'hello')).toHaveLength(1)
    expect(fs.existsSync(path.join(dataDir, 'desk.db'))).toBe(true)
    expect(fs.existsSync(path.join(dataDir, 'desk.json'))).toBe(true)
  })

  it('greets those who begin to listen later', () => {
    const later = vi.fn()
    bridge().receive(later)()
    expect(later).toHaveBeenCalledExactlyOnceWith({ kind: 'hello', protocol: PROTOCOL, version: '0.1.0' })
  })

  it('refuses what is no call, in a sentence', async () => {
    expect(await call('no.such')).toMatchObject({ ok: false, refusal: { code: 'bad-request' } })
  })

  it('does not answer strangers: another window, a frame inside, another address', async () => {
    const { webContents } = window()
    const stranger = new electron.WebContents()
    const before = heard.length
    const envelope = (id: number) => ({ id, name: 'desk.get', args: {} })
    electron.ipcMain.from(stranger, stranger.mainFrame, 'latchkey:call', envelope(9_001))
    electron.ipcMain.from(webContents, { url: 'app://latchkey/' }, 'latchkey:call', envelope(9_002))
    electron.ipcMain.from(webContents, null, 'latchkey:call', envelope(9_003))
    webContents.mainFrame.url = 'https://example.org/'
    electron.ipcMain.from(webContents, webContents.mainFrame, 'latchkey:call', envelope(9_004))
    webContents.mainFrame.url = 'app://latchkey/'
    electron.ipcMain.from(webContents, webContents.mainFrame, 'latchkey:call', 'no envelope')
    await call('desk.get')
    const others = heard.slice(before).filter((message) => message.kind === 'reply' && message.id > 9_000)
    expect(others).toEqual([])
  })

  it('keeps a key that was put in with the keychain, never as it is', async () => {
    const key = `rk_test_${'a1b2'.repeat(6)}`
    const answer = await call('secret.setStripe', { key })
    expect(answer).toMatchObject({ ok: true })
    const file = path.join(dataDir, 'secrets.keychain')
    await vi.waitFor(() => expect(fs.existsSync(file)).toBe(true))
    expect(fs.readFileSync(file, 'utf8')).not.toContain(key)
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    const { desktopSecrets } = await import('../../src/main/host/keychain-secrets.ts')
    expect(desktopSecrets(dataDir, undefined).get()).toBe(key)
    // Without a keychain the store is the file of `latchkey serve`.
    seen.keychain = 'basic_text'
    expect(desktopSecrets(dataDir, undefined).get()).toBeNull()
    desktopSecrets(dataDir, undefined).set(key)
    expect(fs.existsSync(path.join(dataDir, 'secrets.json'))).toBe(true)
    seen.keychain = 'gnome_libsecret'
  })
})

describe("the desk's process", () => {
  it('is started again when it dies, and calls that it had not answered are refused', async () => {
    const child = seen.children.at(-1)
    lastId += 1
    const before = heard.filter(({ kind }) => kind === 'hello').length
    child?.kill()
    bridge().send({ id: lastId, name: 'desk.get', args: {} })
    expect(await reply(lastId)).toMatchObject({
      ok: false,
      refusal: { code: 'not-running', sentence: expect.stringContaining('started again') },
    })
    // One that is sent while nothing runs waits for the next.
    expect(await call('desk.get')).toMatchObject({ ok: true })
    expect(seen.children).toHaveLength(2)
    expect(heard.filter(({ kind }) => kind === 'hello')).toHaveLength(before + 1)
    expect(fs.readFileSync(path.join(dataDir, 'latchkey.log'), 'utf8')).toContain('was started again')
  })

  it('goes on when the window is closed; a second start opens it again', async () => {
    window().emit('closed')
    electron.app.emit('window-all-closed')
    expect(seen.exitCode).toBeNull()
    electron.app.emit('second-instance')
    expect(seen.windows).toHaveLength(2)
    electron.app.emit('second-instance')
    expect(seen.windows).toHaveLength(2)
    expect(window().focused).toBe(1)
    // As the preload script does in the new window.
    electron.ipcRenderer.send('latchkey:open')
    expect(await call('desk.get')).toMatchObject({ ok: true })
  })

  it('asks before it quits, and stops cleanly when the answer is yes', async () => {
    const quit = seen.menu.find(({ label }) => label === 'Quit')
    quit?.click()
    await vi.waitFor(() => expect(seen.questions).toHaveLength(1))
    expect(seen.questions[0]).toContain('Doors')
    expect(await call('desk.get')).toMatchObject({ ok: true })
    seen.answer = 1
    const event = { preventDefault: vi.fn() }
    electron.app.emit('before-quit', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
    await vi.waitFor(() => expect(seen.exitCode).toBe(0), { timeout: 10_000 })
    expect(fs.existsSync(path.join(dataDir, 'desk.json'))).toBe(false)
    expect(seen.errors).toEqual([])
  })

  it('is left when the window breaks, with the reason in the log; what only was not awaited is written down', () => {
    const told = (event: string) => {
      seen.exitCode = null
      const broken = process.listeners(event as 'uncaughtException').at(-1) as unknown as (reason: unknown) => void
      broken(new Error(`The glass fell out: ${event}`))
      const last = JSON.parse(fs.readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '')
      expect(last.error).toMatch(new RegExp(`The glass fell out: ${event}\n\\s+at `))
      return seen.exitCode
    }
    const file = path.join(dataDir, 'latchkey.log')
    const before = seen.errors.length
    // Doors go on, and no box waits for somebody.
    expect(told('unhandledRejection')).toBeNull()
    expect(seen.errors).toHaveLength(before)
    expect(told('uncaughtException')).toBe(1)
    expect(seen.errors.at(-1)).toBe(`Latchkey broke and had to end: the last line of ${file} says why.`)
  })
})
