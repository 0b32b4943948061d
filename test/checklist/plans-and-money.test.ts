// The seed checklist's group "plans and money", as far as standing shows it: one test a line, named for it.
import { expect, test } from 'vitest'
import { DAY } from '../../src/main/domain/time.ts'
import { openMirrorDesk } from '../app/mirror-desk.ts'
import {
  AT,
  customer,
  invoice,
  item,
  line,
  paymentIntent,
  price,
  product,
  schedule,
  subscription,
} from '../stripe/objects.ts'

const D = DAY / 1_000
const STUDIO = [
  ['product', product({ id: 'prod_Studio', name: 'Studio' })],
  ['price', price({ id: 'price_Studio', product: 'prod_Studio', unit_amount: 12_000 })],
] as const
const studioItem = (change = {}) =>
  item({ id: 'si_2', price: price({ id: 'price_Studio', product: 'prod_Studio', unit_amount: 12_000 }), ...change })
const paid = (change = {}, lines = [line()]) =>
  invoice({ status: 'paid', amount_paid: 6_500, amount_remaining: 0, ...change }, lines)
const succeeded = paymentIntent({ status: 'succeeded', last_payment_error: null })

test('41: what is sold once is no membership', () => {
  const desk = openMirrorDesk()
  const sale = { id: 'in_pass', parent: null, billing_reason: 'manual' }
  desk.read(['invoice', paid(sale, [line({ parent: { invoice_item_details: { invoice_item: 'ii_1' } } })])])
  expect(desk.db.prepare('SELECT count(*) AS n FROM member').get()).toEqual({ n: 0 })
})

test('43: a plan opens the doors that it is for, and no other', () => {
  const desk = openMirrorDesk()
  desk.read(...STUDIO, ['subscription', subscription()], ['invoice', paid()], ['payment_intent', succeeded])
  desk.restrict('laser', [])
  desk.restrict('hall', ['Full member'])
  expect(['front', 'hall', 'laser'].map(desk.door)).toEqual(['ok', 'ok', 'not-this-door'])
})

test('44: money is told in its own currency and decimals, and two currencies are never added up', () => {
  const desk = openMirrorDesk()
  const yen = price({ id: 'price_Yen', currency: 'jpy', unit_amount: 9_000 })
  desk.read(
    ['price', yen],
    ['customer', customer({ balance: -500, currency: 'eur', invoice_credit_balance: { eur: -500, jpy: -3_000 } })],
    ['subscription', subscription({ currency: 'jpy', status: 'past_due' }, [item({ price: yen })])],
    ['invoice', invoice({ currency: 'jpy', amount_due: 9_000, amount_remaining: 9_000 })],
    ['payment_intent', paymentIntent({ currency: 'jpy', amount: 9_000 })],
  )
  const panel = desk.panel()
  expect(panel.memberships[0]?.price).toEqual({ minor: 9_000, currency: 'jpy' })
  expect(panel.sentence).toMatch(/JP¥9,000/)
  expect(panel.balances).toEqual([
    { minor: 500, currency: 'eur' },
    { minor: 3_000, currency: 'jpy' },
  ])
  const both = openMirrorDesk()
  both.read(['price', yen], ['subscription', subscription({}, [item(), item({ id: 'si_2', price: yen })])])
  expect(both.panel().memberships[0]?.price).toBeNull()
})

test('45: an old or an alternate price of a plan is that plan', () => {
  const desk = openMirrorDesk()
  const legacy = price({ id: 'price_2019', active: false, unit_amount: 3_000, nickname: 'before 2020' })
  desk.read(['price', legacy], ['subscription', subscription({}, [item({ price: legacy })])], ['invoice', paid()])
  expect(desk.panel()).toMatchObject({
    standing: 'current',
    memberships: [{ plan: 'Full member', price: { minor: 3_000, currency: 'eur' } }],
  })
})

test('46: of several subscriptions the rights are the union; one that lapses takes nothing from the other', () => {
  const desk = openMirrorDesk()
  const other = subscription({ id: 'sub_Studio', status: 'unpaid' }, [studioItem()])
  desk.read(...STUDIO, ['subscription', subscription()], ['invoice', paid()], ['subscription', other])
  desk.restrict('studio', ['Studio'])
  expect(desk.panel()).toMatchObject({ standing: 'current' })
  expect([desk.door('front'), desk.door('studio')]).toEqual(['ok', 'lapsed'])
  desk.read(['subscription', { ...other, status: 'active' }])
  expect([desk.door('front'), desk.door('studio')]).toEqual(['ok', 'ok'])
})

test('47: a plan changed at Stripe changes plan and doors here, and the old one stays in the history', () => {
  const desk = openMirrorDesk()
  desk.read(...STUDIO, ['subscription', subscription()], ['invoice', paid()])
  desk.setClock(AT + D)
  desk.read(['subscription', subscription({}, [studioItem()])])
  desk.restrict('studio', ['Studio'])
  desk.restrict('hall', ['Full member'])
  expect([desk.door('studio'), desk.door('hall')]).toEqual(['ok', 'not-this-door'])
  expect(desk.panel().history.map(({ plan, standing }) => [plan, standing])).toEqual([
    ['Studio', 'current'],
    ['Full member', 'current'],
  ])
})

test('47: a second plan of one subscription that is added and taken away stands in the history, though nothing else changes', () => {
  const desk = openMirrorDesk()
  desk.read(...STUDIO, ['subscription', subscription()], ['invoice', paid()])
  desk.setClock(AT + D)
  desk.read(['subscription', subscription({}, [item(), studioItem()])])
  desk.setClock(AT + 2 * D)
  desk.read(['subscription', subscription()])
  const steps = () => desk.panel().history.map(({ at, plan }) => [(Date.parse(at) / 1_000 - AT) / D, plan])
  const told = [
    [2, 'Full member'],
    [1, 'Full member and Studio'],
    [0, 'Full member'],
  ]
  expect(steps()).toEqual(told)
  // Derived again from what is stored, nothing is told twice.
  desk.db.exec('DELETE FROM entitlement; DELETE FROM membership_plan')
  desk.deriveAll()
  expect(steps()).toEqual(told)
})

test('48: a change that waits for its invoice is told without an amount, and changes nothing yet', () => {
  const desk = openMirrorDesk()
  const pending = {
    expires_at: AT + D,
    subscription_items: [studioItem()],
    billing_cycle_anchor: null,
    trial_end: null,
  }
  desk.read(...STUDIO, ['subscription', subscription({ pending_update: pending })], ['invoice', paid()])
  const [membership] = desk.panel().memberships
  expect(membership?.plan).toBe('Full member')
  expect(membership?.price).toEqual({ minor: 6_500, currency: 'eur' })
  expect(membership?.pendingChange).toMatch(/^Studio, /)
  expect(membership?.pendingChange).not.toMatch(/\d/)
})

test('48: a change that is put down for a day is told with its day, until that day', () => {
  const desk = openMirrorDesk()
  desk.read(...STUDIO, ['subscription', subscription()], ['invoice', paid()], ['subscription_schedule', schedule()])
  const change = () => desk.panel().memberships[0]?.pendingChange
  expect(desk.panel().memberships[0]?.plan).toBe('Full member')
  expect(change()).toBe('Studio from 30 Mar')
  desk.setClock(AT + 12 * D)
  expect(change()).toBeNull()
  desk.setClock(AT)
  for (const status of ['released', 'canceled', 'completed']) {
    desk.read(['subscription_schedule', schedule({ status, subscription: null, released_subscription: 'sub_Ada' })])
    expect([status, change()]).toEqual([status, null])
  }
})

const coupon = (change = {}) => ({
  id: 'co_1',
  object: 'coupon',
  amount_off: null,
  created: AT,
  currency: null,
  duration: 'repeating',
  duration_in_months: 3,
  name: 'Welcome',
  percent_off: 20,
  valid: true,
  ...change,
})
const discount = (change = {}, of = {}) => ({
  id: 'di_1',
  object: 'discount',
  coupon: coupon(of),
  source: { type: 'coupon', coupon: coupon(of) },
  start: AT - D,
  end: AT + 60 * D,
  customer: 'cus_Ada',
  promotion_code: null,
  subscription: 'sub_Ada',
  ...change,
})

test.each([
  ['for a while, with its last day', discount(), '20 % off until 17 May'],
  ['for good', discount({ end: null }, { duration: 'forever' }), '20 % off for good'],
  [
    'once',
    discount({ end: null }, { duration: 'once', percent_off: null, amount_off: 1_000, currency: 'eur' }),
    '€10.00 off once',
  ],
  ['that is over', discount({ end: AT - 1 }), null],
])('49: a discount %s', (_, given, words) => {
  const desk = openMirrorDesk()
  desk.read(['subscription', subscription({ discounts: [given] })], ['invoice', paid()])
  expect(desk.panel().memberships[0]?.discount).toBe(words)
})

test('50: a gift card is money that Stripe keeps for them; what it pays renews', () => {
  const desk = openMirrorDesk()
  desk.read(['customer', customer({ balance: -6_500 })], ['subscription', subscription()])
  expect(desk.panel().balances).toEqual([{ minor: 6_500, currency: 'eur' }])
  desk.setClock(AT + 13 * D)
  const period = { current_period_start: AT + 12 * D, current_period_end: AT + 42 * D }
  const next = {
    id: 'in_2',
    amount_due: 0,
    amount_remaining: 0,
    total: 6_500,
    payments: { object: 'list', data: [], has_more: false },
  }
  desk.read(
    ['customer', customer({ balance: 0 })],
    ['subscription', subscription({}, [item(period)])],
    ['invoice', paid(next, [line({ period: { start: AT + 12 * D, end: AT + 42 * D } })])],
  )
  expect(desk.panel()).toMatchObject({ standing: 'current', balances: [] })
  expect(desk.door()).toBe('ok')
  // Paid is paid: cancelled at once, these days are paid ones.
  desk.read(['subscription', subscription({ status: 'canceled', ended_at: AT + 13 * D }, [item(period)])])
  expect(desk.panel().memberships[0]?.paidUntil).toBe(new Date((AT + 42 * D) * 1_000).toISOString())
})

test.each([
  ['a whole discount', { subtotal: 6_500, total: 0, amount_due: 0, amount_remaining: 0 }],
  ['the customer’s balance', { subtotal: 6_500, total: 6_500, amount_due: 0, amount_remaining: 0 }],
])('51: an invoice over nothing, by %s, renews', (_, amounts) => {
  const desk = openMirrorDesk()
  const nothing = { ...amounts, amount_paid: 0, payments: { object: 'list', data: [], has_more: false, url: '/v1/x' } }
  desk.read(['subscription', subscription({}, [item({ current_period_end: AT + 20 * D })])], ['invoice', paid(nothing)])
  expect(desk.panel().standing).toBe('current')
  expect(desk.door()).toBe('ok')
})

test('52: a fixed term ends when Stripe ends it, and its date is known before', () => {
  const desk = openMirrorDesk()
  const last = AT + 5 * D
  desk.read(['subscription', subscription({ cancel_at: last })], ['invoice', paid()])
  expect(desk.panel()).toMatchObject({ standing: 'current', standingDate: 'ends 23 Mar' })
  desk.setClock(last + 60)
  desk.read(['subscription', subscription({ cancel_at: last, status: 'canceled', ended_at: last, canceled_at: AT })])
  expect(desk.panel()).toMatchObject({
    standing: 'ended',
    memberships: [{ endsAt: new Date(last * 1_000).toISOString() }],
  })
  expect(desk.door()).toBe('ended')
})

test('53: an invoice is tied to the subscription that Stripe names, also after a downgrade', () => {
  const desk = openMirrorDesk()
  const parent = (id: string) => ({
    type: 'subscription_details',
    subscription_details: { metadata: {}, subscription: id },
  })
  const old = subscription({ status: 'canceled', ended_at: AT - D })
  const present = subscription({ id: 'sub_New', status: 'past_due' }, [studioItem()])
  const late = { id: 'in_New', parent: parent('sub_New'), status_transitions: { finalized_at: AT - D } }
  desk.read(
    ...STUDIO,
    ['subscription', old],
    ['invoice', paid()],
    ['subscription', present],
    ['invoice', invoice(late)],
  )
  expect(desk.panel()).toMatchObject({ standing: 'grace' })
  desk.read(['invoice', paid(late)], ['subscription', { ...present, status: 'active' }])
  expect(desk.panel()).toMatchObject({ standing: 'current' })
})

test('54: a subscription that was made or changed in Stripe’s dashboard is a membership like any other', () => {
  const desk = openMirrorDesk()
  desk.read()
  desk.setClock(AT + D)
  desk.read(['subscription', subscription({ created: AT, metadata: {} })], ['invoice', paid()])
  expect(desk.panel()).toMatchObject({ standing: 'current', memberships: [{ plan: 'Full member', kind: 'stripe' }] })
  desk.read(['subscription', subscription({ pause_collection: { behavior: 'void', resumes_at: null } })])
  expect(desk.panel().standing).toBe('frozen')
})

test('48: the credit for a longer plan that was left does not count as paid days of the shorter one', () => {
  const desk = openMirrorDesk()
  const rest = line({ id: 'il_rest', amount: -50_000, period: { start: AT - 18 * D, end: AT + 300 * D } })
  const paused = subscription({ pause_collection: { behavior: 'void', resumes_at: null } })
  desk.read(['subscription', paused], ['invoice', paid({}, [rest, line()])])
  expect(desk.panel().memberships[0]?.paidUntil).toBe(new Date((AT + 12 * D) * 1_000).toISOString())
})
