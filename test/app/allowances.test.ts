// What a plan gives besides doors and visits: taken off, given back, new with the month or the term, shared by all it covers.
import { expect, test } from 'vitest'
import { allowancesOf, changeAllowances, giveAllowanceBack, takeAllowance } from '../../src/main/app/allowances.ts'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { addManual, endMembership, renewManual } from '../../src/main/app/manual-membership.ts'
import { coverPerson } from '../../src/main/app/seats.ts'
import { actionsAbout } from '../../src/main/store/actions.ts'
import { openAgreedDesk, refusalOf, value } from './agreed-desk.ts'

const PASSES = { name: 'Day passes', amount: 2, per: 'month' as const }
const CREDITS = { name: 'Room credits', amount: 3, per: 'term' as const }

function opened() {
  const desk = openAgreedDesk('2026-11-20T10:00:00Z')
  value(changeAllowances(desk.deps, { plan: 'full', allowances: [PASSES, CREDITS] }))
  const days = { from: '2026-11-01', until: '2026-12-31' }
  const { id } = value(addManual(desk.deps, { member: 'ada', plan: 'full', method: 'cash', seats: 2, ...days }))
  const says = (member = 'ada') => allowancesOf(desk.deps, member).map((row) => row.says)
  const idOf = (name: string) => allowancesOf(desk.deps, 'ada').find((row) => row.name === name)?.allowance ?? ''
  const about = (name: string, member = 'ada') => ({ member, membership: id, allowance: idOf(name) })
  return { desk, id, says, about }
}

test('one is taken and given back, each a fact, and no more than there are', () => {
  const { desk, says, about } = opened()
  const { deps } = desk
  expect(says()).toEqual(['2 of 2 day passes left, new on 1 Dec', '3 of 3 room credits left, until 31 Dec'])
  expect(refusalOf(giveAllowanceBack(deps, about('Day passes'))).code).toBe('wrong-state')
  value(takeAllowance(deps, about('Day passes')))
  expect(value(takeAllowance(deps, about('Day passes')))[0]?.says).toBe('0 of 2 day passes left, new on 1 Dec')
  expect(refusalOf(takeAllowance(deps, about('Day passes'))).sentence).toBe(
    'No day passes are left: nothing was taken.',
  )
  value(giveAllowanceBack(deps, about('Day passes')))
  value(giveAllowanceBack(deps, about('Day passes')))
  expect(refusalOf(giveAllowanceBack(deps, about('Day passes'))).code).toBe('wrong-state')
  expect(says()[0]).toBe('2 of 2 day passes left, new on 1 Dec')
  const kinds = actionsAbout(deps.desk, 'ada', 20).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'allowance-used')).toHaveLength(2)
  expect(kinds.filter((kind) => kind === 'allowance-given-back')).toHaveLength(2)
  const rows = () => deps.desk.prepare('SELECT count(*) FROM allowance_use').pluck().get()
  expect(rows()).toBe(4)
  for (const change of ['DELETE FROM allowance_use', 'UPDATE allowance_use SET at = 0'])
    expect(() => deps.live.db.exec(change)).toThrow('only added to')
})

test('a month begins on its first by the clock of the space, a term when it was agreed', () => {
  const { desk, id, says, about } = opened()
  value(takeAllowance(desk.deps, about('Day passes')))
  value(takeAllowance(desk.deps, about('Room credits')))
  desk.setClock('2026-11-30T22:59:00Z')
  expect(says()).toEqual(['1 of 2 day passes left, new tomorrow', '2 of 3 room credits left, until 31 Dec'])
  desk.setClock('2026-11-30T23:01:00Z')
  expect(says()[0]).toBe('2 of 2 day passes left, new on 1 Jan 2027')
  value(renewManual(desk.deps, { id, until: '2027-01-31', method: 'cash' }))
  expect(says()[1]).toBe('2 of 3 room credits left, new on 1 Jan 2027')
  desk.setClock('2027-01-01T12:00:00Z')
  expect(says()[1]).toBe('3 of 3 room credits left, until 31 Jan')
})

test('all whom the membership covers have the same ones, and nobody else', () => {
  const { desk, id, says, about } = opened()
  expect(refusalOf(takeAllowance(desk.deps, about('Day passes', 'ben'))).sentence).toContain('ben is not covered')
  value(coverPerson(desk.deps, { id, member: 'ben' }))
  value(takeAllowance(desk.deps, about('Day passes', 'ben')))
  expect(says('ada')).toEqual(says('ben'))
  expect(says('ada')[0]).toMatch(/^1 of 2/)
  expect(says('cat')).toEqual([])
  value(endMembership(desk.deps, id))
  expect(says('ada')).toEqual([])
})

test('what is given no more is not shown, what was taken stays; fewer than were taken are none', () => {
  const { desk, says, about } = opened()
  const { deps } = desk
  value(takeAllowance(deps, about('Day passes')))
  value(takeAllowance(deps, about('Day passes')))
  const set = (allowances: Parameters<typeof changeAllowances>[1]['allowances']) =>
    changeAllowances(deps, { plan: 'full', allowances })
  const { allowance: id } = about('Day passes')
  value(set([{ id, name: 'Passes', amount: 1, per: 'month' }]))
  expect(says()).toEqual(['0 of 1 passes left, new on 1 Dec'])
  value(set([{ id, name: 'Passes', amount: 5, per: 'month' }]))
  expect(says()).toEqual(['3 of 5 passes left, new on 1 Dec'])
  expect(refusalOf(set([PASSES, { ...PASSES, name: 'day passes ' }])).sentence).toContain('stands there twice')
  expect(fieldOf(deps, [PASSES, { ...PASSES, name: ' ' }])).toEqual(['name-1'])
  expect(fieldOf(deps, [{ ...PASSES, id: 'of-another-plan' }])).toEqual(['name-0'])
  value(set([]))
  expect(says()).toEqual([])
})

function fieldOf(deps: DeskDeps, allowances: Parameters<typeof changeAllowances>[1]['allowances']): unknown {
  const result = changeAllowances(deps, { plan: 'full', allowances })
  return result.ok ? null : Object.keys((result.refusal.detail as { fields: object }).fields)
}
