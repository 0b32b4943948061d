// A UHPPOTE board at a door, by the real door thread and the desk's own use cases: taken over without locking anybody out,
// asked by each swipe, kept in step, and what it did alone comes in afterwards.
import { expect, onTestFinished, test } from 'vitest'
import { startUhppoteBoard } from '../../hardware/sim/uhppote-board.ts'
import { adoptDevice, lookAtDevice } from '../../src/main/app/adopt-door.ts'
import { revokeCard } from '../../src/main/app/card-state.ts'
import { doorHealth } from '../../src/main/app/door-health.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { openDoor } from '../../src/main/app/open-door.ts'
import { backToNormal, holdOpen, lockDown } from '../../src/main/app/order-doors.ts'
import { restrictDoor } from '../../src/main/app/restrict-door.ts'
import { setDevice } from '../../src/main/app/set-device.ts'
import { writtenForms } from '../../src/main/domain/card-identity.ts'
import { parityOf } from '../../src/main/store/device-cards.ts'
import { value } from '../app/agreed-desk.ts'
import { until } from '../hardware/until.ts'
import { type DeviceWorld, deviceWorld } from './device-world.ts'
import { addPerson } from './world.ts'

const SERIAL = 405_419_896
const OPENED_BY_US = 44
const numberOf = (card: string) => Number(writtenForms(card).uhppote)
const foreign = (number: number) => ({ number, from: '2024-01-01', to: '2029-12-31', doors: [1, 1, 0, 0], pin: 0 })

const at = ({ port }: { port: number }, output: number) => ({
  driver: 'uhppote',
  address: `127.0.0.1:${port}`,
  serial: SERIAL,
  output,
  listener,
})
const listener = 40_000 + Math.floor(Math.random() * 20_000)

async function boardAt(world: DeviceWorld, { now = Date.now } = {}) {
  const board = await startUhppoteBoard({ serial: SERIAL, now, clock: new Date().toISOString().slice(0, 19) })
  onTestFinished(async () => {
    expect(board.exitRefusals()).toBe(0)
    await board.close()
  })
  world.add({ ...at(board, 1), id: 'gate' })
  return board
}

const inStep = (world: DeviceWorld, door = 'gate') =>
  until(`${door} holds what it should`, () => {
    const { wanted, differing } = parityOf(world.deps.access as never, door)
    return wanted > 0 && differing === 0
  })

test('300 cards of another system go on opening until somebody confirms; then it holds ours and nothing else', async () => {
  const world = await deviceWorld()
  const ann = addPerson(world.desk, { name: 'Ann' })
  const bob = addPerson(world.desk, { name: 'Bob' })
  const board = await boardAt(world)
  const theirs = Array.from({ length: 300 }, (_, n) => 4_000_000 + n)
  board.hold(...theirs.map(foreign), foreign(numberOf(ann.card)))
  const writes = () => board.seen.filter((op) => !/^(get|count)-/.test(op))

  const before = value(await lookAtDevice(world.deps, 'gate'))
  expect(before.matched.map(({ member }) => member?.name)).toEqual(['Ann'])
  expect(before.unknown).toHaveLength(300)
  expect(before.missing.map(({ member }) => member?.name)).toEqual(['Bob'])
  expect(before.adoptedAt).toBeNull()
  expect(writes()).toEqual([])
  for (const number of theirs) expect(board.swipe(number, 1)).toBe('opened')
  expect(await openDoor(world.deps, 'gate')).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } })

  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  await until('it asks us', () => board.asksHost())
  expect([...board.cards.keys()].filter((number) => board.cards.get(number)?.doors[0] !== 0).sort()).toEqual(
    [numberOf(ann.card), numberOf(bob.card)].sort(),
  )
  // What is not ours on the same board keeps its rights.
  expect(theirs.every((number) => board.cards.get(number)?.doors[1] === 1)).toBe(true)
  expect(world.lines).toEqual([])
})

test('each swipe is asked about, answered and in the log once, whatever was lost on the way', async () => {
  const world = await deviceWorld()
  const ann = addPerson(world.desk, { name: 'Ann' })
  const board = await boardAt(world)
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  await until('it asks us', () => board.asksHost())
  board.lose(0.2, 0.2)
  for (let n = 1; n <= 5; n += 1) {
    expect(board.swipe(numberOf(ann.card), 1)).toBe('asked')
    await until('it is in the log', () => world.log().rows.length === n)
    await until('it opens', () => board.events.filter(({ reason }) => reason === OPENED_BY_US).length >= n)
  }
  expect(board.swipe(9_912_345, 1)).toBe('asked')
  await until('the stranger is in the log', () => world.log().rows.some(({ reason }) => reason === 'unknown-card'))
  const swipes = world.log().rows.filter(({ card_text }) => card_text !== '')
  expect(swipes.map(({ granted, reason }) => [granted, reason])).toEqual([
    ...Array.from({ length: 5 }, () => [1, 'ok']),
    [0, 'unknown-card'],
  ])
  expect(swipes[0]?.member_id).toBe(ann.memberId)
})

test('a card that is reported lost goes from the board at once, past all that waits, and leaves a receipt', async () => {
  const world = await deviceWorld()
  const people = Array.from({ length: 40 }, () => addPerson(world.desk))
  const lost = people[7]?.card ?? ''
  const board = await boardAt(world)
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  value(revokeCard(world.deps, lost, 'lost'))
  await until('it is gone from the board', () => !board.cards.has(numberOf(lost)))
  await inStep(world)
  const [gate] = value({ ok: true, value: await doorHealth(world.deps) })
  expect(gate?.parity).toMatchObject({ toRemove: 0, differing: 0, held: { cards: 39 } })
  expect(gate?.parity?.held.hash).toBe(gate?.parity?.wanted.hash)
  expect(gate?.parity?.receipts.map(({ card, state }) => [card, state])).toEqual([[String(numberOf(lost)), 'lost']])
})

test('a board that cannot be reached is named with what it still opens for', async () => {
  const world = await deviceWorld()
  const ann = addPerson(world.desk, { name: 'Ann' })
  addPerson(world.desk)
  const board = await boardAt(world)
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  board.lose(1, 1)
  value(revokeCard(world.deps, ann.card, 'stolen'))
  await until('it is behind', () => parityOf(world.deps.access as never, 'gate').toRemove === 1)
  const [gate] = await doorHealth(world.deps)
  expect(gate?.parity?.differences).toMatchObject([{ member: { name: 'Ann' }, state: 'stolen', change: 'remove' }])
  const [card] = value(memberPanel(world.deps, ann.memberId)).cards
  expect(card).toMatchObject({ state: 'stolen', stillOpens: [{ door: 'gate' }] })
  board.lose(0, 0)
  await inStep(world)
  expect(board.cards.has(numberOf(ann.card))).toBe(false)
  expect(value(memberPanel(world.deps, ann.memberId)).cards[0]?.stillOpens).toEqual([])
})

test('lockdown empties the list but for keyholders, and never a mode that stops the way out', async () => {
  const world = await deviceWorld()
  const ann = addPerson(world.desk)
  const board = await boardAt(world)
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  value(lockDown(world.deps, { id: 'gate' }))
  await until('the list is empty', () => board.cards.size === 0)
  expect(board.control(1)?.mode).toBe('controlled')
  board.pressExit(1)
  expect(board.isUnlocked(1)).toBe(true)
  value(backToNormal(world.deps, { id: 'gate' }))
  await until('the list is back', () => board.cards.has(numberOf(ann.card)))
})

test('opened once from the desk, in the log of actions and not as a swipe', async () => {
  const world = await deviceWorld()
  addPerson(world.desk)
  const board = await boardAt(world)
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  value(await openDoor(world.deps, 'gate'))
  expect(board.isUnlocked(1)).toBe(true)
})

test('a desk that is gone: the board decides by its own list within 31 s, and what it did comes in afterwards, once', async () => {
  const world = await deviceWorld()
  const ann = addPerson(world.desk, { name: 'Ann' })
  let ahead = 0
  const board = await boardAt(world, { now: () => Date.now() + ahead })
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  await until('it asks us', () => board.asksHost())
  await world.down()
  ahead = 31_000
  board.openDoor(1)
  expect(board.swipe(numberOf(ann.card), 1)).toBe('opened')
  expect(board.swipe(9_912_345, 1)).toBe('refused')
  await world.up()
  await until('all of it is in the log', () => world.log().rows.length >= 3)
  await until('it asks us again', () => board.asksHost())
  expect(board.swipe(numberOf(ann.card), 1)).toBe('asked')
  await until('the live one too', () => world.log().rows.some(({ rule }) => rule === 'paid'))
  const rows = world.log().rows.filter(({ reason }) => reason !== 'opened' && reason !== 'closed')
  expect(rows.map(({ granted, reason, rule }) => [granted, reason, rule])).toEqual([
    [0, 'forced', 'sensor'],
    [1, 'ok', 'uploaded'],
    [0, 'unknown-card', 'uploaded'],
    [1, 'ok', 'paid'],
  ])
  expect(rows[1]?.member_id).toBe(ann.memberId)
})

test('held open by a lease: the board keeps no order of its own, and locks by itself when nobody renews it', async () => {
  const world = await deviceWorld()
  addPerson(world.desk)
  let ahead = 0
  const board = await boardAt(world, { now: () => Date.now() + ahead })
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  value(holdOpen(world.deps, { id: 'gate', minutes: 15 }))
  await until('it stands open', () => board.isUnlocked(1))
  expect(board.control(1)?.mode).toBe('controlled')
  await world.down()
  ahead = 60_000
  expect(board.isUnlocked(1)).toBe(false)
  await world.up()
  await until('it stands open again', () => board.isUnlocked(1))
  value(backToNormal(world.deps, { id: 'gate' }))
  await until('its own time is back', () => board.control(1)?.delay === 3)
  expect(world.log().rows.filter(({ reason }) => reason === 'remote-open')).toEqual([])
})

test('two doors on one board, each with its own people', async () => {
  const world = await deviceWorld()
  const full = addPerson(world.desk, { plan: 'full' })
  const evening = addPerson(world.desk, { plan: 'evenings' })
  const board = await boardAt(world)
  world.add({ ...at(board, 2), id: 'workshop' })
  value(restrictDoor(world.deps, { id: 'workshop', plans: ['full'] }))
  value(await adoptDevice(world.deps, { id: 'gate' }))
  value(await adoptDevice(world.deps, { id: 'workshop' }))
  await inStep(world)
  await inStep(world, 'workshop')
  const rights = (card: string) => board.cards.get(numberOf(card))?.doors.map((right) => right !== 0)
  expect(rights(full.card)).toEqual([true, true, false, false])
  expect(rights(evening.card)).toEqual([true, false, false, false])
})

test('what a board logged before it was ours is none of our log, and no alarm', async () => {
  const world = await deviceWorld()
  addPerson(world.desk)
  const board = await boardAt(world)
  board.hold(foreign(4_000_001))
  for (let n = 0; n < 30; n += 1) board.swipe(4_000_001, 1)
  board.openDoor(2)
  board.openDoor(1)
  // Whole seconds are all that it tells.
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  await until('it asks us', () => board.asksHost())
  board.swipe(9_912_345, 1)
  await until('the new one is in the log', () => world.log().rows.length > 0)
  expect(world.log().rows.map(({ reason }) => reason)).toEqual(['unknown-card'])
})

test('one door of a board is taken over, and the other goes on by what the board holds until it is, too', async () => {
  const world = await deviceWorld()
  addPerson(world.desk)
  const board = await boardAt(world)
  world.add({ ...at(board, 2), id: 'workshop' })
  board.hold(foreign(4_000_001))
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  await until('it asks us', () => board.asksHost())
  board.swipe(4_000_001, 1)
  await until('the stranger is refused at ours', () => world.log().rows.some(({ reason }) => reason === 'unknown-card'))
  board.swipe(4_000_001, 2)
  await until('and let in at the other', () => board.isUnlocked(2))
  expect(board.cards.get(4_000_001)?.doors).toEqual([0, 1, 0, 0])
})

test('another desk that hears of its swipes is named, and put aside only by name', async () => {
  const world = await deviceWorld()
  addPerson(world.desk)
  const board = await boardAt(world)
  board.listenTo({ address: '192.168.1.20', port: 60_001 })
  const refused = await adoptDevice(world.deps, { id: 'gate' })
  expect(refused).toMatchObject({ ok: false, refusal: { detail: { otherDesk: '192.168.1.20:60001' } } })
  value(await adoptDevice(world.deps, { id: 'gate', replace: '192.168.1.20:60001' }))
  await until('it is ours', () => board.listener().address === '127.0.0.1')
  // Somebody starts another one: it is named, also over a restart of ours, until a manager says so.
  board.listenTo({ address: '192.168.1.77', port: 60_001 })
  await world.down()
  await world.up()
  await until('it is named', () => /Another desk/.test(world.devices.at(-1)?.trouble ?? ''))
  expect(board.listener().address).toBe('192.168.1.77')
  value(await adoptDevice(world.deps, { id: 'gate', replace: '192.168.1.77:60001' }))
  await until('it is ours again', () => board.listener().address === '127.0.0.1')
})

test('a door that is told it hangs on another output of its board is looked at anew before anything is written', async () => {
  const world = await deviceWorld()
  addPerson(world.desk)
  const board = await boardAt(world)
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  board.hold({ ...foreign(4_000_001), doors: [0, 0, 1, 0] })
  value(setDevice(world.deps, { id: 'gate', output: 3 }))
  expect(value(await lookAtDevice(world.deps, 'gate'))).toMatchObject({
    adoptedAt: null,
    unknown: [{ card: '4000001' }],
  })
  world.add({ ...at(board, 1), id: 'workshop' })
  expect(setDevice(world.deps, { id: 'gate', output: 1 })).toMatchObject({ ok: false, refusal: { code: 'taken' } })
  value(setDevice(world.deps, { id: 'gate', address: `localhost:${board.port}` }))
  expect(board.cards.get(4_000_001)?.doors).toEqual([0, 0, 1, 0])
})
