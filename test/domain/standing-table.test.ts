// docs/standing.md is the state machine; this reads its table and holds the rules to every row of it.
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { decide, opening, PLAIN } from '../../src/main/domain/decide.ts'
import { entitle, entitleManual, type SubscriptionFacts } from '../../src/main/domain/entitlement.ts'
import { memberStanding } from '../../src/main/domain/member.ts'
import type { Entitlement } from '../../src/main/domain/standing.ts'
import { DAY, HOUR } from '../../src/main/domain/time.ts'
import { entitlement, facts, intent, invoice, NOW, policy, subscription } from './samples.ts'

const sub = (change: Parameters<typeof subscription>[0], more: Partial<SubscriptionFacts> = {}) =>
  facts({ subscription: subscription(change), ...more })
/** An invoice that is open since some days, and how its payment stands. */
const owed = (days: number, status = 'requires_payment_method', method = 'card', nextAction: string | null = null) => ({
  invoices: [
    invoice({ serviceEnd: NOW - days * DAY }),
    invoice({
      id: 'in_2',
      status: 'open',
      created: NOW - days * DAY,
      finalizedAt: NOW - days * DAY,
      serviceEnd: NOW + 30 * DAY,
      paymentIntents: ['pi_2'],
    }),
  ],
  intents: new Map([['pi_2', intent({ id: 'pi_2', created: NOW - days * DAY, status, method, nextAction })]]),
})
/** The same as the very first invoice. */
const first = (...how: Parameters<typeof owed>) => {
  const { invoices, intents } = owed(...how)
  return { invoices: invoices.slice(1), intents }
}
const PROVISIONAL = {
  subscription: subscription({ status: 'incomplete', created: NOW - 3 * DAY, defaultMethod: null }),
}
const pausedUntil = (serviceEnd: number) => ({ invoices: [invoice({ serviceEnd })] })
const paused = (pausedType: string | null, serviceEnd = NOW - 2 * DAY) =>
  sub({ status: 'paused', pausedType }, pausedUntil(serviceEnd))
const paidSince = (periodEnd: number) =>
  sub({ status: 'paused', pausedType: 'final_payment_failure', periodEnd }, pausedUntil(periodEnd))
const collection = (serviceEnd: number, more: Partial<SubscriptionFacts> = {}) =>
  sub({ pauseCollection: true, periodEnd: NOW + 20 * DAY }, { ...pausedUntil(serviceEnd), ...more })
const manual = (after: number, endedAt: number | null = null) =>
  entitleManual({ id: 'm1', planId: 'full', termEnd: NOW - after, endedAt }, policy)
const canceled = (change: Parameters<typeof subscription>[0], more = {}) => sub({ status: 'canceled', ...change }, more)
const DEBIT = { status: 'past_due', defaultMethod: 'sepa_debit' }

const cases: Record<string, SubscriptionFacts | Entitlement | null> = {
  '`active`, the paid period runs': facts(),
  '`active`, the renewal invoice is still a draft': facts({
    invoices: [invoice(), invoice({ id: 'in_2', status: 'draft', finalizedAt: null, paymentIntents: [] })],
  }),
  '`active`, the renewal invoice is open and not yet tried': facts({
    invoices: [invoice(), invoice({ id: 'in_2', status: 'open', attemptCount: 0, paymentIntents: [] })],
  }),
  '`active`, only the new period has been seen, no invoice of it': sub(
    { periodEnd: NOW + 30 * DAY },
    pausedUntil(NOW - HOUR),
  ),
  '`active`, the period has ended by our clock, and was looked at since': sub({ periodEnd: NOW - 2 * DAY }),
  '`active`, an invoice over nothing renewed it: balance, gift card, whole discount': facts({
    invoices: [invoice({ due: { minor: 0, currency: 'eur' }, paymentIntents: [] })],
    intents: new Map(),
  }),
  '`active`, cancelled for the end of the period, which is to come': sub({ cancelAt: NOW + 10 * DAY }),
  '`active`, a fixed term, whose last day is to come': sub({ cancelAt: NOW + 200 * DAY }),
  '`active`, the agreed end has passed': sub({ cancelAt: NOW - DAY }),
  '`active`, the very first bank debit is on its way': facts(first(2, 'processing', 'sepa_debit')),
  '`active`, the bank account for the first payment has to be verified': facts(
    first(2, 'requires_action', 'us_bank_account', 'verify_with_microdeposits'),
  ),
  '`active`, the renewal’s bank debit is on its way': facts(owed(2, 'processing', 'sepa_debit')),
  '`active`, the bank disputes a payment': facts(),
  '`active`, no item is left on it': sub({ items: [], periodEnd: null }, pausedUntil(NOW - 3 * DAY)),
  '`active`, collection is paused, paid days left': collection(NOW + 3 * DAY),
  '`active`, collection is paused, paid days over': collection(NOW - 3 * DAY),
  '`active`, collection is paused, paid days over; the space leaves doors open meanwhile': collection(NOW - 3 * DAY, {
    policy: { ...policy, pauseOpens: { ...policy.pauseOpens, collection: true } },
  }),
  '`active`, collection was paused at the first import, and nobody has looked yet': {
    ...entitle(collection(NOW - 3 * DAY)).entitlement,
    pauseUnreviewed: true,
  },
  '`trialing`': sub({ status: 'trialing', trialEnd: NOW + DAY }, { invoices: [] }),
  '`incomplete`, no payment was made, or it was refused': sub({ status: 'incomplete' }, first(0)),
  '`incomplete`, the payer has to confirm it': sub({ status: 'incomplete' }, first(0, 'requires_action')),
  '`incomplete`, a bank debit is on its way': sub({ status: 'incomplete' }, first(1, 'processing', 'sepa_debit')),
  '`incomplete`, a bank debit is on its way, and the plan lets people in meanwhile': facts({
    ...PROVISIONAL,
    ...first(3, 'processing', 'sepa_debit'),
    provisional: 5 * DAY,
  }),
  '`incomplete`, the plan let people in meanwhile, until a date that has passed': facts({
    ...PROVISIONAL,
    ...first(3, 'processing', 'sepa_debit'),
    provisional: 2 * DAY,
  }),
  '`incomplete_expired`': sub({ status: 'incomplete_expired' }, { invoices: [] }),
  '`past_due`, within the grace of the payment method': sub({ status: 'past_due' }, owed(2)),
  '`past_due`, the bank debit came back, within its longer grace': sub(DEBIT, owed(10)),
  '`past_due`, a new bank debit is on its way, however long ago the invoice fell due': sub(
    DEBIT,
    owed(40, 'processing', 'sepa_debit'),
  ),
  '`past_due`, grace is over': sub({ status: 'past_due' }, owed(9)),
  '`past_due`, a new payment method has paid the open invoice, and Stripe says `active` again': sub(
    { defaultMethod: 'sepa_debit' },
    { dueSeen: new Map([['in_1', NOW - 9 * DAY]]) },
  ),
  '`past_due`, collection is paused, paid days over': sub({ status: 'past_due', pauseCollection: true }, owed(9)),
  '`unpaid`': sub({ status: 'unpaid' }, owed(30)),
  '`paused`, after the first payment failed': paused('first_payment_failure'),
  '`paused`, after the last retry failed': paused('final_payment_failure'),
  '`paused`, after a payment failed, which has been paid since, paid days left': paidSince(NOW + 10 * DAY),
  '`paused`, after a payment failed, which has been paid since, paid days over': paidSince(NOW - DAY),
  '`paused`, on request, paid days left': paused('pause_requested', NOW + 3 * DAY),
  '`paused`, on request, paid days over': paused('pause_requested'),
  '`paused`, the trial ended without a payment method': paused('trial_end_without_payment_method'),
  '`paused`, by Stripe’s system, or for a reason that we do not know': paused('a_new_word'),
  '`canceled`, at once, days paid or not': canceled({ endedAt: NOW - DAY }),
  '`canceled`, at the agreed moment, earlier today': canceled({ cancelAt: NOW - HOUR, endedAt: NOW - HOUR }),
  '`canceled`, at the agreed moment, on an earlier day': canceled({ cancelAt: NOW - DAY, endedAt: NOW - DAY }),
  '`canceled`, because the payment failed, its invoice still open': canceled(
    { endedAt: NOW - DAY, cancelReason: 'payment_failed' },
    owed(30),
  ),
  '`canceled`, because the payment failed, its invoice since paid or given up': canceled({
    endedAt: NOW - DAY,
    cancelReason: 'payment_failed',
  }),
  'gone, Stripe has deleted it': canceled({ endedAt: null }),
  'a word that we do not know, it was current before': sub({ status: 'floating' }, { previous: entitlement() }),
  'a word that we do not know, nothing was known before': sub({ status: 'floating' }),
  'a desk, within the agreed term': manual(-DAY),
  'a desk, the term is over, within its grace': manual(2 * DAY),
  'a desk, term and grace are over': manual(9 * DAY),
  'a desk, the membership was ended here': manual(-DAY, NOW - HOUR),
  'nobody, there never was a membership': null,
}

/** The rows of the document's first table: source and condition, standing, door. */
const rows = fs
  .readFileSync(path.resolve(import.meta.dirname, '../../docs/standing.md'), 'utf8')
  .split('## The state machine')[1]
  ?.split('###')[0]
  ?.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| source'))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll("'", '’')))
  .map(([, source, and, standing, door]): [string, string, string] => [
    and === '' ? String(source) : `${source}, ${and}`,
    String(standing),
    String(door),
  ])

it('has a case for every row of the document, and a row for every case', () => {
  expect(rows?.map(([name]) => name)).toEqual(Object.keys(cases))
  expect(rows?.length).toBeGreaterThan(45)
})

it.each(rows ?? [])('%s: %s, and the door says %s', (name, standing, door) => {
  const given = cases[name]
  const held = given === null || given === undefined ? [] : ['phase' in given ? given : entitle(given).entitlement]
  expect(memberStanding(held, NOW).standing).toBe(standing)
  const { reason } = decide({
    now: NOW,
    policy: { ...policy, endOfDay: true },
    doorAllowance: null,
    card: 'active',
    memberships: held.map(opening),
    freshSince: NOW,
    ...PLAIN,
  })
  expect(reason).toBe(door)
})
