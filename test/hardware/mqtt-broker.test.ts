// Our own broker: who gets in, who hears and says what, and what it does not put up with.
import net from 'node:net'
import mqtt, { type IClientOptions } from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Broker, startBroker } from '../../hardware/mqtt-broker.ts'
import { randomFrom } from '../fuzz/random.ts'
import { until } from './until.ts'

const accounts = new Map<string, string>()
const cleanups: (() => Promise<unknown>)[] = []
let broker: Broker

beforeEach(async () => {
  accounts.clear()
  for (const [user, password] of [
    ['desk', 'secret'],
    ['front', 'one'],
    ['frontier', 'two'],
  ] as const)
    accounts.set(user, password)
  broker = await startBroker({ host: '127.0.0.1', port: 0, accounts: () => accounts, desk: 'desk' })
  cleanups.push(() => broker.close())
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function sign(
  username: string | null,
  password: string | null | undefined = undefined,
  more: IClientOptions = {},
) {
  const given = password === undefined ? (accounts.get(username ?? '') ?? null) : password
  const who = { ...(username !== null && { username }), ...(given !== null && { password: given }) }
  const client = mqtt.connect(`mqtt://127.0.0.1:${broker.port}`, { ...who, reconnectPeriod: 0, ...more })
  const heard: string[] = []
  const errors: unknown[] = []
  let isClosed = false
  client.on('message', (topic, payload, { retain }) => heard.push(`${topic} ${payload}${retain ? ' (kept)' : ''}`))
  client.on('error', (error) => errors.push((error as { code?: unknown }).code))
  client.on('close', () => {
    isClosed = true
  })
  cleanups.push(() => client.endAsync(true))
  await until('it is decided', () => client.connected || isClosed)
  const hear = async (...topics: string[]) => {
    const granted = await client.subscribeAsync(topics, { qos: 1 }).catch((error) => error)
    return Array.isArray(granted) ? granted.map(({ qos }) => qos) : 'refused'
  }
  return { client, heard, errors, hear, isClosed: () => isClosed }
}
/** What the desk has heard by now: a message of its own is behind all that came before. */
async function all(desk: Awaited<ReturnType<typeof sign>>): Promise<string[]> {
  const mark = `end ${Math.random()}`
  await desk.client.publishAsync('desk/mark', mark, { qos: 1 })
  await until('its own mark comes', () => desk.heard.some((line) => line.includes(mark)))
  return desk.heard.filter((line) => !line.startsWith('desk/mark'))
}

test('only with user and password', async () => {
  for (const [user, password] of [
    [null, null],
    ['front', null],
    ['front', 'two'],
    ['front', ''],
    ['nobody', 'one'],
    ['', ''],
  ] as const) {
    const one = await sign(user, password)
    expect([one.client.connected, one.errors]).toEqual([false, [4]])
  }
  expect((await sign('front')).client.connected).toBe(true)
  accounts.set('a/b', 'x').set('#', 'y')
  expect((await sign('a/b')).client.connected).toBe(false)
  expect((await sign('#')).client.connected).toBe(false)
})

test('a box hears and says what is under its own topic, and the desk everything', async () => {
  const [desk, front] = [await sign('desk'), await sign('front')]
  expect(await desk.hear('#')).toEqual([1])
  expect(await front.hear('front', 'front/#', 'front/+/x')).toEqual([1, 1, 1])
  for (const filter of ['#', '+', '+/cmd', 'frontier/#', 'frontier', 'desk/#', '$SYS/#', 'fron+', '/front'])
    expect([filter, await (await sign('front')).hear(filter)]).toEqual([filter, 'refused'])
  for (const topic of ['front', 'front/send', 'front/io/door'])
    await front.client.publishAsync(topic, 'mine', { qos: 1 })
  await desk.client.publishAsync('front/cmd', 'order', { qos: 1 })
  await desk.client.publishAsync('frontier/cmd', 'not for front', { qos: 1 })
  await until('it hears its own', () => front.heard.length === 4)
  for (const topic of ['frontier/send', 'desk/x', 'other', '$SYS/x', '/front']) {
    const one = await sign('front')
    one.client.publish(topic, 'not mine', { qos: 1 })
    await until(`it is thrown out for ${topic}`, one.isClosed)
  }
  expect((await all(desk)).toSorted()).toEqual([
    'front mine',
    'front/cmd order',
    'front/io/door mine',
    'front/send mine',
    'frontier/cmd not for front',
  ])
  expect(front.heard.toSorted()).toEqual(['front mine', 'front/cmd order', 'front/io/door mine', 'front/send mine'])
})

test('nothing is kept but whether a box is there: no order, from nobody, and no last will that is one', async () => {
  for (const [user, topic] of [
    ['desk', 'front/cmd'],
    ['front', 'front/cmd'],
    ['front', 'front'],
    ['front', 'front/send'],
  ] as const) {
    const one = await sign(user)
    one.client.publish(topic, 'opendoor', { qos: 1, retain: true })
    await until('it is thrown out', one.isClosed)
  }
  const payload = Buffer.from('opendoor')
  const will = { topic: 'front/cmd', payload, qos: 1, retain: true } as const
  const dying = await sign('front', 'one', { will })
  dying.client.end(true)
  const box = await sign('front', 'one', { will: { ...will, topic: 'front/avty', payload: Buffer.from('offline') } })
  await box.client.publishAsync('front/avty', 'online', { qos: 1, retain: true })
  const desk = await sign('desk')
  await desk.hear('#')
  await until('what is kept comes', () => desk.heard.length > 0)
  box.client.end(true)
  await until('the last will comes', () => desk.heard.length > 1)
  expect(await all(desk)).toEqual(['front/avty online (kept)', 'front/avty offline'])
})

test('what Home Assistant looks for is let through, and not kept', async () => {
  const desk = await sign('desk')
  await desk.hear('#')
  const front = await sign('front')
  await front.client.publishAsync('homeassistant/lock/front/config', '{}', { qos: 1, retain: true })
  await front.client.publishAsync('front/send', 'still here', { qos: 1 })
  expect(await all(desk)).toEqual(['homeassistant/lock/front/config {}', 'front/send still here'])
  const late = await sign('desk')
  await late.hear('#')
  expect(await all(late)).toEqual([])
})

test('an order for a box that is away is gone, though the box asks for what it missed', async () => {
  const session = { clean: false, clientId: 'box' }
  const box = await sign('front', 'one', session)
  await box.hear('front/cmd')
  await box.client.endAsync()
  const desk = await sign('desk')
  await desk.client.publishAsync('front/cmd', 'stale', { qos: 1 })
  const again = await sign('front', 'one', session)
  expect(await again.hear('front/cmd')).toEqual([1])
  await desk.client.publishAsync('front/cmd', 'fresh', { qos: 1 })
  await until('the fresh one comes', () => again.heard.length > 0)
  expect(again.heard).toEqual(['front/cmd fresh'])
})

test('who is taken out, or gets another password, hears and says nothing more at once', async () => {
  const desk = await sign('desk')
  await desk.hear('#')
  const front = await sign('front')
  await front.hear('front/#')
  accounts.set('front', 'changed')
  await desk.client.publishAsync('front/cmd', 'secret', { qos: 1 })
  front.client.publish('front/send', 'too late', { qos: 1 })
  await until('it is thrown out', front.isClosed)
  expect(await all(desk)).toEqual(['front/cmd secret'])
  expect(front.heard).toEqual([])
})

test('nobody is put out by another user who takes the same client id', async () => {
  const desk = await sign('desk', 'secret', { clientId: 'one' })
  await desk.hear('#')
  const thief = await sign('frontier', 'two', { clientId: 'one' })
  const guess = await sign('desk', 'wrong', { clientId: 'one' })
  expect([thief.client.connected, guess.client.connected]).toEqual([true, false])
  expect(await all(desk)).toEqual([])
  expect(desk.client.connected).toBe(true)
})

function raw(): { socket: net.Socket; isClosed(): boolean } {
  const socket = net.connect(broker.port, '127.0.0.1')
  let closed = false
  socket
    .on('error', () => {})
    .on('close', () => {
      closed = true
    })
  socket.resume()
  cleanups.push(async () => socket.destroy())
  return { socket, isClosed: () => closed }
}

test('a packet that is too long is not even waited for', async () => {
  const desk = await sign('desk')
  await desk.hear('#')
  for (const header of [
    [0x10, 0xff, 0xff, 0xff, 0x7f],
    [0x30, 0x81, 0x80, 0x01],
    [0x10, 0x80, 0x80, 0x80, 0x80, 0x01],
  ]) {
    const one = raw()
    one.socket.write(Buffer.from(header))
    await until('it is hung up', one.isClosed)
  }
  const front = await sign('front')
  await front.client.publishAsync('front/send', 'x'.repeat(16_000), { qos: 1 })
  front.client.publish('front/send', 'x'.repeat(17_000), { qos: 1 })
  await until('it is thrown out', front.isClosed)
  expect((await all(desk)).map((line) => line.length)).toEqual(['front/send '.length + 16_000])
})

test('300 strangers who talk nonsense, in pieces, end nothing but their own calls', async () => {
  const random = randomFrom(3)
  const desk = await sign('desk')
  await desk.hear('#')
  const connect = Buffer.from('101600044d51545404c2003c000001610005', 'hex')
  for (let count = 0; count < 300; count += 1) {
    const one = raw()
    const bytes =
      random.below(2) === 0 ? random.bytes(1 + random.below(300)) : Buffer.concat([connect, random.bytes(9)])
    const cut = random.below(bytes.length)
    one.socket.write(bytes.subarray(0, cut))
    await new Promise((resolve) => one.socket.end(bytes.subarray(cut), () => resolve(undefined)))
    one.socket.destroy()
  }
  expect(await all(desk)).toEqual([])
  expect((await sign('front')).client.connected).toBe(true)
})

test('there is an end to how many may call', async () => {
  const callers = Array.from({ length: 130 }, raw)
  await until('those over a hundred are hung up', () => callers.filter(({ isClosed }) => isClosed()).length === 30)
  for (const { socket } of callers) socket.destroy()
  await until('there is room again', () => callers.every(({ isClosed }) => isClosed()))
  expect((await sign('front')).client.connected).toBe(true)
})

test('a port that is taken, and an address that is not ours, have a sentence', async () => {
  const start = (host: string, port: number) => startBroker({ host, port, accounts: () => accounts, desk: 'desk' })
  await expect(start('127.0.0.1', broker.port)).rejects.toThrow(
    `Another program uses port ${broker.port} at 127.0.0.1, perhaps a broker: stop it, or use it instead of the one in Latchkey.`,
  )
  await expect(start('192.0.2.1', 0)).rejects.toThrow('choose an address of this computer and a free port.')
})

test('closed, it is gone at once, and its port is free', async () => {
  const front = await sign('front')
  const { port } = broker
  await broker.close()
  await until('its callers are hung up', front.isClosed)
  broker = await startBroker({ host: '127.0.0.1', port, accounts: () => accounts, desk: 'desk' })
  cleanups.push(() => broker.close())
  expect((await sign('front')).client.connected).toBe(true)
})
