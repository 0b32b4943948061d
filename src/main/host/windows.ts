// The one window, shut in: a sandboxed page of our own scheme that may go nowhere, open nothing and ask for nothing but the
// camera, for photos of people.
// (electronjs.org, "Security", items 2 to 5, 12 to 14 and 18.)
import { BrowserWindow, protocol, type Session, shell, type WebContents } from 'electron'
import { servePage } from './page.ts'

const SCHEME = 'app'
const HOST = 'latchkey'
export const PAGE = `${SCHEME}://${HOST}/`

/** Before the app is ready: makes app:// an origin of its own, which relative paths, CSP and storage need. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

export function servePageScheme(webFolder: string): void {
  protocol.handle(SCHEME, (request) => {
    const url = new URL(request.url)
    if (!isOurPage(url.href)) return new Response('There is no such page.\n', { status: 404 })
    const { status, headers, body } = servePage(webFolder, url.pathname)
    return new Response(new Uint8Array(body), { status, headers })
  })
}

export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  // `origin` is "null" for schemes that Node does not know, so the parts are compared.
  return url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === ''
}

function isStripePage(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === 'https:' && /(^|\.)stripe\.com$/.test(url.hostname)
}

/** A mail that is written already, to one address: whoever sends it reads it first. An attachment could not be seen. */
function isMail(address: string): boolean {
  const url = URL.parse(address)
  if (url?.protocol !== 'mailto:' || !/^[^@,\s]+@[^@,\s]+$/.test(url.pathname)) return false
  return [...url.searchParams.keys()].every((field) => field === 'subject' || field === 'body')
}

/** For every page that is ever made, also one that should not be. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    // An invoice is paid on Stripe's own page, in the person's browser, and a mail is sent by their mail program; nothing
    // else may be opened.
    if (isStripePage(url) || isMail(url)) void shell.openExternal(url).catch(() => undefined)
    return { action: 'deny' }
  })
  const stay = (event: { preventDefault(): void }, url: string) => {
    if (!isOurPage(url)) event.preventDefault()
  }
  contents.on('will-navigate', (event) => stay(event, event.url))
  contents.on('will-redirect', (event) => stay(event, event.url))
  contents.on('will-frame-navigate', (event) => stay(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Electron grants everything by default; our page needs the camera, and no microphone, no port and no notification. */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const camera = permission === 'media' && kinds.length > 0 && kinds.every((kind) => kind === 'video')
    answer(camera && isOurPage(details.requestingUrl))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { mediaType }) =>
      permission === 'media' && mediaType === 'video' && isOurPage(origin),
  )
  session.setDevicePermissionHandler(() => false)
}

export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    minWidth: 400,
    minHeight: 500,
    title: 'Latchkey',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  limitPermissions(window.webContents.session)
  // An empty frame does not flash up.
  window.once('ready-to-show', () => window.show())
  window.loadURL(PAGE).catch(() => window.show())
  return window
}
