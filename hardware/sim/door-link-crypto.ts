// The signatures of door link v1, as both ends make them (docs/door-link.md, "Signatures"). Keys are raw bytes.
import { createHmac, timingSafeEqual } from 'node:crypto'

export type Nonces = { door: string; clientNonce: string; serverNonce: string }

/** `key` is the door's 64 hex characters. What the server shows to prove that it holds the door's key. */
export function serverProof(key: string, nonces: Nonces): string {
  return hmac(Buffer.from(key, 'hex'), [greeting('latchkey-server', nonces)]).toString('hex')
}

/** The 32 raw bytes that sign everything in a session. */
export function sessionKey(key: string, nonces: Nonces): Uint8Array {
  return hmac(Buffer.from(key, 'hex'), [greeting('latchkey-session', nonces)])
}

/** `path` with its query, as on the request line; `seq` as it stands in the header. */
export function requestSignature(
  session: Uint8Array,
  { seq, method, path, body }: { seq: string | number; method: string; path: string; body: string | Uint8Array },
): string {
  return hmac(session, [`${seq}\n${method}\n${path}\n`, body]).toString('hex')
}

export function replySignature(
  session: Uint8Array,
  { seq, status, body }: { seq: string | number; status: number; body: string | Uint8Array },
): string {
  return hmac(session, [`${seq}\n${status}\n`, body]).toString('hex')
}

/** In constant time; a missing text, another length or upper-case hex is simply not the same. */
export function sameSignature(expected: string, given: string | null | undefined): boolean {
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(given ?? '')]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

function greeting(purpose: string, { door, clientNonce, serverNonce }: Nonces): string {
  return `${purpose}|${door}|${clientNonce}|${serverNonce}`
}

function hmac(key: Uint8Array, parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}
