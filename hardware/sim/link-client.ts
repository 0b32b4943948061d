// A controller's end of door link v1 (docs/door-link.md, 1 and 2): sessions, numbers and signatures, one question at a time.
import {
  type Nonces,
  replySignature,
  requestSignature,
  sameSignature,
  serverProof,
  sessionKey,
} from './door-link-crypto.ts'

export type LinkClientOptions = {
  url: string
  id: string
  /** 64 hex characters, as `door add` printed them. */
  key: string
  random(bytes: number): Uint8Array
  /** Milliseconds that it waits for an answer. */
  patience: number
}

/** Only what the door's key has signed is a reply; everything else is the desk being silent. */
export type Asked =
  | { kind: 'reply'; status: number; json: Record<string, unknown> }
  /** Nobody vouches for it: fit to be shown, not to be acted upon. */
  | { kind: 'refused'; error: string; detail: string }
  | { kind: 'silent'; why: string }

export type LinkClient = {
  /** Never rejects. `tries`: where nothing answers, how often in all it asks: a new number, the same body. */
  ask(method: string, path: string, body?: string, how?: { tries?: number; patience?: number }): Promise<Asked>
  /** The question under way, if any, is silent from now on: something else is more urgent. */
  giveUp(): void
  /** True: as if the cable were pulled, until false. */
  cut(pulled: boolean): void
  isCut(): boolean
  close(): void
}

type Session = { id: string; key: Uint8Array; seq: number }

export function createLinkClient({ url, id, key, random, patience }: LinkClientOptions): LinkClient {
  const stop = new AbortController()
  let cut = false
  let session: Session | null = null
  let within = patience
  let urgent = new AbortController()

  async function send(method: string, path: string, body: string, headers: Record<string, string>) {
    if (cut) throw new Error('The cable is pulled.')
    const signal = AbortSignal.any([stop.signal, urgent.signal, AbortSignal.timeout(within)])
    const content: Record<string, string> = body === '' ? {} : { 'content-type': 'application/json' }
    const response = await fetch(new URL(path, url), {
      method,
      headers: { ...headers, ...content },
      signal,
      ...(body === '' ? {} : { body }),
    })
    return { response, text: await response.text() }
  }

  async function open(): Promise<Session | Asked> {
    const clientNonce = Buffer.from(random(16)).toString('hex')
    const body = JSON.stringify({ door: id, client_nonce: clientNonce })
    const { response, text } = await send('POST', '/door/v1/session', body, {})
    const reply = parse(text)
    if (response.status !== 200)
      return { kind: 'refused', error: String(reply.error), detail: String(reply.detail ?? '') }
    const nonces: Nonces = { door: id, clientNonce, serverNonce: String(reply.server_nonce) }
    if (!sameSignature(serverProof(key, nonces), String(reply.proof)))
      return { kind: 'silent', why: 'What answered does not hold the key of this door.' }
    return { id: String(reply.session), key: sessionKey(key, nonces), seq: 0 }
  }

  /** Null where the reply has no good signature: that ends the session, and nothing else. */
  async function askIn(open: Session, method: string, path: string, body: string): Promise<Asked | null> {
    const seq = ++open.seq
    const { response, text } = await send(method, path, body, {
      'latchkey-session': open.id,
      'latchkey-seq': String(seq),
      'latchkey-signature': requestSignature(open.key, { seq, method, path, body }),
    })
    const expected = replySignature(open.key, { seq, status: response.status, body: text })
    const isSigned = sameSignature(expected, response.headers.get('latchkey-signature'))
    return isSigned ? { kind: 'reply', status: response.status, json: parse(text) } : null
  }

  async function question(method: string, path: string, body: string): Promise<Asked> {
    for (let opened = 0; ; ) {
      if (session === null) {
        if (opened++ > 0) return { kind: 'silent', why: 'The answer was not signed with the key of this door.' }
        const fresh = await open()
        if ('kind' in fresh) return fresh
        session = fresh
      }
      const reply = await askIn(session, method, path, body)
      if (reply !== null) return reply
      session = null
    }
  }

  return {
    async ask(method, path, body = '', how = {}) {
      let why = 'The door is being closed.'
      within = how.patience ?? patience
      urgent = new AbortController()
      for (let left = how.tries ?? 1; left > 0 && !stop.signal.aborted; left -= 1) {
        try {
          return await question(method, path, body)
        } catch (error) {
          why = whyOf(error)
        }
      }
      return { kind: 'silent', why }
    },
    giveUp: () => urgent.abort(),
    cut(pulled) {
      cut = pulled
    },
    isCut: () => cut,
    close: () => stop.abort(),
  }
}

/** What `fetch` says of its own is always the same; the reason stands beneath it. */
function whyOf(error: unknown): string {
  const { cause, message } = error as Error
  return cause instanceof Error && cause.message !== '' ? cause.message : message
}

function parse(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { ...json } : {}
  } catch {
    return {}
  }
}
