// The seed checklist's group "state machine, grace, dunning", as far as standing shows it, and the lines on doors that hang
// on it: one test a line, named for it.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { listMembers } from '../../src/main/app/member-views.ts'
import { STANDINGS } from '../../src/main/domain/standing.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { reviewPauses } from '../../src/main/store/first-seen.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { doors } from '../app/at-the-doors.ts'
import { type MirrorDesk, openMirrorDesk } from '../app/mirror-desk.ts'
import { naiveStandings } from '../app/naive-standing.ts'
import { openBackend, syncedDesk } from '../app/synced-desk.ts'
import { AT, customer, invoice, item, line, paymentIntent, paymentMethod, subscription } from '../stripe/objects.ts'

const D = DAY / 1_000
const paid = (change = {}, lines = [line()]) =>
  invoice({ status: 'paid', amount_paid: 6_500, amount_remaining: 0, ...change }, lines)
const succeeded = (change = {}) => paymentIntent({ status: 'succeeded', last_payment_error: null, ...change })
const debit = (change = {}) => ({
  default_payment_method: paymentMethod('sepa_debit'),
  ...change,
})
const finalised = (at: number) => ({ created: at, status_transitions: { finalized_at: at } })
/** Standing and door in one word each. */
const stands = (desk: MirrorDesk) => `${desk.panel().standing}, ${desk.door()}`

test('56: the state machine is written down: every standing, what leads to it, and where it leads', () => {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, '../../docs/standing.md'), 'utf8')
  const [, machine = ''] = text.split('## The state machine')
  const [cases = '', leads = ''] = machine.split('### What leads from one to another')
  for (const word of STANDINGS) {
    expect(cases).toContain(`| ${word} |`)
    expect(leads.split('\n## ')[0]).toMatch(new RegExp(`\\b${word}\\b`))
  }
})

describe('57: grace by method; a bank debit on its way is neither unpaid nor paid', () => {
  test.each([
    ['card', {}, 7],
    ['bank debit', debit(), 14],
  ])('%s', (_, change, days) => {
    const desk = openMirrorDesk()
    desk.read(
      ['subscription', subscription({ status: 'past_due', ...change })],
      ['invoice', invoice(finalised(AT))],
      ['payment_intent', paymentIntent()],
    )
    const at = (day: number) => {
      desk.setClock(AT + day * D)
      desk.read()
      return stands(desk)
    }
    expect([at(days - 1), at(days + 0.1)]).toEqual(['grace, ok-grace', 'lapsed, lapsed'])
  })

  test('settable', () => {
    const desk = openMirrorDesk()
    writeSetting(desk.db, 'graceDays', { card: 1, 'bank-debit': 14, manual: 7 }, 0)
    desk.read(['subscription', subscription({ status: 'past_due' })], ['invoice', invoice(finalised(AT - 2 * D))])
    expect(stands(desk)).toBe('lapsed, lapsed')
  })

  test('a debit on its way', () => {
    const desk = openMirrorDesk()
    const onItsWay = succeeded({ status: 'processing', payment_method_types: ['sepa_debit'] })
    const first = invoice({ billing_reason: 'subscription_create', ...finalised(AT - 3 * D) })
    desk.read(['subscription', subscription(debit())], ['invoice', first], ['payment_intent', onItsWay])
    expect(stands(desk)).toBe('pending, payment-pending')
    expect(desk.panel().sentence).toMatch(/not through yet \(the bank debit is on its way\)/)
    desk.read(['invoice', paid(finalised(AT - 3 * D))], ['payment_intent', succeeded()])
    expect(stands(desk)).toBe('current, ok')
  })
})

test('57: a plan may let people in while the first debit is on its way, for some days and no longer', () => {
  const desk = openMirrorDesk()
  const first = invoice({ billing_reason: 'subscription_create', ...finalised(AT - D) })
  const onItsWay = succeeded({ status: 'processing', payment_method_types: ['sepa_debit'] })
  const begun = subscription({ status: 'incomplete', created: AT - D, ...debit() })
  desk.read(['subscription', begun], ['invoice', first], ['payment_intent', onItsWay])
  expect(stands(desk)).toBe('pending, payment-pending')
  desk.db.exec('UPDATE plan SET provisional_days = 5')
  desk.deriveAll()
  expect(stands(desk)).toBe('pending, ok-grace')
  expect(desk.panel()).toMatchObject({
    standingDate: 'access ends 22 Mar',
    sentence: 'The first payment of €65.00 by Ada Lovelace is still on its way; access ends 22 Mar.',
  })
  const at = (day: number) => {
    desk.setClock(AT + day * D)
    return stands(desk)
  }
  // Nothing read since: what became of the debit cannot be known.
  expect(at(5)).toBe('pending, ok-stale')
  desk.read()
  expect(at(5)).toBe('pending, payment-pending')
})

describe('58: what a payment waits for, and why a bank said no, in plain words', () => {
  const error = (code: string) => ({ type: 'card_error', code: 'card_declined', decline_code: code, message: '' })
  test.each([
    [
      'verification',
      { status: 'requires_action', next_action: { type: 'verify_with_microdeposits' }, last_payment_error: null },
      /the bank account is not verified yet/,
    ],
    [
      'confirmation',
      { status: 'requires_action', next_action: { type: 'use_stripe_sdk' }, last_payment_error: null },
      /the payer has to confirm it at the bank/,
    ],
    ['processing', { status: 'processing', last_payment_error: null }, /the bank debit is on its way/],
    [
      'a soft decline',
      { last_payment_error: error('insufficient_funds') },
      /not enough money on the account; another try may go through/,
    ],
    [
      'a hard decline',
      { last_payment_error: error('stolen_card') },
      /the bank has blocked the bank card; it needs another way to pay/,
    ],
  ])('%s', (_, change, words) => {
    const desk = openMirrorDesk()
    desk.read(
      ['subscription', subscription({ status: 'incomplete' })],
      ['invoice', invoice({ billing_reason: 'subscription_create' })],
      ['payment_intent', paymentIntent(change)],
    )
    expect(desk.panel()).toMatchObject({ standing: 'pending', sentence: expect.stringMatching(words) })
    expect(desk.panel().sentence).not.toMatch(/_|requires|decline/)
  })

  test('a bank debit that came back', () => {
    const desk = openMirrorDesk()
    const back = { payment_method_types: ['sepa_debit'], last_payment_error: { code: 'account_closed', message: '' } }
    desk.read(
      ['subscription', subscription({ status: 'unpaid', ...debit() })],
      ['invoice', invoice(finalised(AT - 30 * D))],
      ['payment_intent', paymentIntent(back)],
    )
    expect(desk.panel().sentence).toMatch(/: the bank account is closed; it needs another way to pay\. Access ended/)
  })
})

test('59: a new payment method alone ends no grace; the open invoice paid by it does', () => {
  const desk = openMirrorDesk()
  const late = subscription({ status: 'past_due' })
  desk.read(['subscription', late], ['invoice', invoice(finalised(AT - 2 * D))], ['payment_intent', paymentIntent()])
  const before = desk.panel().memberships[0]?.graceUntil
  const retried = { ...finalised(AT - 2 * D), attempt_count: 3, next_payment_attempt: AT + 2 * D }
  desk.setClock(AT + D)
  desk.read(['subscription', { ...late, ...debit() }], ['subscription', late], ['invoice', invoice(retried)])
  expect(desk.panel().memberships[0]?.graceUntil).toBe(before)
  expect(stands(desk)).toBe('grace, ok-grace')
  desk.read(['invoice', paid(retried)], ['subscription', subscription()], ['payment_intent', succeeded()])
  expect(stands(desk)).toBe('current, ok')
  expect(desk.panel().history.map(({ standing, why }) => `${standing}: ${why}`)).toEqual([
    'current: paid',
    'grace: a payment is late',
  ])
})

test('60: an end at the end of the period leaves access until then, can be taken back, and is not an end at once', () => {
  const desk = openMirrorDesk()
  const end = AT + 12 * D
  const leaving = subscription({ cancel_at_period_end: true, cancel_at: end, canceled_at: AT })
  desk.read(['subscription', leaving], ['invoice', paid()])
  expect(desk.panel()).toMatchObject({ standing: 'current', standingDate: 'ends 30 Mar' })
  desk.setClock(end - 60)
  expect(desk.door()).toBe('ok')
  desk.setClock(end + 60)
  expect(stands(desk)).toBe('ended, ended')
  desk.setClock(AT + D)
  desk.read(['subscription', subscription()])
  expect(desk.panel()).toMatchObject({ standing: 'current', standingDate: 'paid until 30 Mar' })
  desk.read(['subscription', subscription({ status: 'canceled', canceled_at: AT + D, ended_at: AT + D })])
  expect(stands(desk)).toBe('ended, ended')
})

test('63: time is what the clock says: the same rows, read later, stand differently, and nothing is written for it', () => {
  const desk = openMirrorDesk()
  desk.read(['subscription', subscription({ status: 'past_due' })], ['invoice', invoice(finalised(AT))])
  desk.setClock(AT + 8 * D)
  desk.read()
  const changes = () => desk.db.prepare('SELECT total_changes() AS n').get()
  desk.door()
  const before = changes()
  desk.setClock(AT + D)
  expect(desk.panel().standing).toBe('grace')
  desk.setClock(AT + 8 * D)
  expect(desk.panel().standing).toBe('lapsed')
  expect(changes()).toEqual(before)
})

test('66: history keeps joins, lapses, recoveries and plans, also what only the clock did', () => {
  const desk = openMirrorDesk()
  const at = (day: number, ...objects: Parameters<MirrorDesk['read']>) => {
    desk.setClock(AT + day * D)
    desk.read(...objects)
  }
  at(0, ['subscription', subscription()], ['invoice', paid()], ['payment_intent', succeeded()])
  const open = { id: 'in_2', ...finalised(AT + 12 * D) }
  at(13, ['subscription', subscription({ status: 'past_due' })], ['invoice', invoice(open)])
  at(25, ['invoice', paid(open)], ['subscription', subscription({}, [item({ current_period_end: AT + 42 * D })])])
  at(26, ['subscription', subscription({ status: 'canceled', ended_at: AT + 26 * D })])
  expect(desk.panel().history.map(({ standing, plan, why }) => `${standing}, ${plan}: ${why}`)).toEqual([
    'ended, Full member: cancelled at once',
    'current, Full member: paid',
    'lapsed, Full member: the grace ran out',
    'grace, Full member: a payment is late',
    'current, Full member: paid',
  ])
  const before = desk.panel().history
  desk.db.exec('DELETE FROM entitlement')
  desk.deriveAll()
  expect(desk.panel().history).toEqual(before)
})

test('67: a card works for every payer and for nobody else, by Stripe’s own lists', async () => {
  const backend = await openBackend()
  const desk = await syncedDesk(backend)
  reviewPauses(desk.db, backend.sandbox.now())
  await desk.runner.deriveAll()
  const truth = await naiveStandings(backend.sandbox.url, backend.sandbox.key, backend.sandbox.now())
  const reasons = doors(desk)
  const answers = new Map<string, Set<string>>()
  for (const { id, stripeCustomers } of listMembers(desk.deps, {}).rows) {
    // Of several customers of one person the best counts.
    const words = stripeCustomers.flatMap((customer) => truth.get(customer) ?? [])
    const best = STANDINGS.find((word) => words.includes(word))
    if (best !== undefined) answers.set(best, (answers.get(best) ?? new Set()).add(reasons.get(id) ?? 'nothing'))
  }
  expect(Object.fromEntries(answers)).toEqual({
    current: new Set(['ok']),
    grace: new Set(['ok-grace']),
    pending: new Set(['payment-pending']),
    // Paid days are never taken.
    frozen: new Set(['frozen', 'ok']),
    lapsed: new Set(['lapsed']),
    ended: new Set(['ended', 'lapsed']),
  })
  expect([...reasons.values()].filter((reason) => reason === 'ok').length).toBeGreaterThan(90)
})

test('68: a renewal opens the door again with the sync that reads it', () => {
  const desk = openMirrorDesk()
  desk.read(['subscription', subscription({ status: 'unpaid' })], ['invoice', invoice(finalised(AT - 30 * D))])
  expect(desk.door()).toBe('lapsed')
  desk.read(['invoice', paid(finalised(AT - 30 * D))], ['subscription', subscription()])
  expect(desk.door()).toBe('ok')
})

test('69: with Stripe out of reach a door goes on by what is stored, for the allowance; a debit that failed meanwhile waits', () => {
  const desk = openMirrorDesk()
  const renewing = subscription(debit(), [item({ current_period_end: AT + D })])
  const onItsWay = succeeded({ status: 'processing', payment_method_types: ['sepa_debit'] })
  const second = invoice({ id: 'in_2', ...finalised(AT - D) })
  desk.read(['subscription', renewing], ['invoice', paid()], ['invoice', second], ['payment_intent', onItsWay])
  const at = (day: number) => {
    desk.setClock(AT + day * D)
    return stands(desk)
  }
  expect([at(0), at(3), at(14), at(16)]).toEqual([
    'current, ok',
    'current, ok-stale',
    'current, ok-stale',
    'current, billing-stale',
  ])
  const back = paymentIntent({ payment_method_types: ['sepa_debit'], last_payment_error: { code: 'no_account' } })
  desk.read(['subscription', { ...renewing, status: 'past_due' }], ['payment_intent', back])
  expect(stands(desk)).toBe('lapsed, lapsed')
})

test('a wrong word, a fixed account and a changed address of a customer alter no standing', () => {
  const desk = openMirrorDesk()
  desk.read(['subscription', subscription()], ['invoice', paid()])
  desk.read(['subscription', subscription({ status: 'hovering' })], ['customer', customer({ email: 'x@example.org' })])
  expect(stands(desk)).toBe('current, ok')
  expect(desk.panel().memberships[0]).toMatchObject({
    status: 'hovering',
    flag: expect.stringMatching(/does not know/),
  })
})
