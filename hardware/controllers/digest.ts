// Digest access authentication (RFC 7616) as far as a client of one device needs it: SHA-256 and qop=auth. Pure.
import { createHash } from 'node:crypto'

/** `realm`, `nonce` and `opaque` as they stand between their quotes, for so they are hashed and sent back. */
export type Challenge = { realm: string; nonce: string; opaque: string | null; stale: boolean }

export type Signed = {
  challenge: Challenge
  user: string
  password: string
  method: string
  /** As it stands in the request line. */
  uri: string
  /** How often this nonce has been used with this one, from 1 on. */
  count: number
  cnonce: string
}

/** A scheme before the first of its parameters, then a name with a value that may be quoted and may hold = and commas. */
const PARAMETER = /(?:^|,)\s*(?:([\w!#$%&'*+.^`|~-]+)\s+)?([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gy

/** Null where a WWW-Authenticate header asks for nothing that `digestHeader` can answer. */
export function parseChallenge(header: string): Challenge | null {
  for (const asked of challenges(header)) {
    const { realm, nonce } = asked
    if (realm === undefined || nonce === undefined || asked.algorithm?.toUpperCase() !== 'SHA-256') continue
    if (!(asked.qop ?? '').split(',').some((way) => way.trim().toLowerCase() === 'auth')) continue
    return { realm, nonce, opaque: asked.opaque ?? null, stale: asked.stale?.toLowerCase() === 'true' }
  }
  return null
}

/** Several may stand in one header, one after another (RFC 7616, 3.9.1). */
function challenges(header: string): Record<string, string>[] {
  const found: Record<string, string>[] = []
  let current: Record<string, string> | null = null
  for (const [, scheme, name = '', quoted, plain] of header.matchAll(PARAMETER)) {
    if (scheme !== undefined) {
      current = scheme.toLowerCase() === 'digest' ? Object.create(null) : null
      if (current !== null) found.push(current)
    }
    if (current !== null) current[name.toLowerCase()] ??= quoted ?? plain ?? ''
  }
  return found
}

/** What goes into the Authorization header. */
export function digestHeader({ challenge, user, password, method, uri, count, cnonce }: Signed): string {
  const { realm, nonce, opaque } = challenge
  const nc = count.toString(16).padStart(8, '0')
  const secret = sha256(`${user}:${realm}:${password}`)
  const response = sha256(`${secret}:${nonce}:${nc}:${cnonce}:auth:${sha256(`${method}:${uri}`)}`)
  const quoted = { username: user, realm, uri, nonce, cnonce, response, ...(opaque === null ? {} : { opaque }) }
  const fields = Object.entries(quoted).map(([name, value]) => `${name}="${value}"`)
  return `Digest ${[...fields, 'algorithm=SHA-256', `nc=${nc}`, 'qop=auth'].join(', ')}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
