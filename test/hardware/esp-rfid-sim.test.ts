// The simulated ESP-RFID box: as strict as the real one, and steered by lines.
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeOrder } from '../../hardware/controllers/esp-rfid-messages.ts'
import { runEspProcess } from '../../hardware/sim/esp-rfid-process.ts'
import { SIM_ESP } from '../../src/main/commands/sim-esp.ts'
import { ADDRESS, createWorld, TOPIC, type World } from './esp-rfid-world.ts'
import { until } from './until.ts'

let world: World
beforeEach(async () => {
  world = await createWorld('our own broker')
})
afterEach(() => world.end())

const user = { uid: '1ea68671', user: 'Ada', acctype: 1, since: 0, until: 2_145_916_800, rest: {} }

test('it takes no order but its own, none that is too long, and drops what comes too fast', async () => {
  const box = await world.box({ homeAssistant: false })
  const other = await world.other()
  const acks = () => other.seen.filter(({ text }) => text.includes('"type":"adduser"'))
  const order = (text: string) => other.client.publishAsync(`${TOPIC}/cmd`, text, { qos: 1 })
  const last = writeOrder({ cmd: 'deletuid', uid: 'none' }, ADDRESS)
  for (const text of ['', '{', '[]', '{"cmd":"opendoor"}', '{"cmd":7,"doorip":"192.168.1.50"}', '{"cmd":"getconfig"}'])
    await order(text)
  await order(writeOrder({ cmd: 'opendoor' }, '192.168.1.51'))
  await order(writeOrder({ cmd: 'opendoor' }, ADDRESS).replace('}', `,"x":"${'y'.repeat(2_048)}"}`))
  await order(last)
  await until('the last one is taken', () => box.orders.length > 0)
  expect([box.orders.map(({ cmd }) => cmd), box.opened()]).toEqual([['deletuid'], 0])

  await order(writeOrder({ cmd: 'adduser', user }, ADDRESS))
  await order(writeOrder({ cmd: 'adduser', user: { ...user, uid: '2' } }, ADDRESS))
  await until('both came', () => box.orders.length === 3)
  world.clock.at += 500
  await order(writeOrder({ cmd: 'adduser', user: { ...user, uid: '1234567890abcdef1234567' } }, ADDRESS))
  await until('two are acknowledged', () => acks().length === 2)
  expect(box.list.uids()).toEqual(['1ea68671', '1234567890abcdef123'])
  expect(acks().map(({ text }) => text)).not.toContain('1ea68671')
  expect(other.seen.filter(({ text }) => text.includes('out of memory'))).toHaveLength(1)

  other.seen.length = 0
  await order(writeOrder({ cmd: 'getuserlist' }, ADDRESS))
  await until('it tells a message for each of them', () => other.seen.length === 3)
  expect(JSON.parse(other.seen[1]?.text ?? '')).toMatchObject({ cmd: 'adduser', uid: '1ea68671', acctype: '1' })
})

test('it holds a thousand and no more, and decides by its own list and clock', async () => {
  const box = await world.box()
  for (let n = 0; n < 1_001; n += 1) box.list.addByPage({ uid: `${n}` })
  expect(box.list.uids()).toHaveLength(1_000)
  box.list.addByPage({ uid: '1', acctype: 99, validuntil: 0 })
  box.list.addByPage({ uid: '2', validsince: 2_000_000_000 })
  box.list.addByPage({ uid: '3', validuntil: world.clock.at / 1_000 })
  expect(['0', '1', '2', '3', 'abcd'].map((uid) => box.swipe(uid))).toEqual([
    'Always',
    'Admin',
    'Expired',
    'Always',
    'Denied',
  ])
  world.clock.at += 1_000
  expect(box.swipe('3')).toBe('Expired')
  expect(box.opened()).toBe(3)
})

test('as a process of its own it is steered by lines, and says each thing in one', async () => {
  const input = new PassThrough()
  const said: Record<string, unknown>[] = []
  const complaints: string[] = []
  const box = runEspProcess({
    url: world.url,
    username: TOPIC,
    password: 'another',
    topic: TOPIC,
    address: ADDRESS,
    now: () => world.clock.at,
    input,
    say: (line) => void said.push(JSON.parse(line)),
    complain: (sentence) => void complaints.push(sentence),
  })
  await until('it is at the broker', () => said.some(({ what }) => what === 'ready'))
  const other = await world.other()
  await other.client.publishAsync(`${TOPIC}/cmd`, writeOrder({ cmd: 'adduser', user }, ADDRESS), { qos: 1 })
  await until('the card is stored', () => other.seen.some(({ text }) => text.includes('"type":"adduser"')))
  input.write('swipe 1ea68671\nswipe abcd\n\nswipe\nopen sesame\nstate\nquit now\nquit\n')
  expect(await box.ended).toBeNull()
  await box.close()
  expect(said.slice(2)).toEqual([
    { what: 'opened', by: 'Ada' },
    { what: 'swiped', uid: '1ea68671', result: 'Always' },
    { what: 'swiped', uid: 'abcd', result: 'Denied' },
    { what: 'state', cards: 1, opened: 1, broker: 'ready' },
  ])
  expect(complaints).toEqual(
    ['swipe', 'open sesame', 'quit now'].map(
      (line) => `"${line}" is nothing to be done at a box: write swipe UID, state, quit.`,
    ),
  )
})

test.each([
  [{}, '--broker is where the broker is'],
  [{ broker: 'http://127.0.0.1' }, '--broker is where the broker is'],
  [{ broker: 'mqtt://127.0.0.1' }, '--topic is the topic of the box'],
  [{ broker: 'mqtt://127.0.0.1', topic: 'a+b' }, '--topic is the topic of the box'],
  [{ broker: 'mqtt://127.0.0.1', topic: 'front' }, '--address is the IP address'],
  [{ broker: 'mqtt://127.0.0.1', topic: 'front', address: 'here' }, '--address is the IP address'],
])('the command %j is told what it needs', async (values, usage) => {
  const io = { out: () => {}, err: () => {}, stdin: new PassThrough() }
  expect(await SIM_ESP.start(values, io)).toEqual({ usage: expect.stringContaining(usage) })
})

test('the command runs a box until it is told to quit', async () => {
  const stdin = new PassThrough()
  const out: string[] = []
  const url = new URL(world.url)
  const values = { broker: `mqtt://${TOPIC}:another@${url.host}`, topic: TOPIC, address: ADDRESS }
  const running = await SIM_ESP.start(values, { out: (line) => void out.push(line), err: () => {}, stdin })
  if ('usage' in running) throw new Error(running.usage)
  await until('it is at the broker', () => out.some((line) => line.includes('"ready"')))
  stdin.write('quit\n')
  expect(await running.ended).toBeNull()
  await running.close()
})
