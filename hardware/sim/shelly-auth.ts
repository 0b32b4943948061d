// Who may give a simulated Shelly orders: digest authentication (RFC 7616) as strict as that of its firmware 2.0.
import { createHash } from 'node:crypto'

/** Shelly's documents, Authentication: a nonce serves an hour and so many requests; 32 are kept, then none is given for 2 s. */
const NONCE_LIFE = 3_600_000
const NONCE_USES = 30_000
const MOST_NONCES = 32
const FULL_PAUSE = 2_000
/** They count for ten minutes there; how many is not told, so this number is ours. */
const FAILURES_COUNT = 600_000
const MOST_FAILURES = 10

export type Answer = { status: number; json: object; challenge?: string }

export type DigestGuard = {
  /** Null where it may pass. `url` as it stands in the request line. */
  refuse(method: string, url: string, header: string | undefined): Answer | null
  /** As after a power cut. */
  forget(): void
}

export type DigestGuardOptions = {
  realm: string
  password: string
  /** Milliseconds by a clock that nobody sets. */
  now(): number
  random(bytes: number): Uint8Array
}

export function createDigestGuard({ realm, password, now, random }: DigestGuardOptions): DigestGuard {
  const nonces = new Map<string, { at: number; count: number }>()
  let failures: number[] = []
  let fullSince: number | null = null

  const newNonce = (): string | null => {
    for (const [nonce, { at }] of nonces) if (now() - at >= NONCE_LIFE) nonces.delete(nonce)
    if (nonces.size >= MOST_NONCES) {
      fullSince ??= now()
      if (now() - fullSince < FULL_PAUSE) return null
      const [least] = [...nonces].sort(([, a], [, b]) => a.count - b.count)
      if (least) nonces.delete(least[0])
    }
    fullSince = null
    // Base64 with its = signs, at which some clients have cut nonces short.
    const nonce = Buffer.from(random(16)).toString('base64')
    nonces.set(nonce, { at: now(), count: 0 })
    return nonce
  }

  const challenged = (stale: boolean): Answer => {
    const nonce = newNonce()
    if (nonce === null) return tooMany()
    const challenge = `Digest qop="auth", realm="${realm}", nonce="${nonce}", algorithm=SHA-256${stale ? ', stale=true' : ''}`
    return { status: 401, json: { code: 401, message: 'Unauthorized' }, challenge }
  }

  const tooMany = (): Answer => ({
    status: 429,
    json: { code: 429, message: 'Too many failed authentication attempts' },
  })

  const refuse = (method: string, url: string, header: string | undefined): Answer | null => {
    failures = failures.filter((at) => now() - at < FAILURES_COUNT)
    if (failures.length >= MOST_FAILURES) return tooMany()
    if (header === undefined) return challenged(false)
    const given = fieldsOf(header)
    const { nonce = '', nc = '', cnonce = '' } = given
    const secret = hash(`admin:${realm}:${password}`)
    const response = hash(`${secret}:${nonce}:${nc}:${cnonce}:auth:${hash(`${method}:${url}`)}`)
    const isRight =
      given.username === 'admin' &&
      given.realm === realm &&
      given.uri === url &&
      given.qop === 'auth' &&
      given.algorithm === 'SHA-256' &&
      /^[0-9a-f]{8}$/.test(nc) &&
      cnonce !== '' &&
      given.response === response
    if (!isRight) {
      failures.push(now())
      return challenged(false)
    }
    const known = nonces.get(nonce)
    const count = Number.parseInt(nc, 16)
    if (known === undefined || now() - known.at >= NONCE_LIFE || count !== known.count + 1 || count > NONCE_USES)
      return challenged(true)
    known.count = count
    return null
  }

  return { refuse, forget: () => nonces.clear() }
}

/** The fields of an Authorization header; none where it is no digest. */
function fieldsOf(header: string): Record<string, string> {
  if (!/^Digest /i.test(header)) return {}
  const fields = header.slice(7).matchAll(/(\w+)=(?:"([^"]*)"|([^\s,"]+))(?:,\s*|$)/g)
  return Object.fromEntries(Array.from(fields, ([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
