// Two people who are one: what either may or may not do at doors goes with them, and finds its way back.
import { describe, expect, test } from 'vitest'
import { mergePeople, unmergePeople } from '../../src/main/app/merge-people.ts'
import {
  guestsOf,
  hostsOf,
  insertGuest,
  type MinorRules,
  minorAt,
  removeMinor,
  saveMinor,
} from '../../src/main/store/companions.ts'
import { barAt, keysOf, liftBar, setKeys, writeBar } from '../../src/main/store/door-orders.ts'
import { giveInduction, inductionsOf, saveInduction } from '../../src/main/store/inductions.ts'
import { eventById, insertEvent } from '../../src/main/store/space-events.ts'
import { type AgreedDesk, openAgreedDesk, value } from './agreed-desk.ts'

const AT = Date.parse('2026-03-18T10:00:00Z')
const DAY = 86_400_000
const TABLES = ['member_bar', 'keyholder', 'member_induction', 'event_member', 'minor', 'guardian', 'guest']

function opened() {
  const desk = openAgreedDesk('2026-03-18T10:00:00Z')
  const { db } = desk.deps.live
  const merge = () => value(mergePeople(desk.deps, { keep: 'ada', from: 'ben' })).merge
  const undo = (id: string) => void value(unmergePeople(desk.deps, id))
  const bar = (memberId: string, until: number | null, why: string) =>
    writeBar(db, { memberId, at: AT, until, why, operator: 'owner' })
  const whyBarred = (...people: string[]) => people.map((id) => barAt(db, id, AT)?.why ?? null)
  return { desk, db, merge, undo, bar, whyBarred }
}
const rows = ({ deps }: AgreedDesk) =>
  TABLES.map((table) => deps.live.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())

test('every table that names people is one of those that merging knows', () => {
  const { db } = opened()
  const naming = db
    .prepare(
      `SELECT DISTINCT t.name FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
       WHERE t.type = 'table' AND f."table" = 'member' AND t.name NOT LIKE 'member_merge' ORDER BY 1`,
    )
    .pluck()
    .all()
  // Cards are handed over by facts of their own; who is different from whom, hidden, has a photo, signs up or is written
  // to, is asked by whom each became.
  const others = ['member', 'member_email', 'member_customer', 'membership_cover', 'membership', 'access_override']
  const cards = ['credential_fact', 'card_held', 'member_different', 'member_hidden']
  const asked = [
    'cash_payment',
    'follow_up',
    'member_detail',
    'member_photo',
    'money_fact',
    'outbox',
    'recovered',
    'sign_up_fact',
    'waiver_signing',
  ]
  expect(naming).toEqual([...TABLES, ...others, ...cards, ...asked].toSorted())
})

test('a bar goes with a person into whom they became, at the door too, and the undo puts every row back', () => {
  const { desk, merge, undo, bar, whyBarred } = opened()
  bar('ben', null, 'broke a lock')
  const before = rows(desk)
  expect(desk.door('ada', 'ben')).toEqual(['no-membership', 'member-barred'])
  const id = merge()
  expect(whyBarred('ada')).toEqual(['broke a lock'])
  expect(desk.door('ada', 'ben')).toEqual(['member-barred', 'member-barred'])
  undo(id)
  expect(rows(desk)).toEqual(before)
  expect(desk.door('ada', 'ben')).toEqual(['no-membership', 'member-barred'])
})

test.each([
  ['the one who goes', 2, null, 'of ben'],
  ['the one who goes, by a day', 2, 3, 'of ben'],
  ['the one who stays', 5, 3, 'of ada'],
  ['the one who stays, for good', null, 3, 'of ada'],
])('of two bars the longer holds: that of %s', (_, ada, ben, holds) => {
  const { desk, merge, undo, bar, whyBarred } = opened()
  const until = (days: number | null) => (days === null ? null : AT + days * DAY)
  bar('ada', until(ada), 'of ada')
  bar('ben', until(ben), 'of ben')
  const before = rows(desk)
  const id = merge()
  expect(whyBarred('ada')).toEqual([holds])
  undo(id)
  expect(rows(desk)).toEqual(before)
})

test('keys go with them, each once, and the undo puts every row back', () => {
  const { desk, db, merge, undo } = opened()
  setKeys(db, 'ada', ['front', 'shed'], AT - 1, 'owner')
  setKeys(db, 'ben', ['front', 'attic'], AT, 'cat')
  const before = rows(desk)
  const id = merge()
  expect([keysOf(db, 'ada'), keysOf(db, 'ben')]).toEqual([['attic', 'front', 'shed'], []])
  expect(desk.door('ben')).toEqual(['ok-keyholder'])
  undo(id)
  expect(rows(desk)).toEqual(before)
})

test('what was lifted or taken back since goes back to nobody, and what was said since stays', () => {
  const { db, merge, undo, bar, whyBarred } = opened()
  bar('ben', null, 'broke a lock')
  setKeys(db, 'ben', ['front', 'attic'], AT, 'owner')
  const id = merge()
  liftBar(db, 'ada')
  setKeys(db, 'ada', ['attic', 'shed'], AT + 1, 'owner')
  undo(id)
  expect(whyBarred('ada', 'ben')).toEqual([null, null])
  expect([keysOf(db, 'ada'), keysOf(db, 'ben')]).toEqual([['attic', 'shed'], ['attic']])
  bar('ben', null, 'again')
  const second = merge()
  writeBar(db, { memberId: 'ada', at: AT + 2, until: AT + DAY, why: 'something else', operator: 'owner' })
  undo(second)
  expect(whyBarred('ada', 'ben')).toEqual(['something else', 'again'])
})

test('inductions go with them, of two of the same the one that holds longer, and places on the list of an event', () => {
  const { desk, db, merge, undo } = opened()
  for (const id of ['laser', 'lathe', 'forge']) saveInduction(db, { id, name: id }, AT)
  const induct = (memberId: string, inductionId: string, until: number | null) =>
    giveInduction(db, { memberId, inductionId, at: AT, until, operator: 'owner' })
  induct('ada', 'laser', AT + DAY)
  induct('ben', 'laser', null)
  induct('ada', 'lathe', AT + 2 * DAY)
  induct('ben', 'lathe', AT + DAY)
  induct('ben', 'forge', null)
  const event = { name: 'Open day', from: AT, until: AT + DAY, heads: null, operator: 'owner', doors: [] }
  insertEvent(db, { ...event, id: 'e1', members: ['ben', 'cat'] }, AT)
  insertEvent(db, { ...event, id: 'e2', members: ['ada', 'ben'] }, AT)
  const before = rows(desk)
  const id = merge()
  expect(inductionsOf(db, 'ada').map((one) => [one.id, one.until])).toEqual([
    ['forge', null],
    ['laser', null],
    ['lathe', AT + 2 * DAY],
  ])
  expect(['e1', 'e2'].map((one) => eventById(db, one)?.members)).toEqual([['ada', 'cat'], ['ada']])
  undo(id)
  expect(rows(desk)).toEqual(before)
})

describe('people under age', () => {
  const young = (memberId: string, years: number, guardians: string[]): MinorRules => ({
    ...{ memberId, ofAge: AT + years * 365 * DAY, guardianNeeded: true, scheduleId: null, guardians },
  })

  test('stay so, with their guardians, and nobody becomes their own', () => {
    const { desk, db, merge, undo } = opened()
    saveMinor(db, young('ben', 3, ['ada', 'cat']), AT, 'owner')
    saveMinor(db, young('dan', 5, ['ben', 'eve']), AT, 'owner')
    const before = rows(desk)
    const id = merge()
    expect(minorAt(db, 'ada', AT)).toMatchObject({ ofAge: AT + 3 * 365 * DAY, guardians: ['cat'] })
    expect([minorAt(db, 'ben', AT), minorAt(db, 'dan', AT)?.guardians]).toEqual([null, ['ada', 'eve']])
    undo(id)
    expect(rows(desk)).toEqual(before)
  })

  test.each([
    ['the one who goes', 2, 4],
    ['the one who stays', 4, 2],
  ])('of two rules those hold that hold longer: of %s; the guardians of both may come', (_, ada, ben) => {
    const { desk, db, merge, undo } = opened()
    saveMinor(db, young('ada', ada, ['cat', 'dan']), AT - 1, 'owner')
    saveMinor(db, young('ben', ben, ['dan', 'eve']), AT, 'owner')
    const before = rows(desk)
    const id = merge()
    expect(minorAt(db, 'ada', AT)).toMatchObject({ ofAge: AT + 4 * 365 * DAY, guardians: ['cat', 'dan', 'eve'] })
    undo(id)
    expect(rows(desk)).toEqual(before)
  })

  test('who were said to be of age since get no rules back', () => {
    const { db, merge, undo } = opened()
    saveMinor(db, young('ben', 3, ['ada', 'cat']), AT, 'owner')
    const id = merge()
    removeMinor(db, 'ada')
    undo(id)
    expect([minorAt(db, 'ada', AT), minorAt(db, 'ben', AT)]).toEqual([null, null])
  })
})

test('guests and hosts go with them; an invitation between the two is left alone', () => {
  const { desk, db, merge, undo } = opened()
  const invite = (id: string, memberId: string, hostId: string) =>
    insertGuest(db, { id, memberId, hostId, at: AT, until: AT + DAY, operator: 'owner' })
  invite('g1', 'ben', 'cat')
  invite('g2', 'dan', 'ben')
  invite('g3', 'ben', 'ada')
  invite('g4', 'ada', 'ben')
  const before = rows(desk)
  const id = merge()
  expect(hostsOf(db, 'ada', AT).map(({ hostId }) => hostId)).toEqual(expect.arrayContaining(['cat']))
  expect(guestsOf(db, 'ada', AT).map(({ memberId }) => memberId)).toEqual(expect.arrayContaining(['dan']))
  undo(id)
  expect(rows(desk)).toEqual(before)
})
