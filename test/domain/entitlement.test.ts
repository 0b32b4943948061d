import { describe, expect, it } from 'vitest'
import { PAUSE_KINDS } from '../../src/main/domain/cause.ts'
import { entitle, entitleManual, type SubscriptionFacts } from '../../src/main/domain/entitlement.ts'
import { accessEnd, membershipStanding } from '../../src/main/domain/standing.ts'
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

describe('what a subscription entitles to', () => {
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

  it.each([
    ['void', { status: 'void' }],
    ['uncollectible', { status: 'uncollectible' }],
    ['one-off', { billingReason: 'manual' }],
  ])('does not count an invoice that is %s', (_, change) => {
    const given = owing(2, { invoices: [{ ...openInvoice, ...change, finalizedAt: NOW - 60 * DAY }, openInvoice] })
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

  it.each([
    ['collection', subscription({ pauseCollection: true })],
    ['requested', subscription({ status: 'paused', pausedType: 'pause_requested' })],
    ['trial-end', subscription({ status: 'paused', pausedType: 'trial_end_without_payment_method' })],
    ['system', subscription({ status: 'paused', pausedType: 'something_new' })],
  ] as const)('opens doors in a pause of the kind %s where the space says so, and for no other kind', (kind, given) => {
    for (const open of PAUSE_KINDS) {
      const pauseOpens = { ...policy.pauseOpens, [open]: true }
      const { entitlement } = entitle(facts({ subscription: given, policy: { ...policy, pauseOpens } }))
      expect(entitlement).toMatchObject({ phase: 'frozen', frozenOpen: open === kind, cause: `paused-${kind}` })
    }
  })

  it('gives no access ahead of a first payment that was refused, only of a debit on its way', () => {
    const first = {
      subscription: subscription({ status: 'incomplete' }),
      invoices: [openInvoice],
      provisional: 9 * DAY,
    }
    const given = (one: typeof failed) => entitle(facts({ ...first, intents: new Map([['pi_2', one]]) })).entitlement
    expect(given(processing).provisionalUntil).toBe(subscription().created + 9 * DAY)
    expect(given(failed).provisionalUntil).toBeNull()
    expect(given({ ...failed, status: 'requires_action' }).provisionalUntil).toBeNull()
  })

  it('takes the service period of the last paid invoice, whatever an earlier one had paid for', () => {
    const yearly = invoice({ id: 'in_0', created: NOW - 60 * DAY, serviceEnd: NOW + 300 * DAY })
    const given = { subscription: subscription({ pauseCollection: true }), invoices: [invoice(), yearly] }
    expect(entitle(facts(given)).entitlement.paidUntil).toBe(NOW + 10 * DAY)
  })

  it.each([
    ['was paid for', 6_500, NOW + 10 * DAY],
    ['was a trial for nothing', 0, null],
  ])('knows of days left after a cancellation at once where the period %s', (_, minor, until) => {
    const given = subscription({ status: 'canceled', endedAt: NOW - DAY })
    const invoices = [invoice({ total: { minor, currency: 'eur' }, due: { minor: 0, currency: 'eur' } })]
    expect(entitle(facts({ subscription: given, invoices })).entitlement.paidUntil).toBe(until)
  })

  it('gives the word that nobody knows the plan of today and the rights of before', () => {
    const previous = entitlement({ planId: 'old', paidUntil: NOW + 3 * DAY })
    const { entitlement: kept, flag } = entitle(facts({ subscription: subscription({ status: 'floating' }), previous }))
    expect([kept, flag]).toEqual([{ ...previous, planId: 'full', cause: 'unknown-status' }, 'unknown-status'])
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
