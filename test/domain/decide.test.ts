import { describe, expect, it } from 'vitest'
import { type CoveringMembership, type DecisionInput, decide, opening, PLAIN } from '../../src/main/domain/decide.ts'
import { isGrant, REASONS, type Reason } from '../../src/main/domain/reasons.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY, endOfLocalDay, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { entitlement, NOW, policy } from './samples.ts'

function input(change: Partial<DecisionInput> = {}): DecisionInput {
  return {
    now: NOW,
    policy,
    doorAllowance: null,
    card: 'active',
    memberships: [covering()],
    freshSince: NOW - MINUTE,
    ...PLAIN,
    ...change,
  }
}

function covering(change: Partial<Entitlement> = {}, opensDoor = true): CoveringMembership {
  return { ...opening(entitlement(change)), opensDoor }
}

const reasonOf = (change: Partial<DecisionInput>): Reason => decide(input(change)).reason
const only = (change: Partial<Entitlement>, opensDoor = true) => ({ memberships: [covering(change, opensDoor)] })
const owing = {
  phase: 'owing',
  graceStart: NOW - 2 * DAY,
  graceUntil: NOW + 5 * DAY,
  paidUntil: NOW - 2 * DAY,
} as const
const graceOver = {
  phase: 'owing',
  graceStart: NOW - 9 * DAY,
  graceUntil: NOW - 2 * DAY,
  paidUntil: NOW - 9 * DAY,
} as const

const provisional = { phase: 'pending', paidUntil: null, debitProcessing: true, provisionalUntil: NOW + DAY } as const
const override = { id: 'o1', until: NOW + DAY, operator: 'owner', event: null, counted: false }

describe('one membership at a door', () => {
  const table: [string, Partial<DecisionInput>, Reason][] = [
    ['a card that was not read', { card: 'unreadable' }, 'unreadable-card'],
    ['a card that nobody has', { card: 'unknown' }, 'unknown-card'],
    ['a card given to no one', { card: 'unassigned' }, 'card-unassigned'],
    ['a stolen card', { card: 'stolen' }, 'card-stolen'],
    ['a lost card', { card: 'lost' }, 'card-lost'],
    ['a returned card', { card: 'revoked' }, 'card-revoked'],
    ['a suspended card', { card: 'suspended' }, 'card-suspended'],
    ['a card of tomorrow', { card: 'not-yet-active' }, 'card-not-yet-active'],
    ['a card of yesterday', { card: 'expired' }, 'card-expired'],
    ['somebody who never had a membership', { memberships: [] }, 'no-membership'],
    ['a paid one', only({}), 'ok'],
    ['one in grace', only(owing), 'ok-grace'],
    ['one past grace', only(graceOver), 'lapsed'],
    ['one past grace with a debit on its way', only({ ...graceOver, debitProcessing: true }), 'ok-grace'],
    ['one whose first payment is open', only({ phase: 'pending' }), 'payment-pending'],
    ['one unpaid', only({ phase: 'lapsed', unpaid: true }), 'lapsed'],
    ['one frozen with paid days left', only({ phase: 'frozen' }), 'ok'],
    ['one frozen, the paid days long over', only({ phase: 'frozen', paidUntil: NOW - 3 * DAY }), 'frozen'],
    [
      'one frozen in a space that lets people in meanwhile',
      only({ phase: 'frozen', paidUntil: null, frozenOpen: true }),
      'ok',
    ],
    ['one frozen past its agreed end', only({ phase: 'frozen', frozenOpen: true, knownEnd: NOW - DAY }), 'ended'],
    [
      'one found frozen by the first import, not reviewed',
      only({ phase: 'frozen', paidUntil: null, pauseUnreviewed: true }),
      'ok',
    ],
    ['one whose first debit is on its way, let in meanwhile', only(provisional), 'ok-grace'],
    [
      'one whose first debit is still on its way when that is over',
      only({ ...provisional, provisionalUntil: NOW - DAY }),
      'payment-pending',
    ],
    ['somebody let in by a person’s word, with nothing else', { memberships: [], override }, 'ok-override'],
    ['somebody let in by a person’s word, lapsed', { ...only({ phase: 'lapsed' }), override }, 'ok-override'],
    ['somebody let in by a person’s word, at a door of another plan', { ...only({}, false), override }, 'ok-override'],
    ['one ended', only({ phase: 'ended' }), 'ended'],
    ['one ended at once, in a paid period', only({ phase: 'ended', paidUntil: NOW + 9 * DAY }), 'ended'],
    ['one cancelled for want of payment', only({ phase: 'ended', unpaid: true }), 'lapsed'],
    ['one past its agreed end', only({ knownEnd: NOW - 1 }), 'ended'],
    ['one before its agreed end', only({ knownEnd: NOW + 1 }), 'ok'],
    ['one that does not open this door', only({}, false), 'not-this-door'],
    ['a lapsed one that does not open this door', only({ phase: 'lapsed' }, false), 'lapsed'],
    ['a manual one in its term', only({ phase: 'term', method: 'manual' }), 'ok'],
    ['a manual one in grace', only({ phase: 'term', paidUntil: NOW - DAY, graceUntil: NOW + DAY }), 'ok-grace'],
    ['a manual one past grace', only({ phase: 'term', paidUntil: NOW - 9 * DAY, graceUntil: NOW - DAY }), 'lapsed'],
  ]
  it.each(table)('%s', (_, change, reason) => {
    expect(decide(input(change))).toMatchObject({ reason, grant: isGrant(reason) })
  })

  it('covers every reason that this version can give', () => {
    const later: Reason[] = [
      'lockdown',
      'member-barred',
      'ok-keyholder',
      'ok-held-open',
      'outside-hours',
      'anti-passback',
    ]
    const shown = new Set<Reason>([...table.map(([, , reason]) => reason), 'ok-stale', 'billing-stale'])
    expect(REASONS.filter((reason) => !shown.has(reason))).toEqual(later)
  })
})

describe('precedence', () => {
  it('lets a refused card speak before any membership', () => {
    expect(reasonOf({ card: 'lost', memberships: [] })).toBe('card-lost')
    expect(reasonOf({ card: 'suspended', ...only({ phase: 'lapsed' }) })).toBe('card-suspended')
  })

  it.each(['unreadable', 'unknown', 'unassigned', 'stolen', 'lost', 'revoked', 'suspended', 'expired'] as const)(
    'a person’s word does not lift a card that is %s',
    (card) => {
      expect(decide(input({ card, override })).grant).toBe(false)
    },
  )

  it('names a person’s word before a membership that would have opened too', () => {
    expect(decide(input({ override }))).toMatchObject({
      grant: true,
      reason: 'ok-override',
      rule: 'override',
      membershipId: null,
    })
  })

  const two = (a: CoveringMembership, b: CoveringMembership) => [{ memberships: [a, b] }, { memberships: [b, a] }]
  const pairs: [string, CoveringMembership, CoveringMembership, Reason][] = [
    ['a paid one beside one in grace', covering(), covering(owing), 'ok'],
    ['one in grace beside a lapsed one', covering(owing), covering({ phase: 'lapsed' }), 'ok-grace'],
    ['a paid one elsewhere beside a lapsed one here', covering({}, false), covering({ phase: 'lapsed' }), 'lapsed'],
    [
      'a paid one elsewhere beside a frozen one here',
      covering({}, false),
      covering({ phase: 'frozen', paidUntil: null }),
      'frozen',
    ],
    [
      'a paid one elsewhere beside one long ended here',
      covering({}, false),
      covering({ phase: 'ended' }),
      'not-this-door',
    ],
    ['an ended one beside a lapsed one', covering({ phase: 'ended' }), covering({ phase: 'lapsed' }), 'lapsed'],
    [
      'a pending one beside a lapsed one',
      covering({ phase: 'pending' }),
      covering({ phase: 'lapsed' }),
      'payment-pending',
    ],
    [
      'a lapsed one beside a frozen one',
      covering({ phase: 'lapsed' }),
      covering({ phase: 'frozen', paidUntil: null }),
      'lapsed',
    ],
    ['two ended ones', covering({ phase: 'ended' }), covering({ phase: 'ended' }), 'ended'],
  ]
  it.each(pairs)('%s, in either order', (_, a, b, reason) => {
    expect(two(a, b).map(reasonOf)).toEqual([reason, reason])
  })
})

describe('stale billing data may extend access, never revoke it', () => {
  const ended = { paidUntil: NOW - 2 * DAY }
  const synced = (ago: number) => ({ freshSince: NOW - ago })

  it.each([
    ['was read after the period ended, and Stripe still says active', only(ended), synced(DAY), 'ok'],
    ['was last read before the period ended', only(ended), synced(3 * DAY), 'ok-stale'],
    [
      'was read less than an hour after the period ended',
      only({ paidUntil: NOW - DAY }),
      synced(DAY - 59 * MINUTE),
      'ok-stale',
    ],
    ['was read an hour after the period ended', only({ paidUntil: NOW - DAY }), synced(DAY - HOUR), 'ok'],
    ['was never read to the end', only(ended), { freshSince: null }, 'ok-stale'],
    ['ended longer ago than the allowance', only({ paidUntil: NOW - 7 * DAY }), synced(8 * DAY), 'billing-stale'],
    ['ended a moment less ago than the allowance', only({ paidUntil: NOW - 7 * DAY + 1 }), synced(8 * DAY), 'ok-stale'],
    [
      'is paid by bank debit, whose allowance is longer',
      only({ paidUntil: NOW - 10 * DAY, allowance: 14 * DAY }),
      synced(11 * DAY),
      'ok-stale',
    ],
    ['had its grace end since', only(graceOver), synced(3 * DAY), 'ok-stale'],
    ['had its grace end before', only(graceOver), synced(DAY), 'lapsed'],
    [
      'has paid days of a pause that ended since',
      only({ phase: 'frozen', paidUntil: NOW - DAY }),
      synced(2 * DAY),
      'ok-stale',
    ],
    [
      'has a debit that was processing then',
      only({ ...graceOver, debitProcessing: true }),
      synced(3 * DAY),
      'ok-stale',
    ],
    [
      'has a debit that was processing 8 days ago',
      only({ ...graceOver, graceUntil: NOW - 9 * DAY, debitProcessing: true }),
      synced(8 * DAY),
      'billing-stale',
    ],
    [
      'had days for a first debit that ended since',
      only({ ...provisional, provisionalUntil: NOW - DAY, allowance: 14 * DAY }),
      synced(2 * DAY),
      'ok-stale',
    ],
    [
      'had days for a first debit that ended longer ago than the allowance',
      only({ ...provisional, provisionalUntil: NOW - 15 * DAY, allowance: 14 * DAY }),
      synced(16 * DAY),
      'billing-stale',
    ],
    ['has an agreed end, which is known', only({ ...ended, knownEnd: NOW - DAY }), synced(3 * DAY), 'ended'],
    ['was unpaid when last read', only({ phase: 'lapsed' }), synced(30 * DAY), 'lapsed'],
  ] as [string, Partial<DecisionInput>, Partial<DecisionInput>, Reason][])(
    'a membership that %s',
    (_, membership, fresh, reason) => {
      expect(reasonOf({ ...membership, ...fresh })).toBe(reason)
    },
  )

  it("takes the door's own allowance where it has one", () => {
    expect(reasonOf({ ...only(ended), ...synced(3 * DAY), doorAllowance: DAY })).toBe('billing-stale')
    expect(reasonOf({ ...only({ paidUntil: NOW - 20 * DAY }), ...synced(21 * DAY), doorAllowance: 30 * DAY })).toBe(
      'ok-stale',
    )
  })
})

describe('an access that ends today by the clock', () => {
  const soft = { ...policy, endOfDay: true }
  const today = NOW - HOUR
  const midnight = endOfLocalDay(NOW, policy.zone)

  it.each([
    ['grace', { phase: 'owing', graceUntil: today, paidUntil: null }, 'ok-grace', 'lapsed'],
    ['an agreed end', { knownEnd: today }, 'ok', 'ended'],
    [
      'a manual term and its grace',
      { phase: 'term', paidUntil: NOW - 8 * DAY, graceUntil: today },
      'ok-grace',
      'lapsed',
    ],
    ['the days for a first debit', { ...provisional, provisionalUntil: today }, 'ok-grace', 'payment-pending'],
    ['a pause with an agreed end', { phase: 'frozen', frozenOpen: true, knownEnd: today }, 'ok', 'ended'],
    ['the paid days of a pause', { phase: 'frozen', paidUntil: today }, 'ok', 'frozen'],
  ] as [string, Partial<Entitlement>, Reason, Reason][])(
    'runs to the end of the day: %s',
    (_, change, until, after) => {
      // Read long after, so that nothing is stale.
      const at = (now: number, rules = soft) =>
        reasonOf({ ...only(change), now, policy: rules, freshSince: now + 2 * HOUR })
      expect(at(NOW)).toBe(until)
      expect(at(midnight - 1)).toBe(until)
      expect(at(midnight)).toBe(after)
      expect(at(NOW, policy)).toBe(after)
    },
  )

  it('gives no day more to an end that falls on midnight', () => {
    expect(reasonOf({ ...only({ knownEnd: midnight }), now: midnight, policy: soft })).toBe('ended')
  })

  it.each([{ phase: 'lapsed' }, { phase: 'ended', paidUntil: NOW + DAY }] as Partial<Entitlement>[])(
    'gives nothing to %o',
    (change) => {
      expect(isGrant(reasonOf({ ...only(change), policy: soft }))).toBe(false)
    },
  )
})
