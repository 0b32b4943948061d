// Door link v1, "events": what a controller did while the desk was silent, each number once, none missing.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { HOUR } from '../../src/main/domain/time.ts'
import { doorById, setDoor, setDoorKey } from '../../src/main/store/doors.ts'
import { connect, type LinkSession } from './controller.ts'
import { addPerson, createWorld, type TestDoor, type World } from './world.ts'

let world: World
let door: TestDoor
let session: LinkSession
let card: string
let doors = 0

/** Some time ago, when the card was enrolled already. */
const AT = new Date(Date.now() - HOUR).toISOString()
const upload = async (events: object[], more = {}) =>
  session.ask('POST', '/door/v1/events', JSON.stringify({ events, ...more }))
const swipe = (n: number, change = {}) => ({ n, at: AT, card, grant: true, reason: 'ok', ...change })
const rows = () => world.log().rows.filter((row) => row.door_id === door.id)

beforeAll(async () => {
  world = createWorld()
  card = addPerson(world.desk).card
  await world.start()
})
afterAll(() => world.stop())
beforeEach(async () => {
  doors += 1
  door = world.addDoor(`door-${doors}`)
  session = await connect(world.port, door)
})

test('each event is one row of the log, marked as uploaded, with when it was and whose card', async () => {
  const { status, json, signed } = await upload([
    swipe(1),
    swipe(2, { card: 'em:0000000099', grant: false, reason: 'unknown-card' }),
  ])
  expect([status, json, signed]).toEqual([200, { acked: 2 }, true])
  expect(rows()).toMatchObject([
    { at: Date.parse(AT), card_text: card, granted: 1, reason: 'ok', rule: 'uploaded', canonical: card },
    { granted: 0, reason: 'unknown-card', rule: 'uploaded', member_id: null },
  ])
  expect(rows()[0]?.member_id).toMatch(/^person-/)
  expect(JSON.parse(String(rows()[0]?.inputs))).toMatchObject({ n: 1, uploadedAt: expect.any(String) })
  expect(world.log().firstBad).toBeNull()
})

test('a number that is held already makes no second row; with other content it is a conflict, and nothing is taken', async () => {
  await upload([swipe(1), swipe(2)])
  expect((await upload([swipe(1), swipe(2), swipe(3)])).json).toEqual({ acked: 3 })
  expect(rows()).toHaveLength(3)
  const { status, json, signed } = await upload([swipe(4), swipe(2, { grant: false, reason: 'lapsed' })])
  expect([status, json, signed]).toEqual([409, { error: 'event-conflict', acked: 3 }, true])
  const inside = await upload([swipe(5), swipe(5, { reason: 'ok-grace' })])
  expect(inside.status).toBe(409)
  expect(rows()).toHaveLength(3)
})

test('what is said to happen later than it is heard happened when it was heard; a day that does not exist is refused', async () => {
  const before = Date.now()
  expect((await upload([swipe(1, { at: '2099-01-01T00:00:00Z' })])).json).toEqual({ acked: 1 })
  expect(rows()[0]?.at).toBeGreaterThanOrEqual(before)
  expect(rows()[0]?.at).toBeLessThanOrEqual(Date.now())
  // Told again it is the same.
  expect((await upload([swipe(1, { at: '2099-01-01T00:00:00Z' })])).json).toEqual({ acked: 1 })
  expect((await upload([swipe(2, { at: '2026-02-30T00:00:00Z' })])).json).toMatchObject({
    error: 'bad-request',
    detail: 'events[0].at: a moment, such as 2026-11-20T18:00:00Z',
  })
})

test('whoever did not go through where they were let in is where they were before', async () => {
  const side = world.addDoor(`side-${doors}`)
  for (const { id } of [door, side]) {
    const known = doorById(world.desk, id)
    if (known === null) throw new Error(`no door ${id}`)
    setDoor(world.desk, { ...known, direction: 'in', antiPassback: id === door.id })
  }
  const one = addPerson(world.desk).card
  const says = async (on = session) => (await on.check(one)).json.reason
  const notOpened = (n: number) => ({ n, at: new Date().toISOString(), kind: 'not-opened' })
  expect([await says(), await says()]).toEqual(['ok', 'anti-passback'])
  await upload([notOpened(1)])
  expect([await says(), await says()]).toEqual(['ok', 'anti-passback'])
  // In by this door, and then let in by another that was not opened.
  const onSide = await connect(world.port, side)
  expect(await says(onSide)).toBe('ok')
  await onSide.ask('POST', '/door/v1/events', JSON.stringify({ events: [notOpened(1)] }))
  expect(await says()).toBe('anti-passback')
  // Of long ago, or of somebody else, it says nothing.
  await upload([{ ...notOpened(2), at: AT }])
  expect(await says()).toBe('anti-passback')
})

test('acknowledges up to the first gap, and over it once it is filled', async () => {
  expect((await upload([])).json).toEqual({ acked: 0 })
  expect((await upload([swipe(1), swipe(3), swipe(4)])).json).toEqual({ acked: 1 })
  expect((await upload([])).json).toEqual({ acked: 1 })
  expect((await upload([swipe(2)])).json).toEqual({ acked: 4 })
  expect(rows()).toHaveLength(4)
})

test('what is declared lost becomes one row and is passed over, however many there are', async () => {
  expect((await upload([swipe(5)], { lost_to: 4 })).json).toEqual({ acked: 5 })
  expect(rows().map(({ reason }) => reason)).toEqual(['ok', 'events-lost'])
  expect(JSON.parse(String(rows()[1]?.inputs))).toMatchObject({ after: 0, to: 4, missing: 4 })
  expect((await upload([], { lost_to: 2 ** 52 })).json).toEqual({ acked: 2 ** 52 })
  expect((await upload([], { lost_to: 2 ** 52 })).json).toEqual({ acked: 2 ** 52 })
  expect(rows()).toHaveLength(3)
  // One that was only thought lost is kept all the same.
  expect((await upload([swipe(3)])).json).toEqual({ acked: 2 ** 52 })
  expect(rows()).toHaveLength(4)
})

test('what the door itself saw is a row of the log and of the feed', async () => {
  const kinds = ['forced', 'open-too-long', 'not-opened', 'closed', 'power-on']
  expect((await upload(kinds.map((kind, n) => ({ n: n + 1, at: AT, kind })))).json).toEqual({ acked: 5 })
  expect(rows().map(({ reason, rule, granted }) => [reason, rule, granted])).toEqual(
    kinds.map((kind) => [kind, 'sensor', 0]),
  )
  const told = world.decisions.filter(({ doorId }) => doorId === door.id)
  expect(told.map(({ reason }) => reason)).toEqual(kinds)
})

test('numbers belong to the key: after another one they begin anew', async () => {
  await upload([swipe(1), swipe(2)])
  const key = 'c'.repeat(64)
  setDoorKey(world.desk, door.id, key)
  session = await connect(world.port, { ...door, key })
  expect((await upload([])).json).toEqual({ acked: 0 })
  expect((await upload([swipe(1, { reason: 'ok-grace' })])).json).toEqual({ acked: 1 })
  expect(rows()).toHaveLength(3)
})

test.each([
  ['no list', {}],
  ['no number', { events: [{ at: AT, card: 'x', grant: true, reason: 'ok' }] }],
  ['a number of no kind', { events: [{ n: 1.5, at: AT, card: 'x', grant: true, reason: 'ok' }] }],
  ['no moment', { events: [{ n: 1, at: 'yesterday', card: 'x', grant: true, reason: 'ok' }] }],
  ['an unknown reason', { events: [{ n: 1, at: AT, card: 'x', grant: true, reason: 'because' }] }],
  ['an unknown kind', { events: [{ n: 1, at: AT, kind: 'melted' }] }],
  ['no card', { events: [{ n: 1, at: AT, grant: true, reason: 'ok' }] }],
  ['lost to nowhere', { events: [], lost_to: 0 }],
])('%s: refused, and says what is wrong', async (_, body) => {
  const { status, json } = await session.ask('POST', '/door/v1/events', JSON.stringify(body))
  expect([status, json.error, typeof json.detail]).toEqual([400, 'bad-request', 'string'])
  expect(rows()).toHaveLength(0)
})

test('a restart of the thread keeps what was acknowledged', async () => {
  await upload([swipe(1), swipe(3)])
  await world.restart()
  session = await connect(world.port, door)
  expect((await upload([])).json).toEqual({ acked: 1 })
  expect((await upload([swipe(2)])).json).toEqual({ acked: 3 })
})
