// An enemy on the wire who hears everything and sends whatever comes to mind, framing included: no crash, no hang, no grant.
// LATCHKEY_FUZZ=20000 makes it a long one, LATCHKEY_FUZZ_SEED another one.
import net from 'node:net'
import { expect, test } from 'vitest'
import { connect, type LinkSession, type Sent } from './controller.ts'
import { addPerson, newCard, worldForTest } from './world.ts'

const REQUESTS = Number(process.env.LATCHKEY_FUZZ ?? 1_000)
const SEED = Number(process.env.LATCHKEY_FUZZ_SEED ?? 20_261_120)
const AT_ONCE = 50

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const random = randomFrom(SEED)
const below = (n: number) => Math.floor(random() * n)
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join('')
const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)))

const METHODS = ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'CONNECT', 'TRACE', 'get', 'PO ST', 'M-SEARCH']
const PATHS = [
  '/door/v1/session',
  '/door/v1/check',
  '/door/v1/time',
  '/door/v1/list?since=0',
  '/door/v1/events',
  '/',
  '*',
  '//',
  'http://x/door/v1/check',
  '/door/v1/../v1/check',
  '/door/v1/check?%00',
  `/${'a'.repeat(5_000)}`,
  `/${'a'.repeat(9_000)}`,
]
const VALUES: (() => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => '',
  () => 'front',
  () => '__proto__',
  () => '\ud800',
  () => 'em:6F007B3972',
  () => hex(32),
  () => hex(below(80)),
  () => bytes(below(40)).toString('latin1'),
  () => [],
  () => ({}),
  () => '9'.repeat(below(300)),
  () => '00000000-0000-4000-8000-000000000001',
]
const KEYS = ['door', 'client_nonce', 'id', 'card', 'format', '__proto__', 'constructor', 'toString', 'x']

function json(): string {
  const entries = Array.from(
    { length: below(5) },
    () => `${JSON.stringify(pick(KEYS))}:${JSON.stringify(pick(VALUES)())}`,
  )
  const text = `{${entries.join(',')}}`
  switch (below(6)) {
    case 0:
      return text.slice(0, below(text.length))
    case 1:
      return '['.repeat(below(5_000))
    case 2:
      return JSON.stringify({ door: 'front', client_nonce: hex(32) })
    default:
      return text
  }
}

/** A text with some characters taken out, doubled or changed. */
function mutate(text: Buffer): Buffer {
  const parts = [...text]
  for (let n = 1 + below(4); n > 0; n--) {
    const at = below(parts.length)
    switch (below(4)) {
      case 0:
        parts.splice(at, 1 + below(20))
        break
      case 1:
        parts.splice(at, 0, ...bytes(1 + below(8)))
        break
      case 2:
        parts.splice(at, 0, ...parts.slice(at, at + 1 + below(60)))
        break
      default:
        parts[at] = below(256)
    }
  }
  return Buffer.from(parts)
}

function raw({ method, path, headers, body }: Sent): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = Buffer.byteLength(body)
  const head = `${method} ${path} HTTP/1.1\r\nHost: door\r\n${lines.join('')}Content-Length: ${length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])
}

/** What the enemy sends next, having heard `heard`. */
function attack(heard: readonly Sent[], sessions: readonly string[]): Buffer {
  const old = pick(heard)
  switch (below(9)) {
    case 0:
      return raw(old)
    case 1:
      return mutate(raw(old))
    case 2:
      return raw({ ...old, headers: { ...old.headers, 'latchkey-seq': String(below(2 ** 31)) } })
    case 3:
      return raw({
        ...old,
        headers: { ...old.headers, 'latchkey-session': pick(sessions) },
        body: mutate(Buffer.from(old.body)),
      })
    case 4: {
      const headers = {
        'latchkey-session': pick([pick(sessions), hex(64), '', `1.1.front.${hex(32)}.${hex(32)}`]),
        'latchkey-seq': pick(['1', '0', '01', '+1', '9007199254740991', '9007199254740992', hex(4)]),
        'latchkey-signature': pick([
          hex(64),
          hex(63),
          hex(64).toUpperCase(),
          '',
          old.headers['latchkey-signature'] ?? '',
        ]),
      }
      return raw({ method: pick(METHODS), path: pick(PATHS), headers, body: json() })
    }
    case 5:
      return raw({ method: 'POST', path: '/door/v1/session', headers: {}, body: json() })
    case 6:
      return bytes(below(3_000))
    case 7:
      return framing(old)
    default:
      return Buffer.concat([raw(old), raw({ ...old, body: json() }), mutate(raw(old))])
  }
}

function framing(old: Sent): Buffer {
  const head = `POST /door/v1/check HTTP/1.1\r\nHost: door\r\nLatchkey-Session: ${old.headers['latchkey-session']}\r\n`
  return Buffer.from(
    pick([
      () =>
        `${head}Transfer-Encoding: chunked\r\n\r\n${pick(['zz', '-1', 'ffffffffffffffff', '5;x=y'])}\r\nhello\r\n0\r\n\r\n`,
      () => `${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`,
      () => `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`,
      () => `${head}Content-Length: ${pick(['-1', '1e3', '+5', '99999999999999999999', ''])}\r\n\r\nhello`,
      () => `${head}Content-Length: 65537\r\n\r\n${'x'.repeat(65_537)}`,
      () => `${head}Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n`,
      () => `${head}Expect: ${pick(['100-continue', 'a miracle'])}\r\nContent-Length: 2\r\n\r\n{}`,
      () => `${head}Upgrade: ${pick(['websocket', 'h2c'])}\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n`,
      () => `${head}Latchkey-Session: again\r\nLatchkey-Seq: 1\r\nLatchkey-Seq: 2\r\n\r\n`,
      () => `${head}X: ${'y'.repeat(below(20_000))}\r\n\r\n`,
      () => `${head}${'A: b\r\n'.repeat(below(3_000))}\r\n`,
      () => `${head.replaceAll('\r\n', '\n')}\n`,
      () => `${head} folded: yes\r\n\r\n`,
      () => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
      () => `GET /door/v1/time HTTP/${pick(['1.0', '0.9', '1.2', '9.9'])}\r\n\r\n`,
      () => `${head}Content-Length: 10\r\n\r\nhel`,
    ])(),
    'latin1',
  )
}

/** Everything that comes back until the server closes, has answered, or has been silent for a while. */
function throwAt(port: number, what: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = net.connect(port, '127.0.0.1', () => socket.write(what, () => undefined))
    const finish = () => {
      socket.destroy()
      resolve(heard)
    }
    // What is cut off gets no answer; the server waits for the rest, and need not wait for ours.
    socket.setTimeout(25, finish)
    socket.on('data', (part) => {
      heard += part.toString('latin1')
    })
    socket.on('error', finish)
    socket.on('close', finish)
  })
}

test(`${REQUESTS} random and mutated requests open nothing, break nothing and hold nobody up`, {
  timeout: 900_000,
}, async () => {
  const world = worldForTest()
  const front = world.addDoor('front')
  const { card } = addPerson(world.desk)
  const { port } = await world.start()
  let session: LinkSession = await connect(port, front)
  const sessions = [session.id]
  const heard: Sent[] = []
  let answered = 0
  const probe = async () => {
    const start = performance.now()
    const reply = await session.check(card)
    expect(reply).toMatchObject({ status: 200, json: { grant: true }, signed: true })
    expect(performance.now() - start).toBeLessThan(2_000)
    heard.push(reply.sent)
    answered += 1
  }
  await probe()

  const statuses = new Map<string, number>()
  for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
    const replies = await Promise.all(Array.from({ length: AT_ONCE }, () => throwAt(port, attack(heard, sessions))))
    for (const reply of replies) {
      expect(reply).not.toContain('"grant"')
      for (const [, status = ''] of reply.matchAll(/HTTP\/1\.1 (\d{3})/g))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    // The holder of the key says strange things too, about cards that nobody has.
    const strange = await session.ask(pick(['POST', 'GET', 'PUT']), pick(PATHS.slice(0, 5)), json())
    expect(strange.json?.grant ?? false).toBe(false)
    if (strange.json?.receipt !== undefined) answered += 1
    expect((await session.check(newCard())).json).toMatchObject({ grant: false, reason: 'unknown-card' })
    answered += 1
    if (below(4) === 0) {
      session = await connect(port, front)
      sessions.push(session.id)
    }
    await probe()
  }
  if (process.env.LATCHKEY_FUZZ) console.log(Object.fromEntries(statuses))
  // The whole of the protocol was met, not only the parser of HTTP.
  for (const status of ['200', '400', '401', '409', '413']) expect(statuses.get(status), status).toBeGreaterThan(0)
  expect(world.lines).toEqual([])
  const { rows, firstBad } = world.log()
  expect({ rows: rows.length, firstBad }).toEqual({ rows: answered, firstBad: null })
})
