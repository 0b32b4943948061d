import { describe, expect, test } from 'vitest'
import { BILLING_KINDS, type BillingKind } from '../../src/main/domain/billing.ts'
import { DAY } from '../../src/main/domain/time.ts'
import { translate } from '../../src/main/stripe/translate.ts'
import * as objects from './objects.ts'

const NOW = objects.AT * 1_000

const whole: Record<BillingKind, { [field: string]: unknown }> = {
  product: objects.product(),
  price: objects.price(),
  customer: objects.customer(),
  subscription: objects.subscription(),
  invoice: objects.invoice(),
  payment_intent: objects.paymentIntent(),
  dispute: objects.dispute(),
  subscription_schedule: objects.schedule(),
}

const rows = {
  product: { id: 'prod_Full', created: NOW - 900 * DAY, name: 'Full member', active: true },
  price: {
    id: 'price_Full',
    created: NOW - 800 * DAY,
    productId: 'prod_Full',
    recurring: true,
    interval: 'month',
    nickname: null,
    active: true,
    unitAmount: 6500,
    currency: 'eur',
  },
  customer: {
    id: 'cus_Ada',
    created: NOW - 700 * DAY,
    name: 'Ada Lovelace',
    email: 'Ada@Example.org',
    phone: '+49 30 23125 001',
    defaultMethod: 'sepa_debit',
    fingerprint: null,
    cardExpires: null,
    balances: [],
    discount: null,
    memberId: null,
  },
  subscription: {
    id: 'sub_Ada',
    created: NOW - 700 * DAY,
    customerId: 'cus_Ada',
    status: 'active',
    currency: 'eur',
    items: [{ id: 'si_1', priceId: 'price_Full', productId: 'prod_Full', quantity: 1, discounts: [] }],
    discounts: [],
    collectionMethod: 'charge_automatically',
    pendingPrices: [],
    pauseResumesAt: null,
    periodEnd: NOW + 12 * DAY,
    trialEnd: null,
    cancelAt: null,
    endedAt: null,
    pauseCollection: false,
    pausedType: null,
    cancelReason: null,
    defaultMethod: 'card',
    cardExpires: null,
  },
  invoice: {
    id: 'in_Ada',
    created: NOW - 18 * DAY,
    customerId: 'cus_Ada',
    subscriptionId: 'sub_Ada',
    number: 'ABCD1234-0023',
    status: 'open',
    billingReason: 'subscription_cycle',
    total: { minor: 6500, currency: 'eur' },
    due: { minor: 6500, currency: 'eur' },
    remaining: { minor: 6500, currency: 'eur' },
    paidAt: null,
    dueAt: null,
    finalizedAt: NOW - 18 * DAY + 3_600_000,
    attemptCount: 2,
    nextAttemptAt: NOW + DAY,
    serviceStart: NOW - 18 * DAY,
    serviceEnd: NOW + 12 * DAY,
    priceIds: ['price_Full'],
    paymentIntents: ['pi_Ada'],
    url: 'https://invoice.stripe.com/i/acct_1/test_in_Ada',
  },
  payment_intent: {
    id: 'pi_Ada',
    created: NOW - 18 * DAY,
    customerId: 'cus_Ada',
    status: 'requires_payment_method',
    amount: { minor: 6500, currency: 'eur' },
    method: 'card',
    fingerprint: null,
    refunded: 0,
    declineCode: 'insufficient_funds',
    nextAction: null,
  },
  dispute: {
    id: 'du_Ada',
    created: NOW - 2 * DAY,
    paymentIntentId: 'pi_Ada',
    status: 'needs_response',
    reason: 'fraudulent',
    amount: { minor: 6500, currency: 'eur' },
    evidenceDue: NOW + 7 * DAY,
  },
  subscription_schedule: {
    id: 'sub_sched_Ada',
    created: NOW - DAY,
    customerId: 'cus_Ada',
    subscriptionId: 'sub_Ada',
    status: 'active',
    phases: [
      { start: NOW - 18 * DAY, end: NOW + 12 * DAY, priceIds: ['price_Full'] },
      { start: NOW + 12 * DAY, end: NOW + 42 * DAY, priceIds: ['price_Studio'] },
    ],
  },
}

test.each(BILLING_KINDS)('a whole %s becomes its columns', (kind) => {
  expect(translate(kind, whole[kind])).toEqual({ kind, row: rows[kind] })
})

test.each([
  ['price', objects.price({ product: objects.product() }), {}],
  ['customer', objects.customer({ invoice_settings: { default_payment_method: 'pm_1' } }), { defaultMethod: null }],
  ['customer', objects.customer({ invoice_settings: { default_payment_method: null } }), { defaultMethod: null }],
  ['customer', objects.customer({ invoice_settings: undefined }), { defaultMethod: null }],
  ['subscription', objects.subscription({ customer: objects.customer() }), {}],
  ['subscription', objects.subscription({ default_payment_method: 'pm_1' }), { defaultMethod: null }],
  ['subscription', objects.subscription({ default_payment_method: null }), { defaultMethod: null }],
  [
    'subscription',
    objects.subscription({}, [objects.item({ price: objects.price({ product: objects.product() }) })]),
    {},
  ],
  ['invoice', objects.invoice({ customer: objects.customer() }), {}],
  ['invoice', objects.invoice({ customer: { id: 'cus_Ada', object: 'customer', deleted: true } }), {}],
  ['invoice', objects.invoice({ parent: { subscription_details: { subscription: objects.subscription() } } }), {}],
  [
    'invoice',
    objects.invoice({ payments: { data: [objects.invoicePayment(objects.paymentIntent())], has_more: false } }),
    {},
  ],
  ['invoice', objects.invoice({ payments: undefined }), { paymentIntents: [] }],
  ['invoice', objects.invoice({ parent: null }), { subscriptionId: null }],
  ['invoice', objects.invoice({ customer: null }), { customerId: null }],
  ['payment_intent', objects.paymentIntent({ customer: objects.customer() }), {}],
] satisfies [BillingKind, unknown, object][])(
  'references of a %s are read expanded, unexpanded and absent',
  (kind, object, change) => {
    expect(translate(kind, object).row).toEqual({ ...rows[kind], ...change })
  },
)

describe('what a kind makes of its variants', () => {
  test.each([
    ['a one-time price is not recurring', 'price', { recurring: null }, { recurring: false, interval: null }],
    ['a tiered price has no amount', 'price', { unit_amount: null }, { unitAmount: null }],
    [
      'a draft invoice has no number, no moment and maybe no status',
      'invoice',
      { number: null, status: null, status_transitions: { finalized_at: null } },
      { number: null, status: 'draft', finalizedAt: null },
    ],
    ['a due date is kept in milliseconds', 'invoice', { due_date: objects.AT }, { dueAt: NOW }],
    [
      'a failed debit has a code where there is no decline code',
      'payment_intent',
      { last_payment_error: { code: 'charge_exceeds_source_limit', type: 'invalid_request_error' } },
      { declineCode: 'charge_exceeds_source_limit' },
    ],
    ['a payment that never failed has no code', 'payment_intent', { last_payment_error: null }, { declineCode: null }],
  ] satisfies [string, BillingKind, object, object][])('%s', (_, kind, given, expected) => {
    expect(translate(kind, { ...whole[kind], ...given }).row).toEqual({ ...rows[kind], ...expected })
  })
})

describe('a subscription', () => {
  const read = (change: { [field: string]: unknown }, items?: { [field: string]: unknown }[]) =>
    translate('subscription', objects.subscription(change, items)).row

  test('of several items is paid until the earliest of their periods ends', () => {
    const items = [
      objects.item({ current_period_end: objects.AT + 900 }),
      objects.item({ current_period_end: objects.AT + 60 }),
    ]
    expect(read({}, items)).toMatchObject({ periodEnd: NOW + 60_000 })
  })

  test('of the old shape, with its period at the top, is still read', () => {
    const { current_period_end: _, ...old } = objects.item()
    expect(read({ current_period_end: objects.AT + 500 }, [old])).toMatchObject({ periodEnd: NOW + 500_000 })
    const leaving = { current_period_end: objects.AT + 500, cancel_at_period_end: true }
    expect(read(leaving, [old])).toMatchObject({ cancelAt: NOW + 500_000 })
  })

  test('whose items have a period is not misled by one at the top', () => {
    expect(read({ current_period_end: objects.AT - 500 })).toMatchObject({ periodEnd: NOW + 12 * DAY })
  })

  test('that cancels at the end of its period has that as its end, also where cancel_at is missing', () => {
    expect(read({ cancel_at_period_end: true })).toMatchObject({ cancelAt: NOW + 12 * DAY })
    expect(read({ cancel_at_period_end: true, cancel_at: objects.AT + 99 })).toMatchObject({ cancelAt: NOW + 99_000 })
  })

  test.each(['pause_requested', 'final_payment_failure', 'a_word_of_next_year'])('paused for %s says so', (type) => {
    const details = { paused: { type: 'subscription', subscription: { type }, transitioned_at: objects.AT } }
    expect(read({ status: 'paused', status_details: details })).toMatchObject({ pausedType: type })
  })

  test.each([
    ['collection is paused', { pause_collection: { behavior: 'void', resumes_at: null } }, { pauseCollection: true }],
    ['a trial ends', { status: 'trialing', trial_end: objects.AT + 5 }, { status: 'trialing', trialEnd: NOW + 5_000 }],
    ['Stripe has a new word', { status: 'hibernating' }, { status: 'hibernating' }],
    [
      'it was cancelled for want of payment',
      {
        status: 'canceled',
        ended_at: objects.AT,
        cancellation_details: { comment: null, feedback: null, reason: 'payment_failed' },
      },
      { status: 'canceled', endedAt: NOW, cancelReason: 'payment_failed' },
    ],
  ])('where %s keeps that', (_, given, expected) => {
    expect(read(given)).toEqual({ ...rows.subscription, ...expected })
  })

  test('of a price of three months says so with its item', () => {
    const recurring = { interval: 'month', interval_count: 3 }
    const row = read({}, [objects.item({ price: { ...objects.price(), recurring } })])
    expect(row).toMatchObject({ items: [{ id: 'si_1', every: 3 }] })
    expect(read({})).not.toHaveProperty('items.0.every')
  })

  test('without items has neither price nor period', () => {
    expect(read({}, [])).toMatchObject({ items: [], periodEnd: null })
  })
})

describe('an invoice', () => {
  const end = (lines: { [field: string]: unknown }[]) => translate('invoice', objects.invoice({}, lines)).row

  test('serves until the latest end of its subscription lines; what was sold once beside them does not count', () => {
    const later = objects.line({ period: { start: objects.AT, end: objects.AT + 777 } })
    const former = objects.line({ period: { start: objects.AT - 100, end: objects.AT } })
    expect(end([former, later, objects.oneOffLine(objects.AT + 9_999)])).toMatchObject({ serviceEnd: NOW + 777_000 })
  })

  test('of one-off sales alone serves no membership', () => {
    expect(end([objects.oneOffLine(objects.AT)])).toMatchObject({ serviceEnd: null })
  })
})

describe('a wrong shape is refused', () => {
  const others = BILLING_KINDS.flatMap((kind) =>
    BILLING_KINDS.filter((other) => other !== kind).map((other): [BillingKind, BillingKind] => [kind, other]),
  )
  test.each(others)('a %s is not read from a %s', (kind, other) => {
    expect(() => translate(kind, whole[other])).toThrow()
  })

  test.each(
    BILLING_KINDS.flatMap((kind) => ['id', 'object', 'created'].map((field): [BillingKind, string] => [kind, field])),
  )('a %s without %s', (kind, field) => {
    expect(() => translate(kind, { ...whole[kind], [field]: undefined })).toThrow()
  })

  test.each(
    BILLING_KINDS.flatMap((kind) => [null, undefined, 'text', [], 7].map((v): [BillingKind, unknown] => [kind, v])),
  )('a %s that is %j', (kind, value) => {
    expect(() => translate(kind, value)).toThrow()
  })

  test.each([
    ['customer', objects.customer({ object: 'customer', created: '2026-01-01' })],
    ['customer', { id: 'cus_1', object: 'customer', deleted: true }],
    ['subscription', objects.subscription({ items: undefined })],
    ['subscription', objects.subscription({ status: undefined })],
    ['subscription', objects.subscription({ customer: null })],
    ['invoice', objects.invoice({ lines: undefined })],
    ['invoice', objects.invoice({ amount_due: '6500' })],
    ['payment_intent', objects.paymentIntent({ amount: undefined })],
  ] satisfies [BillingKind, unknown][])('a %s with a field missing or of another type', (kind, object) => {
    expect(() => translate(kind, object)).toThrow()
  })
})

describe('what else is read', () => {
  test('of a discount: what is taken off and until when', () => {
    const coupon = { name: 'Welcome', percent_off: 20, amount_off: null, currency: null, duration: 'repeating' }
    const discounts = [
      { id: 'di_1', end: objects.AT + 86_400, source: { type: 'coupon', coupon } },
      {
        id: 'di_2',
        end: null,
        source: { coupon: { name: null, amount_off: 500, currency: 'eur', duration: 'forever' } },
      },
      'di_unread',
    ]
    expect(translate('subscription', objects.subscription({ discounts })).row).toMatchObject({
      discounts: [
        { name: 'Welcome', percentOff: 20, amountOff: null, duration: 'repeating', end: NOW + DAY },
        { name: null, percentOff: null, amountOff: { minor: 500, currency: 'eur' }, duration: 'forever', end: null },
      ],
    })
  })

  test('of a payment: the card that was used, not the first that would do', () => {
    const latest_charge = { id: 'ch_1', payment_method_details: { type: 'sepa_debit', card: null } }
    expect(translate('payment_intent', objects.paymentIntent({ latest_charge })).row).toMatchObject({
      method: 'sepa_debit',
    })
    const card = {
      id: 'ch_1',
      amount_refunded: 1_500,
      payment_method_details: { type: 'card', card: { fingerprint: 'fp_9' } },
    }
    expect(translate('payment_intent', objects.paymentIntent({ latest_charge: card })).row).toMatchObject({
      method: 'card',
      fingerprint: 'fp_9',
      refunded: 1_500,
    })
  })

  test('of a customer: credit, the plastic, and our own id', () => {
    const change = {
      balance: -2_500,
      currency: 'jpy',
      metadata: { latchkey_member: 'm-1', other: 'x' },
      invoice_settings: {
        default_payment_method: {
          id: 'pm_1',
          type: 'card',
          card: { fingerprint: 'fp_1', exp_month: 3, exp_year: 2027 },
        },
      },
    }
    expect(translate('customer', objects.customer(change)).row).toMatchObject({
      balances: [{ minor: -2_500, currency: 'jpy' }],
      memberId: 'm-1',
      defaultMethod: 'card',
      fingerprint: 'fp_1',
      cardExpires: '2027-03',
    })
  })
})
