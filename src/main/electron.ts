// The shell: one window and a tray sign around the desk, which runs in a process of its own (desk-child.ts). Everything
// that a person sees is the page, the same one that `latchkey serve` shows in a browser.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { app, type BrowserWindow, dialog, Menu, nativeImage, Tray } from 'electron'
import { defaultDataDir } from './host/config.ts'
import { type DeskProcess, type KeptSecret, type StartDesk, startDeskProcess } from './host/electron-transport.ts'
import { desktopSecrets } from './host/keychain-secrets.ts'
import { lastWords } from './host/last-words.ts'
import type { SecretStore } from './host/secrets.ts'
import { confine, openWindow, registerPageScheme, servePageScheme } from './host/windows.ts'

const { values } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  options: {
    'data-dir': { type: 'string' },
    doors: { type: 'string' },
    'stripe-base': { type: 'string' },
    demo: { type: 'boolean' },
  },
  // Electron and Chromium have options of their own.
  strict: false,
  allowPositionals: true,
})
const option = (name: keyof typeof values) => (typeof values[name] === 'string' ? values[name] : undefined)
const demo = values.demo === true
const dataDir = path.resolve(option('data-dir') ?? defaultDataDir(demo))

// A package carries its page inside and the migrations as plain files; in a checkout forge.config.ts says where the page is.
const inside = app.getAppPath()
const built = path.join(inside, '.vite', 'build')
const migrations = app.isPackaged
  ? path.join(process.resourcesPath, 'migrations')
  : path.join(inside, 'src', 'main', 'store', 'migrations')
const webFolder = app.isPackaged
  ? path.join(inside, 'web')
  : (process.env.LATCHKEY_WEB_FOLDER ?? path.join(inside, 'web'))

let window: BrowserWindow | null = null
let tray: Tray | null = null
let desk: DeskProcess | null = null
let leaving = false

function fail(sentence: string): void {
  leaving = true
  dialog.showErrorBox('Latchkey', sentence)
  app.exit(1)
}

// Doors are answered until somebody has read the sentence: the desk is a process of its own. Of what only was not awaited
// nobody need read anything.
process.on('uncaughtException', (reason) => fail(lastWords(dataDir, reason)))
process.on('unhandledRejection', (reason) => void lastWords(dataDir, reason))

function showWindow(): void {
  if (window !== null) {
    if (window.isMinimized()) window.restore()
    window.show()
    return window.focus()
  }
  const opened = openWindow(path.join(built, 'bridge.cjs'))
  window = opened
  // The doors go on: only the page is gone.
  opened.on('closed', () => {
    if (window === opened) window = null
    desk?.pageClosed()
  })
}

async function leave(): Promise<void> {
  if (leaving) return
  leaving = true
  await desk?.stop()
  app.exit(0)
}

async function askToLeave(): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    buttons: ['Keep running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    message: 'Quit Latchkey?',
    detail: 'Doors that ask this computer get no answer until Latchkey is started again.',
  })
  if (response === 1) await leave()
}

function startOptions(secrets: Record<KeptSecret, SecretStore>): StartDesk {
  const notes: string[] = []
  const opened = (kept: SecretStore) => {
    try {
      return kept.get()
    } catch (error) {
      // Doors must open all the same; Settings shows that nothing is there.
      notes.push((error as Error).message)
      return null
    }
  }
  return {
    version: app.getVersion(),
    dataDir,
    migrations,
    doorThread: path.join(built, 'door-thread.cjs'),
    reportThread: path.join(built, 'report-thread.cjs'),
    webFolder,
    doors: option('doors') ?? '127.0.0.1:4710',
    stripeBase: option('stripe-base') ?? null,
    stripeKey: opened(secrets.stripe),
    mailPassword: opened(secrets.mail),
    demo,
    notes,
  }
}

function start(): void {
  servePageScheme(webFolder)
  const passphrase = process.env.LATCHKEY_PASSPHRASE
  const secrets = { stripe: desktopSecrets(dataDir, passphrase), mail: desktopSecrets(dataDir, passphrase, 'mail') }
  desk = startDeskProcess({
    program: path.join(built, 'desk-child.cjs'),
    start: () => startOptions(secrets),
    page: () => window?.webContents ?? null,
    keepKey(key, purpose) {
      try {
        secrets[purpose].set(key)
      } catch {
        const what = purpose === 'stripe' ? 'The Stripe key' : 'The password of the mail server'
        dialog.showErrorBox('Latchkey', `${what} could not be stored: it works until Latchkey is quit.`)
      }
    },
    onFailed: fail,
  })
  // On macOS the menu is where copy and paste get their keys.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
  showWindow()
  tray = new Tray(nativeImage.createFromBitmap(keyPicture(), { width: 16, height: 16, scaleFactor: 1 }))
  tray.setToolTip('Latchkey: the doors are answered')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open', click: showWindow },
      { label: 'Quit', click: () => void askToLeave() },
    ]),
  )
  tray.on('click', showWindow)
}

/** A key in 16 by 16 pixels, BGRA; grey shows on light and dark bars. */
function keyPicture(): Buffer {
  const rows = [
    '',
    '',
    '',
    '',
    '',
    '..####',
    '.##..##',
    '.#....########',
    '.#....########',
    '.##..##...#.#',
    '..####....#.#',
  ]
  const pixels = Buffer.alloc(16 * 16 * 4)
  for (const [y, row] of rows.entries())
    for (const [x, dot] of Array.from(row).entries())
      if (dot === '#')
        pixels.fill(0xa0, (y * 16 + x) * 4, (y * 16 + x) * 4 + 3).fill(0xff, (y * 16 + x) * 4 + 3, (y * 16 + x) * 4 + 4)
  return pixels
}

try {
  // Chromium's own files stay beside our databases, and a lock of one instance counts for one data folder.
  fs.mkdirSync(path.join(dataDir, 'window'), { recursive: true, mode: 0o700 })
  app.setPath('userData', path.join(dataDir, 'window'))
} catch {
  fail(`The data folder ${dataDir} cannot be written: check who owns it, or choose another with --data-dir.`)
}
if (app.requestSingleInstanceLock()) {
  registerPageScheme()
  app.on('web-contents-created', (_event, contents) => confine(contents))
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  // Listening keeps the program alive without a window.
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    if (leaving) return
    event.preventDefault()
    void askToLeave()
  })
  // A computer that shuts down is not held up by a question.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void leave())
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) =>
      fail(`Latchkey could not start: ${error instanceof Error ? error.message : String(error)}`),
    )
} else {
  app.exit(0)
}
