// A controller is replaced: the door gets another key, a blank controller takes its place, and the old one is nobody.
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { startNativeDoor } from '../../hardware/sim/native-door.ts'
import { rekeyDoor } from '../../src/main/app/manage-doors.ts'
import { value } from '../app/agreed-desk.ts'
import { connect } from './controller.ts'
import { deskDeps } from './desk-deps.ts'
import { addPerson, worldForTest } from './world.ts'

test('with a new key a blank controller begins at number 1, and the old key is refused', async () => {
  const world = worldForTest()
  const front = world.addDoor('front')
  const { card } = addPerson(world.desk)
  await world.start()
  const controller = (key: string) => {
    const url = `http://127.0.0.1:${world.port}`
    const door = startNativeDoor({ url, id: 'front', key, random: randomBytes, memory: 100, patience: 10_000 })
    onTestFinished(() => door.close())
    return door
  }
  const told = () => world.log().rows.filter(({ rule }) => rule === 'sensor' || rule === 'uploaded')

  const old = controller(front.key)
  await old.catchUp()
  for (const kind of ['power-on', 'closed', 'forced']) await old.tell(kind)
  expect(await old.present(card)).toMatchObject({ kind: 'answer', grant: true })
  expect(told()).toHaveLength(3)

  const key = value(rekeyDoor(deskDeps(world), 'front')).key ?? ''
  // Whoever took it home has a list and no desk; what it does there comes into no log.
  expect(await old.present(card)).toMatchObject({ kind: 'offline' })
  await old.tell('forced')
  await old.catchUp()
  expect(old.held().waiting).toBe(2)
  await expect(connect(world.port, front)).rejects.toThrow('proof')
  expect(told()).toHaveLength(3)

  const blank = controller(key)
  await blank.catchUp()
  expect(blank.held().rev).toBeGreaterThan(0)
  for (const kind of ['power-on', 'not-opened']) await blank.tell(kind)
  expect(blank.held().waiting).toBe(0)
  expect(await blank.present(card)).toMatchObject({ kind: 'answer', grant: true })
  const numbers = told().map(({ reason, inputs }) => [reason, JSON.parse(String(inputs)).n])
  expect(numbers).toEqual([
    ['power-on', 1],
    ['closed', 2],
    ['forced', 3],
    ['power-on', 1],
    ['not-opened', 2],
  ])
  expect(world.log().firstBad).toBeNull()
})
