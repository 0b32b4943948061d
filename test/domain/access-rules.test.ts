// What a door asks beyond being paid: hours, inductions, company, visits, being in already. One row a case.
import { describe, expect, it } from 'vitest'
import { type CoveringMembership, type DecisionInput, decide, opening, PLAIN } from '../../src/main/domain/decide.ts'
import type { Hours } from '../../src/main/domain/schedule.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY, MINUTE } from '../../src/main/domain/time.ts'
import { entitlement, NOW, policy } from './samples.ts'

// NOW is a Wednesday, 10:00 in Berlin.
const mornings: Hours = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '12:00' }]
const weekend: Hours = [{ days: [6, 7], from: '00:00', to: '00:00' }]
const nights: Hours = [{ days: [2], from: '22:00', to: '11:00' }]

const holding = (change: Partial<CoveringMembership> = {}, of: Partial<Entitlement> = {}): CoveringMembership => ({
  ...opening(entitlement(of)),
  ...change,
})
const asked = (change: Partial<DecisionInput>): DecisionInput => ({
  ...PLAIN,
  now: NOW,
  policy,
  doorAllowance: null,
  card: 'active',
  memberships: [holding()],
  freshSince: NOW - MINUTE,
  ...change,
})
const lapsed = holding({}, { membershipId: 'm2', phase: 'lapsed' })
const visits = (used: number, today = false) => ({ allowed: 5, per: 'month' as const, used, today })
const word = { id: 'o', until: NOW + DAY, operator: 'owner', event: null, counted: false }

const rows: [string, Partial<DecisionInput>, reason: string, detail?: string | undefined, takes?: string][] = [
  ['a plan within its hours', { memberships: [holding({ hours: mornings })] }, 'ok'],
  ['a plan outside its hours', { memberships: [holding({ hours: weekend })] }, 'outside-hours'],
  ['hours that began the evening before', { memberships: [holding({ hours: nights })] }, 'ok'],
  [
    'hours on a holiday',
    { memberships: [holding({ hours: mornings })], holidays: new Set(['2026-03-18']) },
    'outside-hours',
  ],
  [
    'hours that began on the day before a holiday',
    { memberships: [holding({ hours: nights })], holidays: new Set(['2026-03-18']) },
    'ok',
  ],
  [
    'hours that would have begun on a holiday',
    { memberships: [holding({ hours: nights })], holidays: new Set(['2026-03-17']) },
    'outside-hours',
  ],
  ['no hours on a holiday', { holidays: new Set(['2026-03-18']) }, 'ok'],
  [
    'two plans, one of which is open now',
    { memberships: [holding({ hours: weekend }), holding({ hours: mornings }, { membershipId: 'm2' })] },
    'ok',
  ],
  [
    'a lapsed plan beside one that is open at other hours',
    { memberships: [holding({ hours: weekend }), lapsed] },
    'lapsed',
  ],
  [
    'grace outside hours',
    { memberships: [holding({ hours: weekend }, { phase: 'owing', graceUntil: NOW + DAY })] },
    'outside-hours',
  ],
  ['a missing induction', { missingInduction: 'Laser' }, 'not-this-door', 'needs-induction'],
  ['a missing induction of somebody lapsed', { missingInduction: 'Laser', memberships: [lapsed] }, 'lapsed'],
  ['a missing induction of a keyholder', { missingInduction: 'Laser', keyholder: true }, 'ok-keyholder'],
  ['a missing induction of somebody let in by word', { missingInduction: 'Laser', override: word }, 'ok-override'],
  ['a minor whose guardian is in', { minor: { guardianIn: true, hours: null } }, 'ok'],
  [
    'a minor whose guardian is not in',
    { minor: { guardianIn: false, hours: null } },
    'not-this-door',
    'guardian-absent',
  ],
  ['a minor who needs no guardian', { minor: { guardianIn: null, hours: mornings } }, 'ok'],
  ['a minor outside the hours for minors', { minor: { guardianIn: null, hours: weekend } }, 'outside-hours'],
  ['a minor on the way out', { minor: { guardianIn: false, hours: weekend }, wayOut: true }, 'ok'],
  ['the first visit of a day', { memberships: [holding({ visits: visits(2) })] }, 'ok', undefined, 'visit'],
  ['a second time on the same day', { memberships: [holding({ visits: visits(5, true) })] }, 'ok'],
  ['the visits used up', { memberships: [holding({ visits: visits(5) })] }, 'not-this-door', 'visits-used'],
  [
    'visits beside a plan that counts none',
    { memberships: [holding({ visits: visits(2) }), holding({}, { membershipId: 'm2' })] },
    'ok',
  ],
  [
    'visits used up beside a plan that counts none',
    { memberships: [holding({ visits: visits(5) }), holding({}, { membershipId: 'm2' })] },
    'ok',
  ],
  [
    'a visit outside hours, which takes none',
    { memberships: [holding({ visits: visits(2), hours: weekend })] },
    'outside-hours',
  ],
  ['a guest while the host is in', { memberships: [], guestOf: { host: 'h', hostIn: true } }, 'ok'],
  [
    'a guest while the host is out',
    { memberships: [], guestOf: { host: 'h', hostIn: false } },
    'no-membership',
    'host-absent',
  ],
  ['a lapsed member as a guest', { memberships: [lapsed], guestOf: { host: 'h', hostIn: true } }, 'ok'],
  ['a lapsed member whose host is out', { memberships: [lapsed], guestOf: { host: 'h', hostIn: false } }, 'lapsed'],
  [
    'a guest where an induction is asked for',
    { memberships: [], guestOf: { host: 'h', hostIn: true }, missingInduction: 'Laser' },
    'not-this-door',
    'needs-induction',
  ],
  ['a barred guest', { memberships: [], guestOf: { host: 'h', hostIn: true }, barred: true }, 'member-barred'],
  ['somebody who is in already', { passback: { alreadyIn: true } }, 'anti-passback'],
  ['somebody who has gone out since', { passback: { alreadyIn: false } }, 'ok'],
  ['a keyholder who is in already', { passback: { alreadyIn: true }, keyholder: true }, 'ok-keyholder'],
  [
    'somebody in already, let in once',
    { passback: { alreadyIn: true }, override: { ...word, counted: true } },
    'ok-override',
    undefined,
    'permission',
  ],
  [
    'somebody let in once while the door is locked down',
    { override: { ...word, counted: true }, order: { mode: 'lockdown', withKeyholders: false, until: null } },
    'lockdown',
  ],
  ['somebody barred, let in once', { override: { ...word, counted: true }, barred: true }, 'member-barred'],
  ['an event', { memberships: [], override: { ...word, event: 'Open day' } }, 'ok-override'],
  ['any card on the way out', { card: 'unknown', memberships: [], wayOut: true }, 'ok'],
  [
    'a card on the way out of a door that is locked down',
    { wayOut: true, order: { mode: 'lockdown', withKeyholders: true, until: null } },
    'ok',
  ],
  ['somebody barred on the way out', { wayOut: true, barred: true }, 'ok'],
  [
    'stale data that a manager lets hold',
    { memberships: [holding({}, { paidUntil: NOW - 9 * DAY })], freshSince: NOW - 20 * DAY, extendedTo: NOW + DAY },
    'ok-stale',
  ],
  [
    'stale data whose extension is over',
    { memberships: [holding({}, { paidUntil: NOW - 9 * DAY })], freshSince: NOW - 20 * DAY, extendedTo: NOW },
    'billing-stale',
  ],
  [
    'an agreed end, which no extension moves',
    {
      memberships: [holding({}, { paidUntil: NOW - 2 * DAY, knownEnd: NOW - 2 * DAY })],
      freshSince: NOW - 20 * DAY,
      extendedTo: NOW + DAY,
    },
    'ended',
  ],
]

describe('at a door', () => {
  it.each(rows)('%s', (_, change, reason, detail, takes) => {
    const decision = decide(asked(change))
    expect([decision.reason, decision.detail ?? undefined, decision.takes?.kind]).toEqual([reason, detail, takes])
    expect(decision.grant).toBe(reason === 'ok' || reason.startsWith('ok-'))
  })
})
