import { describe, expect, it } from 'vitest'
import { entitle, entitleManual, type SubscriptionFacts } from '../../src/main/domain/entitlement.ts'
import { accessEnd, membershipStanding, type Standing } from '../../src/main/domain/standing.ts'
import { DAY, HOUR } from '../../src/main/domain/time.ts'
import { entitlement, facts, intent, invoice, NOW, policy, subscription } from './samples.ts'

const openInvoice = invoice({
  id: 'in_2',
  status: 'open',
  created: NOW - 2 * DAY,
  finalizedAt: NOW - 2 * DAY,
  serviceEnd: NOW + 28 * DAY,
  paymentIntents: ['pi_2'],
})
const failed = intent({ id: 'pi_2', status: 'requires_payment_method', declineCode: 'insufficient_funds' })
const processing = intent({ id: 'pi_2', status: 'processing', method: 'sepa_debit' })
const owing = (days: number, change: Partial<SubscriptionFacts> = {}) =>
  facts({
    subscription: subscription({ status: 'past_due' }),
    invoices: [
      invoice({ serviceEnd: NOW - days * DAY }),
      { ...openInvoice, created: NOW - days * DAY, finalizedAt: NOW - days * DAY },
    ],
    intents: new Map([['pi_2', failed]]),
    ...change,
  })

const table: [string, SubscriptionFacts, Standing][] = [
  ['active', facts(), 'current'],
  [
    'active, renewal invoice still a draft',
    facts({ invoices: [invoice(), { ...openInvoice, status: 'draft' }] }),
    'current',
  ],
  [
    'active, renewal invoice open and not yet attempted',
    facts({ invoices: [invoice(), { ...openInvoice, attemptCount: 0 }] }),
    'current',
  ],
  [
    'active, the paid period over by our clock',
    facts({ subscription: subscription({ periodEnd: NOW - DAY }) }),
    'current',
  ],
  [
    'active, to be cancelled at the end of the period',
    facts({ subscription: subscription({ cancelAt: NOW + DAY }) }),
    'current',
  ],
  ['active, that end has passed', facts({ subscription: subscription({ cancelAt: NOW - 1 }) }), 'ended'],
  [
    'active, first bank debit still processing',
    facts({
      invoices: [{ ...openInvoice, billingReason: 'subscription_create' }],
      intents: new Map([['pi_2', processing]]),
    }),
    'pending',
  ],
  [
    'active, a zero-amount invoice renewed it',
    facts({ invoices: [invoice({ due: { minor: 0, currency: 'eur' }, paymentIntents: [] })], intents: new Map() }),
    'current',
  ],
  ['active with collection paused', facts({ subscription: subscription({ pauseCollection: true }) }), 'frozen'],
  [
    'trialing',
    facts({ subscription: subscription({ status: 'trialing', trialEnd: NOW + DAY }), invoices: [] }),
    'current',
  ],
  ['incomplete', facts({ subscription: subscription({ status: 'incomplete' }), invoices: [openInvoice] }), 'pending'],
  [
    'incomplete, the debit processing',
    facts({
      subscription: subscription({ status: 'incomplete' }),
      invoices: [openInvoice],
      intents: new Map([['pi_2', processing]]),
    }),
    'pending',
  ],
  [
    'incomplete_expired',
    facts({ subscription: subscription({ status: 'incomplete_expired' }), invoices: [] }),
    'ended',
  ],
  ['past_due for 2 days', owing(2), 'grace'],
  ['past_due for 7 days and an hour', owing(7 + 1 / 24), 'lapsed'],
  [
    'past_due by bank debit for 10 days',
    owing(10, { subscription: subscription({ status: 'past_due', defaultMethod: 'sepa_debit' }) }),
    'grace',
  ],
  [
    'past_due by bank debit for 15 days',
    owing(15, { subscription: subscription({ status: 'past_due', defaultMethod: 'sepa_debit' }) }),
    'lapsed',
  ],
  ['past_due for 30 days, a debit processing', owing(30, { intents: new Map([['pi_2', processing]]) }), 'grace'],
  ['unpaid', facts({ subscription: subscription({ status: 'unpaid' }) }), 'lapsed'],
  [
    'paused after the last retry failed',
    facts({ subscription: subscription({ status: 'paused', pausedType: 'final_payment_failure' }) }),
    'lapsed',
  ],
  [
    'paused after the first payment failed',
    facts({ subscription: subscription({ status: 'paused', pausedType: 'first_payment_failure' }) }),
    'pending',
  ],
  [
    'paused on request',
    facts({ subscription: subscription({ status: 'paused', pausedType: 'pause_requested' }) }),
    'frozen',
  ],
  [
    'paused after a trial',
    facts({ subscription: subscription({ status: 'paused', pausedType: 'trial_end_without_payment_method' }) }),
    'frozen',
  ],
  ['paused by the system', facts({ subscription: subscription({ status: 'paused', pausedType: 'system' }) }), 'frozen'],
  ['canceled', facts({ subscription: subscription({ status: 'canceled' }) }), 'ended'],
  [
    'a status that nobody knows, nothing before',
    facts({ subscription: subscription({ status: 'floating' }) }),
    'pending',
  ],
  [
    'a status that nobody knows, current before',
    facts({ subscription: subscription({ status: 'floating' }), previous: entitlement() }),
    'current',
  ],
]

describe('what a subscription entitles to', () => {
  it.each(table)('%s', (_, given, standing) => {
    expect(membershipStanding(entitle(given).entitlement, NOW)).toBe(standing)
  })

  it('starts grace at the due moment of the oldest open invoice, and no retry moves it', () => {
    const first = entitle(owing(2)).entitlement
    expect(first.graceStart).toBe(NOW - 2 * DAY)
    expect(first.graceUntil).toBe(NOW + 5 * DAY)
    const retried = entitle(owing(1, { dueSeen: new Map([['in_2', NOW - 2 * DAY]]) })).entitlement
    expect(retried.graceStart).toBe(NOW - 2 * DAY)
  })

  it('prefers the due date to the moment an invoice was finalised', () => {
    const due = { ...openInvoice, dueAt: NOW - DAY, finalizedAt: NOW - 9 * DAY }
    expect(entitle(owing(2, { invoices: [due] })).entitlement.graceStart).toBe(NOW - DAY)
  })

  it.each(['void', 'uncollectible'])('does not count an invoice that is %s', (status) => {
    const given = owing(2, { invoices: [{ ...openInvoice, status, finalizedAt: NOW - 60 * DAY }, openInvoice] })
    expect(entitle(given).entitlement.graceStart).toBe(NOW - 2 * DAY)
  })

  it('counts grace from when owing was first seen where no invoice is open', () => {
    const given = owing(2, { invoices: [], dueSeen: new Map([['sub_1', NOW - 3 * DAY]]) })
    expect(entitle(given).entitlement.graceUntil).toBe(NOW + 4 * DAY)
  })

  it('keeps paid days of a pause from the service period of the last paid invoice, not from the current period', () => {
    const given = facts({
      subscription: subscription({ pauseCollection: true, periodEnd: NOW + 20 * DAY }),
      invoices: [invoice({ serviceEnd: NOW + 3 * DAY })],
    })
    expect(entitle(given).entitlement.paidUntil).toBe(NOW + 3 * DAY)
  })

  it('remembers that a cancelled subscription was cancelled for want of payment', () => {
    const cancelled = subscription({ status: 'canceled', cancelReason: 'payment_failed' })
    expect(entitle(owing(9, { subscription: cancelled })).entitlement.unpaid).toBe(true)
    expect(entitle(facts({ subscription: cancelled })).entitlement.unpaid).toBe(false)
  })

  it.each([
    ['an unknown status', subscription({ status: 'floating' }), 'unknown-status'],
    ['a pause by the system', subscription({ status: 'paused', pausedType: 'system' }), 'paused-by-system'],
    ['a plain active one', subscription(), null],
  ])('flags %s for staff', (_, given, flag) => {
    expect(entitle(facts({ subscription: given })).flag).toBe(flag)
  })

  it("takes the customer's payment method where the subscription has none", () => {
    const given = facts({ subscription: subscription({ defaultMethod: null }), customerMethod: 'us_bank_account' })
    expect(entitle(given).entitlement).toMatchObject({ method: 'bank-debit', allowance: 14 * DAY })
  })
})

describe('when access ended, for words', () => {
  const unpaid = { phase: 'lapsed', unpaid: true, graceStart: NOW - 20 * DAY, graceUntil: NOW - 13 * DAY } as const
  it.each([
    ['unpaid: with its grace', entitlement({ ...unpaid, paidUntil: NOW - 20 * DAY }), NOW - 13 * DAY],
    ['unpaid before its grace was over: not known', entitlement({ ...unpaid, graceUntil: NOW + DAY }), null],
    [
      'cancelled for want of payment',
      entitlement({ ...unpaid, phase: 'ended', knownEnd: NOW - 15 * DAY }),
      NOW - 15 * DAY,
    ],
    ['cancelled at once, in a paid period', entitlement({ phase: 'ended', knownEnd: NOW - DAY }), NOW - DAY],
    ['still paid', entitlement(), null],
  ])('%s', (_, given, end) => {
    expect(accessEnd(given, NOW)).toBe(end)
  })

  it('is the agreed moment where Stripe carried a cancellation out then, whose day is still theirs', () => {
    const end = NOW - 3 * HOUR
    const carriedOut = facts({ subscription: subscription({ status: 'canceled', cancelAt: end, endedAt: end + 5 }) })
    expect(entitle(carriedOut).entitlement).toMatchObject({ phase: 'paid', knownEnd: end })
    const atOnce = facts({ subscription: subscription({ status: 'canceled', cancelAt: NOW + DAY, endedAt: end }) })
    expect(entitle(atOnce).entitlement).toMatchObject({ phase: 'ended', knownEnd: end })
    const unpaid = { status: 'canceled', cancelReason: 'payment_failed', cancelAt: end, endedAt: end }
    expect(entitle(owing(9, { subscription: subscription(unpaid) })).entitlement.phase).toBe('ended')
  })

  it('is the moment at which Stripe ended it, not the one at which somebody asked', () => {
    const given = facts({
      subscription: subscription({ status: 'canceled', endedAt: NOW - 2 * DAY, cancelAt: NOW + 3 * DAY }),
    })
    expect(entitle(given).entitlement.knownEnd).toBe(NOW - 2 * DAY)
  })
})

describe('a manual membership', () => {
  const manual = entitleManual({ id: 'm2', planId: 'full', termEnd: NOW }, policy)
  it.each([
    [-HOUR, 'current'],
    [HOUR, 'grace'],
    [7 * DAY - 1, 'grace'],
    [7 * DAY, 'lapsed'],
  ] as const)('is, %i ms after the end of its term, %s', (after, standing) => {
    expect(membershipStanding(manual, NOW + after)).toBe(standing)
  })
})
