// The events of a UHPPOTE board: none missed, none told twice, and who stands there is asked about.
import { expect, test } from 'vitest'
import type { DeviceEvent } from '../../hardware/controller.ts'
import { card, isSetUp, OTHER_DESK, type Rig, rig, SERIAL, takeAll } from './uhppote-rig.ts'
import { until } from './until.ts'

const numbers = (events: readonly DeviceEvent[]) => events.map(({ n }) => n)
const words = (events: readonly DeviceEvent[]) =>
  events.map((event) => (event.what === 'swipe' ? `${event.card} ${event.why}` : event.what))

test('while the desk is gone the board decides by its own cards, and tells everything afterwards, once and in order', async () => {
  const { board, device, told, takeOver, pass, open, port } = await rig()
  board.hold(card(7), card(8, [1, 0, 0, 0], { to: '2026-11-19' }), card(9, [0, 1, 0, 0]))
  await takeOver()
  board.swipe(7, 1)
  await until('we are asked', () => told.asked.length === 1)
  await device.open('front', 4_500)
  await until('what followed is told', () => told.happened.length === 1)
  await device.close()
  const storedTo = told.happened.at(-1)?.n ?? 0

  // For thirty seconds it asks, and nobody answers.
  pass(29_000)
  expect(board.swipe(7, 1)).toBe('asked')
  expect(board.isUnlocked(1)).toBe(false)
  pass(2_000)
  expect(board.asksHost()).toBe(false)
  expect([7, 8, 9, 10].map((number) => board.swipe(number, 1))).toEqual(['opened', 'refused', 'refused', 'refused'])
  expect(board.isUnlocked(1)).toBe(true)
  board.openDoor(1)
  board.closeDoor(1)
  pass(60_000)
  board.openDoor(2)

  const again = await open({ storedTo })
  takeAll(again.device)
  await again.device.read()
  await until('everything is told', () => again.told.happened.length === 8)
  expect(words(again.told.happened)).toEqual([
    '7 not-decided',
    '7 opened',
    // It was known by then that this card was over.
    '8 expired',
    '9 no-right',
    '10 unknown-card',
    'opened',
    'closed',
    'forced',
  ])
  expect(numbers(again.told.happened)).toEqual([3, 4, 5, 6, 7, 8, 9, 10])
  expect(again.told.happened[1]).toMatchObject({ granted: true, at: Date.parse('2026-11-20T12:00:31Z') })
  expect(again.told.asked).toEqual([])
  await until('it asks again', () => isSetUp(board, port))
})

test('a swipe of which nothing was heard is asked about within its ten seconds, and told as not answered later', async () => {
  const { board, told, takeOver, pass } = await rig({ driver: { pace: { poll: 20, retry: 50 } } })
  await takeOver()
  // As if every push were lost.
  board.listenTo({ address: '127.0.0.1', port: 9 })
  board.swipe(7, 1)
  await until('we are asked all the same', () => told.asked.length === 1)
  expect(told.asked[0]).toMatchObject({ card: '7', n: 1 })
  await until('the other listener is noticed', () => told.troubles.length > 0)
  board.lose(1, 1)
  board.swipe(8, 1)
  pass(11_000)
  board.lose(0, 0)
  await until('it is told', () => told.happened.length === 1)
  expect(words(told.happened)).toEqual(['8 not-decided'])
  expect(told.asked).toHaveLength(1)
})

test('another desk that takes the listener is named and left until somebody takes the door over again', async () => {
  const { board, device, told, takeOver, port } = await rig()
  await takeOver()
  board.listenTo({ address: '192.168.1.20', port: 60_001 })
  await until('it is named', () => told.troubles.length === 1)
  expect(told.troubles[0]).toMatch(/Another desk hears of the swipes/)
  expect(board.listener().address).toBe('192.168.1.20')
  expect((await device.read()).otherDesk).toBe(OTHER_DESK)
  takeAll(device, OTHER_DESK)
  await until('it is ours again', () => board.listener().port === port && told.troubles.at(-1) === null)
})

test('doors, buttons, alarms and power are told by name, those of other doors are not', async () => {
  const { board, told, takeOver, pass } = await rig()
  await takeOver()
  board.pressExit(1)
  board.openDoor(1)
  board.closeDoor(1)
  pass(10_000)
  board.openDoor(1)
  board.leaveOpen(1)
  board.openDoor(3)
  board.fire()
  board.restart()
  await until('all is told', () => told.happened.length === 7)
  expect(words(told.happened)).toEqual(['button', 'opened', 'closed', 'forced', 'open-too-long', 'fire', 'power-on'])
  expect(new Set(told.happened.map(({ door }) => door))).toEqual(new Set(['front']))
})

test('at a door of the board that is none of ours its own cards go on opening', async () => {
  const { board, told, takeOver } = await rig()
  board.hold(card(7, [0, 0, 1, 0]), card(8, [1, 1, 0, 1]))
  await takeOver()
  expect(board.swipe(8, 3)).toBe('asked')
  expect(board.swipe(7, 3)).toBe('asked')
  await until('it is opened', () => board.isUnlocked(3))
  expect(board.events.filter(({ reason }) => reason === 44)).toHaveLength(1)
  expect(told.asked).toEqual([])
  expect(told.happened).toEqual([])
})

test('a door of the board that nobody has taken over yet goes on by its own cards, and is not written to', async () => {
  const { board, device, told } = await rig()
  board.hold(card(7, [0, 1, 0, 0]), card(8, [0, 2, 0, 0]))
  device.takeOver('front', OTHER_DESK)
  await until('the board is set up', () => board.recordsSpecial())
  expect(board.swipe(7, 2)).toBe('asked')
  await until('it is opened', () => board.isUnlocked(2))
  // A profile that is not there lets in, as it does without us.
  expect(board.swipe(8, 2)).toBe('asked')
  await until('it is opened too', () => board.events.filter(({ reason }) => reason === 44).length === 2)
  expect(board.swipe(9, 2)).toBe('asked')
  board.swipe(9, 1)
  await until('we are asked at our door alone', () => told.asked.length === 1)
  expect(told.asked[0]).toMatchObject({ door: 'front', card: '9' })
  await expect(device.apply([{ door: 'shop', card: '7', wanted: null }])).rejects.toThrow(/not taken over/)
  expect(board.control(2)).toMatchObject({ mode: 'controlled', delay: 5 })
  expect(board.cards.get(7)?.doors).toEqual([0, 1, 0, 0])
  device.takeOver('shop', OTHER_DESK)
  await until('its delay is its own', () => board.control(2)?.delay === 3)
  board.swipe(7, 2)
  await until('we are asked there as well', () => told.asked.some(({ door }) => door === 'shop'))
})

test('a log that has run over is read from where it begins, and one that was wiped from its start', async () => {
  const { board, told, takeOver, pass } = await rig({ board: { memory: 20 }, driver: { storedTo: 3 } })
  for (let n = 0; n < 50; n += 1) board.swipe(100 + n, 1)
  pass(60_000)
  await takeOver()
  await until('it is told', () => told.happened.length === 20)
  expect(numbers(told.happened)).toEqual(Array.from({ length: 20 }, (_, n) => 31 + n))
  board.wipe()
  board.swipe(7, 1)
  pass(60_000)
  await until('it goes on', () => told.asked.length + told.happened.length > 20)
  expect([...told.asked.map(({ n }) => n), ...told.happened.slice(20).map(({ n }) => n)]).toEqual([1])
})

test('what cannot be stored is told again', async () => {
  let isFull = true
  const stored: DeviceEvent[] = []
  const happened = (events: readonly DeviceEvent[]) => {
    if (isFull) throw new Error('The disk is full')
    stored.push(...events)
  }
  const { board, takeOver } = await rig({ driver: { events: { happened } as never } })
  await takeOver()
  board.openDoor(1)
  board.closeDoor(1)
  const asked = board.seen.length
  await until('it was tried', () => board.seen.slice(asked).filter((op) => op === 'get-event').length > 3)
  isFull = false
  await until('it is stored', () => stored.length === 2)
  expect(words(stored)).toEqual(['forced', 'closed'])
})

test('a hold is a lease of half a minute, and nothing of it is left on the board', async () => {
  const { board, device, takeOver, pass } = await rig()
  await takeOver()
  await device.holdOpen('front')
  expect(board.control(1)).toMatchObject({ mode: 'controlled', delay: 30 })
  pass(29_000)
  expect(board.isUnlocked(1)).toBe(true)
  await device.holdOpen('front')
  pass(29_000)
  expect(board.isUnlocked(1)).toBe(true)
  await device.lock('front')
  expect(board.control(1)).toMatchObject({ mode: 'controlled', delay: 5 })
  pass(2_000)
  expect(board.isUnlocked(1)).toBe(false)
  // One that nobody repeats, and nobody ends.
  await device.holdOpen('front')
  pass(61_000)
  await until('its delay is its own again', () => board.control(1)?.delay === 5)
  expect(board.isUnlocked(1)).toBe(false)
})

test('two boards tell the same port', async () => {
  const first = await rig()
  const second = await rig({ board: { serial: SERIAL + 1 } })
  const other = await second.open({ serial: SERIAL + 1, listen: { host: '127.0.0.1', port: first.port } })
  await first.takeOver()
  takeAll(other.device)
  await until('the second is set up', () => isSetUp(second.board, first.port))
  first.board.swipe(7, 1)
  second.board.swipe(8, 1)
  await until('both ask', () => first.told.asked.length + other.told.asked.length === 2)
  expect([first.told.asked[0]?.card, other.told.asked[0]?.card]).toEqual(['7', '8'])
  await first.device.close()
  second.board.swipe(9, 1)
  await until('the other still hears', () => other.told.asked.length === 2)
})

test('20 % of all datagrams lost, in both directions, changes nothing but time', { timeout: 120_000 }, async () => {
  const world: Rig = await rig({ loss: 0.2 })
  const { board, device, told, takeOver } = world
  board.hold(...Array.from({ length: 60 }, (_, n) => card(500 + n)))
  expect((await device.read()).cards).toHaveLength(60)
  await takeOver()
  const changes = Array.from({ length: 40 }, (_, n) => ({
    door: n % 2 ? 'front' : 'shop',
    card: String(1_000 + n),
    wanted: {
      card: String(1_000 + n),
      until: Date.parse('2027-01-01T00:00:00Z'),
      lastDay: '2026-12-31',
      hours: n % 3 ? [] : [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
    },
  }))
  expect(await device.apply(changes)).toEqual(
    changes.map((change) => ({
      door: change.door,
      card: change.card,
      terms: device.termsOf(change.door, change.wanted),
    })),
  )
  expect(board.cards.size).toBe(100)
  for (let n = 0; n < 30; n += 1) {
    expect(board.swipe(500 + n, 1)).toBe('asked')
    if (n % 5 === 0) board.openDoor(2)
    await until(`swipe ${n} is asked about`, () => told.asked.length === n + 1)
    await device.open('front', 4_500)
    expect(board.isUnlocked(1)).toBe(true)
  }
  expect(told.asked.map(({ card: number }) => number)).toEqual(Array.from({ length: 30 }, (_, n) => String(500 + n)))
  const all = () => [...told.asked.map(({ n }) => n), ...numbers(told.happened)]
  await until('all is told', () => all().length >= board.events.length)
  expect(all().sort((a, b) => Number(a) - Number(b))).toEqual(board.events.map(({ index }) => index))
  expect(told.lost).toBe(0)
})
