// Two people who are one: what either may or may not do at doors goes with them, and finds its way back.
import { expect, test } from 'vitest'
import { mergePeople, unmergePeople } from '../../src/main/app/merge-people.ts'
import { barAt, keysOf, liftBar, setKeys, writeBar } from '../../src/main/store/door-orders.ts'
import { type AgreedDesk, openAgreedDesk, value } from './agreed-desk.ts'

const AT = Date.parse('2026-03-18T10:00:00Z')
const DAY = 86_400_000
const TABLES = ['member_bar', 'keyholder']

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
