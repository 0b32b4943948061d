// A list-holding controller and a desk that is gone for a day: the door goes on, and nothing is lost or told twice.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NativeDoor, startNativeDoor } from '../../hardware/sim/native-door.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { endOrder, setKeys, writeOrder } from '../../src/main/store/door-orders.ts'
import { addFact, addPerson, createWorld, type World } from './world.ts'

let world: World
let door: NativeDoor

const held = (memory: number, id: string) => {
  const { key } = world.addDoor(id)
  return startNativeDoor({
    url: `http://127.0.0.1:${world.port}`,
    id,
    key,
    random: randomBytes,
    memory,
    patience: 10_000,
  })
}
const uploaded = () => world.log().rows.filter(({ rule }) => rule !== 'paid' && rule !== 'keyholder' && rule !== 'card')

beforeAll(async () => {
  world = createWorld()
  await world.start()
  door = held(1_000, 'front')
})
afterAll(async () => {
  await door.close()
  await world.stop()
})

test('goes on by its list, and every swipe is in the log afterwards, once', async () => {
  const ada = addPerson(world.desk)
  const kim = addPerson(world.desk, { holds: null })
  setKeys(world.desk, kim.memberId, ['front'], Date.now(), 'owner')
  const late = addPerson(world.desk, { holds: { paidUntil: Date.now() - 30 * DAY, phase: 'lapsed' } })
  await door.catchUp()
  expect(door.held().rev).toBeGreaterThan(0)
  expect(await door.present(ada.card)).toMatchObject({ kind: 'answer', grant: true })

  door.cutOff(true)
  for (let round = 0; round < 30; round += 1) {
    expect(await door.present(ada.card)).toEqual({ kind: 'offline', grant: true, reason: 'ok' })
    expect(await door.present(kim.card)).toEqual({ kind: 'offline', grant: true, reason: 'ok-keyholder' })
    expect(await door.present(late.card)).toMatchObject({ grant: false })
  }
  await door.tell('forced')
  expect(door.held().waiting).toBe(91)
  // Meanwhile a card was lost: the desk knows, the door does not.
  addFact(world.desk, ada.credential, { kind: 'revoked', at: Date.now(), reason: 'lost' })
  expect(await door.present(ada.card)).toMatchObject({ kind: 'offline', grant: true })

  door.cutOff(false)
  expect(await door.present(ada.card)).toMatchObject({ kind: 'answer', grant: false, reason: 'card-lost' })
  await door.catchUp()
  await door.catchUp()
  expect(door.held().waiting).toBe(0)
  const rows = uploaded()
  expect(rows).toHaveLength(92)
  expect(rows.map(({ inputs }) => JSON.parse(String(inputs)).n)).toEqual(rows.map((_, n) => n + 1))
  expect(rows.filter(({ reason }) => reason === 'forced')).toHaveLength(1)
  expect(world.log().firstBad).toBeNull()
  door.cutOff(true)
  expect(await door.present(ada.card)).toMatchObject({ kind: 'offline', grant: false })
  door.cutOff(false)
  await door.catchUp()
})

test('a hold is a lease: with the cable pulled the door locks by itself', async () => {
  const order = {
    doorId: 'front',
    mode: 'held-open',
    withKeyholders: false,
    at: Date.now(),
    why: '',
    operator: 'o',
  } as const
  writeOrder(world.desk, { ...order, until: Date.now() + 1_900 })
  await door.catchUp()
  expect(door.isHeldOpen()).toBe(true)
  door.cutOff(true)
  await expect.poll(() => door.isHeldOpen()).toBe(false)
  door.cutOff(false)
  writeOrder(world.desk, { ...order, until: Date.now() + 600_000 })
  await door.catchUp()
  expect(door.isHeldOpen()).toBe(true)
  endOrder(world.desk, 'front')
  await door.catchUp()
  expect(door.isHeldOpen()).toBe(false)
})

test('a memory that ran full tells what it lost', async () => {
  const small = held(10, 'shed')
  await small.catchUp()
  small.cutOff(true)
  for (let n = 0; n < 25; n += 1) await small.present('em:0000000001')
  small.cutOff(false)
  await small.catchUp()
  await small.close()
  const rows = world.log().rows.filter(({ door_id: id }) => id === 'shed')
  expect(rows.map(({ reason }) => reason)).toEqual([...Array<string>(10).fill('unknown-card'), 'events-lost'])
  expect(JSON.parse(String(rows.at(-1)?.inputs))).toMatchObject({ after: 0, to: 15, missing: 15 })
})
