import { inspect } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { BILLING_KINDS, type BillingKind } from '../../src/main/domain/billing.ts'
import { createStripeClient, STRIPE_API_VERSION } from '../../src/main/stripe/client.ts'
import { type StripePort, StripeTrouble } from '../../src/main/stripe/port.ts'
import * as objects from './objects.ts'
import { type Answer, freely, KEY, scripted } from './scripted-stripe.ts'

const open: (() => Promise<void>)[] = []
afterAll(() => Promise.all(open.map((close) => close())))

async function against(...answers: Answer[]) {
  const server = await scripted(...answers)
  open.push(server.close)
  return server
}

const ok = (body: unknown): Answer => ({ status: 200, body })
const said = (status: number, error: object, headers: Record<string, string> = {}): Answer => ({
  status,
  body: { error },
  headers,
})
const tooMany = (retry?: 'true' | 'false') =>
  said(
    429,
    { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' },
    retry === undefined ? {} : { 'stripe-should-retry': retry },
  )
const missing = said(404, {
  type: 'invalid_request_error',
  code: 'resource_missing',
  message: "No such customer: 'cus_Ada'",
})
const onePage = ok(objects.listOf([objects.customer()]))
const calls = {
  account: (stripe: StripePort) => stripe.account(),
  list: (stripe: StripePort) => stripe.list('customer', {}),
  retrieve: (stripe: StripePort) => stripe.retrieve('customer', 'cus_Ada'),
  events: (stripe: StripePort) => stripe.events({ createdFrom: 0 }),
} satisfies Record<string, (stripe: StripePort) => Promise<unknown>>
const CALLS = Object.keys(calls) as (keyof typeof calls)[]

/** The trouble of a call; neither it nor anything it carries may show the key. */
async function troubleOf(call: Promise<unknown>): Promise<StripeTrouble> {
  const error = await call.then(
    (value) => new Error(`Nothing went wrong: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (!(error instanceof StripeTrouble)) throw error
  expect(inspect(error, { depth: 12 })).not.toContain(KEY.slice(8))
  expect(error.message).toMatch(/^[A-Z].*\.$/)
  return error
}

const OFFLINE = 'Stripe cannot be reached: check the internet connection. Doors go on with what is stored.'
const ITS_OWN = 'Stripe has a problem of its own just now. Latchkey tries again by itself.'
const NOT_ASKED = /^Stripe's answer for .* was not what was asked for\. Latchkey tries again by itself\.$/

describe('when Stripe says 429', () => {
  test('the request is made again at our pace, and each refusal slows it', async () => {
    const { stripe, pace, asked } = await against(tooMany(), tooMany(), onePage)
    const page = await stripe.list('customer', {})
    expect(page.data.map(({ mirror }) => mirror.row.id)).toEqual(['cus_Ada'])
    expect(pace).toEqual({ taken: 3, refused: 2, accepted: 1 })
    expect(asked).toHaveLength(3)
  })

  test('with stripe-should-retry too nobody but us repeats it', async () => {
    const { stripe, pace, asked } = await against(tooMany('true'), onePage)
    await stripe.list('customer', {})
    expect(asked).toHaveLength(2)
    expect(pace).toEqual({ taken: 2, refused: 1, accepted: 1 })
  })

  test('for ever, it gives up after six and says so', async () => {
    const { stripe, pace, asked } = await against(tooMany('false'))
    expect(await troubleOf(stripe.list('customer', {}))).toMatchObject({
      kind: 'offline',
      message: 'Stripe asks for fewer requests just now. Latchkey tries again by itself.',
    })
    expect(asked).toHaveLength(6)
    expect(pace).toEqual({ taken: 6, refused: 6, accepted: 0 })
  })
})

describe.concurrent('trouble on the way or at Stripe', () => {
  const fails = async (answer: Answer, kind: string, message: string | RegExp, attempts: number) => {
    const { stripe, asked } = await against(answer)
    const trouble = await troubleOf(stripe.list('customer', {}))
    expect(trouble.kind).toBe(kind)
    expect(trouble.message).toMatch(message)
    expect(asked).toHaveLength(attempts)
  }

  test('a 500 is tried three times', () =>
    fails(said(500, { type: 'api_error', message: 'Oops' }), 'offline', ITS_OWN, 3))
  test('a 503 with a page instead of JSON is tried three times', () =>
    fails({ status: 503, body: '<html>busy</html>' }, 'offline', ITS_OWN, 3))
  // The SDK itself asks once more where a connection was closed before an answer began.
  test('a connection that is cut before an answer', () => fails('cut', 'offline', OFFLINE, 6))
  test('a connection that is cut in the middle of an answer', () => fails('cut-in-body', 'offline', OFFLINE, 3))
  test('a page instead of JSON, as a hotel’s network sends it', () =>
    fails({ status: 200, body: '<html>Log in to the wifi</html>' }, 'offline', ITS_OWN, 3))

  test('a 500 and a cut connection that pass are not noticed', async () => {
    const { stripe, asked } = await against(said(500, { type: 'api_error', message: 'Oops' }), 'cut', onePage)
    expect((await stripe.list('customer', {})).data).toHaveLength(1)
    expect(asked).toHaveLength(3)
  })

  test('nobody listens at the address', async () => {
    const { url, close } = await scripted(onePage)
    await close()
    const stripe = createStripeClient({
      key: KEY,
      base: url,
      limiter: freely,
      sleep: async () => undefined,
      now: Date.now,
    })
    expect(await troubleOf(stripe.account())).toMatchObject({ kind: 'offline', message: OFFLINE })
  })

  // Whether it is that object's alone shows in what Stripe says of others (read-all.ts).
  test('the same for a single object', async () => {
    const stumbling = await against(said(500, { type: 'api_error', message: 'Oops' }))
    const { stripe } = await against('cut')
    const [one, other] = await Promise.all([
      troubleOf(stumbling.stripe.retrieve('customer', 'cus_Ada')),
      troubleOf(stripe.retrieve('customer', 'cus_Ada')),
    ])
    expect(one).toMatchObject({ kind: 'offline', message: ITS_OWN })
    expect(other).toMatchObject({ kind: 'offline', message: OFFLINE })
  })
})

test.each(CALLS)('a slow answer to %s is waited for', async (name) => {
  let let_go = () => {}
  const after = new Promise<void>((resolve) => {
    let_go = resolve
  })
  const body = { account: objects.account(), retrieve: objects.customer() }[name as string] ?? objects.listOf([])
  const { stripe, asked } = await against({ status: 200, body, after })
  let answered = false
  const call = calls[name](stripe).then(() => {
    answered = true
  })
  await expect.poll(() => asked.length).toBe(1)
  expect(answered).toBe(false)
  let_go()
  await call
})

test('an object is as old as the moment its request began, however slow the answer', async () => {
  let at = 1_000
  const server = await against(onePage, ok(objects.customer()))
  const limiter = {
    ...freely,
    take: async () => {
      at += 50
    },
    accepted: () => {
      at += 9_000
    },
  }
  const stripe = createStripeClient({
    key: KEY,
    base: server.url,
    limiter,
    sleep: async () => undefined,
    now: () => at,
  })
  expect((await stripe.list('customer', {})).data.map(({ fetchedAt }) => fetchedAt)).toEqual([1_000])
  expect((await stripe.retrieve('customer', 'cus_Ada'))?.fetchedAt).toBe(10_050)
})

describe('a key', () => {
  const unauthorised = said(401, {
    type: 'invalid_request_error',
    message: 'Invalid API Key provided: rk_test_***0000',
  })
  const forbidden = said(403, { type: 'invalid_request_error', message: 'The provided key does not have access.' })

  test.each(CALLS)('that Stripe does not know fails %s at once, with what to do', async (name) => {
    const { stripe, asked } = await against(unauthorised)
    expect(await troubleOf(calls[name](stripe))).toMatchObject({
      kind: 'key',
      message: 'Stripe does not accept the key: put the right one into Settings, under Stripe.',
    })
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['list', 'the list of customers'],
    ['retrieve', 'customer cus_Ada'],
    ['events', 'the list of events'],
  ] as const)('that may not %s says which permission it wants', async (name, what) => {
    const { stripe } = await against(forbidden)
    expect(await troubleOf(calls[name](stripe))).toMatchObject({
      kind: 'key',
      message: `The Stripe key may not read ${what}: give it that permission in Stripe's dashboard.`,
    })
  })

  test.each([
    ['refused', forbidden],
    ['missing', missing],
  ])('that may not read its account is taken all the same (%s)', async (_, answer) => {
    const { stripe } = await against(answer)
    expect(await stripe.account()).toEqual({ id: null, livemode: false })
  })

  test.each([
    ['sk_test_1', false],
    ['rk_test_1', false],
    ['rk_live_1', true],
    ['sk_live_1', true],
  ])('%s tells test from live by itself', async (key, livemode) => {
    const { url } = await against(ok(objects.account()))
    const stripe = createStripeClient({ key, base: url, limiter: freely, sleep: async () => undefined, now: Date.now })
    expect(await stripe.account()).toEqual({ id: 'acct_1', livemode })
  })
})

describe('what Stripe no longer has', () => {
  test.each([
    ['missing', missing],
    ['deleted', ok({ id: 'cus_Ada', object: 'customer', deleted: true })],
  ])('is null when it is %s', async (_, answer) => {
    const { stripe } = await against(answer)
    expect(await stripe.retrieve('customer', 'cus_Ada')).toBeNull()
  })

  test.each([
    ['without a code', { error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } }],
    ['without a type', { error: { message: 'not found' } }],
    ['with another code', { error: { type: 'invalid_request_error', code: 'no_account', message: 'No' } }],
    ['of a proxy, with one word', { error: 'not found' }],
    ['of a proxy, of another shape', { message: 'not found' }],
  ])('is not told by a 404 %s', async (_, body) => {
    const { stripe } = await against({ status: 404, body })
    expect((await troubleOf(stripe.retrieve('customer', 'cus_Ada'))).kind).toBe('reply')
  })

  test('is a failure where a whole list is missing', async () => {
    const { stripe } = await against(missing)
    expect(await troubleOf(stripe.list('customer', {}))).toMatchObject({
      kind: 'reply',
      message: 'Stripe refused to give the list of customers. Latchkey tries again by itself.',
    })
  })
})

test('a list is read from the top again where what the last page ended with is gone', async () => {
  const error = { type: 'invalid_request_error', code: 'resource_missing', param: 'starting_after', message: 'No such' }
  const { stripe, asked } = await against(said(400, error), onePage)
  const page = await stripe.list('customer', { after: 'cus_Gone', createdFrom: 5_000 })
  expect(page.data).toHaveLength(1)
  expect(asked.map(({ query }) => [query.get('starting_after'), query.get('created[gte]')])).toEqual([
    ['cus_Gone', '5'],
    [null, '5'],
  ])
})

describe('an answer that is not what was asked is never taken for data', () => {
  const bodies: [string, number, unknown][] = [
    ['a 404 without an error, which the SDK resolves', 404, { message: 'no such route' }],
    ['a 400 without an error', 400, { ok: false }],
    ['an empty object', 200, {}],
    ['an empty list where an array is', 200, []],
    ['a list without data', 200, { object: 'list', has_more: false }],
    ['a list whose data is an object', 200, { object: 'list', data: {}, has_more: false }],
    ['a list that does not say whether it goes on', 200, { object: 'list', data: [], url: '/v1/x' }],
    ['another object', 200, objects.product()],
  ]
  const combinations = CALLS.flatMap((name) =>
    bodies.map(([what, status, body]): [keyof typeof calls, string, number, unknown] => [name, what, status, body]),
  )
  test.each(combinations)('%s: %s', async (name, _, status, body) => {
    const { stripe } = await against({ status, body })
    const trouble = await troubleOf(calls[name](stripe))
    expect(trouble.kind).toBe('reply')
    expect(trouble.message).toMatch(NOT_ASKED)
  })

  const scalars = CALLS.flatMap((name) => ['7', '"ok"', 'true', 'null'].map((body) => ({ name, body })))
  test.each(scalars)('$name: the bare $body, at which the SDK alone would hang', async ({ name, body }) => {
    const { stripe } = await against({ status: 200, body })
    await troubleOf(calls[name](stripe))
  })

  test('permissions: nothing may be read as long as nothing of it came', async () => {
    for (const body of [{}, { object: 'list' }, objects.product()]) {
      const { stripe } = await against(ok(body))
      expect(new Set((await stripe.permissions()).map(({ may }) => may))).toEqual(new Set([null]))
    }
  })

  test('an object whose own list does not say whether it goes on', async () => {
    const lines = { object: 'list', data: [objects.line()], url: '/v1/invoices/in_Ada/lines' }
    const { stripe } = await against(ok(objects.invoice({ lines })))
    expect((await troubleOf(stripe.retrieve('invoice', 'in_Ada'))).message).toMatch(NOT_ASKED)
  })

  test('a list in which one object has another shape', async () => {
    const { stripe } = await against(ok(objects.listOf([objects.customer(), objects.customer({ created: null })])))
    expect(await troubleOf(stripe.list('customer', {}))).toMatchObject({
      kind: 'reply',
      message: expect.stringMatching(NOT_ASKED),
    })
  })

  test('a list of which one object cannot be read to its end: that one fails alone', async () => {
    const lines = { ...objects.listOf([objects.line()]), has_more: true, url: '/v1/invoices/in_Long/lines' }
    const long = (id: string) => objects.invoice({ id, lines })
    const page = objects.listOf([long('in_Long'), objects.invoice({ id: 'in_Short' })])
    for (const answer of [missing, ok({ object: 'something else' })]) {
      const { stripe } = await against(ok(page), answer)
      const read = await stripe.list('invoice', {})
      expect(read.data.map(({ mirror }) => mirror.row.id)).toEqual(['in_Short'])
      expect(read.misshapen.map(({ id }) => id)).toEqual(['in_Long'])
    }
    // Where nothing answers, those behind it are not asked for, and neither are they taken for whole.
    const pages = objects.listOf([long('in_Long'), objects.invoice({ id: 'in_Short' }), long('in_Longer')])
    const { stripe, asked } = await against(ok(pages), 'cut')
    const read = await stripe.list('invoice', {})
    expect(read.data.map(({ mirror }) => mirror.row.id)).toEqual(['in_Short'])
    expect(read.misshapen.map(({ id }) => id)).toEqual(['in_Long', 'in_Longer'])
    expect(asked).toHaveLength(7)
  })

  test('an object whose own list shows the same page for ever', async () => {
    const lines = { ...objects.listOf([objects.line()]), has_more: true, url: '/v1/invoices/in_Ada/lines' }
    const whole = ok(objects.invoice({ id: 'in_Ada', lines }))
    // Its end, which nobody should wait for, so that this fails rather than lasts for ever.
    const { stripe, asked } = await against(
      whole,
      ...Array.from({ length: 20 }, () => ok(lines)),
      ok(objects.listOf([])),
    )
    expect((await troubleOf(stripe.retrieve('invoice', 'in_Ada'))).message).toMatch(NOT_ASKED)
    expect(asked.length).toBeLessThan(10)
  })

  test('another customer than the one asked for', async () => {
    const { stripe } = await against(ok(objects.customer({ id: 'cus_Bob' })))
    expect((await troubleOf(stripe.retrieve('customer', 'cus_Ada'))).message).toContain('customer cus_Ada')
  })

  test('an event without an id or a moment', async () => {
    const event = { id: 'evt_1', object: 'event', type: 'customer.updated', created: objects.AT }
    for (const field of ['id', 'created']) {
      const { stripe } = await against(ok(objects.listOf([{ ...event, [field]: undefined }])))
      expect((await troubleOf(stripe.events({ createdFrom: 0 }))).message).toContain('the list of events')
    }
  })

  test('an event of another shape: it keeps its place and says so, and those beside it are read', async () => {
    const event = { id: 'evt_1', object: 'event', type: 'customer.updated', created: objects.AT }
    const well = { ...event, id: 'evt_2', data: { object: objects.customer() } }
    for (const ill of [
      { ...event, type: undefined },
      { ...event, data: { object: { object: 'customer', id: 7 } } },
      { ...event, data: 'nothing' },
    ]) {
      const { stripe } = await against(ok(objects.listOf([ill, well], true)))
      const page = await stripe.events({ createdFrom: 0 })
      expect(page.data).toMatchObject([
        { id: 'evt_1', created: objects.AT * 1_000, objectType: null, objectId: null, misshapen: true },
        { id: 'evt_2', objectId: 'cus_Ada' },
      ])
      expect(page.data[1]).not.toHaveProperty('misshapen')
    }
  })
})

describe('events', () => {
  const event = (object: unknown) => ({
    id: 'evt_1',
    object: 'event',
    api_version: '2020-08-27',
    created: objects.AT,
    data: { object },
    type: 'x.updated',
  })

  test.each([
    [
      'a customer is its own',
      objects.customer(),
      { objectType: 'customer', objectId: 'cus_Ada', customerId: 'cus_Ada' },
    ],
    [
      'an invoice names its customer',
      objects.invoice(),
      { objectType: 'invoice', objectId: 'in_Ada', customerId: 'cus_Ada' },
    ],
    [
      'also where that is expanded',
      objects.subscription({ customer: objects.customer() }),
      { objectType: 'subscription', objectId: 'sub_Ada', customerId: 'cus_Ada' },
    ],
    ['a product has none', objects.product(), { objectType: 'product', objectId: 'prod_Full', customerId: null }],
    ['an object without id', { object: 'balance' }, { objectType: 'balance', objectId: null, customerId: null }],
    ['no object at all', undefined, { objectType: null, objectId: null, customerId: null }],
  ])('%s', async (_, object, expected) => {
    const { stripe } = await against(ok(objects.listOf([event(object)], true)))
    const page = await stripe.events({ createdFrom: 0 })
    expect(page.hasMore).toBe(true)
    expect(page.data).toMatchObject([
      { id: 'evt_1', created: objects.AT * 1_000, apiVersion: '2020-08-27', type: 'x.updated', ...expected },
    ])
    expect(JSON.parse(page.data[0]?.payload ?? '')).toEqual(JSON.parse(JSON.stringify(event(object))))
  })
})

describe('what is asked of Stripe', () => {
  const paths: Record<BillingKind, string> = {
    product: '/v1/products',
    price: '/v1/prices',
    customer: '/v1/customers',
    subscription: '/v1/subscriptions',
    invoice: '/v1/invoices',
    payment_intent: '/v1/payment_intents',
    dispute: '/v1/disputes',
    subscription_schedule: '/v1/subscription_schedules',
  }
  const expansions: Record<BillingKind, string[]> = {
    product: [],
    price: [],
    customer: ['invoice_settings.default_payment_method', 'discount.source.coupon', 'invoice_credit_balance'],
    subscription: ['default_payment_method', 'discounts.source.coupon', 'items.data.discounts'],
    invoice: ['payments'],
    payment_intent: ['latest_charge'],
    dispute: [],
    subscription_schedule: [],
  }
  const pairs = (query: URLSearchParams) => [...query].toSorted((a, b) => (a[0] < b[0] ? -1 : 1))

  test.each(BILLING_KINDS)(
    'the list of %ss: documented parameters, a full page, everything cancelled too',
    async (kind) => {
      const { stripe, asked } = await against(ok(objects.listOf([])))
      await stripe.list(kind, { after: 'x_1', createdFrom: 1_773_824_400_999 })
      expect(asked).toMatchObject([{ method: 'GET', path: paths[kind], version: STRIPE_API_VERSION }])
      expect(pairs(asked[0]?.query ?? new URLSearchParams())).toEqual([
        ['created[gte]', '1773824400'],
        ...expansions[kind].map((field) => ['expand[]', `data.${field}`]),
        ['limit', '100'],
        ['starting_after', 'x_1'],
        ...(kind === 'subscription' ? [['status', 'all']] : []),
      ])
    },
  )

  test.each(BILLING_KINDS)('one %s: nothing but what to expand', async (kind) => {
    const { stripe, asked } = await against(missing)
    expect(await stripe.retrieve(kind, 'x_1')).toBeNull()
    expect(asked).toMatchObject([{ method: 'GET', path: `${paths[kind]}/x_1`, version: STRIPE_API_VERSION }])
    expect(pairs(asked[0]?.query ?? new URLSearchParams())).toEqual(
      expansions[kind].map((field) => ['expand[]', field]),
    )
  })

  test('events and the account', async () => {
    const { stripe, asked } = await against(ok(objects.listOf([])), ok(objects.account()))
    await stripe.events({ createdFrom: 5_000, after: 'evt_9' })
    await stripe.account()
    expect(asked.map(({ method, path, query }) => [method, path, ...pairs(query)])).toEqual([
      ['GET', '/v1/events', ['created[gte]', '5'], ['limit', '100'], ['starting_after', 'evt_9']],
      ['GET', '/v1/account'],
    ])
    expect(asked.every(({ authorization }) => authorization === `Bearer ${KEY}`)).toBe(true)
  })
})
