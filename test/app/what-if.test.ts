// What a desk says that another rule would have changed is what a desk that had that rule from the start did answer; and
// what somebody could have done at a door is what the door did say.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mergePeople } from '../../src/main/app/merge-people.ts'
import { couldEnter } from '../../src/main/app/what-if-could.ts'
import { whatIfCsv } from '../../src/main/app/what-if-csv.ts'
import { replaySwipes, stopReplay } from '../../src/main/app/what-if-replay.ts'
import { type Ms, toIso } from '../../src/main/domain/time.ts'
import type { WhatIf } from '../../src/preload/shapes-what-if.ts'
import { type LivedDesk, liveUnder, value } from './lived-rules.ts'

const LONG = { graceDays: { card: 7, 'bank-debit': 10, manual: 9 } }
const SHORT = { graceDays: { card: 3, 'bank-debit': 3, manual: 3 } }

let lived: Awaited<ReturnType<typeof liveUnder<'short' | 'long' | 'momentary'>>>
beforeAll(async () => {
  lived = await liveUnder({
    short: { ...SHORT, endOfDay: true },
    long: { ...LONG, endOfDay: true },
    momentary: { ...SHORT, endOfDay: false },
  })
})
afterAll(() => lived.close())

const desk = (name: string): LivedDesk => lived.desks[name as keyof typeof lived.desks]
type Logged = {
  seq: number
  at: Ms
  door_id: string
  presentation_id: string
  member_id: string
  granted: number
  reason: string
}
const log = (name: string) => desk(name).access.prepare('SELECT * FROM decision ORDER BY seq').all() as Logged[]
const replayed = async (name: string, change: Parameters<typeof replaySwipes>[1]['change']) =>
  value(await replaySwipes(desk(name).deps, { change }, 10_000))

/** Swipes that two desks answered otherwise, by person, door and what the second did. */
function differing(one: string, other: string): Record<string, number> {
  const answers = new Map(log(other).map((row) => [row.presentation_id, row.granted]))
  const counts: Record<string, number> = {}
  for (const row of log(one)) {
    if (answers.get(row.presentation_id) === row.granted) continue
    const key = `${row.member_id} ${row.door_id} ${row.granted === 1 ? 'refused' : 'let in'}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
const told = ({ rows }: WhatIf) =>
  Object.fromEntries(
    rows.map(({ member, door, would, count }) => [
      `${member.id} ${door.id} ${would.grant ? 'let in' : 'refused'}`,
      count,
    ]),
  )

const MONEY = ['ok-grace', 'ok-stale', 'payment-pending', 'lapsed', 'frozen', 'ended', 'billing-stale']

describe('a rule that is tried on the past', () => {
  test('without a change every swipe comes out as it was recorded', async () => {
    for (const name of Object.keys(lived.desks)) {
      const { rows, unknown, swipes } = await replayed(name, {})
      const about = log(name).filter(({ reason }) => MONEY.includes(reason))
      expect({ rows, unknown, swipes }).toEqual({ rows: [], unknown: { count: 0, why: [] }, swipes: about.length })
    }
    const met = new Set(log('short').map(({ reason }) => reason))
    expect(MONEY.filter((reason) => !met.has(reason))).toEqual([])
  })

  test.each([
    ['short', LONG, 'long'],
    ['long', SHORT, 'short'],
    ['short', { endOfDay: false }, 'momentary'],
    ['momentary', { endOfDay: true }, 'short'],
    ['momentary', { ...LONG, endOfDay: true }, 'long'],
  ])('%s under %j is %s', async (name, change, other) => {
    const truth = differing(name, other)
    const said = await replayed(name, change)
    expect(told(said)).toEqual(truth)
    expect(Object.keys(truth).length).toBeGreaterThan(1)
    expect(said.letIn.swipes + said.refused.swipes).toBe(Object.values(truth).reduce((sum, n) => sum + n, 0))
    expect(said.unknown.count).toBe(0)
  })

  test('the rule that holds changes nothing, and the grace that would change something is told', async () => {
    const same = await replayed('short', SHORT)
    expect(same.total).toBe(0)
    const days = same.needs.find(({ method }) => method === 'card')?.days ?? expect.fail('nothing would')
    expect((await replayed('short', { graceDays: { card: days } })).letIn.people).toBeGreaterThan(0)
    expect((await replayed('short', { graceDays: { card: days - 1 } })).letIn.people).toBe(0)
  })

  test('a second one ends the first, somebody may stop it, and what is not there is refused', async () => {
    const { deps } = desk('short')
    const first = replaySwipes(deps, { change: {} })
    const second = replaySwipes(deps, { change: {} })
    expect(await first).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } })
    expect((await second).ok).toBe(true)
    const stopped = replaySwipes(deps, { change: {} })
    stopReplay(deps)
    expect((await stopped).ok).toBe(false)
    const planHours = (change: object) => ({
      change: { planHours: { plan: 'full', door: 'front', schedule: null, ...change } },
    })
    for (const asked of [planHours({ plan: 'x' }), planHours({ door: 'x' }), planHours({ schedule: 'x' })])
      expect(await replaySwipes(deps, asked)).toMatchObject({ refusal: { code: 'not-found' } })
  })

  test('hours of a plan at a door; progress; the file of all rows', async () => {
    const { deps } = desk('long')
    const steps: { done: number; of: number }[] = []
    const asked = { change: { planHours: { plan: 'full', door: 'laser', schedule: 'evenings' } } }
    const said = value(await replaySwipes({ ...deps, progress: (so) => steps.push(so) }, { id: 'x', ...asked }))
    expect(said.letIn.people).toBe(0)
    expect(said.refused.swipes).toBeGreaterThan(50)
    expect(said.unknown.count).toBe(0)
    // Whoever has a first payment open as well is told of that.
    expect(new Set(said.rows.map(({ door, would }) => `${door.id} ${would.reason}`))).toEqual(
      new Set(['laser outside-hours', 'laser payment-pending']),
    )
    expect(steps[0]).toMatchObject({ id: 'x', done: 0 })
    const { csv } = value(await whatIfCsv(deps, asked))
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + said.total)
  })
})

describe('could somebody enter then', () => {
  test('the answer is that of the door at each swipe, whatever was undone since', () => {
    const { deps } = desk('short')
    const rows = log('short').filter((row, n) => n % 10 === 0 || !MONEY.concat('ok').includes(row.reason))
    const wrong = rows.flatMap((row) => {
      const asked = { member: row.member_id, door: row.door_id, at: toIso(row.at) }
      const { grant, reason, swipe } = value(couldEnter(deps, asked))
      return grant === (row.granted === 1) && reason === row.reason && swipe?.agrees
        ? []
        : [`${row.seq} ${row.reason} ${reason}`]
    })
    expect(wrong).toEqual([])
    const reasons = new Set(rows.map(({ reason }) => reason))
    for (const one of [
      'lockdown',
      'member-barred',
      'card-suspended',
      'ok-override',
      'ok-stale',
      'billing-stale',
      'lapsed',
      'ok-grace',
    ])
      expect(reasons).toContain(one)
  })

  test('in words, by the clock on the wall, and what is not known is said', () => {
    const { deps } = desk('short')
    const ask = (when: string, member = 'p7') => value(couldEnter(deps, { member, door: 'front', at: when }))
    expect(ask('2026-03-20T21:00')).toMatchObject({ past: true, grant: false, at: '2026-03-20T20:00:00.000Z' })
    expect(ask('2026-03-20T21:00').sentence).toBe('20 Mar 21:00 at front: no. Person 7 is barred. Ask a manager.')
    expect(ask('2026-02-01T21:00').notes.join(' ')).toContain('Person 7 had no card then')
    expect(ask('2026-06-01T21:00')).toMatchObject({ past: false })
    expect(ask('2026-06-01T21:00').notes.join(' ')).toContain('By what is known now')
    for (const asked of [
      { member: 'p7', door: 'front', at: 'yesterday' },
      { member: 'p7', door: 'nowhere', at: '2026-03-20T21:00' },
      { member: 'nobody', door: 'front', at: '2026-03-20T21:00' },
    ])
      expect(couldEnter(deps, asked).ok).toBe(false)
  })
})

test('people who were merged since: what no longer fits is said, and nothing is guessed', async () => {
  const { deps } = desk('momentary')
  const before = await replayed('momentary', LONG)
  value(mergePeople(deps, { keep: 'p1', from: 'p0' }))
  const after = await replayed('momentary', LONG)
  expect(after.unknown.count).toBeGreaterThan(0)
  expect(after.swipes + after.unknown.count).toBe(before.swipes)
  const others = ({ rows }: WhatIf) => rows.filter(({ member }) => !['p0', 'p1'].includes(member.id))
  expect(others(after)).toEqual(others(before))
  expect((await replayed('momentary', {})).total).toBe(0)
})
