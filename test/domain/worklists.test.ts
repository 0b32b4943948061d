// Worklists as tables: when doors close before Monday and why, bank cards that run out, ways by which money leaks.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DecisionInput, decide, opening, PLAIN } from '../../src/main/domain/decide.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY } from '../../src/main/domain/time.ts'
import {
  type Comer,
  comingMonday,
  isRunOut,
  leaksOf,
  lockOut,
  median,
  sumsOf,
} from '../../src/main/domain/worklists.ts'
import { entitlement, policy } from './samples.ts'

const BERLIN = 'Europe/Berlin'
const at = (iso: string) => Date.parse(iso)
const QUARTER = DAY / 96
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)

test.each([
  ['a Friday evening', '2026-11-27T17:00Z', BERLIN, '2026-11-29T23:00'],
  ['the last minute of a Sunday', '2026-11-29T22:59Z', BERLIN, '2026-11-29T23:00'],
  ['the first moment of a Monday: the next', '2026-11-29T23:00Z', BERLIN, '2026-12-06T23:00'],
  ['a Monday at noon: the next', '2026-11-30T11:00Z', BERLIN, '2026-12-06T23:00'],
  ['over the change to summer time', '2026-03-27T17:00Z', BERLIN, '2026-03-29T22:00'],
  ['over the change to winter time', '2026-10-23T17:00Z', BERLIN, '2026-10-25T23:00'],
  ['where it is Monday already', '2026-11-29T12:00Z', 'Pacific/Auckland', '2026-12-06T11:00'],
  ['where the clocks change on a Sunday at midnight', '2026-09-05T12:00Z', 'America/Santiago', '2026-09-07T03:00'],
])('the coming Monday from %s', (_, now, zone, monday) => {
  expect(iso(comingMonday(at(now), zone))).toBe(monday)
})

/** Friday 27 March 2026, 18:00 in Berlin; on the Sunday clocks go from 02:00 to 03:00. */
const FRIDAY = at('2026-03-27T17:00Z')
const MONDAY = comingMonday(FRIDAY, BERLIN)
const TO_THE_HOUR = { ...policy, zone: BERLIN, endOfDay: false }
const TO_THE_DAY = { ...TO_THE_HOUR, endOfDay: true }

function comer(change: Partial<Comer> & { of?: Partial<Entitlement>[] }): Comer {
  const { of = [], ...more } = change
  const memberships = of.map((one) => ({ entitlement: entitlement(one), until: null }))
  return { memberships, words: [], keyholder: false, barredUntil: null, cards: [{ from: null, until: null }], ...more }
}
const owing = (graceUntil: string, more: Partial<Entitlement> = {}): Partial<Entitlement> => ({
  phase: 'owing',
  paidUntil: at('2026-03-20T10:00Z'),
  graceStart: at('2026-03-20T10:00Z'),
  graceUntil: at(graceUntil),
  method: 'card',
  ...more,
})
const term = (paidUntil: string, graceUntil: string): Partial<Entitlement> => ({
  phase: 'term',
  paidUntil: at(paidUntil),
  graceStart: at(paidUntil),
  graceUntil: at(graceUntil),
  method: 'manual',
})
const paid = (knownEnd: string | null): Partial<Entitlement> => ({
  phase: 'paid',
  paidUntil: at('2026-03-28T12:00Z'),
  knownEnd: knownEnd === null ? null : at(knownEnd),
})
const word = (until: string) => ({ id: 'w1', until: at(until), operator: 'owner' })

describe('who is refused before Monday', () => {
  // For an hour after an end of grace doors cannot know what followed it; an agreed end is known.
  test.each<[string, Comer, string | null, string | null]>([
    [
      'grace that ends',
      comer({ of: [owing('2026-03-28T09:00Z')] }),
      '2026-03-28T10:00 grace',
      '2026-03-28T23:00 grace',
    ],
    [
      'just before midnight',
      comer({ of: [owing('2026-03-28T22:30Z')] }),
      '2026-03-28T23:30 grace',
      '2026-03-28T23:30 grace',
    ],
    ['on the short Sunday', comer({ of: [owing('2026-03-29T00:30Z')] }), '2026-03-29T01:30 grace', null],
    ['after Monday', comer({ of: [owing('2026-03-30T09:00Z')] }), null, null],
    ['grace that is over already', comer({ of: [owing('2026-03-26T09:00Z')] }), null, null],
    [
      'this afternoon, to the end of the day',
      comer({ of: [owing('2026-03-27T12:00Z')] }),
      null,
      '2026-03-27T23:00 grace',
    ],
    ['a debit on its way', comer({ of: [owing('2026-03-28T09:00Z', { debitProcessing: true })] }), null, null],
    [
      'a term with its grace',
      comer({ of: [term('2026-03-21T23:00Z', '2026-03-28T23:00Z')] }),
      '2026-03-28T23:00 term',
      '2026-03-28T23:00 term',
    ],
    ['a term whose grace goes on', comer({ of: [term('2026-03-28T23:00Z', '2026-04-04T22:00Z')] }), null, null],
    ['a renewal, which Stripe makes', comer({ of: [paid(null)] }), null, null],
    ['an agreed end', comer({ of: [paid('2026-03-28T12:00Z')] }), '2026-03-28T12:00 ending', '2026-03-28T23:00 ending'],
    [
      'one of two memberships',
      comer({ of: [owing('2026-03-28T09:00Z'), { ...paid(null), membershipId: 'm2' }] }),
      null,
      null,
    ],
    [
      'a pause that uses up what was paid',
      comer({ of: [{ phase: 'frozen', paidUntil: at('2026-03-28T12:00Z') }] }),
      '2026-03-28T13:00 pause',
      '2026-03-28T23:00 pause',
    ],
    [
      'access before a first debit',
      comer({ of: [{ phase: 'pending', provisionalUntil: at('2026-03-28T12:00Z'), paidUntil: null }] }),
      '2026-03-28T13:00 provisional',
      '2026-03-28T23:00 provisional',
    ],
    [
      "a person's word alone",
      comer({ words: [word('2026-03-28T12:00Z')] }),
      '2026-03-28T12:00 word',
      '2026-03-28T12:00 word',
    ],
    [
      'a word that outlasts grace',
      comer({ of: [owing('2026-03-28T09:00Z')], words: [word('2026-03-29T12:00Z')] }),
      '2026-03-29T12:00 word',
      '2026-03-29T12:00 word',
    ],
    [
      'a word that something else outlasts',
      comer({ of: [paid(null)], words: [word('2026-03-28T12:00Z')] }),
      null,
      null,
    ],
    [
      'the only card',
      comer({ of: [paid(null)], cards: [{ from: null, until: at('2026-03-28T12:00Z') }] }),
      '2026-03-28T12:00 card',
      '2026-03-28T12:00 card',
    ],
    [
      'one of two cards',
      comer({
        of: [paid(null)],
        cards: [
          { from: null, until: at('2026-03-28T12:00Z') },
          { from: null, until: null },
        ],
      }),
      null,
      null,
    ],
    [
      'a card that begins later',
      comer({ of: [owing('2026-03-28T09:00Z')], cards: [{ from: at('2026-03-28T05:00Z'), until: null }] }),
      null,
      null,
    ],
    [
      'a place in a membership',
      comer({ memberships: [{ entitlement: entitlement(paid(null)), until: at('2026-03-28T12:00Z') }] }),
      '2026-03-28T12:00 cover',
      '2026-03-28T12:00 cover',
    ],
    ['no card', comer({ of: [owing('2026-03-28T09:00Z')], cards: [] }), null, null],
    ['barred', comer({ of: [owing('2026-03-28T09:00Z')], barredUntil: Number.POSITIVE_INFINITY }), null, null],
    ['a keyholder', comer({ of: [owing('2026-03-28T09:00Z')], keyholder: true }), null, null],
  ])('%s', (_, who, toTheHour, toTheDay) => {
    const said = (rules: typeof TO_THE_HOUR) => {
      const found = lockOut(who, rules, FRIDAY, MONDAY)
      return found === null ? null : `${iso(found.at)} ${found.kind}`
    }
    expect([said(TO_THE_HOUR), said(TO_THE_DAY)]).toEqual([toTheHour, toTheDay])
  })

  test('is who a door refuses first, asked every quarter of an hour', () => {
    const moment = fc.integer({ min: -30 * 4, max: 60 * 4 }).map((quarters) => FRIDAY + quarters * QUARTER)
    const membership = fc.record({
      phase: fc.constantFrom<Entitlement['phase']>('paid', 'owing', 'term', 'frozen', 'pending', 'lapsed', 'ended'),
      paidUntil: fc.option(moment),
      graceUntil: fc.option(moment),
      knownEnd: fc.option(moment),
      provisionalUntil: fc.option(moment),
      debitProcessing: fc.boolean(),
    })
    const situation = fc.record({
      of: fc.array(membership, { maxLength: 2 }),
      words: fc.array(moment, { maxLength: 1 }),
      endOfDay: fc.boolean(),
    })
    fc.assert(
      fc.property(situation, ({ of, words, endOfDay }) => {
        const rules = { ...TO_THE_HOUR, endOfDay }
        const who = comer({
          of: of.map((one, n) => ({ ...one, membershipId: `m${n}` })),
          words: words.map((until) => ({ id: 'w1', until, operator: 'owner' })),
        })
        const opens = (now: number) => {
          const until = words.find((end) => end > now)
          const input: DecisionInput = {
            ...PLAIN,
            now,
            policy: rules,
            doorAllowance: null,
            card: 'active',
            memberships: who.memberships.map((one) => opening(one.entitlement)),
            freshSince: now,
            override: until === undefined ? null : { id: 'w1', until, operator: 'owner', event: null, counted: false },
          }
          return decide(input).grant
        }
        const found = lockOut(who, rules, FRIDAY, MONDAY)
        const quarters = Array.from({ length: (MONDAY - FRIDAY) / QUARTER }, (_, n) => FRIDAY + n * QUARTER)
        const shut = opens(FRIDAY) ? quarters.find((now) => !opens(now)) : undefined
        expect(found?.at).toBe(shut)
      }),
      { numRuns: 150 },
    )
  })

  test('on the Monday itself the week that begins is looked at', () => {
    const monday = at('2026-03-30T07:00Z')
    const who = comer({ of: [owing('2026-04-04T09:00Z')] })
    expect(lockOut(who, TO_THE_HOUR, monday, comingMonday(monday, BERLIN))?.at).toBe(at('2026-04-04T10:00Z'))
    expect(lockOut(who, TO_THE_HOUR, FRIDAY, MONDAY)).toBeNull()
  })
})

test.each([
  ['2026-11', '2026-11-30T22:59Z', BERLIN, false],
  ['2026-11', '2026-11-30T23:00Z', BERLIN, true],
  ['2026-11', '2026-11-30T23:00Z', 'UTC', false],
  ['2026-12', '2027-01-01T12:00Z', 'UTC', true],
  ['2027-01', '2026-12-31T12:00Z', 'UTC', false],
])('a bank card that is good to the end of %s, charged at %s in %s', (expires, charge, zone, runOut) => {
  expect(isRunOut(expires, at(charge), zone)).toBe(runOut)
})

test('medians and sums', () => {
  expect([median([]), median([7]), median([9, 1, 4]), median([1, 2, 5, 100])]).toEqual([null, 7, 4, 4])
  expect(
    sumsOf([{ minor: 5, currency: 'usd' }, null, { minor: 2, currency: 'eur' }, { minor: 3, currency: 'usd' }]),
  ).toEqual([
    { minor: 2, currency: 'eur' },
    { minor: 8, currency: 'usd' },
  ])
})

test('entries that need a membership and had none are leaks, by what let them in', () => {
  const entry = (n: number, more: object) => ({
    at: n * DAY,
    doorId: 'front',
    reason: 'ok',
    rule: 'paid',
    override: null,
    event: null,
    by: null,
    ...more,
  })
  const leaks = leaksOf([
    entry(1, { reason: 'ok-override', override: 'w1', by: 'owner' }),
    entry(2, { reason: 'ok-override', override: 'w1', by: 'owner' }),
    entry(3, { reason: 'ok-override', override: 'e1', event: 'Open day', by: 'owner' }),
    entry(4, { reason: 'ok-held-open', by: 'owner' }),
    entry(5, { reason: 'ok-stale' }),
    entry(6, { reason: 'ok', rule: 'uploaded', doorId: 'side' }),
    entry(7, { reason: 'ok-grace', rule: 'uploaded', doorId: 'side' }),
    entry(8, { reason: 'ok-keyholder' }),
    entry(9, { reason: 'ok', rule: 'guest' }),
  ])
  expect(leaks.map(({ way, times, lastAt }) => [way.kind, way.doorId, times, lastAt / DAY])).toEqual([
    ['list', 'side', 2, 7],
    ['word', null, 2, 2],
    ['stale', null, 1, 5],
    ['held-open', 'front', 1, 4],
    ['event', null, 1, 3],
  ])
})
