// Past swipes decided anew by another rule: what changes, what stays, what cannot be known. Over the night in which
// Berlin's clocks went forward, too.
import { describe, expect, it } from 'vitest'
import { decide, PLAIN } from '../../src/main/domain/decide.ts'
import { entitle } from '../../src/main/domain/entitlement.ts'
import { type DoorSnapshot, receiptInputs } from '../../src/main/domain/receipt.ts'
import type { Entitlement, Policy } from '../../src/main/domain/standing.ts'
import { DAY, HOUR, MINUTE, type Ms } from '../../src/main/domain/time.ts'
import { type Beside, type RuleChange, replay, type Swipe, underRules } from '../../src/main/domain/what-if.ts'
import { entitlement, facts, intent, invoice, NOW, policy, subscription } from './samples.ts'

type World = {
  at?: Ms
  rules?: Partial<Policy>
  doorAllowance?: Ms | null
  freshSince?: Ms | null
  opensDoor?: boolean
  hours?: { days: number[]; from: string; to: string }[] | null
}

/** A swipe as the log would have kept it, and what stood beside it. */
function lived(held: Partial<Entitlement>[], world: World = {}): { swipe: Swipe; beside: Beside } {
  const { at = NOW, rules = {}, doorAllowance = null, freshSince = at - MINUTE, opensDoor = true, hours = null } = world
  const entitlements = held.map((one, n) => ({ ...entitlement({ membershipId: `m${n}`, ...one }), planName: 'Full' }))
  const beside: Beside = {
    policy: { ...policy, ...rules },
    doorAllowance,
    holidays: new Set(),
    memberships: entitlements.map((one) => [{ at: at - DAY, entitlement: one, morePlans: [] }]),
    atDoor: (version) => [
      { entitlement: version.entitlement, planId: version.entitlement.planId, opensDoor, hours, visits: null },
    ],
  }
  const memberships = beside.memberships.flatMap(([version]) => (version ? beside.atDoor(version) : []))
  const input = {
    ...PLAIN,
    now: at,
    policy: beside.policy,
    doorAllowance,
    freshSince,
    card: 'active',
    memberships,
  } as const
  const decision = decide(input)
  const snapshot: DoorSnapshot = {
    input,
    canonical: null,
    credential: null,
    memberId: 'ada',
    entitlements,
    revision: 1,
  }
  const { grant, reason, detail, rule } = decision
  const inputs = receiptInputs(snapshot, decision)
  return { swipe: { at, doorId: 'front', granted: grant, reason, detail, rule, inputs }, beside }
}

/** A payment by card that is late since so many days, with so many days of grace. */
const late = (days: number, grace: number, change: Partial<Entitlement> = {}): Partial<Entitlement> => ({
  phase: 'owing',
  cause: 'late',
  paidUntil: NOW - days * DAY,
  graceStart: NOW - days * DAY,
  graceUntil: NOW - days * DAY + grace * DAY,
  allowance: grace * DAY,
  ...change,
})
const grace = (days: number): RuleChange => ({ grace: { card: days * DAY } })

// The clocks of Berlin went forward on 29 March 2026 at 02:00: that day had 23 hours.
const DUE = Date.parse('2026-03-26T11:00:00Z')
const overTheNight = {
  phase: 'owing',
  cause: 'late',
  paidUntil: DUE,
  graceStart: DUE,
  graceUntil: DUE + 3 * DAY,
} as const
const EVENING = Date.parse('2026-03-29T21:30:00Z')

describe('a swipe under another rule', () => {
  const table: [string, ReturnType<typeof lived>, RuleChange, string][] = [
    ['grace 3 to 7 lets in on the fifth day', lived([late(5, 3)]), grace(7), 'lapsed > ok-grace'],
    ['and not on the eighth', lived([late(8, 3)]), grace(7), 'same'],
    ['grace 7 to 3 refuses on the fifth day', lived([late(5, 7)]), grace(3), 'ok-grace > lapsed'],
    ['and not on the second', lived([late(2, 7)]), grace(3), 'same'],
    ['grace of bank debits is not that of cards', lived([late(5, 3, { method: 'bank-debit' })]), grace(7), 'same'],
    [
      'no grace helps who is unpaid',
      lived([late(5, 3, { phase: 'lapsed', unpaid: true, cause: 'unpaid' })]),
      grace(7),
      'same',
    ],
    ['a debit on its way runs on', lived([late(5, 3, { debitProcessing: true })]), grace(1), 'same'],
    ['another membership pays', lived([late(5, 7), {}]), grace(3), 'same'],
    [
      'a term that is over',
      lived([late(5, 3, { phase: 'term', method: 'manual', cause: 'term' })]),
      { grace: { manual: 7 * DAY } },
      'lapsed > ok-grace',
    ],
    [
      'a late one where the other is pending',
      lived([late(5, 3), { phase: 'pending', cause: 'first-payment', paidUntil: null }]),
      grace(7),
      'payment-pending > ok-grace',
    ],
    [
      'grace is the allowance for old data, too',
      lived([{ paidUntil: NOW - 5 * DAY, allowance: 3 * DAY }], { freshSince: NOW - 6 * DAY }),
      grace(7),
      'billing-stale > ok-stale',
    ],
    [
      'not at a door with its own',
      lived([{ paidUntil: NOW - 5 * DAY }], { freshSince: NOW - 6 * DAY, doorAllowance: DAY }),
      grace(9),
      'same',
    ],
    [
      'a longer allowance of the door',
      lived([{ paidUntil: NOW - 5 * DAY }], { freshSince: NOW - 6 * DAY, doorAllowance: DAY }),
      { allowance: { door: 'front', allowance: 9 * DAY } },
      'billing-stale > ok-stale',
    ],
    [
      'no allowance anywhere',
      lived([{ paidUntil: NOW - DAY }], { freshSince: NOW - 2 * DAY }),
      { allowance: { door: null, allowance: 0 } },
      'ok-stale > billing-stale',
    ],
    [
      'that of another door',
      lived([{ paidUntil: NOW - DAY }], { freshSince: NOW - 2 * DAY }),
      { allowance: { door: 'side', allowance: 0 } },
      'same',
    ],
    [
      'the day of 23 hours runs to its end',
      lived([overTheNight], { at: EVENING, rules: { endOfDay: true } }),
      { endOfDay: false },
      'ok-grace > lapsed',
    ],
    [
      'and only to its end',
      lived([overTheNight], { at: EVENING + HOUR, rules: { endOfDay: true } }),
      { endOfDay: false },
      'same',
    ],
    [
      'the end of the day for who ended at a moment',
      lived([overTheNight], { at: EVENING }),
      { endOfDay: true },
      'lapsed > ok-grace',
    ],
    ['days of grace are days of 24 hours', lived([overTheNight], { at: EVENING }), grace(4), 'lapsed > ok-grace'],
    [
      'a pause that opens',
      lived([{ phase: 'frozen', cause: 'paused-requested', paidUntil: NOW - 3 * DAY }]),
      { pauseOpens: { requested: true } },
      'frozen > ok',
    ],
    [
      'a pause of another kind',
      lived([{ phase: 'frozen', cause: 'paused-requested', paidUntil: NOW - 3 * DAY }]),
      { pauseOpens: { collection: true } },
      'same',
    ],
    [
      'a pause that closes',
      lived([{ phase: 'frozen', cause: 'paused-collection', paidUntil: NOW - 3 * DAY, frozenOpen: true }]),
      { pauseOpens: { collection: false } },
      'ok > frozen',
    ],
    [
      'an agreed end without its day',
      lived([{ knownEnd: NOW - HOUR, cause: 'ending' }], { rules: { endOfDay: true } }),
      { endOfDay: false },
      'ok > ended',
    ],
    [
      'hours that begin later',
      lived([{}]),
      { hours: { plan: 'full', door: 'front', hours: [{ days: [3], from: '11:00', to: '20:00' }] } },
      'ok > outside-hours',
    ],
    [
      'a plan that opens the door',
      lived([{}], { opensDoor: false }),
      { hours: { plan: 'full', door: 'front', hours: null } },
      'not-this-door > ok',
    ],
    [
      'hours that end',
      lived([{}], { hours: [{ days: [3], from: '11:00', to: '20:00' }] }),
      { hours: { plan: 'full', door: 'front', hours: null } },
      'outside-hours > ok',
    ],
  ] // prettier-ignore
  it.each(table)('%s', (_, { swipe, beside }, change, expected) => {
    const outcome = replay(swipe, beside, change)
    expect(typeof outcome === 'string' ? outcome : `${outcome.was.reason} > ${outcome.would.reason}`).toBe(expected)
    expect(replay(swipe, beside, {})).toBe('same')
  })
})

describe('what cannot be decided anew is said, never guessed', () => {
  const { swipe, beside } = lived([late(5, 3)])
  const inputs = swipe.inputs
  const other = lived([late(5, 3, { graceUntil: NOW + DAY })]).beside
  const before = lived([late(5, 3, { graceStart: null })])
  const table: [string, Swipe, Beside, string][] = [
    ['a controller decided alone', { ...swipe, inputs: { ...inputs, n: 7 } }, beside, 'by-itself'],
    ['by a former version of the rules', { ...swipe, inputs: { ...inputs, policy: 1 } }, beside, 'older-rules'],
    ['a receipt of before they kept so much', { ...swipe, inputs: {} }, beside, 'older-rules'],
    ['nothing was stored like it', swipe, other, 'not-kept'],
    ['another number of memberships', { ...swipe, inputs: { ...inputs, memberships: 2 } }, beside, 'not-kept'],
    ['when it fell due was not stored', before.swipe, before.beside, 'not-kept'],
    ['it comes out otherwise without a change', { ...swipe, rule: 'unpaid' }, beside, 'other-answer'],
  ]
  it.each(table)('%s', (_, one, besides, expected) => {
    expect(replay(one, besides, grace(7))).toBe(expected)
  })

  it('takes the version that the receipt tells of, where a newer one was being written', () => {
    const [[stored] = []] = beside.memberships
    if (stored === undefined) throw new Error('no version')
    const newer = { ...stored, entitlement: entitlement({ membershipId: 'm0' }) }
    const outcome = replay(swipe, { ...beside, memberships: [[newer, stored]] }, grace(7))
    expect(outcome).toMatchObject({ would: { reason: 'ok-grace' } })
  })
})

it('stores under other settings what is derived under them', () => {
  const owed = invoice({
    id: 'in_2',
    status: 'open',
    paidAt: null,
    finalizedAt: NOW - 5 * DAY,
    paymentIntents: ['pi_1'],
  })
  const subjects = [
    facts(),
    facts({ subscription: subscription({ status: 'past_due' }), invoices: [invoice(), owed] }),
    facts({ subscription: subscription({ status: 'unpaid' }), invoices: [invoice(), owed] }),
    facts({
      subscription: subscription({ status: 'canceled', cancelReason: 'payment_failed' }),
      invoices: [invoice(), owed],
    }),
    facts({ subscription: subscription({ pauseCollection: true }) }),
    facts({ subscription: subscription({ status: 'paused', pausedType: 'pause_requested' }) }),
    facts({
      subscription: subscription({ status: 'incomplete' }),
      provisional: DAY,
      intents: new Map([['pi_1', intent({ status: 'processing' })]]),
    }),
  ]
  const other = {
    grace: { card: 3 * DAY, 'bank-debit': 5 * DAY, manual: DAY },
    pauseOpens: { collection: true, requested: true, 'trial-end': true, system: true },
  }
  for (const subject of subjects) {
    const now = entitle(subject).entitlement
    const then = entitle({ ...subject, policy: { ...policy, ...other } }).entitlement
    expect(underRules(now, other)).toEqual(then)
    expect(then).not.toEqual(now)
  }
})
