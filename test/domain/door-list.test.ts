// Whatever a list opens, a check would have opened at that moment; and a list ends where a check begins to refuse.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DecisionInput, decide } from '../../src/main/domain/decide.ts'
import { NO_END, openUntil } from '../../src/main/domain/door-list.ts'
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
  .chain((change) => fc.boolean().map((opensDoor) => ({ entitlement: entitlement(change), opensDoor })))

/** What of a snapshot may change with time is a function of it, as the rows of the database are. */
const situation = fc.record({
  memberships: fc.array(membership, { maxLength: 3 }),
  freshSince: maybe,
  doorAllowance: fc.option(fc.constantFrom(0, 2 * DAY), { nil: null }),
  endOfDay: fc.boolean(),
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
    now,
    policy: { ...policy, endOfDay: given.endOfDay },
    doorAllowance: given.doorAllowance,
    extendedTo: null,
    card: given.cardUntil !== null && now >= given.cardUntil ? 'expired' : 'active',
    memberships: given.memberships,
    freshSince: given.freshSince,
    override:
      given.overrideUntil !== null && now < given.overrideUntil
        ? { id: 'o', until: given.overrideUntil, operator: 'owner' }
        : null,
    order:
      given.orderUntil === undefined || (given.orderUntil !== null && now >= given.orderUntil)
        ? null
        : { mode: given.mode, withKeyholders: given.withKeyholders, until: given.orderUntil },
    keyholder: given.keyholder,
    barred: false,
  })

test('no moment before the end of an entry is one at which a check refuses, and that end is one', () => {
  let listed = 0
  fc.assert(
    fc.property(situation, fc.array(fc.nat(80 * 24 * 60), { maxLength: 60 }), (given, minutes) => {
      const at = inputAt(given)
      const until = openUntil(at, NOW, given.cardUntil === null ? [] : [given.cardUntil])
      if (until === null) {
        // A hold is the one thing that opens without a list.
        const decision = decide(at(NOW))
        expect(decision.grant && decision.reason !== 'ok-held-open').toBe(false)
        return
      }
      listed += 1
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
