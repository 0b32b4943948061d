// ESP-RFID boxes and relays at doors, by the real door thread, our own broker and the desk's own use cases.
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { writtenBy } from '../../hardware/controllers/written.ts'
import { type EspDevice, startEspDevice } from '../../hardware/sim/esp-rfid-device.ts'
import { createEspList } from '../../hardware/sim/esp-rfid-list.ts'
import { startShelly } from '../../hardware/sim/shelly.ts'
import { adoptDevice, lookAtDevice } from '../../src/main/app/adopt-door.ts'
import { revokeCard } from '../../src/main/app/card-state.ts'
import { setDeviceHours } from '../../src/main/app/device-hours.ts'
import { doorStates } from '../../src/main/app/manage-doors.ts'
import { openDoor } from '../../src/main/app/open-door.ts'
import { backToNormal, holdOpen } from '../../src/main/app/order-doors.ts'
import { restrictDoor } from '../../src/main/app/restrict-door.ts'
import { writtenForms } from '../../src/main/domain/card-identity.ts'
import { parityOf } from '../../src/main/store/device-cards.ts'
import { saveSchedule } from '../../src/main/store/schedules.ts'
import { value } from '../app/agreed-desk.ts'
import { until } from '../hardware/until.ts'
import { type DeviceWorld, deviceWorld } from './device-world.ts'
import { addPerson, type Person } from './world.ts'

const ADDRESS = '192.168.1.60'
let made = 0
/** A card of seven bytes, as these boxes read them. */
const newCard = () => {
  made += 1
  return `iso14a:04AF68DA${(0xc8_00_01 + made * 7).toString(16).toUpperCase()}`
}
const person = (world: DeviceWorld, about: Person = {}) => addPerson(world.desk, { card: newCard(), ...about })
const uidOf = (card: string) => writtenBy('esp-rfid', writtenForms(card).hex ?? '', 'hex')

async function boxAt(world: DeviceWorld, list = createEspList()): Promise<EspDevice> {
  const { password = '' } = world.add({
    id: 'gate',
    driver: 'esp-rfid',
    broker: 'own',
    topic: 'gate',
    address: ADDRESS,
  })
  const box = startEspDevice(
    {
      url: `mqtt://127.0.0.1:${world.mqttPort}`,
      username: 'gate',
      password,
      topic: 'gate',
      address: ADDRESS,
      now: Date.now,
    },
    list,
  )
  onTestFinished(() => box.close())
  await until('the box is heard', () => doorStates(world.deps)[0]?.online === true)
  return box
}

/** Its list with cards on it: an empty one is asked for several times, as one that says nothing may only be late. */
function holding(...cards: string[]) {
  const list = createEspList()
  for (const card of cards) list.addByPage({ uid: uidOf(card), user: 'as before' })
  return list
}

const inStep = (world: DeviceWorld) =>
  until('it holds what it should', () => {
    const { wanted, differing } = parityOf(world.deps.access as never, 'gate')
    return wanted > 0 && differing === 0
  })

test('a box in use is read first, and takes our list once somebody confirms', async () => {
  const world = await deviceWorld()
  const ann = person(world, { name: 'Ann' })
  const list = createEspList()
  list.addByPage({ uid: uidOf(ann.card), user: 'Ann, as before' })
  for (let n = 0; n < 5; n += 1) list.addByPage({ uid: `aabbcc0${n}`, user: `other ${n}` })
  const box = await boxAt(world, list)
  const before = value(await lookAtDevice(world.deps, 'gate'))
  expect(before.unknown).toHaveLength(5)
  expect(before.matched.map(({ member, opens }) => [member?.name, opens])).toEqual([['Ann', true]])
  expect(box.orders.every(({ cmd }) => cmd === 'getuserlist')).toBe(true)
  expect(box.swipe('aabbcc01')).toBe('Always')
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  expect(list.uids()).toEqual([uidOf(ann.card)])
  expect(box.swipe(uidOf(ann.card))).toBe('Always')
  await until('both are in the log', () => world.log().rows.length === 2)
  expect(world.log().rows.map(({ granted, reason, member_id }) => [granted, reason, member_id])).toEqual([
    [1, 'ok', null],
    [1, 'ok', ann.memberId],
  ])
})

test('a lost card goes before all renewals that wait, and its receipt says when', async () => {
  const world = await deviceWorld()
  const lost = person(world)
  const box = await boxAt(world, holding(lost.card, person(world).card))
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  world.desk.transaction(() => {
    for (let n = 0; n < 1_000; n += 1) person(world)
  })()
  await until('renewals wait', () => parityOf(world.deps.access as never, 'gate').differing > 900)
  value(revokeCard(world.deps, lost.card, 'lost'))
  await until('the lost card is refused', () => box.swipe(uidOf(lost.card)) === 'Denied')
  await until('the desk has seen it', () => parityOf(world.deps.access as never, 'gate').toRemove === 0)
  expect(parityOf(world.deps.access as never, 'gate').differing).toBeGreaterThan(900)
})

test('people with hours are left off, and somebody is asked, until a manager says what is to become of them', async () => {
  const world = await deviceWorld()
  const full = person(world, { plan: 'full' })
  const evening = person(world, { plan: 'evenings' })
  saveSchedule(world.desk, { id: 'h', name: 'Evenings', windows: [{ days: [1, 2, 3], from: '18:00', to: '23:00' }] })
  const box = await boxAt(world, holding(full.card))
  value(
    restrictDoor(world.deps, {
      id: 'gate',
      plans: [
        { plan: 'full', hours: null },
        { plan: 'evenings', hours: 'h' },
      ],
    }),
  )
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  expect(box.swipe(uidOf(evening.card))).toBe('Denied')
  expect(doorStates(world.deps)[0]?.device?.inHours).toBe(1)
  value(setDeviceHours(world.deps, { id: 'gate', hours: 'days-only' }))
  await until('the box lets them in', () => box.swipe(uidOf(evening.card)) === 'Always')
  expect(doorStates(world.deps)[0]?.device?.inHours).toBe(0)
})

test('a box that goes away is told by its last will, and what it still opens for is counted', async () => {
  const world = await deviceWorld()
  const ann = person(world)
  const box = await boxAt(world, holding(ann.card, person(world).card))
  value(await adoptDevice(world.deps, { id: 'gate' }))
  await inStep(world)
  await box.cut()
  await until('it is offline', () => doorStates(world.deps)[0]?.online === false)
  value(revokeCard(world.deps, ann.card, 'stolen'))
  await until('it is behind', () => doorStates(world.deps)[0]?.device?.toRemove === 1)
})

test('a reader at the desk opens a relay at the door: the same rules, the same log, and a lease for a hold', async () => {
  const world = await deviceWorld()
  const ann = person(world, { name: 'Ann' })
  const shelly = await startShelly({ password: 'let me in', random: randomBytes })
  onTestFinished(() => shelly.close())
  world.add({ id: 'gate', driver: 'relay', url: `http://admin:let%20me%20in@127.0.0.1:${shelly.port}` })
  await until('the relay is heard', () => doorStates(world.deps)[0]?.online === true)
  const present = (card: string) => world.deps.live.askDoors({ what: 'present', doorId: 'gate', card })
  expect(await present(ann.card)).toMatchObject({ grant: true, reason: 'ok' })
  expect(shelly.isOn()).toBe(true)
  expect(await present('em:0011223344')).toMatchObject({ grant: false, reason: 'unknown-card' })
  expect(world.log().rows.map(({ granted, reason }) => [granted, reason])).toEqual([
    [1, 'ok'],
    [0, 'unknown-card'],
  ])
  expect(await openDoor(world.deps, 'gate')).toMatchObject({ ok: true })
  value(holdOpen(world.deps, { id: 'gate', minutes: 5 }))
  await until('it is held', () => shelly.done.some((done) => /toggle_after=60/.test(done)))
  value(backToNormal(world.deps, { id: 'gate' }))
  await until('it is locked again', () => !shelly.isOn())
  expect(world.lines.join('\n')).not.toContain('let me in')
})
