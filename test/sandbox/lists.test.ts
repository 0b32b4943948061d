import { expect, test } from 'vitest'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { clientOf, customerOf, DAY, everything, open, refusal, START, subscriptionOf } from './open.ts'

test('pages of a list join up to all customers, newest first', async () => {
  const { stripe } = await open()
  const all = await everything(stripe.customers.list({ limit: 17 }))
  expect(all).toHaveLength(252)
  expect(new Set(all.map(({ id }) => id)).size).toBe(252)
  const times = all.map(({ created }) => created)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
})

test('paging backwards from the oldest gives the same list the other way round', async () => {
  const { stripe } = await open()
  const all = await everything(stripe.invoices.list({ limit: 100 }))
  const oldest = all.at(-1)?.id ?? ''
  const back = await everything(stripe.invoices.list({ limit: 33, ending_before: oldest }))
  expect(back.map(({ id }) => id).toReversed()).toEqual(all.slice(0, -1).map(({ id }) => id))
  const page = await stripe.invoices.list({ limit: 5, ending_before: all[50]?.id ?? '' })
  expect(page.data.map(({ id }) => id)).toEqual(all.slice(45, 50).map(({ id }) => id))
  expect(page.has_more).toBe(true)
})

test('a page has ten items unless asked, and never more than a hundred', async () => {
  const { stripe } = await open()
  expect((await stripe.customers.list()).data).toHaveLength(10)
  for (const limit of [0, 101]) {
    expect(await refusal(stripe.customers.list({ limit }))).toMatchObject({ statusCode: 400, param: 'limit' })
  }
  const lost = await refusal(stripe.customers.list({ starting_after: 'cus_nobody' }))
  expect(lost).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'starting_after' })
})

test('ranges of created hold at their edges', async () => {
  const { stripe } = await open()
  const all = await everything(stripe.customers.list({ limit: 100 }))
  const at = all[20]?.created ?? 0
  const count = async (created: object | number) => (await stripe.customers.list({ limit: 100, created })).data.length
  expect(await count({ gt: at })).toBe(all.filter(({ created }) => created > at).length)
  expect(await count({ gte: at })).toBe(all.filter(({ created }) => created >= at).length)
  expect(await count({ gte: at, lt: at + 1 })).toBe(await count(at))
  const since = START / 1000 - 30 * 86_400
  expect(await count({ lte: since })).toBe(100)
})

test('subscriptions leave the cancelled out unless they are asked for', async () => {
  const { stripe } = await open()
  const listed = await everything(stripe.subscriptions.list({ limit: 100 }))
  const all = await everything(stripe.subscriptions.list({ limit: 100, status: 'all' }))
  const canceled = await everything(stripe.subscriptions.list({ limit: 100, status: 'canceled' }))
  expect(listed.every(({ status }) => status !== 'canceled')).toBe(true)
  expect(canceled.length).toBeGreaterThan(10)
  expect(listed.length + canceled.length).toBe(all.length)
})

test('filters narrow by customer, subscription, status and price', async () => {
  const { stripe } = await open()
  const subscription = await subscriptionOf(stripe, SAMPLE.unpaid.email)
  const customer = String(subscription.customer)
  const invoices = await everything(stripe.invoices.list({ subscription: subscription.id }))
  expect(invoices.length).toBeGreaterThan(3)
  expect(await everything(stripe.invoices.list({ customer }))).toHaveLength(invoices.length)
  expect((await stripe.invoices.list({ customer, status: 'open' })).data).toHaveLength(1)
  expect((await stripe.paymentIntents.list({ customer })).data.length).toBeGreaterThan(3)
  const price = subscription.items.data[0]?.price.id ?? ''
  const same = await everything(stripe.subscriptions.list({ price, limit: 100 }))
  expect(same.every(({ items }) => items.data[0]?.price.id === price)).toBe(true)
  const wrong = await refusal(stripe.invoices.list({ status: 'overdue' }))
  expect(wrong).toMatchObject({ statusCode: 400, param: 'status' })
})

test('expand opens what it names, alone and on lists', async () => {
  const { stripe } = await open()
  const { id } = await subscriptionOf(stripe, SAMPLE.bankDebit.email)
  const expandable = ['customer', 'latest_invoice.payments', 'items.data.price.product']
  const opened = await stripe.subscriptions.retrieve(id, { expand: expandable })
  expect(opened).toMatchObject({
    customer: { object: 'customer', name: SAMPLE.bankDebit.name },
    latest_invoice: { object: 'invoice', payments: { data: [{ payment: { type: 'payment_intent' } }] } },
    items: { data: [{ price: { product: { object: 'product' } } }] },
  })
  const invoices = await stripe.invoices.list({ limit: 3, expand: ['data.payments', 'data.customer'] })
  for (const invoice of invoices.data) {
    expect(invoice.payments?.object).toBe('list')
    expect(invoice.customer).toMatchObject({ object: 'customer' })
  }
  const customers = await stripe.customers.list({
    email: SAMPLE.bankDebit.email,
    expand: ['data.invoice_settings.default_payment_method'],
  })
  expect(customers.data[0]?.invoice_settings.default_payment_method).toMatchObject({
    object: 'payment_method',
    type: 'sepa_debit',
  })
})

test('expand refuses what Stripe refuses: unknown fields, lists without data, more than four levels', async () => {
  const { stripe } = await open()
  const on = (expand: string[]) => refusal(stripe.subscriptions.list({ expand }))
  expect((await on(['data.nothing'])).message).toBe('This property cannot be expanded (data.nothing).')
  expect((await on(['latest_invoice'])).message).toContain("You may want to try expanding 'data.latest_invoice'")
  expect((await on(['data.items.data.price.product'])).message).toContain('more than 4 levels')
})

test('events come in a window, newest first, with ids that say nothing about their order', async () => {
  const { sandbox, stripe } = await open()
  await sandbox.advance(3 * DAY)
  const since = Math.floor(START / 1000)
  const events = await everything(stripe.events.list({ limit: 100, created: { gte: since } }))
  expect(events.length).toBeGreaterThan(50)
  expect(events.every(({ created }) => created >= since)).toBe(true)
  const ids = events.map(({ id }) => id)
  expect(ids).not.toEqual(ids.toSorted())
  expect(ids).not.toEqual(ids.toSorted().toReversed())
  const paid = await everything(stripe.events.list({ types: ['invoice.paid'], created: { gte: since } }))
  expect(paid.map(({ id }) => id)).toEqual(events.filter(({ type }) => type === 'invoice.paid').map(({ id }) => id))
  const updated = events.find(({ type }) => type === 'customer.subscription.updated')
  expect(updated?.api_version).toBe('2026-10-28.endive')
  expect(updated?.data.previous_attributes).toBeDefined()
  expect(await stripe.events.retrieve(ids[0] ?? '')).toMatchObject({ id: ids[0] })
})

test('events are kept for 30 days', async () => {
  const { sandbox, stripe } = await open()
  const old = (await stripe.events.list({ limit: 1 })).data[0]?.id ?? ''
  await sandbox.advance(31 * DAY)
  const events = await everything(stripe.events.list({ limit: 100 }))
  expect(events.at(-1)?.created).toBeGreaterThanOrEqual((START + DAY) / 1000)
  expect(await refusal(stripe.events.retrieve(old))).toMatchObject({ statusCode: 404 })
})

test('a deleted customer leaves the list, answers as deleted, and its subscription ends', async () => {
  const { stripe } = await open()
  const { id } = await customerOf(stripe, SAMPLE.current.email)
  const subscription = await subscriptionOf(stripe, SAMPLE.current.email)
  expect(await stripe.customers.del(id)).toMatchObject({ id, object: 'customer', deleted: true })
  expect(Object.keys(await stripe.customers.retrieve(id))).toEqual(['id', 'object', 'deleted'])
  expect((await stripe.customers.list({ email: SAMPLE.current.email })).data).toEqual([])
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
  const types = (await stripe.events.list({ limit: 5 })).data.map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['customer.deleted', 'customer.subscription.deleted']))
})

test('wrong key, no key, unknown id, unknown parameter, unmodelled route: each with its own refusal', async () => {
  const { sandbox, stripe } = await open()
  const wrong = await refusal(clientOf(sandbox, 'sk_test_of_somebody_else').customers.list())
  expect(wrong).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' })
  expect(wrong.message).toMatch(/^Invalid API Key provided: sk_test\*+else$/)
  expect((await fetch(`${sandbox.url}/v1/customers`)).status).toBe(401)
  const unknown = await refusal(stripe.customers.retrieve('cus_nobody'))
  expect(unknown).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'id' })
  expect(unknown.message).toBe("No such customer: 'cus_nobody'")
  expect(unknown.requestId).toMatch(/^req_/)
  const made = await refusal(stripe.customers.list({ colour: 'red' } as object))
  expect(made).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: 'colour' })
  expect(await refusal(stripe.quotes.list())).toMatchObject({ statusCode: 501 })
  expect(await stripe.accounts.retrieve(null)).toMatchObject({ object: 'account', id: expect.stringMatching(/^acct_/) })
})
