// What an enemy sends who hears everything on the wire and holds no key.
import type { Sent } from '../door/controller.ts'
import { strangeBody, strangeEvents, strangeQuery } from './bodies.ts'
import type { Random } from './random.ts'

/** What was heard so far. */
export type Overheard = { requests: readonly Sent[]; sessions: readonly string[] }

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'M-SEARCH']
const PATHS = [
  '/door/v1/session',
  '/door/v1/check',
  '/door/v1/time',
  '/door/v1/list?since=0',
  '/door/v1/events',
  '/',
  '//',
  'http://x/door/v1/check',
  '/door/v1/../v1/check',
  '/door/v1/check?%00',
  `/${'a'.repeat(5_000)}`,
]
const NUMBERS = ['1', '0', '01', '+1', '', '1, 2', '9007199254740991', '9007199254740992', '1'.repeat(400)]

/** A request as it stands on the wire; `more` are lines of its head. */
export function written({ method, path, headers, body }: Sent, more = ''): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = Buffer.byteLength(body)
  const head = `${method} ${path} HTTP/1.1\r\nHost: door\r\n${lines.join('')}${more}Content-Length: ${length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])
}

/** One that is well formed, so that it must be answered. */
export function politeAttack(random: Random, { requests, sessions }: Overheard): Buffer {
  const { below, pick, hex } = random
  const old = pick(requests)
  const as = (change: Partial<Sent>, headers: Record<string, string> = {}) =>
    written({ ...old, ...change, headers: { ...old.headers, ...headers } })
  switch (below(9)) {
    case 0:
      return written(old)
    case 1:
      return as({}, { 'latchkey-seq': String(below(2 ** 31)) })
    case 2:
      return as({ body: mutate(random, Buffer.from(old.body)) }, { 'latchkey-session': pick(sessions) })
    case 3:
      return as({}, { 'latchkey-session': changed(random, pick(sessions)) })
    case 4:
      return as({}, { 'latchkey-signature': changed(random, old.headers['latchkey-signature'] ?? '') })
    case 5:
      return written({ method: 'POST', path: '/door/v1/session', headers: {}, body: strangeBody(random) })
    case 6:
      return as({ method: 'GET', path: `/door/v1/list${strangeQuery(random)}`, body: '' })
    case 7:
      return as({ method: 'POST', path: '/door/v1/events', body: strangeEvents(random) })
    default: {
      const headers = {
        'latchkey-session': pick([pick(sessions), hex(64), '', `1.1.front.${hex(32)}.${hex(32)}`]),
        'latchkey-seq': pick(NUMBERS),
        'latchkey-signature': pick([
          hex(64),
          hex(63),
          hex(64).toUpperCase(),
          '',
          old.headers['latchkey-signature'] ?? '',
        ]),
      }
      const body = below(20) === 0 ? 'x'.repeat(64 * 1024 + 1 + below(3_000)) : strangeBody(random)
      return written({ method: pick(METHODS), path: pick(PATHS), headers, body })
    }
  }
}

/** One of which nobody can say where it ends. */
export function rudeAttack(random: Random, heard: Overheard): Buffer {
  const { below, pick } = random
  const old = pick(heard.requests)
  switch (below(6)) {
    case 0:
      return mutate(random, written(old))
    case 1:
      return random.bytes(below(3_000))
    case 2: {
      const whole = written(old)
      return whole.subarray(0, below(whole.length))
    }
    case 3:
      // Several in one breath, the last of them spoilt.
      return Buffer.concat([
        written(old),
        ...Array.from({ length: pick([0, 1, 1, 2, 3, 30]) }, () => politeAttack(random, heard)),
        mutate(random, written(old)),
      ])
    default:
      return badlyFramed(random, old)
  }
}

function badlyFramed({ below, pick, bytes }: Random, old: Sent): Buffer {
  const session = `Latchkey-Session: ${old.headers['latchkey-session']}\r\n`
  const head = `POST /door/v1/check HTTP/1.1\r\nHost: door\r\n${session}`
  const body = String(old.body)
  const chunks = [...body].map((letter) => `1\r\n${letter}\r\n`).join('')
  const shapes: (() => string | Buffer)[] = [
    () =>
      `${head}Transfer-Encoding: chunked\r\n\r\n${pick(['zz', '-1', 'ffffffffffffffff', '5;x=y'])}\r\nhello\r\n0\r\n\r\n`,
    () => `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}${pick(['0\r\n\r\n', '0\r\nX: y\r\n\r\n', '', '0\r\n'])}`,
    () => `${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`,
    () =>
      `${head}Transfer-Encoding: chunked\r\n\r\n${'400\r\n'
        .padEnd(0x400 + 5, 'x')
        .concat('\r\n')
        .repeat(below(70))}`,
    () => `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`,
    () => `${head}Content-Length: ${pick(['-1', '1e3', '+5', '99999999999999999999', ''])}\r\n\r\nhello`,
    () => `${head}Content-Length: 65537\r\n\r\n${'x'.repeat(65_537)}`,
    () => `${head}Content-Length: 300000\r\n\r\n${'x'.repeat(below(300_000))}`,
    () => `${head}Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n`,
    () => `${head}Expect: ${pick(['100-continue', 'a miracle'])}\r\nContent-Length: 2\r\n\r\n{}`,
    () => `${head}Upgrade: ${pick(['websocket', 'h2c'])}\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n`,
    () => `${head}Latchkey-Session: again\r\nLatchkey-Seq: 1\r\nLatchkey-Seq: 2\r\n\r\n`,
    () => written(old, session),
    () => written(old, `Latchkey-Signature: ${old.headers['latchkey-signature']}\r\n`),
    () => `${head}X: ${'y'.repeat(below(20_000))}\r\n\r\n`,
    () => `${head}${'A: b\r\n'.repeat(below(3_000))}\r\n`,
    () => `${head.replaceAll('\r\n', '\n')}\n`,
    () => `${head} folded: yes\r\n\r\n`,
    () => `${head}${pick([' : x', 'X', 'X:\0', '\u0001: x', 'Host: again'])}\r\n\r\n`,
    () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    () =>
      `${pick(['HEAD', 'CONNECT', 'get', 'PO ST', 'QUERY'])} ${pick(['*', '/door/v1/time', 'x:1'])} HTTP/1.1\r\nHost: x\r\n\r\n`,
    () => `GET /${'a'.repeat(9_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    () => `GET /door/v1/time HTTP/${pick(['1.0', '0.9', '1.2', '9.9'])}\r\n\r\n`,
    () => `${head}Connection: close\r\nContent-Length: 0\r\n\r\n${head}`,
    () => `${head}Content-Length: 10\r\n\r\nhel`,
    () => Buffer.concat([Buffer.from(`${head}Content-Length: 40\r\n\r\n`), bytes(40)]),
  ]
  const shape = pick(shapes)()
  return typeof shape === 'string' ? Buffer.from(shape, 'latin1') : shape
}

/** A text of which one character is another. */
function changed({ below, hex }: Random, text: string): string {
  const at = below(text.length)
  return text.slice(0, at) + hex(1) + text.slice(at + 1)
}

/** Some bytes taken out, put in, doubled or changed. */
function mutate({ below, bytes }: Random, text: Buffer): Buffer {
  let left = text
  for (let n = 1 + below(4); n > 0; n -= 1) {
    const at = below(left.length)
    const [before, after] = [left.subarray(0, at), left.subarray(at)]
    switch (below(4)) {
      case 0:
        left = Buffer.concat([before, after.subarray(1 + below(20))])
        break
      case 1:
        left = Buffer.concat([before, bytes(1 + below(8)), after])
        break
      case 2:
        left = Buffer.concat([before, after.subarray(0, 1 + below(60)), after])
        break
      default:
        left = Buffer.concat([before, bytes(1), after.subarray(1)])
    }
  }
  return left
}
