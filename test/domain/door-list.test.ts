// Whatever a list opens, a check would have opened at that moment; and a list ends where a check begins to refuse.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HeldList } from '../../hardware/sim/held-list.ts'
import { type DecisionInput, decide, opening, PLAIN } from '../../src/main/domain/decide.ts'
import { listTerms, NO_END } from '../../src/main/domain/door-list.ts'
import type { Hours } from '../../src/main/domain/schedule.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { entitlement, NOW, policy } from './samples.ts'

const near = fc.integer({ min: -40 * 24 * 60, max: 40 * 24 * 60 }).map((minutes) => NOW + minutes * MINUTE)
const maybe = fc.option(near, { nil: null, freq: 3 })
const phase = fc.constantFrom<Entitlement['phase']>('pending', 'paid', 'owing', 'term', 'lapsed', 'frozen', 'ended')

const membership = fc
  .record({
    phase,
    paidUntil: maybe,
    graceUntil: maybe,
    knownEnd: maybe,
    provisionalUntil: maybe,
    debitProcessing: fc.boolean(),
    frozenOpen: fc.boolean(),
    pauseUnreviewed: fc.boolean(),
    unpaid: fc.boolean(),
    allowance: fc.constantFrom(0, 3 * HOUR, 7 * DAY, 14 * DAY),
  })
  .chain((change) => fc.boolean().map((opensDoor) => ({ ...opening(entitlement(change)), opensDoor })))

/** What of a snapshot may change with time is a function of it, as the rows of the database are. */
const situation = fc.record({
  memberships: fc.array(membership, { maxLength: 3 }),
  freshSince: maybe,
  doorAllowance: fc.option(fc.constantFrom(0, 2 * DAY), { nil: null }),
  endOfDay: fc.boolean(),
  extendedTo: maybe,
  overrideUntil: maybe,
  orderUntil: fc.option(maybe, { nil: undefined }),
  mode: fc.constantFrom('lockdown' as const, 'held-open' as const),
  withKeyholders: fc.boolean(),
  keyholder: fc.boolean(),
  cardUntil: maybe,
})
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never

const inputAt =
  (given: Situation) =>
  (now: number): DecisionInput => ({
    ...PLAIN,
    now,
    policy: { ...policy, endOfDay: given.endOfDay },
    doorAllowance: given.doorAllowance,
    extendedTo: given.extendedTo,
    card: given.cardUntil !== null && now >= given.cardUntil ? 'expired' : 'active',
    memberships: given.memberships,
    freshSince: given.freshSince,
    override:
      given.overrideUntil !== null && now < given.overrideUntil
        ? { id: 'o', until: given.overrideUntil, operator: 'owner', event: null, counted: false }
        : null,
    order:
      given.orderUntil === undefined || (given.orderUntil !== null && now >= given.orderUntil)
        ? null
        : { mode: given.mode, withKeyholders: given.withKeyholders, until: given.orderUntil },
    keyholder: given.keyholder,
  })

test('no moment before the end of an entry is one at which a check refuses, and that end is one', () => {
  let listed = 0
  fc.assert(
    fc.property(situation, fc.array(fc.nat(80 * 24 * 60), { maxLength: 20 }), (given, minutes) => {
      const at = inputAt(given)
      const terms = listTerms(at, NOW, given.cardUntil === null ? [] : [given.cardUntil])
      if (terms === null) {
        // A hold is the one thing that opens without a list.
        const decision = decide(at(NOW))
        expect(decision.grant && decision.reason !== 'ok-held-open').toBe(false)
        return
      }
      listed += 1
      const { until } = terms
      expect(terms.windows).toEqual([])
      for (const moment of minutes.map((minute) => NOW + minute * MINUTE)) {
        if (moment < until) expect(decide(at(moment)).grant).toBe(true)
      }
      if (until < NO_END) {
        expect(decide(at(until - 1)).grant).toBe(true)
        const { grant, reason } = decide(at(until))
        expect(grant && reason !== 'ok-held-open').toBe(false)
      }
    }),
    { numRuns: 20_000, seed: 4 },
  )
  expect(listed).toBeGreaterThan(5_000)
})

const clock = fc.constantFrom('00:00', '02:30', '08:00', '12:00', '17:30', '23:00')
const hours: fc.Arbitrary<Hours> = fc
  .array(
    fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), from: clock, to: clock }),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((windows) => windows.filter(({ from, to }) => from !== to || from === '00:00'))
  .filter((windows) => windows.length > 0)
const maybeHours = fc.option(hours, { nil: null })

/** Most people pay. */
const mostly = fc.oneof(
  { arbitrary: near.map((paidUntil) => opening(entitlement({ paidUntil, phase: 'paid' }))), weight: 3 },
  { arbitrary: membership, weight: 1 },
)

const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary, weight: 1 })

/** What a controller cannot see may be anything by the time that somebody stands there. */
const unseen = fc.record({ used: fc.nat(3), today: fc.boolean(), in: fc.boolean(), guardianIn: fc.boolean() })
const asked = fc.record({
  holds: fc.array(fc.record({ membership: mostly, hours: maybeHours, visits: rarely(fc.constant(2)) }), {
    maxLength: 3,
  }),
  minor: rarely(fc.record({ needed: fc.boolean(), hours: maybeHours })),
  guest: fc.boolean(),
  passback: fc.constantFrom(false, false, false, true),
  missing: fc.constantFrom(null, null, null, 'Laser'),
  counted: fc.boolean(),
  wayOut: fc.boolean(),
  holidays: fc.uniqueArray(fc.constantFrom('2026-03-18', '2026-03-21', '2026-03-28', '2026-03-29', '2026-04-06')),
})

test('whatever a controller opens by its list, a check would have opened, in every hour and on both days when clocks change', () => {
  let opened = 0
  let timed = 0
  fc.assert(
    fc.property(
      situation,
      asked,
      fc.array(fc.tuple(fc.nat(14 * 24 * 60), unseen), { maxLength: 40 }),
      (given, rules, shown) => {
        const plain = inputAt(given)
        const at = (now: number, seen: (typeof shown)[number][1]): DecisionInput => {
          const { override, ...input } = plain(now)
          return {
            ...input,
            // The test above is about these; they would hide the rest.
            card: 'active',
            keyholder: false,
            order: null,
            override: override === null ? null : { ...override, counted: rules.counted },
            memberships: rules.holds.map((one) => ({
              ...one.membership,
              hours: one.hours,
              visits:
                one.visits === null ? null : { allowed: one.visits, per: 'month', used: seen.used, today: seen.today },
            })),
            minor:
              rules.minor === null
                ? null
                : { guardianIn: rules.minor.needed ? seen.guardianIn : null, hours: rules.minor.hours },
            guestOf: rules.guest ? { host: 'h', hostIn: seen.in } : null,
            passback: rules.passback ? { alreadyIn: seen.in } : null,
            missingInduction: rules.missing,
            wayOut: rules.wayOut,
            holidays: new Set(rules.holidays),
          }
        }
        const now = { used: 0, today: true, in: true, guardianIn: true }
        const terms = listTerms((moment) => at(moment, now), NOW, [])
        if (terms === null) return
        if (terms.windows.length > 0) timed += 1
        const list = new HeldList()
        const entry = {
          card: 'x',
          until: new Date(terms.until).toISOString(),
          windows: [...terms.windows].map((one) => ({ ...one, days: [...one.days] })),
        }
        const valid_until = new Date(NOW + 14 * DAY).toISOString()
        list.take([
          {
            rev: 1,
            full: true,
            more: false,
            valid_until,
            tz: policy.zone,
            closed: rules.holidays,
            entries: [entry],
            removed: [],
          },
        ])
        for (const [minute, seen] of shown) {
          const moment = NOW + minute * MINUTE
          if (!list.answer('x', moment).grant) continue
          opened += 1
          expect(decide(at(moment, seen)).grant).toBe(true)
        }
      },
    ),
    { numRuns: 3_000, seed: 5 },
  )
  expect(opened).toBeGreaterThan(2_000)
  expect(timed).toBeGreaterThan(300)
})
