// How a Shelly relay is asked over HTTP: where it is, one question at a time, signed where it wants that, with a deadline.
import http from 'node:http'
import { type Challenge, digestHeader, parseChallenge } from './digest.ts'

/** A whole status has about 2 KB. */
const LONGEST_REPLY = 65_536
/** What is urgent lets what is under way end for so many milliseconds: a question that is broken off costs a nonce. */
const HURRY = 100
/** An old nonce, none, a new one, and one more where a number of it was lost on the way. */
const ROUNDS = 4

export type RelayAddress = {
  /** Fit to be shown: it holds no password. */
  shown: string
  host: string
  port: number
  user: string
  password: string
  /** Its number for the first of its doors. */
  switchId: number
}

/** Null where it is none: http://admin:PASSWORD@HOST, percent-encoded, with ?id=1 for its second switch. */
export function relayAddress(url: string): RelayAddress | null {
  try {
    const { protocol, hostname, port, host, username, password, searchParams } = new URL(url)
    const id = searchParams.get('id') ?? '0'
    // The device knows one user, and what stands in a header must be plain.
    const user = username === '' ? 'admin' : decodeURIComponent(username)
    if (protocol !== 'http:' || !/^\d{1,2}$/.test(id) || !/^[\w.-]{1,32}$/.test(user)) return null
    return {
      shown: host,
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? 80 : Number(port),
      user,
      password: decodeURIComponent(password),
      switchId: Number(id),
    }
  } catch {
    return null
  }
}

export type Asked =
  | { kind: 'reply'; json: Record<string, unknown> }
  | { kind: 'silent' }
  | { kind: 'wrong-password' }
  /** After too many wrong sign-ins, or with too many open ones, it takes none for a while (firmware 2.0). */
  | { kind: 'throttled' }
  /** Its own refusal: -103 a wrong argument, -105 no such switch, 404 no such method. */
  | { kind: 'refused'; code: number }
  /** Not what a relay would say. */
  | { kind: 'odd' }

export type RelayClient = {
  /** Never rejects. What is urgent goes before what is not, and is not sent later than two deadlines after it was asked. */
  ask(method: string, params: Record<string, string>, urgent?: boolean): Promise<Asked>
  close(): void
}

type Reply = { status: number; challenge: string; text: string }

export type RelayClientOptions = {
  address: RelayAddress
  random(bytes: number): Uint8Array
  /** Milliseconds for one request. */
  patience: number
}

export function createRelayClient({ address, random, patience }: RelayClientOptions): RelayClient {
  const agent = new http.Agent({ keepAlive: true })
  const closed = new AbortController()
  let idle = new AbortController()
  let queue: Promise<unknown> = Promise.resolve()
  /** One nonce serves for an hour and 30,000 requests, and of nonces it keeps 32 (Shelly's documents, Authentication). */
  let challenge: Challenge | null = null
  let count = 0

  const learn = (told: Challenge | null) => {
    challenge = told
    count = 0
  }

  function once(path: string, signal: AbortSignal): Promise<Reply> {
    const { user, password, host, port } = address
    const headers: Record<string, string> = {}
    if (challenge !== null) {
      count += 1
      const cnonce = Buffer.from(random(16)).toString('hex')
      headers.authorization = digestHeader({ challenge, user, password, method: 'GET', uri: path, count, cnonce })
    }
    const within = AbortSignal.any([signal, AbortSignal.timeout(patience)])
    return new Promise((resolve, reject) => {
      const request = http.get({ host, port, path, agent, headers, signal: within }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
          if (text.length > LONGEST_REPLY) request.destroy(new OddReply())
        })
        response.on('error', reject)
        response.on('end', () => {
          if (!response.complete) return reject(new Error('cut off'))
          const asks = response.headers['www-authenticate'] ?? ''
          resolve({ status: response.statusCode ?? 0, challenge: asks, text })
        })
      })
      request.on('error', reject)
    })
  }

  /** A connection that was kept open may be gone, and a packet lost: once more. */
  async function twice(path: string, signal: AbortSignal): Promise<Reply> {
    try {
      return await once(path, signal)
    } catch (error) {
      if (signal.aborted || isOdd(error)) throw error
      return once(path, signal)
    }
  }

  async function question(path: string, signal: AbortSignal): Promise<Asked> {
    let given: Challenge | null = null
    for (let round = 0; round < ROUNDS; round += 1) {
      const used = challenge
      const isNew: boolean = used === null || used === given
      const reply = await twice(path, signal)
      if (reply.status === 429) {
        // To a nonce that it has dropped it may say so for ever, and to none it gives a new one.
        learn(null)
        if (isNew) return { kind: 'throttled' }
      } else if (reply.status === 401) {
        const told = parseChallenge(reply.challenge)
        if (told === null) return { kind: 'odd' }
        // An old nonce ran out; one that was told just now and is refused all the same means that the password is wrong.
        const isWrong: boolean = address.password === '' || (used !== null && isNew && !told.stale)
        given = isWrong ? null : told
        learn(given)
        if (isWrong) return { kind: 'wrong-password' }
      } else return read(reply)
    }
    return { kind: 'silent' }
  }

  /** Null: something more urgent came. */
  async function answer(path: string, signal: AbortSignal, gaveWay: AbortSignal | null): Promise<Asked | null> {
    try {
      signal.throwIfAborted()
      return await question(path, signal)
    } catch (error) {
      if (gaveWay?.aborted) return null
      return { kind: isOdd(error) ? 'odd' : 'silent' }
    }
  }

  const inTurn = async (path: string, urgent: boolean): Promise<Asked | null> => {
    const gaveWay = urgent ? null : idle.signal
    // Counted from now, not from its turn: a door must not open for somebody who has left.
    const ends = [closed.signal, AbortSignal.timeout(2 * patience), ...(gaveWay === null ? [] : [gaveWay])]
    const hurry = urgent ? setTimeout(giveWay, HURRY) : undefined
    const turn = queue.then(() => {
      clearTimeout(hurry)
      return answer(path, AbortSignal.any(ends), gaveWay)
    })
    queue = turn
    return turn
  }

  const giveWay = () => {
    idle.abort()
    idle = new AbortController()
  }

  return {
    async ask(method, params, urgent = false) {
      const query = new URLSearchParams(params).toString()
      for (;;) {
        const asked = await inTurn(`/rpc/${method}${query && `?${query}`}`, urgent)
        if (asked !== null) return asked
      }
    },
    close() {
      closed.abort()
      agent.destroy()
    },
  }
}

class OddReply extends Error {}

/** What node:http says of an answer that is no HTTP begins with HPE_. */
function isOdd(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return error instanceof OddReply || (typeof code === 'string' && code.startsWith('HPE_'))
}

function read({ status, text }: Reply): Asked {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'odd' }
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { kind: 'odd' }
  if (status === 200) return { kind: 'reply', json: { ...json } }
  const { code } = json as { code?: unknown }
  return typeof code === 'number' ? { kind: 'refused', code } : { kind: 'odd' }
}
