import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { customerOf, open, openForAll, refusal, subscriptionOf } from './open.ts'

type Ask = (stripe: Stripe, ids: { customer: string; subscription: string; price: string }) => Promise<unknown>

/** As an untyped caller would write it. */
const loosely = (params: object) => params as never

const REFUSED: [what: string, ask: Ask, code: string | undefined, param: string, message?: string][] = [
  [
    'the coupon that became discounts',
    (stripe, { customer, price }) =>
      stripe.subscriptions.create(loosely({ customer, items: [{ price }], coupon: 'x' })),
    'parameter_unknown',
    'coupon',
    'Received unknown parameter: coupon',
  ],
  [
    'a promotion code at the top',
    (stripe, { customer, price }) =>
      stripe.subscriptions.create(loosely({ customer, items: [{ price }], promotion_code: 'promo_x' })),
    'parameter_unknown',
    'promotion_code',
  ],
  [
    'a way to prorate that there is not',
    (stripe, { subscription }) =>
      stripe.subscriptions.update(subscription, loosely({ proration_behavior: 'sometimes' })),
    undefined,
    'proration_behavior',
    'Invalid proration_behavior: must be one of always_invoice, create_prorations, or none',
  ],
  [
    'a reader told of a consent that is not asked for any more',
    (stripe) =>
      stripe.terminal.readers.processSetupIntent(
        'tmr_1',
        loosely({ setup_intent: 'seti_1', allow_redisplay: 'always', customer_consent_collected: true }),
      ),
    'parameter_unknown',
    'customer_consent_collected',
  ],
  [
    'a setup intent at a reader without saying whether it may be shown again',
    (stripe) => stripe.terminal.readers.processSetupIntent('tmr_1', loosely({ setup_intent: 'seti_1' })),
    'parameter_missing',
    'allow_redisplay',
    'Missing required param: allow_redisplay.',
  ],
  [
    'an item of nothing',
    (stripe) => stripe.subscriptions.create(loosely({ items: [{}] })),
    'parameter_missing',
    'customer',
  ],
  [
    'a field of an item that there is not',
    (stripe, { customer, price }) => stripe.subscriptions.create(loosely({ customer, items: [{ price, amount: 5 }] })),
    'parameter_unknown',
    'items[0][amount]',
  ],
  [
    'a quantity in words',
    (stripe, { customer, price }) =>
      stripe.subscriptions.create(loosely({ customer, items: [{ price, quantity: 'two' }] })),
    'parameter_invalid_integer',
    'items[0][quantity]',
    'Invalid integer: two',
  ],
  [
    'a flag that is neither',
    (stripe, { subscription }) => stripe.subscriptions.update(subscription, loosely({ cancel_at_period_end: 'maybe' })),
    undefined,
    'cancel_at_period_end',
    'Invalid boolean: maybe',
  ],
  [
    'a text for a list',
    (stripe, { customer }) => stripe.subscriptions.create(loosely({ customer, items: 'price_1' })),
    undefined,
    'items',
    'Invalid array',
  ],
  ['a list for a text', (stripe) => stripe.customers.create(loosely({ name: ['a', 'b'] })), undefined, 'name'],
  [
    'a limit of none',
    (stripe) => stripe.customers.list({ limit: 0 }),
    'parameter_invalid_integer',
    'limit',
    'Invalid integer: 0. This value must be greater than or equal to 1.',
  ],
  ['a limit of too many', (stripe) => stripe.customers.list({ limit: 101 }), 'parameter_invalid_integer', 'limit'],
  ['a status of no invoice', (stripe) => stripe.invoices.list(loosely({ status: 'overdue' })), undefined, 'status'],
  [
    'a bound that there is not',
    (stripe) => stripe.events.list(loosely({ created: { since: 5 } })),
    'parameter_unknown',
    'created[since]',
  ],
  [
    'a price that cannot be unset',
    (stripe, { customer }) => stripe.subscriptions.create(loosely({ customer, items: [{ quantity: '' }] })),
    'parameter_invalid_empty',
    'items[0][quantity]',
  ],
]

const opened = await openForAll()

test.each(REFUSED)('refused before anything is done: %s', async (_, ask, code, param, message) => {
  const { stripe } = opened
  const { id: subscription, customer, items } = await subscriptionOf(stripe, SAMPLE.current.email)
  const price = items.data[0]?.price.id ?? ''
  const before = (await stripe.events.list({ limit: 1 })).data[0]?.id
  const refused = await refusal(ask(stripe, { customer: String(customer), subscription, price }))
  expect(refused).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', param })
  expect(refused.code).toBe(code)
  if (message !== undefined) expect(refused.message).toBe(message)
  expect((await stripe.events.list({ limit: 1 })).data[0]?.id).toBe(before)
})

test('what Stripe takes and the sandbox does not model is a 501, in routes and in parameters', async () => {
  const { sandbox, stripe } = opened
  const { id } = await customerOf(stripe, SAMPLE.current.email)
  expect(await refusal(stripe.quotes.list())).toMatchObject({ statusCode: 501 })
  const params = await refusal(stripe.customers.update(id, { tax_exempt: 'reverse' }))
  expect(params).toMatchObject({ statusCode: 501 })
  expect(params.message).toBe('The sandbox does not model tax_exempt of POST /v1/customers/:id.')
  const headers = { authorization: `Bearer ${sandbox.key}` }
  for (const [method, path] of [
    ['PUT', '/v1/customers'],
    ['GET', '/v1/memberships'],
    ['POST', '/v1/events'],
  ] as const) {
    const reply = await fetch(`${sandbox.url}${path}`, { method, headers })
    expect([reply.status, await reply.json()]).toMatchObject([
      404,
      { error: { type: 'invalid_request_error', message: expect.stringContaining('Unrecognized request URL') } },
    ])
  }
})

test('what can be unset is unset by an empty value', async () => {
  const { stripe } = await open()
  const { id } = await subscriptionOf(stripe, SAMPLE.current.email)
  await stripe.subscriptions.update(id, { description: 'Bench 4', metadata: { bench: '4' } })
  const unset = await stripe.subscriptions.update(id, { description: '', metadata: '' })
  expect(unset).toMatchObject({ description: null, metadata: {} })
})
