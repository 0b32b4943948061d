import { describe, expect, it } from 'vitest'
import { type HeldMembership, standingHistory } from '../../src/main/domain/history.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { entitlement, NOW } from './samples.ts'

type Version = [days: number, change: Partial<Entitlement>]
/** Versions and covers by the day, counted from 100 days ago. */
const START = NOW - 100 * DAY
const day = (n: number) => START + n * DAY
const held = (versions: Version[], covers: [number, number | null][] = [[0, null]]): HeldMembership => ({
  versions: versions.map(([n, change]) => ({ at: day(n), entitlement: entitlement(change), morePlans: [] })),
  covers: covers.map(([from, until]) => ({ from: day(from), until: until === null ? null : day(until) })),
})
const told = (memberships: HeldMembership[], now = NOW) =>
  standingHistory(memberships, now).map(
    ({ at, standing, planIds, cause }) => `${(at - START) / DAY} ${standing} ${planIds.join() || null} ${cause}`,
  )
const owing = { phase: 'owing', cause: 'late', graceUntil: day(37), paidUntil: day(30) } as const

describe('the history of a person', () => {
  const table: [string, HeldMembership[], string[]][] = [
    ['of somebody who never had a membership', [], []],
    [
      'is one step where nothing but renewals happened',
      [
        held([
          [0, {}],
          [30, { paidUntil: day(60) }],
        ]),
      ],
      ['0 current full paid'],
    ],
    [
      'tells grace, what the clock did to it, and the payment, newest first',
      [
        held([
          [0, {}],
          [30, owing],
          [50, {}],
        ]),
      ],
      ['50 current full paid', '37 lapsed full grace-over', '30 grace full late', '0 current full paid'],
    ],
    [
      'does not let the clock run on where the payment came first',
      [
        held([
          [0, {}],
          [30, owing],
          [35, {}],
        ]),
      ],
      ['35 current full paid', '30 grace full late', '0 current full paid'],
    ],
    [
      'tells a change of plan as a step of its own, and keeps the old one',
      [
        held([
          [0, {}],
          [20, { planId: 'evenings' }],
        ]),
      ],
      ['20 current evenings paid', '0 current full paid'],
    ],
    [
      'tells when an end was agreed, and that it was reached',
      [
        held([
          [0, {}],
          [10, { cause: 'ending', knownEnd: day(30) }],
          [31, { cause: 'cancelled-as-agreed', knownEnd: day(30) }],
        ]),
      ],
      [
        '31 ended full cancelled-as-agreed',
        '30 ended full end-reached',
        '10 current full ending',
        '0 current full paid',
      ],
    ],
    [
      'runs through the end and the grace of an agreed term',
      [held([[0, { phase: 'term', method: 'manual', cause: 'term', paidUntil: day(30), graceUntil: day(37) }]])],
      ['37 lapsed full grace-over', '30 grace full term-over', '0 current full term'],
    ],
    [
      'is the best of several memberships: one that lapses beside a paid one is no step',
      [
        held([[0, {}]]),
        held([
          [5, { planId: 'evenings' }],
          [30, { ...owing, planId: 'evenings' }],
        ]),
      ],
      ['0 current full paid'],
    ],
    [
      'ends with the cover, and comes back with it',
      [
        held(
          [[0, {}]],
          [
            [0, 40],
            [60, null],
          ],
        ),
      ],
      ['60 current full paid', '40 ended null not-covered', '0 current full paid'],
    ],
    [
      'begins when the desk first knew, however long the person was a member',
      [held([[50, {}]], [[0, null]])],
      ['50 current full paid'],
    ],
    ['tells one lapsed when it was first seen by what Stripe said', [held([[60, owing]])], ['60 lapsed full late']],
  ]
  it.each(table)('%s', (_, memberships, steps) => {
    expect(told(memberships)).toEqual(steps)
  })

  it('knows nothing of what is to come', () => {
    expect(
      told(
        [
          held([
            [0, {}],
            [30, owing],
          ]),
        ],
        day(33),
      ),
    ).toEqual(['30 grace full late', '0 current full paid'])
  })
})
