// Door link v1 on the wire, up to the question itself: docs/door-link.md, "Open a session" and "Every other request".
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import v8 from 'node:v8'
import vm from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requestSignature } from '../../hardware/sim/door-link-crypto.ts'
import { createSessions, hmac, SESSION_SECONDS } from '../../src/main/door/sessions.ts'
import { allDoors, insertDoor, removeDoor, setDoorKey } from '../../src/main/store/doors.ts'
import { connect, type LinkSession, openSession, type Sent, send, type Wrong } from './controller.ts'
import { addPerson, createWorld, type TestDoor, type World } from './world.ts'

const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const NONCE = 'a'.repeat(32)
const CHECK = '/door/v1/check'
const TIME = '/door/v1/time'

let world: World
let front: TestDoor
let card: string
let session: LinkSession

const question = (id = randomUUID()) => JSON.stringify({ id, card })
const replay = (sent: Sent) => send(world.port, sent)
const unsigned = (status: number, error: string) => ({ status, json: { error }, signature: undefined })
const rows = () => world.log().rows.length

beforeAll(async () => {
  world = createWorld()
  front = { id: 'front', key: KEY }
  insertDoor(world.desk, { ...front, name: 'Front', driver: 'native', format: null, at: Date.now() })
  card = addPerson(world.desk).card
  await world.start()
})
afterAll(() => world.stop())
beforeEach(async () => {
  session = await connect(world.port, front)
})

describe('signatures', () => {
  test('the printed test vector comes out of what the desk signs with', () => {
    const tail = `front|${NONCE}|${'b'.repeat(32)}`
    expect(hmac(Buffer.from(KEY, 'hex'), `latchkey-server|${tail}`)).toBe(
      'bcd9fdfd940fe5049e7024ccb6e6196375d1d10ca073b7b39343c5505804e513',
    )
    const key = Buffer.from(hmac(Buffer.from(KEY, 'hex'), `latchkey-session|${tail}`), 'hex')
    expect(key.toString('hex')).toBe('fb0a86b415af4161c7b59bbc4c9e14b6aadc35666642db4bb15e24cd3321c6f5')
    const body = '{"id":"00000000-0000-4000-8000-000000000001","card":"6F007B3972"}'
    expect(hmac(key, `1\nPOST\n${CHECK}\n${body}`)).toBe(
      '1ec3392847fbe7b1a9ab7c2c273c3aeb6b76670cc655911da555ade94f4ce44a',
    )
    const answer = '{"grant":true,"reason":"ok","open_ms":3000,"receipt":"r1","list_rev":7}'
    expect(hmac(key, `1\n200\n${answer}`)).toBe('24c9f4db60272f46238ede8864183f4f99dd0cd7050f39b81632597fef9df9a6')
  })

  test('proof, session key and both signatures on the wire are made as they are written down', async () => {
    const mac = (key: Buffer, text: string) => createHmac('sha256', key).update(text, 'utf8').digest()
    const { json, status } = await openSession(world.port, { door: 'front', client_nonce: NONCE })
    expect(status).toBe(200)
    expect(Object.keys(json).toSorted()).toEqual(['expires_in', 'proof', 'server_nonce', 'session'])
    expect(json.server_nonce).toMatch(/^[0-9a-f]{32}$/)
    expect(json.expires_in).toBeGreaterThan(0)
    expect(json.expires_in).toBeLessThanOrEqual(3_600)
    const tail = `front|${NONCE}|${json.server_nonce}`
    expect(json.proof).toBe(mac(Buffer.from(KEY, 'hex'), `latchkey-server|${tail}`).toString('hex'))
    const key = mac(Buffer.from(KEY, 'hex'), `latchkey-session|${tail}`)
    const body = question()
    const headers = {
      'Latchkey-Session': json.session,
      'Latchkey-Seq': '1',
      'Latchkey-Signature': mac(key, `1\nPOST\n${CHECK}\n${body}`).toString('hex'),
    }
    const reply = await send(world.port, { method: 'POST', path: CHECK, headers, body })
    expect(reply.json).toMatchObject({ grant: true, reason: 'ok' })
    expect(reply.signature).toBe(mac(key, `1\n200\n${reply.text}`).toString('hex'))
  })

  test('the same client nonce never makes the same session twice', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => openSession(world.port, { door: 'front', client_nonce: NONCE })))
    expect(a?.json.server_nonce).not.toBe(b?.json.server_nonce)
    expect(a?.json.session).not.toBe(b?.json.session)
  })

  const bad: [string, (right: string) => string | undefined][] = [
    ['absent', () => undefined],
    ['empty', () => ''],
    ['in upper case', (right) => right.toUpperCase()],
    ['one digit short', (right) => right.slice(1)],
    ['one digit long', (right) => `${right}0`],
    ['of another digit', (right) => (right.startsWith('0') ? '1' : '0') + right.slice(1)],
    ['no hex', () => 'g'.repeat(64)],
    ['not even ASCII', () => 'é'.repeat(32)],
  ]
  test.each(bad)('one that is %s is refused, and uses up no number', async (_, spoil) => {
    const body = question()
    const right = requestSignature(session.key, { seq: 1, method: 'POST', path: CHECK, body })
    const reply = await session.ask('POST', CHECK, body, { seq: '1', signature: spoil(right) })
    expect(reply).toMatchObject(unsigned(401, 'bad-signature'))
    expect(await session.ask('POST', CHECK, body, { seq: '1' })).toMatchObject({ status: 200, signed: true })
  })

  const moved: [string, (sent: Sent) => Sent][] = [
    ['method', (sent) => ({ ...sent, method: 'PUT' })],
    ['path', (sent) => ({ ...sent, path: `${CHECK}/` })],
    ['query', (sent) => ({ ...sent, path: `${CHECK}?a=1` })],
    ['body', (sent) => ({ ...sent, body: `${sent.body} ` })],
    ['number', (sent) => ({ ...sent, headers: { ...sent.headers, 'latchkey-seq': '2' } })],
  ]
  test.each(moved)('one made for another %s is refused', async (_, move) => {
    const body = question()
    const signature = requestSignature(session.key, { seq: 1, method: 'POST', path: CHECK, body })
    const headers = { 'latchkey-session': session.id, 'latchkey-seq': '1', 'latchkey-signature': signature }
    const sent = { method: 'POST', path: CHECK, headers, body }
    expect(await replay(move(sent))).toMatchObject(unsigned(401, 'bad-signature'))
    expect(await replay(sent)).toMatchObject({ status: 200, json: { grant: true } })
  })

  test('a body sent in chunks is signed as the bytes that it is made of', async () => {
    const body = question()
    const signature = requestSignature(session.key, { seq: 1, method: 'POST', path: CHECK, body })
    const headers = { 'latchkey-session': session.id, 'latchkey-seq': '1', 'latchkey-signature': signature }
    const reply = await send(world.port, { method: 'POST', path: CHECK, headers, body }, { chunked: true })
    expect(reply).toMatchObject({ status: 200, json: { grant: true } })
  })
})

describe('opening a session', () => {
  const shapes: [string, unknown][] = [
    ['no JSON', '{"door":"front",'],
    ['nothing', ''],
    ['a list', []],
    ['null', null],
    ['no door', { client_nonce: NONCE }],
    ['a door that is a number', { door: 7, client_nonce: NONCE }],
    ['a door that is no id', { door: 'Front Door', client_nonce: NONCE }],
    ['a door with no name', { door: '', client_nonce: NONCE }],
    ['no nonce', { door: 'front' }],
    ['a short nonce', { door: 'front', client_nonce: 'a'.repeat(31) }],
    ['a long nonce', { door: 'front', client_nonce: 'a'.repeat(33) }],
    ['a nonce in upper case', { door: 'front', client_nonce: 'A'.repeat(32) }],
    ['a nonce that is no text', { door: 'front', client_nonce: [NONCE] }],
    ['an unknown door and a bad nonce', { door: 'nowhere', client_nonce: 'x' }],
  ]
  test.each(shapes)('with %s is 400', async (_, body) => {
    expect(await openSession(world.port, body)).toMatchObject(unsigned(400, 'bad-request'))
  })

  test('at a door that is not known, that was removed or that has no key is 401', async () => {
    world.addDoor('gone')
    removeDoor(world.desk, 'gone', { at: Date.now(), operator: 'owner', origin: 'desk-1' })
    insertDoor(world.desk, { id: 'board', name: 'Board', driver: 'uhppote', format: null, key: null, at: Date.now() })
    for (const door of ['nowhere', 'gone', 'board'])
      expect(await openSession(world.port, { door, client_nonce: NONCE })).toMatchObject(unsigned(401, 'unknown-door'))
  })

  test('ends the earlier one only once the new one was used with a valid signature', async () => {
    await session.time()
    const next = await connect(world.port, front)
    expect(await session.time()).toMatchObject({ status: 200, signed: true })
    expect(await next.ask('GET', TIME, '', { seq: '1', signature: '0'.repeat(64) })).toMatchObject({ status: 401 })
    expect(await session.time()).toMatchObject({ status: 200, signed: true })
    expect(await next.time()).toMatchObject({ status: 200, signed: true })
    expect(await session.time()).toMatchObject(unsigned(401, 'no-session'))
    expect(await next.time()).toMatchObject({ status: 200, signed: true })
  })

  test('one that was opened earlier and never used cannot be taken up after a newer one', async () => {
    const [older, newer] = [session, await connect(world.port, front)]
    await newer.time()
    expect(await older.time()).toMatchObject(unsigned(401, 'no-session'))
  })

  test('whatever was recorded of an old session is refused, and writes no row', async () => {
    const recorded = [await session.check(card), await session.time(), await session.check(card)]
    const next = await connect(world.port, front)
    await next.check(card)
    const before = rows()
    for (const { sent } of recorded) expect(await replay(sent)).toMatchObject(unsigned(401, 'no-session'))
    expect(rows()).toBe(before)
    expect(await next.time()).toMatchObject({ status: 200, signed: true })
  })

  test("is each door's own affair, and a session holds at its door alone", async () => {
    const back = world.addDoor('back')
    const other = await connect(world.port, back)
    await session.time()
    await other.time()
    expect(await session.time()).toMatchObject({ status: 200 })
    const body = question()
    const taken: Wrong = {
      session: other.id,
      seq: '9',
      signature: requestSignature(session.key, { seq: 9, method: 'POST', path: CHECK, body }),
    }
    expect(await session.ask('POST', CHECK, body, taken)).toMatchObject({ status: 401 })
  })

  test('a new key ends all sessions of the door at once, used or not', async () => {
    const door = world.addDoor('workshop')
    const used = await connect(world.port, door)
    await used.time()
    const unused = await connect(world.port, door)
    setDoorKey(world.desk, door.id, randomBytes(32).toString('hex'))
    expect(await used.time()).toMatchObject(unsigned(401, 'no-session'))
    expect(await unused.time()).toMatchObject(unsigned(401, 'no-session'))
    await expect(connect(world.port, door)).rejects.toThrow('proof')
    const key = allDoors(world.desk).find(({ id }) => id === door.id)?.key ?? ''
    expect(await (await connect(world.port, { ...door, key })).time()).toMatchObject({ status: 200, signed: true })
  })

  test('removing a door ends its sessions at once, also when it comes back with the same key', async () => {
    const door = world.addDoor('shed')
    const used = await connect(world.port, door)
    await used.time()
    const unused = await connect(world.port, door)
    removeDoor(world.desk, door.id, { at: Date.now(), operator: 'owner', origin: 'desk-1' })
    expect(await used.time()).toMatchObject(unsigned(401, 'no-session'))
    insertDoor(world.desk, { ...door, name: 'Shed', driver: 'native', format: null, at: Date.now() })
    expect(await used.time()).toMatchObject(unsigned(401, 'no-session'))
    expect(await unused.time()).toMatchObject(unsigned(401, 'no-session'))
    expect(await (await connect(world.port, door)).time()).toMatchObject({ status: 200, signed: true })
  })
})

describe('sessions that are never used', () => {
  const door = () => {
    const found = allDoors(world.desk).find(({ id }) => id === 'front')
    if (found === undefined) throw new Error('The front door is gone')
    return found
  }

  test('10,000 of them do not push out the one in use', async () => {
    await session.time()
    const [first, ...others] = await flood(10_000)
    expect(first).toMatch(/^HTTP\/1.1 200 /)
    expect(new Set(others.map((reply) => reply.slice(0, 12)))).toEqual(new Set(['HTTP/1.1 200']))
    expect(await session.check(card)).toMatchObject({ status: 200, json: { grant: true } })
  })

  test('10,000 of them cost no memory', () => {
    v8.setFlagsFromString('--expose-gc')
    const collect = vm.runInNewContext('gc') as () => void
    const sessions = createSessions(() => performance.now())
    const open = (times: number) => {
      for (let n = 0; n < times; n++) sessions.open(door(), randomBytes(16).toString('hex'))
      collect()
      return process.memoryUsage().heapUsed
    }
    const before = open(1_000)
    expect(open(10_000) - before).toBeLessThan(200_000)
  })

  test('a session ends after its seconds by a clock that nobody can set', () => {
    let now = 5_000
    const sessions = createSessions(() => now)
    const used = sessions.open(door(), NONCE)
    sessions.find(used.session, door())?.commit()
    now += SESSION_SECONDS * 1_000 - 1
    const unused = sessions.open(door(), NONCE)
    expect(sessions.find(used.session, door())).not.toBeNull()
    now += 1
    expect(sessions.find(used.session, door())).toBeNull()
    expect(sessions.find(unused.session, door())).not.toBeNull()
  })

  /** Ten at a time over a few connections, which is as fast as a stranger is let. */
  async function flood(count: number): Promise<string[]> {
    const net = await import('node:net')
    const body = JSON.stringify({ door: 'front', client_nonce: NONCE })
    const request = `POST /door/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const each = count / 4
    const replies = [1, 2, 3, 4].map(
      () =>
        new Promise<string[]>((resolve, reject) => {
          const found: string[] = []
          let text = ''
          const socket = net.connect(world.port, '127.0.0.1', () => socket.write(request.repeat(10)))
          socket.on('error', reject)
          socket.on('data', (part) => {
            text += part
            const ten = text.split(/(?=HTTP\/1\.1 )/)
            if (ten.length < 10 || !text.endsWith('}')) return
            found.push(...ten)
            text = ''
            if (found.length < each) return void socket.write(request.repeat(10))
            socket.destroy()
            resolve(found)
          })
        }),
    )
    return (await Promise.all(replies)).flat()
  }
})

describe('numbers', () => {
  const refused: [string, string | undefined][] = [
    ['none', undefined],
    ['nothing', ''],
    ['zero', '0'],
    ['minus one', '-1'],
    ['a zero in front', '01'],
    ['a sign', '+1'],
    ['a point', '1.0'],
    ['an exponent', '1e3'],
    ['hex', '0x1'],
    ['a list', '1, 2'],
    ['a space within', '1 2'],
    ['other digits', '١'],
    ['2^53', '9007199254740992'],
    ['more than 2^53', '9007199254740993'],
    ['twenty digits', '1'.repeat(20)],
  ]
  test.each(refused)('%s is no number: 400, unsigned', async (_, seq) => {
    const ascii = seq === undefined ? undefined : Buffer.from(seq).toString('latin1')
    expect(await session.ask('GET', TIME, '', { seq: ascii })).toMatchObject(unsigned(400, 'bad-request'))
  })

  test('rise strictly: an equal one and a lower one are replays, a gap is none', async () => {
    const ask = (seq: string) => session.ask('GET', TIME, '', { seq })
    expect(await ask('5')).toMatchObject({ status: 200 })
    for (const seq of ['5', '4', '1'])
      expect(await ask(seq)).toMatchObject({ status: 409, json: { error: 'replayed' }, signed: true })
    expect(await ask('6')).toMatchObject({ status: 200 })
    expect(await ask('4000')).toMatchObject({ status: 200 })
    expect(await ask('3999')).toMatchObject({ status: 409, signed: true })
  })

  test('go up to 2^53 - 1, and then a new session is needed', async () => {
    expect(await session.ask('GET', TIME, '', { seq: '9007199254740991' })).toMatchObject({ status: 200, signed: true })
    expect(await session.ask('GET', TIME, '', { seq: '9007199254740991' })).toMatchObject({ status: 409 })
    expect(await (await connect(world.port, front)).time()).toMatchObject({ status: 200 })
  })

  test.each(['no JSON', '[]', '{"id":"short","card":"x"}'])('are used up also by a bad body: %s', async (body) => {
    expect(await session.ask('POST', CHECK, body, { seq: '3' })).toMatchObject({ status: 400, signed: true })
    expect(await session.ask('POST', CHECK, question(), { seq: '3' })).toMatchObject({ status: 409, signed: true })
  })

  test('are used up before anything is waited for: of two that come at once with the same number one is a replay', async () => {
    await session.time()
    const both = await Promise.all([1, 2].map(() => session.ask('POST', CHECK, question(), { seq: '2' })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('a request that was recorded and comes again in the same session opens nothing', async () => {
    const { sent } = await session.check(card)
    const before = rows()
    expect(await replay(sent)).toMatchObject({ status: 409, json: { error: 'replayed' } })
    expect(rows()).toBe(before)
  })
})

describe('the order of the checks', () => {
  const tooLong = 'x'.repeat(64 * 1024 + 1)
  const wrongSignature = '0'.repeat(64)
  const table: [string, { body: string; wrong: Wrong }, { status: number; error: string; signed: boolean }][] = [
    [
      'too large comes before everything',
      { body: tooLong, wrong: { seq: undefined, session: undefined, signature: undefined } },
      { status: 413, error: 'too-large', signed: false },
    ],
    [
      'no session header comes before the signature and the body',
      { body: 'no JSON', wrong: { session: undefined, signature: wrongSignature } },
      { status: 400, error: 'bad-request', signed: false },
    ],
    [
      'a number of no form comes before a session that is not known',
      { body: 'no JSON', wrong: { seq: '01', session: 'nobody', signature: undefined } },
      { status: 400, error: 'bad-request', signed: false },
    ],
    [
      'a session that is not known comes before the signature',
      { body: 'no JSON', wrong: { session: 'nobody', signature: undefined } },
      { status: 401, error: 'no-session', signed: false },
    ],
    [
      'a wrong signature comes before a number that is used up',
      { body: 'no JSON', wrong: { seq: '1', signature: wrongSignature } },
      { status: 401, error: 'bad-signature', signed: false },
    ],
    [
      'a number that is used up comes before the body',
      { body: 'no JSON', wrong: { seq: '1' } },
      { status: 409, error: 'replayed', signed: true },
    ],
    ['a bad body comes last', { body: 'no JSON', wrong: {} }, { status: 400, error: 'bad-request', signed: true }],
  ]
  test.each(table)('%s', async (_, { body, wrong }, { status, error, signed }) => {
    await session.time()
    expect(await session.ask('POST', CHECK, body, wrong)).toMatchObject({ status, json: { error }, signed })
  })

  test.each([
    '',
    ' ',
    'x',
    '1.2.front.',
    `1.1.front.${NONCE}.${NONCE}`,
    `1.1.nowhere.${NONCE}.${NONCE}`,
    '../../desk.db',
    "' OR 1=1 --",
  ])('any text that is not a live session of ours is no session: "%s"', async (text) => {
    expect(await session.ask('GET', TIME, '', { session: text })).toMatchObject(unsigned(401, 'no-session'))
  })

  test('a session id of which one character was changed is no session', async () => {
    for (let at = 0; at < session.id.length; at += 7) {
      const other = session.id[at] === '0' ? '1' : '0'
      const changed = session.id.slice(0, at) + other + session.id.slice(at + 1)
      expect(await session.ask('GET', TIME, '', { session: changed })).toMatchObject(unsigned(401, 'no-session'))
    }
  })

  test.each([false, true])('64 KiB are taken and one byte more is not (in chunks: %s)', async (chunked) => {
    const full = `${question().slice(0, -1)},"x":"`.padEnd(64 * 1024 - 2, 'x').concat('"}')
    const sender = await connect(world.port, front, { chunked })
    expect(Buffer.byteLength(full)).toBe(64 * 1024)
    expect(await sender.ask('POST', CHECK, full)).toMatchObject({ status: 200, json: { grant: true } })
    expect(await sender.ask('POST', CHECK, `${full} `)).toMatchObject({ status: 413, signed: false })
    expect(await openSession(world.port, `${full} `, { chunked })).toMatchObject({ status: 413 })
    expect(await sender.time()).toMatchObject({ status: 200, signed: true })
  })

  test.each([
    ['POST', '/door/v1/list?since=0'],
    ['GET', '/door/v1/events'],
    ['GET', CHECK],
    ['POST', TIME],
    ['GET', '/'],
  ])('what this version does not have is 404, and signed: %s %s', async (method, path) => {
    expect(await session.ask(method, path)).toMatchObject({ status: 404, json: { error: 'not-found' }, signed: true })
  })

  test('nothing is told to somebody without a session, whatever they ask for', async () => {
    for (const path of ['/', TIME, '/door/v1/list', '/favicon.ico'])
      expect(await send(world.port, { method: 'GET', path, headers: {}, body: '' })).toMatchObject(
        unsigned(400, 'bad-request'),
      )
  })
})

describe('the time', () => {
  test("is the desk's, with the mode of the door", async () => {
    world.offset[0] = 40 * 86_400_000
    try {
      const { json } = await session.time()
      expect(Object.keys(json)).toEqual(['now', 'list_rev', 'mode', 'mode_for'])
      expect(json).toMatchObject({ mode: 'normal', mode_for: 0 })
      expect(json.now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(Math.abs(Date.parse(json.now) - Date.now() - 40 * 86_400_000)).toBeLessThan(2_000)
    } finally {
      world.offset[0] = 0
    }
  })

  test('it shows the desk that the door is alive; a wrong signature does not', async () => {
    const door = world.addDoor('lamp')
    const alive = await connect(world.port, door)
    await alive.ask('GET', TIME, '', { signature: '0'.repeat(64) })
    await session.time()
    expect(world.seen).not.toContain('lamp')
    await alive.time()
    await expect.poll(() => world.seen).toContain('lamp')
  })
})

test('in all this nothing broke inside', () => {
  expect(world.lines).toEqual([])
  expect(world.log().firstBad).toBeNull()
})
