// Sessions of the door link. One that was never used costs no memory: its id carries, sealed, all that is needed to
// take it up. Only a valid signature makes it the door's session and ends the one before.
import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Door } from '../store/doors.ts'

export const SESSION_SECONDS = 3_600

export type OpenedSession = { session: string; server_nonce: string; proof: string; expires_in: number }

/** A door's session in use; `seq` is the highest number used up. */
export type Session = { doorId: string; key: KeyObject; seq: number }

export type Sessions = {
  open(door: Door, clientNonce: string): OpenedSession
  /** The door that a session id speaks of, or null where this process never gave it out. */
  doorOf(sid: string): string | null
  /** The session behind an id, as long as it is neither over nor superseded; `commit` makes a first use final. */
  find(sid: string, door: Door): { session: Session; commit: () => void } | null
}

/** `monotonic` counts milliseconds that no clock change can move. */
export function createSessions(monotonic: () => number): Sessions {
  const secret = createSecretKey(randomBytes(32))
  const live = new Map<string, { sid: string; number: number; door: Door; session: Session }>()
  let issued = 0

  const seal = (purpose: string, body: string, door: Door) =>
    createHmac('sha256', secret).update(`${purpose}|${body}|${door.keyEpoch}|${door.key}`).digest('hex').slice(0, 32)

  return {
    open(door, clientNonce) {
      issued += 1
      const body = [issued, Math.floor(monotonic()), door.id, clientNonce].join('.')
      const serverNonce = seal('nonce', body, door)
      return {
        session: `${body}.${seal('sid', body, door)}`,
        server_nonce: serverNonce,
        proof: hmac(keyOf(door), `latchkey-server|${door.id}|${clientNonce}|${serverNonce}`),
        expires_in: SESSION_SECONDS,
      }
    },

    doorOf(sid) {
      return parse(sid)?.doorId ?? null
    },

    find(sid, door) {
      const current = live.get(door.id)
      // The one in use was looked through when it was taken into use; a new key of the door ends it.
      const isCurrent = current?.sid === sid && current.door.key === door.key && current.door.keyEpoch === door.keyEpoch
      const parts = parse(sid)
      if (parts !== null && isCurrent && monotonic() - parts.issuedAt < SESSION_SECONDS * 1_000)
        return { session: current.session, commit: () => undefined }
      if (parts === null || parts.doorId !== door.id || !sameText(parts.tag, seal('sid', parts.body, door))) return null
      if (monotonic() - parts.issuedAt >= SESSION_SECONDS * 1_000) return null
      // One that was opened before the session in use is over, also where it was never used: no old request can be replayed.
      if (current !== undefined && parts.number <= current.number) return null
      const serverNonce = seal('nonce', parts.body, door)
      const key = hmac(keyOf(door), `latchkey-session|${door.id}|${parts.clientNonce}|${serverNonce}`)
      const session: Session = { doorId: door.id, key: createSecretKey(key, 'hex'), seq: 0 }
      return { session, commit: () => live.set(door.id, { sid, number: parts.number, door, session }) }
    },
  }
}

export function isDoorId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,31}$/.test(text)
}

function parse(sid: string) {
  const match = /^((\d{1,15})\.(\d{1,15})\.([a-z0-9][a-z0-9-]{0,31})\.([0-9a-f]{32}))\.([0-9a-f]{32})$/.exec(sid)
  if (!match) return null
  const [, body = '', number, issuedAt, doorId = '', clientNonce = '', tag = ''] = match
  return { body, number: Number(number), issuedAt: Number(issuedAt), doorId, clientNonce, tag }
}

function keyOf(door: Door): Buffer {
  if (door.key === null) throw new Error(`Opening a session: door ${door.id} has no key`)
  return Buffer.from(door.key, 'hex')
}

/** In hex. A key that is used often is a KeyObject: made once, it costs a sixth of a Buffer. */
export function hmac(key: Buffer | KeyObject, text: string | Buffer): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** Constant time for texts of one length; a text of another length is simply not it. */
export function sameText(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}
