// Questions to a board over UDP that goes wrong: late replies, noise, ports that are taken.
import { createSocket, type RemoteInfo } from 'node:dgram'
import { afterEach, expect, test } from 'vitest'
import { DeviceSilent } from '../../hardware/controller.ts'
import { type AnyAsk, encodePush, encodeReply, parseAsk } from '../../hardware/controllers/uhppote-frames.ts'
import { openWire } from '../../hardware/controllers/uhppote-wire.ts'
import { NO_EVENT } from '../../hardware/sim/uhppote-memory.ts'
import { randomFrom } from '../fuzz/random.ts'
import { strange } from '../fuzz/uhppote-datagrams.ts'
import { freePort, isSetUp, rig, SERIAL, takeAll } from './uhppote-rig.ts'
import { until } from './until.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A port at which a test answers by hand. */
async function byHand(hear: (ask: AnyAsk, say: (message: Buffer) => void, from: RemoteInfo) => void) {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const ask = parseAsk(message)
    if (ask !== null) hear(ask, (reply) => socket.send(reply, from.port, from.address, () => {}), from)
  })
  socket.on('error', () => {})
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  undo.push(() => new Promise<void>((resolve) => void socket.close(resolve)))
  return socket.address().port
}

function wireTo(port: number, retry = 20, tries = 5) {
  const wire = openWire({ address: '127.0.0.1', port, serial: SERIAL, retry, tries })
  undo.push(() => wire.close())
  return wire
}

test('the late reply to one question is never taken for the reply to the next', async () => {
  const asked: number[] = []
  const late: (() => void)[] = []
  const port = await byHand((ask, say) => {
    if (ask.op !== 'open-door') return
    const { door } = ask.values
    asked.push(door)
    const yes = () => say(encodeReply('open-door', SERIAL, { ok: true }))
    // The first question is heard twice and answered once; the other answer comes while the second one is asked.
    if (door === 1 && asked.length === 2) yes()
    else if (door === 1) late.push(yes)
    else for (const one of late.splice(0)) one()
  })
  const wire = wireTo(port)
  await wire.order('open-door', { door: 1 })
  await expect(wire.order('open-door', { door: 2 })).rejects.toThrow(DeviceSilent)
  expect(asked.filter((door) => door === 2)).toHaveLength(5)
  expect(late).toEqual([])
})

test('a reply of another board, to another operation or about something else is none', async () => {
  const port = await byHand((ask, say) => {
    if (ask.op !== 'get-event') return
    const event = { type: 1, granted: false, door: 1, direction: 1, number: 7, at: '2026-11-20T13:00:00', reason: 18 }
    say(encodeReply('get-event', SERIAL + 1, { ...event, index: 5 }))
    say(encodeReply('get-event', SERIAL, { ...event, index: 5 }).subarray(0, 40))
    say(encodeReply('open-door', SERIAL, { ok: true }))
    say(encodeReply('get-event', SERIAL, { ...event, index: 4 }))
    say(encodeReply('get-event', SERIAL, { ...event, index: 5, number: 8 }))
  })
  const reply = await wireTo(port).ask('get-event', { index: 5 }, { fits: ({ index }) => index === 5 })
  expect(reply.number).toBe(8)
})

test('of many questions each is answered in its turn, and none after the end', async () => {
  const port = await byHand((ask, say) => {
    if (ask.op === 'get-card-by-index')
      say(encodeReply(ask.op, SERIAL, { number: ask.values.index, from: '', to: '', doors: [0, 0, 0, 0], pin: 0 }))
  })
  const wire = wireTo(port)
  const replies = await Promise.all(Array.from({ length: 200 }, (_, index) => wire.ask('get-card-by-index', { index })))
  expect(replies.map(({ number }) => number)).toEqual(Array.from({ length: 200 }, (_, index) => index))
  const last = wire.ask('get-status', {})
  await wire.close()
  await expect(last).rejects.toThrow(DeviceSilent)
  await expect(wire.ask('get-status', {})).rejects.toThrow(DeviceSilent)
})

test.each(['no.such.host.invalid', '127.0.0.1'])('nobody at %s is silence', async (address) => {
  const wire = openWire({ address, port: await freePort(), serial: SERIAL, retry: 5, tries: 2 })
  undo.push(() => wire.close())
  await expect(wire.ask('get-status', {})).rejects.toThrow(DeviceSilent)
  await wire.ends().catch(() => {})
})

test('a board that says nothing but noise is gone, and noise about swipes opens nothing', async () => {
  const random = randomFrom(5)
  const port = await byHand((_, say) => {
    for (let n = 0; n < 5; n += 1) say(strange(random))
  })
  const world = await rig()
  const { told, device } = await world.open({ port, serial: 77, pace: { poll: 5, retry: 20, tries: 3 } })
  takeAll(device)
  await until('it is gone', () => told.lost === 1)
  await expect(device.open('front', 3_000)).rejects.toThrow(DeviceSilent)

  // A real board, and a stranger who talks into the same port.
  await world.takeOver()
  const stranger = createSocket('udp4')
  undo.push(() => new Promise<void>((resolve) => void stranger.close(resolve)))
  for (let n = 0; n < 2_000; n += 1) stranger.send(strange(random), world.port, '127.0.0.1')
  world.board.swipe(7, 1)
  await until('we are asked', () => world.told.asked.some(({ card }) => card === '7'))
  expect(told.asked).toEqual([])
})

test('a push that comes twice is one swipe', async () => {
  const { board, told, takeOver, port } = await rig({ driver: { pace: { poll: 20, retry: 50 } } })
  await takeOver()
  board.listenTo({ address: '127.0.0.1', port: await freePort() })
  board.lose(1, 1)
  board.swipe(7, 1)
  const [event] = board.events
  const flags = [false, false, false, false]
  const rest = {
    open: flags,
    buttons: flags,
    fault: 0,
    clock: board.clock(),
    sequence: 0,
    special: 0,
    relays: 0,
    inputs: 0,
  }
  const push = encodePush(SERIAL, { ...NO_EVENT, ...event, ...rest }, '0892')
  const echo = createSocket('udp4')
  undo.push(() => new Promise<void>((resolve) => void echo.close(resolve)))
  for (let n = 0; n < 3; n += 1) echo.send(push, port, '127.0.0.1')
  await until('we are asked', () => told.asked.length > 0)
  board.lose(0, 0)
  board.swipe(8, 1)
  await until('the next one is asked about', () => told.asked.some(({ card }) => card === '8'))
  expect(told.asked.map(({ card }) => card)).toEqual(['7', '8'])
})

test('a port that another program uses is named, and swipes are heard of all the same', async () => {
  const taken = createSocket('udp4')
  await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve))
  const { port } = taken.address()
  const world = await rig({ driver: { listen: { host: '127.0.0.1', port } } })
  await until('it is named', () => world.told.troubles.length === 1)
  expect(world.told.troubles[0]).toMatch(new RegExp(`^Port ${port} at 127\\.0\\.0\\.1 cannot be used`))
  takeAll(world.device)
  await until('the board is set up', () => isSetUp(world.board, port))
  world.board.swipe(7, 1)
  await until('we are asked', () => world.told.asked.length === 1)
  await new Promise<void>((resolve) => void taken.close(resolve))
  await until('all is well', () => world.told.troubles.at(-1) === null)
})

test('told to listen everywhere, the board is told the address that it sees', async () => {
  const world = await rig({ driver: { listen: { host: '0.0.0.0', port: await freePort() } } })
  takeAll(world.device)
  await until('the board is told', () => world.board.listener().address === '127.0.0.1')
  expect((await world.device.read()).otherDesk).toBeNull()
  world.board.swipe(7, 1)
  await until('we are asked', () => world.told.asked.length === 1)
})

test('a clock that cannot be set is named', async () => {
  const world = await rig()
  await world.takeOver()
  await until('it is named', () => {
    world.board.setClock('2001-01-01T00:00:00')
    return world.told.troubles.length > 0
  })
  expect(world.told.troubles).toEqual(['The clock of the board cannot be set. Have its battery changed.'])
  await until('all is well', () => world.told.troubles.at(-1) === null)
})
