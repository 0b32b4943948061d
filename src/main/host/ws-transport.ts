// The desk over HTTP and WebSocket, for browsers and the command line: Host and Origin checked, nothing but the bare
// page without a session.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { SignIns } from '../app/deps.ts'
import type { Desk } from '../desk-types.ts'
import { DAY, type Ms } from '../domain/time.ts'
import { insertUiSession, isUiSession } from '../store/ui-sessions.ts'
import { isLoopback, urlOf } from './config.ts'
import { openSession, owner } from './dispatch.ts'
import type { Log } from './log.ts'
import { servePage } from './page.ts'

/** How long a browser stays signed in, and how long a sign-in link can be used. */
const SIGNED_IN_FOR = 30 * DAY
const LINK_FOR = 15 * 60 * 1_000
/** Why a connection is closed that nobody signed in to. */
const SIGNED_OUT = 4401
/** A file of cards of a million bytes, where each has to be written as six. */
const LARGEST_MESSAGE = 8 * 1024 * 1024

export type UiServer = {
  port: number
  url: string
  /** Lets callers in once the desk is there. */
  attach(desk: Desk): void
  signIns: SignIns
  close(): Promise<void>
}

export type UiOptions = { host: string; port: number; webFolder: string; token: string; realNow: () => Ms; log: Log }

/** Rejects with the system's error where the address cannot be listened on. */
export async function startUiServer({
  host,
  port: wanted,
  webFolder,
  token,
  realNow,
  log,
}: UiOptions): Promise<UiServer> {
  const links = new Map<string, Ms>()
  const pages = new Set<WebSocket>()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE })
  let desk: Desk | null = null
  let port = wanted

  const server = http.createServer({ headersTimeout: 10_000, requestTimeout: 15_000 }, (request, response) => {
    // Whoever asks has not signed in: whatever goes wrong here ends their request, and not the desk with its doors.
    try {
      answer(request, response)
    } catch (error) {
      log('Showing a page', error)
      if (response.headersSent) response.destroy()
      else reply(response, 500, 'The page cannot be shown. Start Latchkey again; its log says more.')
    }
  })

  function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (!isOurHost(request.headers.host)) return reply(response, 421, 'This address is not served here.')
    const url = URL.parse(request.url ?? '/', 'http://desk')
    if (url === null) return reply(response, 400, 'This is no address.')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return reply(response, 405, 'Only pages are served here.')
    if (url.pathname === '/sign-in') return signIn(url.searchParams.get('link') ?? '', response)
    const page = servePage(webFolder, url.pathname)
    response.writeHead(page.status, page.headers)
    response.end(request.method === 'HEAD' ? undefined : page.body)
  }

  function signIn(link: string, response: http.ServerResponse): void {
    const expires = links.get(link)
    links.delete(link)
    if (desk === null || expires === undefined || expires < realNow()) {
      return reply(response, 403, 'This sign-in link has been used or is too old. Run `latchkey link` for a fresh one.')
    }
    const session = randomBytes(32).toString('base64url')
    insertUiSession(desk.deps.live.db, session, realNow(), realNow() + SIGNED_IN_FOR)
    response.writeHead(303, {
      Location: '/',
      'Set-Cookie': `${cookieName()}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SIGNED_IN_FOR / 1_000}`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    })
    response.end()
  }

  server.on('upgrade', (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const { host: asked, origin } = request.headers
    if (request.url !== '/desk' || !isOurHost(asked)) return refuseUpgrade(socket, 421)
    if (origin !== undefined && !isOurOrigin(origin, asked)) return refuseUpgrade(socket, 403)
    try {
      sockets.handleUpgrade(request, socket, head, (ws) => connect(ws, request, origin !== undefined))
    } catch (error) {
      log('Opening a connection to the desk', error)
      socket.destroy()
    }
  })

  function connect(ws: WebSocket, request: http.IncomingMessage, fromPage: boolean): void {
    ws.on('error', (error) => log('A connection to the desk failed', error))
    if (desk === null) return ws.close(1013, 'starting')
    if (!(fromPage ? hasSession(request, desk) : hasToken(request))) return ws.close(SIGNED_OUT, 'signed out')
    const session = openSession(
      desk,
      owner(),
      (message) => ws.readyState === ws.OPEN && ws.send(JSON.stringify(message)),
      log,
    )
    ws.on('message', (data) => session.receive(parse(String(data))))
    if (fromPage) pages.add(ws)
    ws.on('close', () => {
      pages.delete(ws)
      session.close()
    })
  }

  function hasSession(request: http.IncomingMessage, { deps }: Desk): boolean {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
    const value = pairs.find(([name]) => name === cookieName())?.[1]
    return value !== undefined && isUiSession(deps.desk, value, realNow())
  }

  function hasToken(request: http.IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '')
    const right = Buffer.from(`Bearer ${token}`)
    return given.length === right.length && timingSafeEqual(given, right)
  }

  /** A page elsewhere that has its name point to this computer sends its own name: refused. */
  function isOurHost(asked: string | undefined): boolean {
    const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:]+)):(\d+)$/.exec(asked ?? '')
    const name = match?.[1] ?? match?.[2]
    return name !== undefined && isLoopback(name) && Number(match?.[3]) === port
  }

  const isOurOrigin = (origin: string, asked: string | undefined) => origin === `http://${asked}`
  /** Browsers share cookies between ports, so each desk's cookie carries its port. */
  const cookieName = () => `latchkey-${port}`

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, host, resolve)
  })
  const address = server.address()
  if (typeof address === 'object' && address !== null) port = address.port
  const url = urlOf(host, port)

  return {
    port,
    url,
    attach(started) {
      desk = started
    },
    signIns: {
      link() {
        const now = realNow()
        for (const [link, expires] of links) if (expires < now) links.delete(link)
        const link = randomBytes(24).toString('base64url')
        links.set(link, now + LINK_FOR)
        return `${url}/sign-in?link=${link}`
      },
      endAll() {
        links.clear()
        for (const ws of pages) ws.close(SIGNED_OUT, 'signed out')
      },
    },
    close() {
      for (const ws of sockets.clients) ws.close(1001, 'closing')
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function reply(response: http.ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(`${sentence}\n`)
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
