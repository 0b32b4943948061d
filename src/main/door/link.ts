// Door link v1 over HTTP: sessions, signatures, sequence numbers, then the question itself (docs/door-link.md).
import http from 'node:http'
import { isCardForm } from '../domain/card-identity.ts'
import { readUpload, type Upload } from '../domain/door-events.ts'
import { MINUTE, type Ms, SECOND, toIso } from '../domain/time.ts'
import type { DecisionNotice } from '../store/access-log.ts'
import { orderAt } from '../store/door-orders.ts'
import { type Door, doorById } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'
import type { Answered, Answerer, DoorAnswer, Presentation } from './answer.ts'
import type { DoorLists } from './list.ts'
import { createSessions, hmac, isDoorId, type Session, sameText } from './sessions.ts'
import { watchStrangers } from './strangers.ts'
import type { Uploaded } from './uploads.ts'

export const MAX_BODY = 64 * 1024
const LEASE = MINUTE

export type RecordedAnswer = {
  door: Door
  answer: DoorAnswer
  seq: number
  at: Ms
  memberId: string | null
  canonical: string | null
  cardText: string
}

export type LinkDeps = {
  desk: ReadDb
  answer: Answerer
  lists: DoorLists
  upload: (door: Door, upload: Upload) => Uploaded
  now: () => Ms
  monotonic: () => number
  /** A correctly signed request came in from this door. */
  onSeen: (doorId: string) => void
  onAnswer: (recorded: RecordedAnswer) => void
  onUploaded: (rows: readonly DecisionNotice[]) => void
  onFailure: (what: string, error: unknown) => void
}

type Reply = { status: number; body: object }
/** What signs a reply: none to a stranger. */
type Sign = { session: Session; seqText: string } | null
/** As it goes out. */
type Sealed = { status: number; text: string; signature: string | null }

export function createDoorServer(deps: LinkDeps): http.Server {
  const sessions = createSessions(deps.monotonic)
  const server = http.createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      // How often these two are looked at.
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 8 * 1024,
    },
    (request, response) => {
      if (strangers.admits(request.socket)) serve(request, response).catch(() => request.destroy())
    },
  )
  const strangers = watchStrangers(server)

  /** Rejects where the controller went away before it had said everything. */
  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (body === null) return tooLarge(response)
    try {
      await respond(request, body, response)
    } catch (failure) {
      deps.onFailure('Answering a controller', failure)
      send(response, seal(error(503, 'unavailable'), null))
    }
  }

  async function respond(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): Promise<void> {
    const path = request.url ?? ''
    if (request.method === 'POST' && path === '/door/v1/session') return send(response, seal(openSession(body), null))

    const refuse = (status: number, word: string) => send(response, seal(error(status, word), null))
    const sid = request.headers['latchkey-session']
    const seqText = String(request.headers['latchkey-seq'] ?? '')
    const seq = /^[1-9]\d{0,15}$/.test(seqText) ? Number(seqText) : Number.NaN
    if (typeof sid !== 'string' || !Number.isSafeInteger(seq)) return refuse(400, 'bad-request')

    const doorId = sessions.doorOf(sid)
    const door = doorId === null ? null : doorById(deps.desk, doorId)
    const found = door === null || door.key === null ? null : sessions.find(sid, door)
    if (door === null || found === null) return refuse(401, 'no-session')

    const signature = request.headers['latchkey-signature']
    const signed = Buffer.concat([Buffer.from(`${seqText}\n${request.method}\n${path}\n`), body])
    if (typeof signature !== 'string' || !sameText(signature, hmac(found.session.key, signed))) {
      return refuse(401, 'bad-signature')
    }
    found.commit()
    const { session } = found
    const sign = { session, seqText }
    if (seq <= session.seq) return send(response, seal(error(409, 'replayed'), sign))
    session.seq = seq
    strangers.vouchFor(request.socket)
    deps.onSeen(door.id)
    const isCheck = request.method === 'POST' && path === '/door/v1/check'
    const asked = isCheck
      ? check(door, body, sign)
      : question(door, request.method ?? '', path, body).then((answer) => seal(answer, sign))
    const reply = await asked.catch((failure) => {
      deps.onFailure(`Answering at ${door.id}`, failure)
      return seal(error(503, 'unavailable'), sign)
    })
    send(response, reply)
  }

  function openSession(body: Buffer): Reply {
    const asked = parseJson(body)
    const { door: id, client_nonce: nonce } = asked ?? {}
    const isAsked = typeof id === 'string' && typeof nonce === 'string' && isDoorId(id) && /^[0-9a-f]{32}$/.test(nonce)
    if (!isAsked) return error(400, 'bad-request')
    const door = doorById(deps.desk, id)
    return door === null || door.key === null
      ? error(401, 'unknown-door')
      : { status: 200, body: sessions.open(door, nonce) }
  }

  async function question(door: Door, method: string, path: string, body: Buffer): Promise<Reply> {
    if (method === 'GET' && path === '/door/v1/time') {
      return {
        status: 200,
        body: { now: toIso(deps.now()), list_rev: deps.lists.revision(door.id), ...modeOf(door) },
      }
    }
    if (method === 'POST' && path === '/door/v1/events') return events(door, body)
    const [name, query = ''] = path.split('?')
    if (method === 'GET' && name === '/door/v1/list') {
      const list = await deps.lists.answer(door, new URLSearchParams(query))
      return typeof list === 'string' ? error(400, 'bad-request', list) : { status: 200, body: list }
    }
    return error(404, 'not-found')
  }

  /** A hold is a lease: it is told for a minute at most, so that a door which hears nothing more locks by itself. A lockdown
   * is for who comes in: a reader on the way out is never told of it. */
  function modeOf(door: Door): { mode: string; mode_for: number } {
    const at = deps.now()
    const order = orderAt(deps.desk, door.id, at)
    if (order === null || (order.mode === 'lockdown' && door.direction === 'out'))
      return { mode: 'normal', mode_for: 0 }
    const left = order.until === null ? LEASE : order.until - at
    return { mode: order.mode, mode_for: order.mode === 'held-open' ? Math.floor(Math.min(LEASE, left) / SECOND) : 0 }
  }

  /** Signed before the row is on disk, and out as soon as it is. */
  async function check(door: Door, body: Buffer, sign: Sign): Promise<Sealed> {
    const presentation = readPresentation(body, door)
    if ('detail' in presentation) return seal(error(400, 'bad-request', presentation.detail), sign)
    const { answered, reply } = await deps.answer(door, presentation, (given) => ({
      answered: given,
      reply: seal(replyOf(given), sign),
    }))
    if (answered.kind === 'answer' && answered.recorded !== null)
      deps.onAnswer({ door, answer: answered.answer, cardText: presentation.card, ...answered.recorded })
    return reply
  }

  function events(door: Door, body: Buffer): Reply {
    const asked = parseJson(body)
    const upload = asked === null ? 'the body is not a JSON object' : readUpload(asked)
    if (typeof upload === 'string') return error(400, 'bad-request', upload)
    const { kind, acked, rows } = deps.upload(door, upload)
    if (kind === 'conflict') return { status: 409, body: { error: 'event-conflict', acked } }
    deps.onUploaded(rows)
    return { status: 200, body: { acked } }
  }

  return server
}

function readPresentation(body: Buffer, door: Door): Presentation | { detail: string } {
  const asked = parseJson(body)
  if (asked === null) return { detail: 'the body is not a JSON object' }
  const { id, card, format } = asked
  if (typeof id !== 'string' || !/^[\x21-\x7e]{36}$/.test(id))
    return { detail: 'id: 36 characters that name this presentation' }
  if (typeof card !== 'string' || card.length === 0 || card.length > 200)
    return { detail: 'card: the text that the reader gave' }
  const form = format ?? door.format ?? undefined
  if (form !== undefined && (typeof form !== 'string' || !isCardForm(form)))
    return { detail: 'format: one of the known forms' }
  // What JSON may say and no text can be (half a surrogate pair) would come back from the log as something else.
  return { id, card: card.toWellFormed(), format: form }
}

function parseJson(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** The whole body, or null once it has grown past the limit. */
function readBody(request: http.IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    let body: Buffer = Buffer.alloc(0)
    let size = 0
    request.on('data', (piece: Buffer) => {
      const before = size
      size += piece.length
      if (size > MAX_BODY) return resolve(null)
      if (before === 0) {
        body = piece
        return
      }
      // Pieces are put together as they come: one byte that is kept apart takes two hundred.
      if (size > body.length) body = Buffer.concat([body.subarray(0, before)], Math.min(MAX_BODY, 2 * size))
      piece.copy(body, before)
    })
    request.on('end', () => resolve(body.subarray(0, size)))
    request.on('error', reject)
  })
}

function tooLarge(response: http.ServerResponse): void {
  response.setHeader('Connection', 'close')
  send(response, seal(error(413, 'too-large'), null))
}

function replyOf(answered: Answered): Reply {
  return answered.kind === 'conflict'
    ? error(400, 'bad-request', answered.detail)
    : { status: 200, body: answered.answer }
}

function error(status: number, word: string, detail?: string): Reply {
  return { status, body: { error: word, ...(detail === undefined ? {} : { detail }) } }
}

function seal({ status, body }: Reply, sign: Sign): Sealed {
  const text = JSON.stringify(body)
  const signature = sign && hmac(sign.session.key, `${sign.seqText}\n${status}\n${text}`)
  return { status, text, signature }
}

function send(response: http.ServerResponse, { status, text, signature }: Sealed): void {
  response.writeHead(status, {
    ...(signature !== null && { 'Latchkey-Signature': signature }),
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}
