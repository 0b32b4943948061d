// A strict controller for tests: believes no proof and no signature that it has not made itself, and can misbehave on demand.
import { randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import { replySignature, requestSignature, serverProof, sessionKey } from '../../hardware/sim/door-link-crypto.ts'

export type Sent = { method: string; path: string; headers: Record<string, string>; body: string | Buffer }

export type Reply = {
  status: number
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  json: any
  signature: string | undefined
}

export type Asked = Reply & { signed: boolean; sent: Sent }

/** What a test wants to be wrong; undefined leaves a header out. */
export type Wrong = { seq?: string | undefined; session?: string | undefined; signature?: string | undefined }

export type LinkSession = {
  id: string
  key: Uint8Array
  /** The number of the last request. */
  seq: number
  ask(method: string, path: string, body?: string | Buffer, wrong?: Wrong): Promise<Asked>
  check(card: string, options?: { id?: string; format?: string }): Promise<Asked>
  time(): Promise<Asked>
}

export type SendOptions = { chunked?: boolean; agent?: http.Agent | false; onAnswer?: () => void }

/** One request as it is; resolves with the reply, whatever it says. */
export function send(port: number, sent: Sent, { chunked = false, agent = false, onAnswer }: SendOptions = {}) {
  return new Promise<Reply>((resolve, reject) => {
    const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': Buffer.byteLength(sent.body) }
    const { method, path } = sent
    const request = http.request(
      { host: '127.0.0.1', port, agent, method, path, headers: { ...sent.headers, ...length } },
      (response) => {
        onAnswer?.()
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part) => {
          text += part
        })
        response.on('error', reject)
        response.on('end', () => {
          const signature = response.headers['latchkey-signature'] as string | undefined
          resolve({ status: response.statusCode ?? 0, text, json: parse(text), signature })
        })
      },
    )
    request.setTimeout(5_000, () => request.destroy(new Error(`No answer to ${sent.method} ${sent.path} in 5 s`)))
    request.on('error', reject)
    request.end(sent.body)
  })
}

export function openSession(port: number, body: unknown, options: SendOptions = {}): Promise<Reply> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return send(port, { method: 'POST', path: '/door/v1/session', headers: {}, body: text }, options)
}

export async function connect(
  port: number,
  door: { id: string; key: string },
  options: SendOptions & { clientNonce?: string } = {},
): Promise<LinkSession> {
  const { clientNonce = randomBytes(16).toString('hex'), ...sending } = options
  const opened = await openSession(port, { door: door.id, client_nonce: clientNonce }, sending)
  if (opened.status !== 200) throw new Error(`No session at ${door.id}: ${opened.status} ${opened.text}`)
  const nonces = { door: door.id, clientNonce, serverNonce: opened.json.server_nonce }
  if (opened.json.proof !== serverProof(door.key, nonces)) throw new Error(`The proof for ${door.id} is wrong`)
  return sessionOn(port, { id: opened.json.session, key: sessionKey(door.key, nonces) }, sending)
}

/** Asks in a session that was opened, or at a server that knows of none; a reply without a signature is the caller's to judge. */
export function sessionOn(
  port: number,
  { id, key }: { id: string; key: Uint8Array },
  sending: SendOptions,
): LinkSession {
  const session: LinkSession = {
    id,
    key,
    seq: 0,
    async ask(method, path, body = '', wrong = {}) {
      const seq = 'seq' in wrong ? wrong.seq : String(++session.seq)
      const headers = {
        'latchkey-session': session.id,
        'latchkey-seq': seq,
        'latchkey-signature': requestSignature(key, { seq: seq ?? '', method, path, body }),
        ...('session' in wrong ? { 'latchkey-session': wrong.session } : {}),
        ...('signature' in wrong ? { 'latchkey-signature': wrong.signature } : {}),
      }
      const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
      const sent: Sent = { method, path, headers: Object.fromEntries(given), body }
      const reply = await send(port, sent, sending)
      const { status, text, signature } = reply
      const expected = replySignature(key, { seq: seq ?? '', status, body: text })
      if (signature !== undefined && signature !== expected) throw new Error(`A wrong signature on ${status} ${text}`)
      return { ...reply, signed: signature !== undefined, sent }
    },
    check(card, { id = randomUUID(), format } = {}) {
      return session.ask('POST', '/door/v1/check', JSON.stringify({ id, card, ...(format && { format }) }))
    },
    time: () => session.ask('GET', '/door/v1/time'),
  }
  return session
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
