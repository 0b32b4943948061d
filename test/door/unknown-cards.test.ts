// A card that nobody has, from a door's question to the thirty-first day after: its number is told until then, and then it
// is nowhere.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { recentFeed, whyOf } from '../../src/main/app/feed.ts'
import { writtenForms } from '../../src/main/domain/card-identity.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { takeDeviceEvents } from '../../src/main/door/device-events.ts'
import { createDoorSync } from '../../src/main/door/device-sync.ts'
import { decisionBySeq } from '../../src/main/store/access-log.ts'
import { noteHeld, receiptsOf } from '../../src/main/store/device-cards.ts'
import { writeOrder } from '../../src/main/store/door-orders.ts'
import { insertDoor } from '../../src/main/store/doors.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { value } from '../app/agreed-desk.ts'
import { MIGRATIONS, openFresh } from '../store/folder.ts'
import { connect, type LinkSession } from './controller.ts'
import { deskDeps } from './desk-deps.ts'
import { addPerson, createWorld, DESK_ID, type TestDoor, type World } from './world.ts'

let world: World
let front: TestDoor
let session: LinkSession
let deps: DeskDeps

const STRANGE = 'em:5EC4E7D161'
const RUBBISH = 'rubbish-5EC4E7D162'
const ALONE = 'em:5EC4E7D163'
const AT_LOCKDOWN = 'em:5EC4E7D164'
/** As the first of them has it printed on. */
const PRINTED = '3303526753'
/** All of them have it. */
const NUMBER = /5EC4E7D16|3303526753/i

beforeAll(async () => {
  world = createWorld()
  front = world.addDoor('front')
  await world.start()
  session = await connect(world.port, front)
  deps = { ...deskDeps(world), access: openForReading(world.dataDir, 'access', MIGRATIONS) }
})
afterAll(() => {
  deps.access?.close()
  return world.stop()
})

async function restart(): Promise<void> {
  await world.restart()
  session = await connect(world.port, front)
}

/** Every table of access.db, as text. */
function stored({ but }: { but?: string } = {}): string {
  const { access } = deps
  if (access === null) throw new Error('access.db is not open')
  const tables = access.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]
  return JSON.stringify(
    tables.filter((name) => name !== but).map((name) => access.prepare(`SELECT * FROM ${name}`).all()),
  )
}

const upload = (event: object) => session.ask('POST', '/door/v1/events', JSON.stringify({ events: [event] }))
const seqOf = (id: string) => Number(world.log().rows.find((row) => row.presentation_id === id)?.seq)
const why = (id: string) => value(whyOf(deps, seqOf(id)))

test('is kept beside the log for thirty days and no longer', async () => {
  const { card } = addPerson(world.desk)
  const [known, strange, rubbish, locked] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await session.check(card, { id: known })
  const first = await session.check(STRANGE, { id: strange })
  expect(first.json).toMatchObject({ grant: false, reason: 'unknown-card' })
  await session.check(RUBBISH, { id: rubbish })
  const now = Date.now()
  const order = { doorId: 'front', mode: 'lockdown', at: now, until: now + HOUR, withKeyholders: false } as const
  writeOrder(world.desk, { ...order, why: 'a leak', operator: 'owner' })
  // Whatever the reason is: here it is not the card.
  expect((await session.check(AT_LOCKDOWN, { id: locked })).json).toMatchObject({ reason: 'lockdown' })
  const at = new Date(now - MINUTE).toISOString()
  const event = { n: 1, at, card: ALONE, grant: false, reason: 'unknown-card' }
  expect((await upload(event)).json).toEqual({ acked: 1 })

  // The same presentation and the same event again, by another session of another thread.
  await restart()
  expect((await session.check(STRANGE, { id: strange })).text).toBe(first.text)
  const other = await session.check('em:5EC4E7D169', { id: strange })
  expect(other).toMatchObject({ status: 400, json: { detail: 'this id was used for another card' }, signed: true })
  expect((await session.check(RUBBISH, { id: rubbish })).status).toBe(200)
  expect(await upload(event)).toMatchObject({ status: 200, json: { acked: 1 } })
  expect(await upload({ ...event, card: STRANGE })).toMatchObject({ status: 409 })
  expect(world.log().rows).toHaveLength(5)

  expect(stored({ but: 'unknown_card' })).not.toMatch(NUMBER)
  expect(stored()).toMatch(NUMBER)
  expect(world.log().rows.map(({ card_text: text }) => text)).toEqual([card, STRANGE, RUBBISH, AT_LOCKDOWN, ALONE])
  await expect.poll(() => world.decisions.map(({ cardText }) => cardText)).toContain(ALONE)
  expect(why(strange)).toMatchObject({
    sentence: `Nobody has this card (${PRINTED}).`,
    card: STRANGE,
    remedies: ['assign-card'],
  })

  world.offset[0] = 31 * DAY
  await restart()
  await expect.poll(() => stored()).not.toMatch(NUMBER)
  const { rows, firstBad } = world.log()
  expect(firstBad).toBeNull()
  expect(rows.map(({ card_text: text, canonical }) => [text, canonical])).toEqual([
    [card, card],
    ...Array.from({ length: 4 }, () => ['', null]),
  ])
  expect(why(strange)).toMatchObject({
    sentence: 'Nobody had this card. Its number is not kept any longer.',
    card: null,
    remedies: [],
  })
  expect(why(rubbish).sentence).toMatch(/^The card could not be read cleanly/)
  const shown = recentFeed(deps, 9).find(({ seq }) => seq === seqOf(strange))
  expect(shown).toMatchObject({ card: '', member: null, event: null, verdict: 'note' })

  // Under its number it is held all the same, and an old presentation is an old one whatever the card.
  expect(await upload(event)).toMatchObject({ status: 200, json: { acked: 1 } })
  expect(await upload({ ...event, grant: true })).toMatchObject({ status: 409 })
  const old = { status: 400, json: { detail: 'this id is older than 60 s: use a new one' }, signed: true }
  for (const text of [STRANGE, ALONE]) expect(await session.check(text, { id: strange })).toMatchObject(old)
  expect(world.log().rows).toHaveLength(5)
  expect(world.lines).toEqual([])
})

test('what a board tells of it afterwards is in the log once and keeps no number there', () => {
  const [desk, access] = [openFresh('desk'), openFresh('access')]
  insertDoor(desk, { id: 'gate', name: 'Gate', driver: 'uhppote', format: 'uhppote', key: null, at: 0 })
  const event = {
    what: 'swipe',
    n: 7,
    door: 'gate',
    at: Date.now(),
    card: PRINTED,
    granted: false,
    why: 'unknown-card',
  } as const
  const tell = () =>
    takeDeviceEvents({ desk, access, deskId: DESK_ID, now: Date.now }, 'board', [event], (_, card) => card)
  expect([tell(), tell()]).toMatchObject([[{ seq: 1, cardText: PRINTED, reason: 'unknown-card' }], []])
  expect(JSON.stringify(access.prepare('SELECT * FROM decision').all())).not.toContain(PRINTED)
  expect(decisionBySeq(access, DESK_ID, 1)?.cardText).toBe(PRINTED)
})

test('of what was taken from a board the numbers of another system go, and receipts of our cards stay', async () => {
  const [desk, access, now] = [openFresh('desk'), openFresh('access'), Date.now()]
  insertDoor(desk, { id: 'gate', name: 'Gate', driver: 'uhppote', format: 'uhppote', key: null, at: 0 })
  const { card } = addPerson(desk, { holds: null, later: [{ kind: 'revoked', at: now - 50 * DAY, reason: 'lost' }] })
  const ours = String(Number(writtenForms(card).uhppote))
  for (const [one, days] of [
    [ours, 40],
    [PRINTED, 40],
    ['4000001', 29],
  ] as const) {
    noteHeld(access, 'gate', one, 'terms', now - 50 * DAY)
    noteHeld(access, 'gate', one, null, now - days * DAY)
  }
  const device = {
    keepsHours: false,
    written: (text: string) => text,
    read: async () => ({ cards: [], otherDesk: null, newest: null }),
  }
  const lists = { entries: async () => [] }
  const sync = createDoorSync({ desk, access, now: () => now, lists: lists as never }, device as never, 'gate')
  const config = {
    driver: 'uhppote',
    host: '127.0.0.1',
    port: 60_000,
    serial: 405_419_896,
    output: 1,
    listener: 60_001,
  } as const
  await sync.run({ doorId: 'gate', config, adoptedAt: null, replaces: null, hours: null })
  expect(receiptsOf(access, 'gate', 9).map((receipt) => receipt.card)).toEqual(['4000001', ours])
})
