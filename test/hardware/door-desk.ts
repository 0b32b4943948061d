// A desk of a few lines for controllers under test: speaks door link v1 and misbehaves when it is told to.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  replySignature,
  requestSignature,
  sameSignature,
  serverProof,
  sessionKey,
} from '../../hardware/sim/door-link-crypto.ts'

export type SeenRequest = { method: string; path: string; session: string; seq: number; body: string }

export type DoorDesk = {
  url: string
  seen: SeenRequest[]
  /** Every session ends, as after a restart. */
  forget(): void
  /** How the next requests go wrong, one each: `hang` never answers, `unsigned` and `forged` are not to be believed. */
  faults: ('hang' | 'unsigned' | 'forged' | 'bad-request' | 'unavailable')[]
  wrongProof: boolean
  /** Lists are not answered. */
  keepList: boolean
  close(): Promise<void>
}

const EMPTY_LIST = {
  rev: 7,
  full: true,
  more: false,
  valid_until: '2100-01-01T00:00:00Z',
  tz: 'UTC',
  closed: [],
  entries: [],
  removed: [],
}

export async function startDoorDesk(door: string, key: string): Promise<DoorDesk> {
  const sessions = new Map<string, { key: Uint8Array; seq: number }>()

  const open = (body: string, response: ServerResponse) => {
    const asked = JSON.parse(body)
    if (asked.door !== door) return reply(response, 401, { error: 'unknown-door' })
    const nonces = { door, clientNonce: asked.client_nonce, serverNonce: randomBytes(16).toString('hex') }
    const session = randomBytes(8).toString('hex')
    sessions.set(session, { key: sessionKey(key, nonces), seq: 0 })
    const proof = desk.wrongProof ? '0'.repeat(64) : serverProof(key, nonces)
    reply(response, 200, { session, server_nonce: nonces.serverNonce, proof, expires_in: 3600 })
  }

  const answer = (request: IncomingMessage, body: string, response: ServerResponse) => {
    const [method, path] = [request.method ?? '', request.url ?? '']
    const [id, seq] = [String(request.headers['latchkey-session']), Number(request.headers['latchkey-seq'])]
    desk.seen.push({ method, path, session: id, seq, body })
    const session = sessions.get(id)
    if (!session) return reply(response, 401, { error: 'no-session' })
    const expected = requestSignature(session.key, { seq, method, path, body })
    if (!sameSignature(expected, String(request.headers['latchkey-signature']))) {
      return reply(response, 401, { error: 'bad-signature' })
    }
    const sign = (status: number, json: object, signer = session.key) =>
      reply(response, status, json, replySignature(signer, { seq, status, body: JSON.stringify(json) }))
    if (seq <= session.seq) return sign(409, { error: 'replayed' })
    session.seq = seq
    if (path === '/door/v1/time')
      return sign(200, { now: new Date().toISOString(), list_rev: 7, mode: 'normal', mode_for: 0 })
    if (path.startsWith('/door/v1/list?')) return desk.keepList ? undefined : sign(200, EMPTY_LIST)
    if (path === '/door/v1/events') return sign(200, { acked: 0 })
    const grant = { grant: true, reason: 'ok', open_ms: 3000, receipt: 'r1', list_rev: 7 }
    switch (desk.faults.shift()) {
      case 'hang':
        return
      case 'unsigned':
        return reply(response, 200, grant)
      case 'forged':
        return sign(200, grant, randomBytes(32))
      case 'bad-request':
        return sign(400, { error: 'bad-request', detail: 'This is not a card number.' })
      case 'unavailable':
        return sign(503, { error: 'unavailable' })
      case undefined:
        return sign(200, grant)
    }
  }

  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text) => {
      body += text
    })
    request.on('end', () =>
      request.url === '/door/v1/session' ? open(body, response) : answer(request, body, response),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const desk: DoorDesk = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    faults: [],
    wrongProof: false,
    keepList: false,
    forget: () => sessions.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return desk
}

function reply(response: ServerResponse, status: number, json: object, signature?: string): void {
  const head = signature === undefined ? {} : { 'latchkey-signature': signature }
  response.writeHead(status, { 'content-type': 'application/json', ...head }).end(JSON.stringify(json))
}
