// Who comes in beside paying, from the desk's call to the door's answer: the real use cases, database and door thread.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { endAccess } from '../../src/main/app/access-override.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { feedRow, recentFeed, whyOf } from '../../src/main/app/feed.ts'
import { giveInduction, takeInduction } from '../../src/main/app/give-induction.ts'
import { setHidden } from '../../src/main/app/hide-member.ts'
import { endGuest, inviteGuest } from '../../src/main/app/invite-guest.ts'
import { letInOnce } from '../../src/main/app/let-in-once.ts'
import { memberPanel } from '../../src/main/app/member-panel.ts'
import { backToNormal, bar, lockDown } from '../../src/main/app/order-doors.ts'
import type { Result } from '../../src/main/app/result.ts'
import { clearMinor, setMinor } from '../../src/main/app/set-minor.ts'
import { endEvent, listEvents, saveEvent } from '../../src/main/app/space-events.ts'
import { timeline } from '../../src/main/app/timeline.ts'
import { whoIsIn } from '../../src/main/app/who-is-in.ts'
import { DAY, HOUR, MINUTE, toIso } from '../../src/main/domain/time.ts'
import { writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { doorById, setDoor } from '../../src/main/store/doors.ts'
import { saveInduction, setDoorInductions } from '../../src/main/store/inductions.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { planById, savePlan } from '../../src/main/store/plans.ts'
import { MIGRATIONS } from '../store/folder.ts'
import { connect, type LinkSession } from './controller.ts'
import { addPerson, createWorld, DESK_ID, newCard, type Person, type World } from './world.ts'

let world: World
let deps: DeskDeps
let count = 0

beforeAll(async () => {
  world = createWorld()
  await world.start()
  const told = { push: () => undefined, pushLamps: () => undefined, doorSeen: () => null, deviceState: () => null }
  let ids = 0
  const live = { db: world.desk, newId: () => `made-${++ids}`, operator: 'Sam', ...told }
  const access = openForReading(world.dataDir, 'access', MIGRATIONS)
  const now = () => Date.now() + (world.offset[0] ?? 0)
  deps = { version: '1', desk: world.desk, access, report: null, deskId: DESK_ID, now, live: live as never }
})
afterAll(async () => {
  deps.access?.close()
  await world.stop()
})
beforeEach(() => {
  world.offset[0] = 0
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.sentence}`)
  return result.value
}
const pass = (ms: number) => {
  world.offset[0] = (world.offset[0] ?? 0) + ms
}
const inTime = (ms: number) => toIso(deps.now() + ms)
const lapsed = (name: string): Person => ({ name, holds: { phase: 'lapsed', unpaid: true } })

/** A door of its own, on which a controller asks. */
async function aDoor(direction: 'in' | 'out' | null = null, antiPassback = false) {
  count += 1
  const made = world.addDoor(`door-${count}`)
  const door = doorById(world.desk, made.id)
  if (door === null) throw new Error('no door')
  setDoor(world.desk, { ...door, direction, antiPassback })
  return { id: made.id, session: await connect(world.port, made) }
}

/** What a door says: the reason, and the detail that its row keeps. */
async function says({ session }: { session: LinkSession }, card: string): Promise<string> {
  const { json } = await session.check(card)
  const row = world.log().rows.find(({ receipt }) => receipt === json.receipt)
  return row?.detail == null ? json.reason : `${json.reason} (${row.detail})`
}
const lastRow = () => Number(world.log().rows.at(-1)?.seq)
const sentence = (seq = lastRow()) => value(whyOf(deps, seq)).sentence
const actions = (subject: string) =>
  world.desk.prepare('SELECT kind, operator FROM action WHERE subject = ? ORDER BY seq').all(subject)

test('let in once opens once, also where two doors ask at the same moment, and stands in both logs', async () => {
  const [front, side] = [await aDoor(), await aDoor()]
  const { memberId, card } = addPerson(world.desk, lapsed('Ada'))
  expect(await says(front, card)).toBe('lapsed')
  value(letInOnce(deps, { member: memberId, door: null, why: 'her coat' }))
  expect(value(memberPanel(deps, memberId)).overrides).toMatchObject([{ why: 'her coat', by: 'Sam', left: 1 }])
  const both = await Promise.all([front, side].map(({ session }) => session.check(card)))
  expect(both.map(({ json }) => json.reason).sort()).toEqual(['lapsed', 'ok-override'])
  expect(await says(front, card)).toBe('lapsed')
  const used = world.log().rows.find(({ member_id, reason }) => member_id === memberId && reason === 'ok-override')
  expect(JSON.parse(String(used?.inputs))).toMatchObject({ takes: 'permission', overrideBy: 'Sam' })
  expect(sentence(Number(used?.seq))).toBe("Ada came in once by Sam's permission (her coat).")
  expect(actions(memberId)).toEqual([{ kind: 'let-in-once', operator: 'Sam' }])
  expect(value(memberPanel(deps, memberId))).toMatchObject({ overrides: [], letInOnce: 1 })
  expect(world.log().firstBad).toBeNull()
})

test('let in once is for its door, runs out by itself, and can be ended', async () => {
  const [front, side] = [await aDoor(), await aDoor()]
  const { memberId, card } = addPerson(world.desk, lapsed('Ada'))
  const { id } = value(letInOnce(deps, { member: memberId, door: side.id, why: 'her coat' }))
  expect(await says(front, card)).toBe('lapsed')
  // Whoever presses twice gives no second pass.
  expect(letInOnce(deps, { member: memberId, door: null, why: 'again' }).ok).toBe(false)
  value(endAccess(deps, id))
  expect(await says(side, card)).toBe('lapsed')
  value(letInOnce(deps, { member: memberId, door: side.id, why: 'her coat' }))
  pass(15 * MINUTE)
  expect(await says(side, card)).toBe('lapsed')
  value(letInOnce(deps, { member: memberId, door: side.id, why: 'her coat' }))
  expect(await says(side, card)).toBe('ok-override')
})

test('a guest comes in while the host is in, and no longer than they were invited for', async () => {
  const [front, exit] = [await aDoor('in'), await aDoor('out')]
  const host = addPerson(world.desk, { name: 'Hana' })
  const guest = addPerson(world.desk, { name: 'Gil', holds: null })
  expect(await says(front, guest.card)).toBe('no-membership')
  const { id } = value(inviteGuest(deps, { host: host.memberId, guest: guest.memberId, until: inTime(2 * DAY) }))
  expect(await says(front, guest.card)).toBe('no-membership (host-absent)')
  expect(sentence()).toBe('Gil comes in while Hana is in, and Hana is not.')
  expect(await says(front, host.card)).toBe('ok')
  expect(await says(front, guest.card)).toBe('ok')
  const came = lastRow()
  expect(sentence()).toBe("Gil came in as Hana's guest.")
  expect(await says(exit, host.card)).toBe('ok')
  expect(sentence()).toBe('Hana went out.')
  expect(await says(front, guest.card)).toBe('no-membership (host-absent)')
  value(endGuest(deps, id))
  await says(front, host.card)
  expect(await says(front, guest.card)).toBe('no-membership')
  expect(sentence(came)).toBe("Gil came in as Hana's guest.")
  value(inviteGuest(deps, { host: host.memberId, guest: guest.memberId, until: inTime(HOUR) }))
  expect(await says(front, guest.card)).toBe('ok')
  pass(HOUR)
  expect(await says(front, guest.card)).toBe('no-membership')
})

test('a minor comes in with a guardian, until of age', async () => {
  const [front, exit] = [await aDoor('in'), await aDoor('out')]
  const [minor, guardian] = [addPerson(world.desk, { name: 'Mo' }), addPerson(world.desk, { name: 'Pa' })]
  const rules = { member: minor.memberId, guardianNeeded: true, hours: null, guardians: [guardian.memberId] }
  value(setMinor(deps, { ...rules, ofAge: inTime(3 * DAY).slice(0, 10) }))
  expect(await says(front, minor.card)).toBe('not-this-door (guardian-absent)')
  expect(sentence()).toBe('Mo is under age and comes in while a guardian is in, and none of theirs is.')
  await says(front, guardian.card)
  expect(await says(front, minor.card)).toBe('ok')
  await says(exit, guardian.card)
  expect(await says(exit, minor.card)).toBe('ok')
  expect(await says(front, minor.card)).toBe('not-this-door (guardian-absent)')
  value(clearMinor(deps, minor.memberId))
  expect(await says(front, minor.card)).toBe('ok')
  value(setMinor(deps, { ...rules, ofAge: inTime(3 * DAY).slice(0, 10) }))
  pass(3 * DAY)
  expect(await says(front, minor.card)).toBe('ok')
})

test('an event for two lets in two people, as often as they like, and a third not; it is over by itself', async () => {
  const [front, side] = [await aDoor(), await aDoor()]
  const [a, b, c] = [lapsed('A'), lapsed('B'), lapsed('C')].map((person) => addPerson(world.desk, person).card)
  const [from, until] = [inTime(HOUR), inTime(3 * HOUR)]
  value(saveEvent(deps, { name: 'Open day', from, until, doors: [front.id], members: null, heads: 2 }))
  const heard = async (...cards: (string | undefined)[]) => {
    const reasons = []
    for (const card of cards) reasons.push(await says(front, card ?? ''))
    return reasons
  }
  expect(await heard(a)).toEqual(['lapsed'])
  pass(HOUR)
  expect(await heard(a, b, c, a, b)).toEqual(['ok-override', 'ok-override', 'lapsed', 'ok-override', 'ok-override'])
  const told = sentence()
  expect(told).toMatch(/^B came in by Sam's permission until (today|tomorrow) \d\d:\d\d \(Open day\)\.$/)
  const row = lastRow()
  expect(await says(side, a ?? '')).toBe('lapsed')
  expect(listEvents(deps)).toMatchObject([{ name: 'Open day', isOn: true, heads: 2, came: 2 }])
  pass(2 * HOUR)
  expect(await heard(a)).toEqual(['lapsed'])
  expect(listEvents(deps)).toEqual([])
  expect(sentence(row)).toBe(told)
})

test('an event that is changed while it is on holds at doors at once; what they granted before is told as it was', async () => {
  const [front, side] = [await aDoor(), await aDoor()]
  const [a, b] = [lapsed('Abe'), lapsed('Bea')].map((person) => addPerson(world.desk, person))
  const times = { from: inTime(0), until: inTime(2 * HOUR) }
  const [event] = value(saveEvent(deps, { name: 'Open day', ...times, doors: [front.id], members: null, heads: null }))
  const change = (what: object) =>
    value(
      saveEvent(deps, {
        id: event?.id ?? '',
        name: 'Open day',
        ...times,
        doors: [],
        members: null,
        heads: null,
        ...what,
      }),
    )
  expect(await says(front, a?.card ?? '')).toBe('ok-override')
  const granted = lastRow()
  const before = { sentence: sentence(granted), receipt: value(whyOf(deps, granted)).receipt }
  expect(before.sentence).toContain('(Open day)')
  change({ name: 'Members only', doors: [side.id], members: [b?.memberId], until: inTime(HOUR) })
  expect(await says(front, a?.card ?? '')).toBe('lapsed')
  expect(await says(side, a?.card ?? '')).toBe('lapsed')
  expect(await says(side, b?.card ?? '')).toBe('ok-override')
  expect(sentence()).toContain('(Members only)')
  change({ name: 'Members only', heads: 1 })
  expect(await says(front, b?.card ?? '')).toBe('ok-override')
  expect(await says(front, a?.card ?? '')).toBe('lapsed')
  expect({ sentence: sentence(granted), receipt: value(whyOf(deps, granted)).receipt }).toEqual(before)
  value(endEvent(deps, event?.id ?? ''))
})

test('an event for a list lets in nobody else, and not those whose card is lost or who are barred', async () => {
  const front = await aDoor()
  const [listed, barred] = [addPerson(world.desk, lapsed('A')), addPerson(world.desk, lapsed('B'))]
  const other = addPerson(world.desk, lapsed('C'))
  value(bar(deps, { member: barred.memberId, why: 'x' }))
  const members = [listed.memberId, barred.memberId]
  const [event] = value(
    saveEvent(deps, { name: 'Course', from: inTime(0), until: inTime(HOUR), doors: [], members, heads: null }),
  )
  expect(await says(front, listed.card)).toBe('ok-override')
  expect(await says(front, barred.card)).toBe('member-barred')
  expect(await says(front, other.card)).toBe('lapsed')
  value(endEvent(deps, event?.id ?? ''))
  expect(await says(front, listed.card)).toBe('lapsed')
})

test('a visit is taken by the first grant of a day, not by a refusal and not by what a door tells late', async () => {
  const [front, laser] = [await aDoor(), await aDoor()]
  const plan = planById(world.desk, 'evenings')
  if (plan === null) throw new Error('no plan')
  savePlan(world.desk, { ...plan, visits: 1, visitsPer: 'term' }, null)
  saveInduction(world.desk, { id: 'laser', name: 'Laser' }, Date.now())
  setDoorInductions(world.desk, laser.id, ['laser'])
  const { memberId, card } = addPerson(world.desk, { name: 'Vi', plan: 'evenings' })
  const taken = () => deps.access?.prepare('SELECT count(*) AS n FROM visit WHERE member_id = ?').get(memberId)
  expect(await says(laser, card)).toBe('not-this-door (needs-induction)')
  expect(sentence()).toBe(`evenings does not open ${laser.id}: it needs the Laser induction.`)
  const late = { n: 1, at: new Date(Date.now() - HOUR).toISOString(), card, grant: true, reason: 'ok' }
  expect((await front.session.ask('POST', '/door/v1/events', JSON.stringify({ events: [late] }))).json).toEqual({
    acked: 1,
  })
  expect(taken()).toEqual({ n: 0 })
  expect([await says(front, card), await says(front, card)]).toEqual(['ok', 'ok'])
  expect(taken()).toEqual({ n: 1 })
  pass(DAY)
  expect(await says(front, card)).toBe('not-this-door (visits-used)')
  expect(sentence()).toBe("Vi's one visit of this term is used.")
  savePlan(world.desk, plan, null)
})

test('an induction opens until its end, and is taken back', async () => {
  const laser = await aDoor()
  saveInduction(world.desk, { id: 'lathe', name: 'Lathe' }, Date.now())
  setDoorInductions(world.desk, laser.id, ['lathe'])
  const { memberId, card } = addPerson(world.desk, { name: 'Ida' })
  const given = { member: memberId, induction: 'lathe' }
  value(giveInduction(deps, { ...given, until: inTime(HOUR) }))
  expect(await says(laser, card)).toBe('ok')
  pass(HOUR)
  expect(await says(laser, card)).toBe('not-this-door (needs-induction)')
  value(giveInduction(deps, { ...given, until: null }))
  expect(await says(laser, card)).toBe('ok')
  value(takeInduction(deps, given))
  expect(await says(laser, card)).toBe('not-this-door (needs-induction)')
})

test('who is in may not come in again before they have gone out; the screen counts them', async () => {
  const [front, exit] = [await aDoor('in', true), await aDoor('out')]
  const { memberId, card } = addPerson(world.desk, { name: 'Ned' })
  const isIn = () => whoIsIn(deps).people.some(({ id }) => id === memberId)
  expect(whoIsIn(deps).shows).toBe('in')
  expect([await says(front, card), await says(front, card)]).toEqual(['ok', 'anti-passback'])
  expect(isIn()).toBe(true)
  value(letInOnce(deps, { member: memberId, door: front.id, why: 'the exit reader missed it' }))
  expect([await says(front, card), await says(front, card)]).toEqual(['ok-override', 'anti-passback'])
  expect(await says(exit, card)).toBe('ok')
  expect(isIn()).toBe(false)
  expect(await says(front, card)).toBe('ok')
})

test('the feed says of whoever leaves that they went out, also as it is told and by what a controller did alone', async () => {
  const [front, exit] = [await aDoor('in'), await aDoor('out')]
  const { memberId, card } = addPerson(world.desk, { name: 'Ida' })
  const ways = () => recentFeed(deps, 3).map(({ verdict, wentOut }) => [verdict, wentOut])
  for (const door of [front, exit]) await says(door, card)
  await says(exit, newCard())
  expect(ways()).toEqual([
    ['granted', true],
    ['granted', true],
    ['granted', false],
  ])
  const { seq, at, door_id: doorId } = world.log().rows.at(-2) as { seq: number; at: number; door_id: string }
  const notice = { seq, at, doorId, memberId, canonical: card, cardText: card, reason: 'ok' } as const
  expect(feedRow(deps, notice)).toMatchObject({ member: { name: 'Ida' }, verdict: 'granted', wentOut: true })
  expect(value(timeline(deps, { id: memberId })).filter(({ kind }) => kind === 'door')).toMatchObject([
    { text: `Went out at ${exit.id}.` },
    { text: `Came in at ${front.id}.` },
  ])
  const event = { n: 1, at: toIso(deps.now()), card, grant: true, reason: 'ok' }
  await exit.session.ask('POST', '/door/v1/events', JSON.stringify({ events: [event] }))
  await front.session.ask(
    'POST',
    '/door/v1/events',
    JSON.stringify({ events: [{ ...event, n: 2, grant: false, reason: 'unknown-card' }, event] }),
  )
  expect(ways()).toEqual([
    ['note', false],
    ['granted', false],
    ['granted', true],
  ])
})

test('whoever is hidden counts among those who are in and is not named', async () => {
  const front = await aDoor('in')
  const [shy, open] = [addPerson(world.desk, { name: 'Shy' }), addPerson(world.desk, { name: 'Open' })]
  const before = whoIsIn(deps).count
  for (const { card } of [shy, open]) await says(front, card)
  const named = () => whoIsIn(deps).people.map(({ id }) => id)
  expect(named()).toEqual(expect.arrayContaining([shy.memberId, open.memberId]))
  value(setHidden(deps, { id: shy.memberId, hidden: true }))
  expect(whoIsIn(deps).count).toBe(before + 2)
  expect(named()).toContain(open.memberId)
  expect(JSON.stringify(whoIsIn(deps))).not.toContain('Shy')
  value(setHidden(deps, { id: shy.memberId, hidden: false }))
  expect(named()).toContain(shy.memberId)
})

test('nobody is kept from leaving: an unknown card, somebody barred, a lockdown, data that is too old', async () => {
  const exit = await aDoor('out')
  const [barred, one] = [addPerson(world.desk, lapsed('B')), addPerson(world.desk, lapsed('O'))]
  value(bar(deps, { member: barred.memberId, why: 'x' }))
  value(lockDown(deps, { id: exit.id, withKeyholders: true, why: 'an alarm' }))
  writeSyncState(world.desk, { freshFrom: Date.now() - 90 * DAY })
  for (const card of [newCard(), 'no card at all', barred.card, one.card]) expect(await says(exit, card)).toBe('ok')
  writeSyncState(world.desk, { freshFrom: Date.now() - MINUTE })
})

test('whoever is barred, or holds a card that was given back, is one click away', async () => {
  const front = await aDoor()
  const one = addPerson(world.desk, { name: 'Bo' })
  value(bar(deps, { member: one.memberId, why: 'x' }))
  expect(await says(front, one.card)).toBe('member-barred')
  expect(value(whyOf(deps, lastRow())).remedies).toEqual(['see-person'])
})

test('a row of a lockdown is told as it was after somebody has released the door', async () => {
  const front = await aDoor()
  const { card } = addPerson(world.desk, { name: 'Lou' })
  value(lockDown(deps, { id: front.id, why: 'a leak' }))
  expect(await says(front, card)).toBe('lockdown')
  expect(value(whyOf(deps, lastRow())).remedies).toEqual(['release-door'])
  value(backToNormal(deps, { id: front.id }))
  const why = value(whyOf(deps, lastRow()))
  expect(why.sentence).toMatch(new RegExp(`^${front.id} is locked down by Sam since \\w+ .* \\(a leak\\)\\.$`))
  expect(why.remedies).toEqual([])
  const labels = Object.fromEntries(why.receipt.map(({ label, value: text }) => [label, text]))
  expect(labels).toMatchObject({ 'Decided by': 'What was ordered of the door', Card: 'in order' })
  expect(labels['Rules and data']).toMatch(/^rules \d+, data \d+$/)
})
