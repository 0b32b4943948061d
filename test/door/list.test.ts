// Door link v1, "list": what a controller may open for while the desk is silent.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writtenForms } from '../../src/main/domain/card-identity.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { clearDirty, markDirty } from '../../src/main/store/billing-dirty.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { setKeys, writeBar, writeOrder } from '../../src/main/store/door-orders.ts'
import { doorById, setDoor, setDoorKey, setDoorPlans } from '../../src/main/store/doors.ts'
import { insertOverride } from '../../src/main/store/overrides.ts'
import { insertEvent } from '../../src/main/store/space-events.ts'
import { connect, type LinkSession } from './controller.ts'
import { addFact, addPerson, createWorld, newCard, shortOf, type TestDoor, type World } from './world.ts'

let world: World
let front: TestDoor
let session: LinkSession

type Entry = { card: string; until: string; windows: unknown[]; always?: boolean }
type List = { rev: number; full: boolean; more: boolean; entries: Entry[]; removed: string[] } & Record<string, unknown>

const list = async (since = 0, more = '', on = session): Promise<List> =>
  (await on.ask('GET', `/door/v1/list?since=${since}${more}`)).json
const entryOf = async (card: string) => (await list()).entries.find((entry) => entry.card === card)
const order = (change: object) =>
  writeOrder(world.desk, {
    doorId: 'front',
    mode: 'lockdown',
    withKeyholders: false,
    at: Date.now(),
    until: null,
    why: '',
    operator: 'owner',
    ...change,
  })

beforeAll(async () => {
  world = createWorld()
  front = world.addDoor('front')
  await world.start()
})
afterAll(() => world.stop())
beforeEach(async () => {
  world.desk.exec('DELETE FROM door_order; DELETE FROM member_bar; DELETE FROM keyholder')
  world.offset[0] = 0
  session = await connect(world.port, front)
})

test('holds whom a check would let in, with the moment at which it would begin to refuse', async () => {
  const end = Date.now() + 10 * DAY
  const good = addPerson(world.desk, { holds: { paidUntil: end, allowance: 7 * DAY } })
  const lost = addPerson(world.desk, { later: [{ kind: 'revoked', at: Date.now(), reason: 'lost' }] })
  const nobody = addPerson(world.desk, { holds: null })
  const { entries, rev, full, more, removed, tz, closed, valid_until } = await list()
  expect({ full, more, removed, tz, closed }).toEqual({
    full: true,
    more: false,
    removed: [],
    tz: 'Europe/Berlin',
    closed: [],
  })
  expect(Date.parse(String(valid_until)) - Date.now()).toBeGreaterThan(7 * DAY - HOUR)
  expect(rev).toBeGreaterThan(0)
  expect(entries.find(({ card }) => card === good.card)).toEqual({
    card: good.card,
    // Paid and then, with nothing more heard of Stripe, the allowance.
    until: new Date(end + 7 * DAY).toISOString(),
    windows: [],
  })
  for (const { card } of [lost, nobody]) expect(entries.map((entry) => entry.card)).not.toContain(card)
})

test('an agreed end, the end of a card and the end of a word are each the end', async () => {
  const at = Date.now()
  const leaving = addPerson(world.desk, { holds: { knownEnd: at + 2 * DAY } })
  const card = addPerson(world.desk, { enrolled: { validUntil: at + 3 * DAY } })
  const guest = addPerson(world.desk, { holds: null })
  insertOverride(world.desk, {
    ...{ id: 'word', memberId: guest.memberId, at, until: at + HOUR },
    ...{ why: 'a visitor', operator: 'owner', origin: 'desk', doorId: null, uses: null },
  })
  expect(Date.parse((await entryOf(leaving.card))?.until ?? '')).toBe(at + 2 * DAY)
  expect(Date.parse((await entryOf(card.card))?.until ?? '')).toBe(at + 3 * DAY)
  expect(Date.parse((await entryOf(guest.card))?.until ?? '')).toBe(at + HOUR)
})

test('tells what changed since a revision, and what went; an unknown one gets everything', async () => {
  const ada = addPerson(world.desk)
  const first = await list()
  expect((await list(first.rev)).entries).toEqual([])
  const bob = addPerson(world.desk)
  addFact(world.desk, ada.credential, { kind: 'revoked', at: Date.now(), reason: 'lost' })
  const { json: time } = await session.time()
  expect(time.list_rev).toBeGreaterThan(first.rev)
  const next = await list(first.rev)
  expect(next).toMatchObject({ full: false, removed: [ada.card], entries: [{ card: bob.card }] })
  expect(next.rev).toBeGreaterThan(first.rev)
  expect((await session.check(bob.card)).json.list_rev).toBe(next.rev)
  expect(await list(next.rev + 1_000_000)).toMatchObject({ full: true, rev: next.rev })
  expect((await list(first.rev - 1)).full).toBe(true)
})

test('comes in pages, in the order of bytes, and a page names its revision', async () => {
  for (let n = 0; n < 7; n += 1) addPerson(world.desk)
  const whole = await list()
  const cards: string[] = []
  for (let after = ''; ; ) {
    const page = await list(0, `&limit=3&after=${encodeURIComponent(after)}`)
    expect(page.rev).toBe(whole.rev)
    expect(page.entries.length).toBeLessThanOrEqual(3)
    cards.push(...page.entries.map(({ card }) => card))
    if (!page.more) break
    after = cards.at(-1) ?? ''
  }
  expect(cards).toEqual(whole.entries.map(({ card }) => card))
  expect(cards).toEqual(cards.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
})

test.each(['', '?limit=5', '?since=-1', '?since=01', '?since=0&limit=0', '?since=0&limit=5001', '?since=x'])(
  'the query "%s" makes no sense',
  async (query) => {
    const { status, json, signed } = await session.ask('GET', `/door/v1/list${query}`)
    expect([status, json.error, typeof json.detail, signed]).toEqual([400, 'bad-request', 'string', true])
  },
)

test('is written as the door writes cards; two that look alike there are both left out', async () => {
  const short = world.addDoor('side', '6H8D')
  const side = await connect(world.port, short)
  const one = addPerson(world.desk)
  const twin = `em:77${one.card.slice(5)}`
  const listed = async () => (await list(0, '', side)).entries.map(({ card }) => card)
  expect(await listed()).toContain(shortOf(one.card))
  const other = addPerson(world.desk, { card: twin })
  expect(shortOf(other.card)).toBe(shortOf(one.card))
  expect(await listed()).not.toContain(shortOf(one.card))
  expect((await side.check(shortOf(one.card))).json.grant).toBe(false)
})

test('a card that was enrolled short and the longer one of somebody else that looks the same are both left out', async () => {
  const side = await connect(world.port, world.addDoor('short', 'W26'))
  const long = addPerson(world.desk)
  const bits = writtenForms(long.card).W26 ?? ''
  const listed = async () => (await list(0, '', side)).entries.map(({ card }) => card)
  expect(await listed()).toContain(bits)
  addPerson(world.desk, { card: `w26:${long.card.slice(-6)}` })
  expect(await listed()).not.toContain(bits)
})

describe('orders', () => {
  test('a lockdown leaves keyholders, and one that includes them nobody', async () => {
    const ada = addPerson(world.desk)
    const kim = addPerson(world.desk, { holds: null })
    setKeys(world.desk, kim.memberId, ['front'], Date.now(), 'owner')
    expect(await entryOf(kim.card)).toMatchObject({ always: true })
    expect((await entryOf(ada.card))?.always).toBeUndefined()
    order({})
    expect((await list()).entries.map(({ card }) => card)).toEqual([kim.card])
    expect((await session.check(ada.card)).json).toMatchObject({ grant: false, reason: 'lockdown' })
    expect((await session.check(kim.card)).json).toMatchObject({ grant: true, reason: 'ok-keyholder' })
    expect((await session.time()).json).toMatchObject({ mode: 'lockdown', mode_for: 0 })
    order({ withKeyholders: true })
    expect((await list()).entries).toEqual([])
    expect((await session.check(kim.card)).json).toMatchObject({ grant: false, reason: 'lockdown' })
  })

  test('a lockdown that ends by itself is over at its minute, and the list comes back with a higher revision', async () => {
    const ada = addPerson(world.desk)
    order({ until: Date.now() + HOUR })
    const locked = await list()
    expect(locked.entries).toEqual([])
    world.offset[0] = 2 * HOUR
    session = await connect(world.port, front)
    expect((await session.check(ada.card)).json).toMatchObject({ grant: true, reason: 'ok' })
    expect((await session.time()).json.list_rev).toBeGreaterThan(locked.rev)
    const after = await list(locked.rev)
    expect(after.rev).toBeGreaterThan(locked.rev)
    expect(after.entries.map(({ card }) => card)).toContain(ada.card)
  })

  test('a hold lets every good card in, is a lease of a minute, and puts nobody on the list', async () => {
    const nobody = addPerson(world.desk, { holds: null })
    const lost = addPerson(world.desk, { later: [{ kind: 'revoked', at: Date.now(), reason: 'lost' }] })
    order({ mode: 'held-open', until: Date.now() + HOUR })
    expect((await session.time()).json).toMatchObject({ mode: 'held-open', mode_for: 60 })
    expect((await session.check(nobody.card)).json).toMatchObject({ grant: true, reason: 'ok-held-open' })
    expect((await session.check(lost.card)).json).toMatchObject({ grant: false, reason: 'card-lost' })
    expect(await entryOf(nobody.card)).toBeUndefined()
    order({ mode: 'held-open', until: Date.now() + 20_000 })
    expect((await session.time()).json.mode_for).toBeLessThanOrEqual(20)
    world.offset[0] = HOUR
    session = await connect(world.port, front)
    expect((await session.time()).json).toMatchObject({ mode: 'normal', mode_for: 0 })
  })

  test('a lockdown does not reach a reader on the way out, nor the list of one, which opens when the desk is silent', async () => {
    const exit = world.addDoor('exit')
    const door = doorById(world.desk, 'exit')
    if (door === null) throw new Error('The door that was just added is gone')
    setDoor(world.desk, { ...door, direction: 'out' })
    const ada = addPerson(world.desk)
    const out = await connect(world.port, exit)
    const opens = async () => (await list(0, '', out)).entries.some(({ card }) => card === ada.card)
    expect(await opens()).toBe(true)
    order({ doorId: 'exit', withKeyholders: true })
    expect(await opens()).toBe(true)
    expect((await out.time()).json).toMatchObject({ mode: 'normal', mode_for: 0 })
    order({ doorId: 'exit', mode: 'held-open', until: Date.now() + HOUR })
    expect((await out.time()).json).toMatchObject({ mode: 'held-open', mode_for: 60 })
  })

  test('a hold is over where the clock is set back before it: no door stands open for a day longer', async () => {
    const nobody = addPerson(world.desk, { holds: null })
    order({ mode: 'held-open', until: Date.now() + HOUR })
    expect((await session.check(nobody.card)).json.reason).toBe('ok-held-open')
    world.offset[0] = -DAY
    expect((await session.time()).json).toMatchObject({ mode: 'normal', mode_for: 0 })
    expect((await session.check(nobody.card)).json.reason).toBe('no-membership')
    world.offset[0] = 0
    order({ at: Date.now() + DAY })
    expect((await session.time()).json.mode).toBe('lockdown')
  })

  test('one that is ordered while the list is made counts at once', async () => {
    const ada = addPerson(world.desk)
    for (let wait = 0; wait < 10; wait++) {
      world.desk.exec('DELETE FROM door_order')
      await session.check(ada.card)
      const listing = list()
      await new Promise((resolve) => setTimeout(resolve, wait))
      order({ until: Date.now() + HOUR })
      await listing
      expect((await session.check(ada.card)).json.reason).toBe('lockdown')
    }
  })

  test('who is barred is refused, a keyholder too, until that is over', async () => {
    const ada = addPerson(world.desk)
    setKeys(world.desk, ada.memberId, ['*'], Date.now(), 'owner')
    writeBar(world.desk, { memberId: ada.memberId, at: Date.now(), until: Date.now() + DAY, why: 'x', operator: 'o' })
    expect((await session.check(ada.card)).json).toMatchObject({ grant: false, reason: 'member-barred' })
    expect(await entryOf(ada.card)).toBeUndefined()
    order({})
    expect((await session.check(ada.card)).json.reason).toBe('lockdown')
    world.desk.exec('DELETE FROM door_order')
    world.offset[0] = 2 * DAY
    session = await connect(world.port, front)
    expect((await session.check(ada.card)).json.reason).toBe('ok-keyholder')
    expect(await entryOf(ada.card)).toMatchObject({ always: true })
  })
})

describe('what is known to be over by now', () => {
  const inGrace = (graceUntil: number) => {
    const [paidUntil, graceStart] = [graceUntil - DAY, graceUntil - DAY]
    return addPerson(world.desk, { holds: { phase: 'owing', paidUntil, graceStart, graceUntil, allowance: 7 * DAY } })
  }

  test('by a sync raises the revision, and takes the card off the list', async () => {
    const now = Date.now()
    const late = inGrace(now + HOUR)
    const before = await list()
    expect(before.entries.map(({ card }) => card)).toContain(late.card)
    world.offset[0] = 3 * HOUR
    session = await connect(world.port, front)
    expect((await session.check(late.card)).json).toMatchObject({ reason: 'ok-stale', list_rev: before.rev })
    writeSyncState(world.desk, { freshFrom: now + 3 * HOUR - MINUTE })
    const { reason, list_rev } = (await session.check(late.card)).json
    expect(reason).toBe('lapsed')
    expect(list_rev).toBeGreaterThan(before.rev)
    expect((await list(before.rev)).removed).toContain(late.card)
    // A sync that saw nothing end is no news.
    writeSyncState(world.desk, { freshFrom: now + 3 * HOUR })
    expect((await session.time()).json.list_rev).toBe(list_rev)
    writeSyncState(world.desk, { freshFrom: now - MINUTE })
  })

  test('once the last of a person is read again does so too', async () => {
    const now = Date.now()
    const late = inGrace(now - 3 * HOUR)
    const customer = 'cus_late'
    const mark = { objectType: 'invoice', objectId: 'in_late', customerId: customer, since: now - 3 * HOUR }
    world.desk.prepare("INSERT INTO member_customer VALUES ('acct', ?, ?, ?)").run(customer, late.memberId, now)
    markDirty(world.desk, 'acct', mark)
    const before = await list()
    expect(before.entries.map(({ card }) => card)).toContain(late.card)
    clearDirty(world.desk, 'acct', { ...mark, marked: 1, attempts: 0 })
    const { reason, list_rev } = (await session.check(late.card)).json
    expect(reason).toBe('lapsed')
    expect(list_rev).toBeGreaterThan(before.rev)
    expect((await list(before.rev)).removed).toContain(late.card)
  })
})

test('a revision that was told never goes back, though the clock does', async () => {
  addPerson(world.desk, { holds: null })
  const from = Date.now() + HOUR
  const open = { id: 'open', name: 'Open day', from, until: from + HOUR, doors: [], members: null, heads: null }
  insertEvent(world.desk, { ...open, operator: 'owner' }, Date.now())
  await list()
  world.offset[0] = 1.5 * HOUR
  session = await connect(world.port, front)
  const told = (await session.time()).json.list_rev
  world.offset[0] = 0
  session = await connect(world.port, front)
  expect((await session.time()).json.list_rev).toBeGreaterThanOrEqual(told)
  await world.restart()
  session = await connect(world.port, front)
  expect((await session.time()).json.list_rev).toBeGreaterThanOrEqual(told)
})

test('plans, a card that starts later and a new key each change it', async () => {
  const at = Date.now()
  const full = addPerson(world.desk)
  const evenings = addPerson(world.desk, { plan: 'evenings' })
  const later = addPerson(world.desk, { card: newCard(), enrolled: { validFrom: at + DAY } })
  setDoorPlans(world.desk, 'front', [{ plan: 'full', schedule: null }])
  const before = await list()
  const cards = before.entries.map(({ card }) => card)
  expect([full, evenings, later].map(({ card }) => cards.includes(card))).toEqual([true, false, false])
  world.offset[0] = 25 * HOUR
  session = await connect(world.port, front)
  expect((await list(before.rev)).entries).toMatchObject([{ card: later.card }])
  setDoorPlans(world.desk, 'front', null)
  const key = 'b'.repeat(64)
  setDoorKey(world.desk, 'front', key)
  front = { id: 'front', key }
  session = await connect(world.port, front)
  const after = await list(before.rev)
  expect(after.full).toBe(true)
  expect(after.entries.map(({ card }) => card)).toContain(evenings.card)
})

test('a restart of the thread keeps it, and its revision never goes back', async () => {
  const before = await list()
  await world.restart()
  session = await connect(world.port, front)
  expect((await list(before.rev)).full).toBe(false)
  expect((await list()).rev).toBeGreaterThanOrEqual(before.rev)
})
