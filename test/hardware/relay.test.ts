import { randomBytes } from 'node:crypto'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Device, type DeviceNews, DeviceSilent } from '../../hardware/controller.ts'
import { openRelay, type RelayOptions } from '../../hardware/controllers/relay.ts'
import { type Shelly, type ShellyOptions, startShelly } from '../../hardware/sim/shelly.ts'
import { until } from './until.ts'

const PASSWORD = 'p@ss:w/ö rd%"'
/** Longer than at a door: the tests' computer may be busy. */
const PATIENCE = 10_000
let clock = 0
const undo: (() => unknown)[] = []

afterEach(async () => {
  vi.useRealTimers()
  for (const step of undo.splice(0).reverse()) await step()
})

async function shelly(options: Partial<ShellyOptions> = {}): Promise<Shelly> {
  clock = 1_000
  const relay = await startShelly({ now: () => clock, random: randomBytes, ...options })
  undo.push(() => relay.close())
  return relay
}

type Told = { heard: DeviceNews[]; lost: number; troubles: (string | null)[]; order: string[] }
function open(url: string, options: Partial<RelayOptions> = {}): { device: Device; told: Told } {
  const told: Told = { heard: [], lost: 0, troubles: [], order: [] }
  const never = () => {
    throw new Error('A relay holds no cards and tells of nothing.')
  }
  const device = openRelay({
    url,
    doors: [{ id: 'front', output: 1, openMs: 3_000, format: null }],
    now: () => 0,
    wall: never,
    fromWall: never,
    storedTo: 0,
    holidays: () => [],
    patience: PATIENCE,
    events: {
      heard(news) {
        told.heard.push(news)
      },
      lost() {
        told.lost += 1
      },
      trouble(sentence) {
        told.troubles.push(sentence)
      },
      asked: never,
      happened: never,
    },
    ...options,
  })
  undo.push(() => device.close())
  return { device, told }
}

const at = (port: number, { password = '', id = '' } = {}) =>
  `http://${password && `admin:${encodeURIComponent(password)}@`}127.0.0.1:${port}${id && `/?id=${id}`}`
const sets = (relay: Shelly) => relay.done.filter((done) => done.startsWith('Switch.Set'))
/** As the interval would, without waiting for it. */
const fakeInterval = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
const reasonOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(DeviceSilent)
  return (error as Error).message
}

/** What is no relay, or not this one: answers as it likes. */
async function server(answer: http.RequestListener): Promise<number> {
  const listening = http.createServer(answer)
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  undo.push(() => {
    listening.closeAllConnections()
    return new Promise((resolve) => listening.close(resolve))
  })
  return (listening.address() as AddressInfo).port
}
const INFO = { gen: 2, ver: '1.7.5' }
const STATUS = { 'switch:0': { id: 0, output: false } }
const json = (response: http.ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

describe('a relay', () => {
  test('opens for whole seconds, from one to sixty, and locks by its own clock', async () => {
    const relay = await shelly()
    const { device } = open(at(relay.port))
    for (const ms of [2_001, 1, 90_000]) await device.open('front', ms)
    expect(sets(relay)).toEqual([3, 1, 60].map((seconds) => `Switch.Set?id=0&on=true&toggle_after=${seconds}`))
    expect(relay.isOn()).toBe(true)
    clock += 60_000
    expect(relay.isOn()).toBe(false)
  })

  test('is held open by a lease of a minute, and locked at once', async () => {
    const relay = await shelly()
    const { device } = open(at(relay.port))
    await device.holdOpen('front')
    clock += 59_999
    expect(relay.isOn()).toBe(true)
    await device.holdOpen('front')
    clock += 59_999
    expect(relay.isOn()).toBe(true)
    await device.lock('front')
    expect(relay.isOn()).toBe(false)
    expect(sets(relay).at(-1)).toBe('Switch.Set?id=0&on=false')
  })

  test('holds no cards, keeps none, and is told nothing before somebody opens', async () => {
    const relay = await shelly()
    const { device, told } = open(at(relay.port))
    expect(await device.read()).toEqual({ cards: [], otherDesk: null, newest: null })
    device.takeOver('front', null)
    const wanted = { card: '0008075634', until: 1, lastDay: '2026-01-01', hours: [] }
    const held = await device.apply([
      { door: 'front', card: '0008075634', wanted },
      { door: 'front', card: '0012314706', wanted: null },
    ])
    expect(held).toEqual([
      { door: 'front', card: '0008075634', terms: null },
      { door: 'front', card: '0012314706', terms: null },
    ])
    expect(sets(relay)).toEqual([])
    expect(told).toMatchObject({ heard: [{ firmware: '2.0.0' }], lost: 0, troubles: [] })
  })

  test('has a door at each of its switches, counted from the one in its address', async () => {
    const relay = await shelly({ switches: 3 })
    const doors = [
      { id: 'front', output: 1, openMs: 3_000, format: null },
      { id: 'shop', output: 2, openMs: 3_000, format: null },
    ]
    const { device, told } = open(at(relay.port, { id: '1' }), { doors })
    await device.open('shop', 3_000)
    expect([0, 1, 2].map((id) => relay.isOn(id))).toEqual([false, false, true])
    await device.open('front', 3_000)
    expect([0, 1, 2].map((id) => relay.isOn(id))).toEqual([false, true, true])
    await device.read()
    expect(told.troubles).toEqual([])
    expect(await reasonOf(device.open('attic', 3_000))).toContain('has no door attic')
  })

  test('without such a switch is named', async () => {
    const relay = await shelly()
    const { device, told } = open(at(relay.port, { id: '4' }))
    await reasonOf(device.read())
    expect(told.troubles).toEqual([
      `The relay at 127.0.0.1:${relay.port} has no switch 4. Check the number in its address.`,
    ])
    expect(await reasonOf(device.open('front', 1_000))).toContain('did not say that it has')
  })

  test('that was switched on by hand is named until it is off again', async () => {
    const relay = await shelly()
    const { device, told } = open(at(relay.port))
    await device.open('front', 3_000)
    await device.read()
    expect(told.troubles).toEqual([])
    relay.press(true)
    await device.read()
    relay.press(false)
    await device.read()
    expect(told.troubles).toEqual([expect.stringContaining('is on with no end'), null])
    expect(told.lost).toBe(0)
  })
})

describe('with a password', () => {
  test('any will do, percent-encoded, and one nonce serves many requests', async () => {
    const relay = await shelly({ password: PASSWORD })
    const { device, told } = open(at(relay.port, { password: PASSWORD }))
    for (let times = 0; times < 100; times += 1) await device.open('front', 1_000)
    await device.read()
    expect(sets(relay)).toHaveLength(100)
    // It gives no more than 32 in an hour without a pause.
    expect(told).toMatchObject({ lost: 0, troubles: [] })
  })

  test('a nonce that has run out or was forgotten costs a question and no opening', async () => {
    const relay = await shelly({ password: PASSWORD })
    const { device, told } = open(at(relay.port, { password: PASSWORD }))
    await device.open('front', 1_000)
    clock += 3_600_000
    await device.open('front', 1_000)
    relay.forgetNonces()
    await device.open('front', 1_000)
    expect(sets(relay)).toHaveLength(3)
    expect(told.troubles).toEqual([])
  })

  test('an older firmware, which does not say that a nonce is stale, is understood', async () => {
    let nonce = 0
    const port = await server((request, response) => {
      const signed = request.headers.authorization?.includes(`nonce="${nonce}"`)
      nonce += 1
      if (signed) return json(response, { was_on: false })
      response.setHeader('www-authenticate', `Digest qop="auth", realm="s", nonce="${nonce}", algorithm=SHA-256`)
      json(response, {}, 401)
    })
    const { device } = open(at(port, { password: 'x' }))
    for (let times = 0; times < 3; times += 1) await device.open('front', 1_000)
  })

  test('the wrong one is tried once a minute, named, and stands in no message', async () => {
    fakeInterval()
    const relay = await shelly({ password: 'another' })
    const { device, told } = open(at(relay.port, { password: PASSWORD }))
    await until('it is told', () => told.troubles.length === 1)
    const sentence = `The relay at 127.0.0.1:${relay.port} does not take this password. Give the one that is set in the relay.`
    expect(told).toMatchObject({ troubles: [sentence], lost: 1, heard: [] })
    const before = relay.done.length
    vi.advanceTimersByTime(50_000)
    const said = await reasonOf(device.open('front', 1_000))
    expect(relay.done).toHaveLength(before)
    vi.advanceTimersByTime(60_000)
    await until('it is asked again', () => relay.done.length > before)
    expect(relay.isOn()).toBe(false)
    for (const text of [sentence, said]) expect(text).not.toMatch(/p@ss|p%40ss|another/)
  })

  test('with none where one is set, the password is asked for', async () => {
    const relay = await shelly({ password: 'another' })
    const { device, told } = open(at(relay.port))
    await reasonOf(device.read())
    expect(told.troubles).toEqual([expect.stringContaining('does not take this password')])
  })

  test('after too many wrong sign-ins by anybody it says to wait, and opens again afterwards', async () => {
    const relay = await shelly({ password: PASSWORD })
    const guesser = open(at(relay.port, { password: 'guess' }))
    for (let tried = 0; tried < 10; tried += 1) await reasonOf(guesser.device.open('front', 1_000))
    const { device, told } = open(at(relay.port, { password: PASSWORD }))
    await reasonOf(device.open('front', 1_000))
    expect(told.troubles.at(-1)).toContain('takes no sign-in for some minutes')
    clock += 600_000
    await device.open('front', 1_000)
    expect(relay.isOn()).toBe(true)
  })
})

describe('while nothing answers', () => {
  test('it is lost once and named, and heard of again when it is back', async () => {
    fakeInterval()
    const relay = await shelly()
    const { device, told } = open(at(relay.port), { patience: 100 })
    await until('it is heard of', () => told.heard.length === 1)
    relay.cutOff(true)
    vi.advanceTimersByTime(10_000)
    await until('it is lost', () => told.lost === 1)
    // The second look is one more of the same and tells nothing.
    await reasonOf(device.read())
    expect(told).toMatchObject({ lost: 1, troubles: [expect.any(String)] })
    expect(told.troubles[0]).toBe(
      `Nothing answers at 127.0.0.1:${relay.port}. Check the relay's power, its network and its address.`,
    )
    relay.cutOff(false)
    await until('it is back', () => {
      vi.advanceTimersByTime(10_000)
      return told.heard.length > 1
    })
    expect(told).toMatchObject({ lost: 1, troubles: [expect.any(String), null] })
  })

  test('nobody is let through later', async () => {
    const relay = await shelly()
    const { device } = open(at(relay.port), { patience: 200 })
    await device.read()
    relay.cutOff(true)
    const reasons = await Promise.all(['front', 'front', 'front'].map((door) => reasonOf(device.open(door, 3_000))))
    expect(reasons[0]).toBe(`The relay at 127.0.0.1:${relay.port} was asked to open and did not say that it has.`)
    relay.cutOff(false)
    await device.read()
    expect(sets(relay)).toEqual([])
  })

  test('a relay that began anew is asked once more on a new connection', async () => {
    const relay = await shelly({ password: PASSWORD })
    const { device, told } = open(at(relay.port, { password: PASSWORD }))
    await device.open('front', 1_000)
    await relay.close()
    const again = await shelly({ password: PASSWORD, port: relay.port })
    await device.open('front', 1_000)
    expect(sets(again)).toHaveLength(1)
    expect(told.troubles).toEqual([])
  })

  test('somebody at the door does not wait for a look that hangs', async () => {
    const held: http.ServerResponse[] = []
    const port = await server((request, response) => {
      if (request.url?.startsWith('/rpc/Switch.Set')) json(response, { was_on: false })
      else if (request.url?.startsWith('/rpc/Shelly.GetDeviceInfo')) json(response, INFO)
      else held.push(response)
    })
    const { device, told } = open(at(port), { patience: 600_000 })
    await until('it is looked at', () => held.length === 1)
    await device.open('front', 3_000)
    // And the look goes on.
    await until('it is looked at again', () => held.length === 2)
    json(held[1] as http.ServerResponse, STATUS)
    await until('it is heard of', () => told.heard.length === 1)
  })

  test('closing ends what is under way, and then nothing is told any more', async () => {
    let asked = 0
    const port = await server(() => {
      asked += 1
    })
    const { device, told } = open(at(port), { patience: 600_000 })
    await until('it is asked', () => asked === 1)
    const opening = reasonOf(device.open('front', 1_000))
    await device.close()
    await opening
    expect(told).toMatchObject({ heard: [], lost: 0, troubles: [] })
  })
})

describe('what is no relay', () => {
  const odd = expect.stringMatching(
    /^What answers at 127\.0\.0\.1:\d+ is no Shelly relay of the second generation or later\. /,
  )

  test.each<[string, http.RequestListener]>([
    ['a page', (_, response) => void response.end('<html>Router</html>')],
    ['something of the first generation', (_, response) => void json(response, { type: 'SHSW-1' }, 404)],
    ['other JSON', (_, response) => void json(response, [1])],
    ['a list of nothing', (_, response) => void json(response, null)],
    ['an older thing', (_, response) => void json(response, { gen: 1, ver: '1' })],
    [
      'another way to sign in',
      (_, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end('{}'),
    ],
    ['one that never stops', (_, response) => void response.end(`{"gen":2,"ver":"${'9'.repeat(100_000)}"}`)],
  ])('is named and not used: %s', async (_, answer) => {
    const { device, told } = open(at(await server(answer), { password: 'x' }))
    await reasonOf(device.read())
    expect(told.troubles).toEqual([odd])
    expect(told.heard).toEqual([])
  })

  test.each([{}, [], { was_on: 1 }, { code: -103, message: 'no' }])(
    'has not opened when it says %j, 200 or not',
    async (body) => {
      const port = await server((request, response) => {
        if (request.url?.startsWith('/rpc/Switch.Set')) return json(response, body)
        json(response, request.url?.startsWith('/rpc/Shelly.GetStatus') ? STATUS : INFO)
      })
      const { device } = open(at(port))
      expect(await reasonOf(device.open('front', 1_000))).toContain('was asked to open and did not say that it has')
    },
  )

  test('may say anything whatever', async () => {
    const pieces = [
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 401 X\r\n',
      'WWW-Authenticate: Digest realm="\u007f", nonce=',
      'content-length: 5\r\n',
      '\r\n',
      '{"gen":2',
      '\0',
      'transfer-encoding: chunked\r\n\r\n',
      'ffffffffff\r\n',
    ]
    let told = 0
    const listening = net.createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        const noise = Array.from(randomBytes(6), (byte) => pieces[byte % pieces.length])
        told += 1
        socket.end(Buffer.concat([Buffer.from(noise.join(''), 'latin1'), randomBytes(8)]))
      })
    })
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    undo.push(() => new Promise((resolve) => listening.close(resolve)))
    const { device } = open(at((listening.address() as AddressInfo).port, { password: 'x' }))
    for (let times = 0; times < 300; times += 1) await reasonOf(device.open('front', 1_000))
    expect(told).toBeGreaterThanOrEqual(300)
  })

  test.each([
    '',
    'relay',
    'https://admin:s3cret@relay',
    'http://admin:s3cret%zz@relay',
    'http://:s3cret@',
    'http://a"b:s3cret@relay',
    'http://admin:s3cret@relay/?id=one',
  ])('has no address, which is said without the password: %s', (url) => {
    expect(() => open(url)).toThrow('The address of the relay is none: write it as http://admin:PASSWORD@HOST.')
  })
})
