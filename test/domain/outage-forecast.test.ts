// Whom an outage turns away, and when: only those who may have paid, and never later than a door would.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DecisionInput, decide, opening, PLAIN } from '../../src/main/domain/decide.ts'
import {
  addTurn,
  type Exposed,
  type ForecastDoor,
  momentsOf,
  noTurns,
  refusedUnseen,
  turnsOf,
} from '../../src/main/domain/outage-forecast.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { entitlement, NOW, policy } from './samples.ts'

const OPEN: ForecastDoor = { allowance: null, extendedTo: null }
const RENEWAL = NOW + 2 * DAY
const paid = (change: Partial<Entitlement> = {}) => ({
  entitlement: entitlement({ paidUntil: RENEWAL, ...change }),
  until: null as number | null,
})
const somebody = (change: Partial<Exposed> = {}): Exposed => ({
  memberships: [paid()],
  freshSince: NOW - 3 * HOUR,
  wordUntil: null,
  barredUntil: null,
  ...change,
})
const other = (change: Partial<Entitlement>) => paid({ membershipId: 'm2', ...change })

describe('the moment from which a door refuses somebody unseen', () => {
  test.each<[string, Exposed, Partial<ForecastDoor & { now: number }>, number | null]>([
    ['a card’s renewal: a week after it', somebody(), {}, RENEWAL + 7 * DAY],
    ['a bank debit’s: two weeks', somebody({ memberships: [paid({ allowance: 14 * DAY })] }), {}, RENEWAL + 14 * DAY],
    ['the door’s own allowance', somebody(), { allowance: HOUR }, RENEWAL + HOUR],
    ['none at all', somebody(), { allowance: 0 }, RENEWAL],
    ['a manager’s extension', somebody(), { extendedTo: RENEWAL + 20 * DAY }, RENEWAL + 20 * DAY],
    ['an extension that is shorter than the allowance', somebody(), { extendedTo: RENEWAL + DAY }, RENEWAL + 7 * DAY],
    ['long ago: now', somebody(), { now: RENEWAL + 9 * DAY }, RENEWAL + 9 * DAY],
    [
      'a grace that runs',
      somebody({ memberships: [paid({ phase: 'owing', graceUntil: NOW + DAY })] }),
      {},
      NOW + 8 * DAY,
    ],
    ['paid days of a pause', somebody({ memberships: [paid({ phase: 'frozen' })] }), {}, RENEWAL + 7 * DAY],
    [
      'a debit on its way at the last look',
      somebody({ memberships: [paid({ phase: 'owing', graceUntil: NOW - 9 * DAY, debitProcessing: true })] }),
      {},
      NOW - 3 * HOUR + 7 * DAY,
    ],
    [
      'days given for a first debit',
      somebody({ memberships: [paid({ phase: 'pending', provisionalUntil: NOW + DAY })] }),
      {},
      NOW + 8 * DAY,
    ],
    ['nobody ever read Stripe', somebody({ freshSince: null }), {}, RENEWAL + 7 * DAY],
  ])('%s', (_, person, { now = NOW, ...door }, expected) => {
    expect(refusedUnseen(person, { ...OPEN, ...door }, policy, now)).toBe(expected)
  })

  test.each<[string, Exposed]>([
    ['whose end was agreed, before the allowance is over', somebody({ memberships: [paid({ knownEnd: RENEWAL })] })],
    ['with a manual term', somebody({ memberships: [paid({ phase: 'term', graceUntil: RENEWAL + 7 * DAY })] })],
    ['who has not paid', somebody({ memberships: [paid({ phase: 'lapsed' })] })],
    ['whose first payment is missing', somebody({ memberships: [paid({ phase: 'pending' })] })],
    ['who left', somebody({ memberships: [paid({ phase: 'ended' })] })],
    ['paused where the space stays open', somebody({ memberships: [paid({ phase: 'frozen', frozenOpen: true })] })],
    ['whose paid time ended well before the last look', somebody({ memberships: [paid({ paidUntil: NOW - DAY })] })],
    ['barred for good', somebody({ barredUntil: Number.POSITIVE_INFINITY })],
    ['no longer covered by then', somebody({ memberships: [{ ...paid(), until: RENEWAL + DAY }] })],
    ['without any', somebody({ memberships: [] })],
  ])('nobody %s is a victim', (_, person) => {
    expect(refusedUnseen(person, OPEN, policy, NOW)).toBeNull()
  })

  test.each<[string, Exposed, number]>([
    [
      'an end that was agreed for later does not save from being refused before it',
      somebody({ memberships: [paid({ knownEnd: RENEWAL + 9 * DAY })] }),
      RENEWAL + 7 * DAY,
    ],
    [
      'another membership carries until its own end',
      somebody({ memberships: [paid(), other({ knownEnd: NOW + 15 * DAY, paidUntil: NOW + 15 * DAY })] }),
      NOW + 15 * DAY,
    ],
    [
      'another that was agreed carries to the end of its own grace',
      somebody({
        memberships: [paid(), other({ phase: 'term', paidUntil: NOW + 90 * DAY, graceUntil: NOW + 97 * DAY })],
      }),
      NOW + 97 * DAY,
    ],
    [
      'another that is no longer theirs by then carries no further',
      somebody({
        memberships: [
          paid(),
          { ...other({ phase: 'term', paidUntil: NOW + 90 * DAY, graceUntil: NOW + 97 * DAY }), until: NOW + 20 * DAY },
        ],
      }),
      NOW + 20 * DAY,
    ],
    ['a person’s word carries until it is over', somebody({ wordUntil: NOW + 12 * DAY }), NOW + 12 * DAY],
    ['a bar hides it until it is lifted', somebody({ barredUntil: NOW + 12 * DAY }), NOW + 12 * DAY],
  ])('%s', (_, person, expected) => {
    expect(refusedUnseen(person, OPEN, policy, NOW)).toBe(expected)
  })
})

const near = fc.integer({ min: -20 * 24 * 60, max: 40 * 24 * 60 }).map((minutes) => NOW + minutes * MINUTE)
const maybe = fc.option(near, { nil: null, freq: 3 })
const situation = fc.record({
  memberships: fc.array(
    fc
      .record({
        phase: fc.constantFrom<Entitlement['phase']>(
          'pending',
          'paid',
          'paid',
          'owing',
          'term',
          'lapsed',
          'frozen',
          'ended',
        ),
        paidUntil: maybe,
        graceUntil: maybe,
        knownEnd: maybe,
        provisionalUntil: maybe,
        debitProcessing: fc.boolean(),
        frozenOpen: fc.boolean(),
        allowance: fc.constantFrom(0, 3 * HOUR, 7 * DAY, 14 * DAY),
      })
      .map((change) => ({ entitlement: entitlement(change), until: null })),
    { minLength: 1, maxLength: 3 },
  ),
  freshSince: maybe,
  wordUntil: maybe,
  barredUntil: maybe,
  allowance: fc.option(fc.constantFrom(0, 2 * DAY), { nil: null }),
  extendedTo: maybe,
  endOfDay: fc.boolean(),
})

test('a door that says billing-stale says so from the moment of the forecast on, and lets them in or has another reason before', () => {
  let victims = 0
  fc.assert(
    fc.property(situation, fc.array(fc.nat(70 * 24 * 60), { maxLength: 40 }), (given, minutes) => {
      const { memberships, freshSince, wordUntil, barredUntil, allowance, extendedTo, endOfDay } = given
      const rules = { ...policy, endOfDay }
      const input = (now: number): DecisionInput => ({
        ...PLAIN,
        now,
        policy: rules,
        doorAllowance: allowance,
        extendedTo,
        card: 'active',
        memberships: memberships.map((covering) => opening(covering.entitlement)),
        freshSince,
        override:
          wordUntil !== null && now < wordUntil
            ? { id: 'o', until: wordUntil, operator: 'owner', event: null, counted: false }
            : null,
        barred: barredUntil !== null && now < barredUntil,
      })
      const at = refusedUnseen(given, { allowance, extendedTo }, rules, NOW)
      for (const moment of minutes.map((minute) => NOW + minute * MINUTE)) {
        if (decide(input(moment)).reason === 'billing-stale') expect(at !== null && at <= moment).toBe(true)
      }
      if (at === null) return
      victims += 1
      expect(decide(input(at)).grant).toBe(false)
      if (at > NOW && memberships.length === 1) expect(decide(input(at - 1)).reason).not.toBe('billing-stale')
    }),
    { numRuns: 2_000, seed: 4 },
  )
  expect(victims).toBeGreaterThan(400)
})

const told = (turns: ReturnType<typeof turnsOf>, moments: number, now = NOW) => {
  const soonest = noTurns(moments)
  for (const turn of turns) addTurn(soonest, turn)
  return momentsOf(soonest, now)
}

test('what begins within an hour is told as one moment, each person once, with the doors where it is not all of them', () => {
  const at = NOW + DAY + 50 * MINUTE
  const turns = [
    ...turnsOf(
      'ada',
      new Map([
        ['front', at],
        ['laser', at],
      ]),
    ),
    ...turnsOf(
      'ben',
      new Map([
        ['front', at + 10 * MINUTE],
        ['laser', at + 5 * MINUTE],
        ['cellar', null],
      ]),
    ),
    ...turnsOf(
      'cat',
      new Map([
        ['front', at + HOUR],
        ['laser', at],
      ]),
    ),
    ...turnsOf('dan', new Map([['front', null]])),
    ...turnsOf('eve', new Map([['front', NOW]])),
  ]
  const { refused, moments } = told(turns, 3)
  expect(refused.map(({ memberId }) => memberId)).toEqual(['eve'])
  expect(moments.map((one) => [one.at, one.turns.map(({ memberId, doors }) => [memberId, doors])])).toEqual([
    [
      at,
      [
        ['ada', null],
        ['cat', ['laser']],
        ['ben', ['laser', 'front']],
      ],
    ],
    [at + HOUR, [['cat', null]]],
  ])
  // Counted a while ago: what was to come is there.
  const later = told(turns, 3, at + 7 * MINUTE)
  expect(later.refused.map(({ memberId }) => memberId)).toEqual(['eve', 'ada', 'cat', 'ben'])
  expect(later.moments[0]).toMatchObject({ at: at + 10 * MINUTE, turns: [{ memberId: 'ben', doors: ['front'] }, {}] })
})

test('of thousands only the soonest are kept, whatever order they come in', () => {
  const turns = Array.from({ length: 2_000 }, (_, n) => ({
    at: NOW + ((n * 7_919) % 2_000) * 20 * MINUTE,
    memberId: `m${n}`,
    doors: null,
  }))
  const { moments } = told(turns, 4, NOW - 1)
  expect(moments.slice(0, 4).map((one) => [one.at, one.turns.length])).toEqual(
    [0, 1, 2, 3].map((hour) => [NOW + hour * HOUR, 3]),
  )
  const soonest = noTurns(4)
  for (const turn of turns) addTurn(soonest, turn)
  expect(soonest.hours.size).toBe(8)
})
