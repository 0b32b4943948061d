// A large account made by arithmetic: the same answers as from the small one, only more of them.
import { expect, test } from 'vitest'
import { everything, open, refusal, START } from './open.ts'

const MANY = { bulk: 100_000 }

test('pages are whole, newest first, and lead from one to the next without a gap or a double', async () => {
  const { stripe } = await open({ bulk: 1_234 })
  for (const list of [
    stripe.customers.list({ limit: 100 }),
    stripe.subscriptions.list({ limit: 100, status: 'all' }),
  ]) {
    const all = await everything<{ id: string; created: number }>(list)
    expect(new Set(all.map(({ id }) => id)).size).toBe(1_234)
    expect(all.map(({ created }) => created)).toEqual(all.map(({ created }) => created).toSorted((a, b) => b - a))
    expect(all.at(-1)?.created).toBeLessThan(START / 1000 - 2.9 * 365 * 86_400)
  }
  expect(await everything(stripe.invoices.list({ limit: 100 }))).toHaveLength(2_468)
})

test('ranges of `created` cut it into parts that make up the whole', async () => {
  const { stripe } = await open(MANY)
  const [from, to] = [START / 1000 - 30 * 86_400, START / 1000 - 20 * 86_400]
  const cut = START / 1000 - 26 * 86_400
  const count = async (created: object) => (await everything(stripe.customers.list({ limit: 100, created }))).length
  const [older, newer, all] = [
    await count({ gte: from, lt: cut }),
    await count({ gte: cut, lt: to }),
    await count({ gte: from, lt: to }),
  ]
  expect(all).toBeGreaterThan(800)
  expect(older + newer).toBe(all)
})

test('replies hold to the schema, with what hangs on them opened', async () => {
  // checkReplies is on: a reply that is not Stripe's would be a 500.
  const { stripe } = await open(MANY)
  const customers = await stripe.customers.list({
    limit: 100,
    expand: ['data.invoice_settings.default_payment_method'],
  })
  expect(customers.data[5]?.invoice_settings.default_payment_method).toMatchObject({ object: 'payment_method' })
  const [subscription] = (
    await stripe.subscriptions.list({ limit: 100, expand: ['data.customer', 'data.default_payment_method'] })
  ).data
  expect(subscription?.customer).toMatchObject({ id: customers.data[0]?.id })
  const invoices = await stripe.invoices.list({ customer: customers.data[7]?.id ?? '', expand: ['data.payments'] })
  expect(invoices.data).toHaveLength(2)
  expect(invoices.data[0]?.payments?.data[0]?.payment.type).toBe('payment_intent')
  const one = await stripe.invoices.retrieve(invoices.data[0]?.id ?? '')
  expect(one.parent?.subscription_details?.subscription).toMatch(/^sub_/)
  expect(await stripe.customers.list({ email: (customers.data[9] as { email: string }).email })).toMatchObject({
    data: [{ id: customers.data[9]?.id }],
  })
})

test('backwards, nobody, unknown ids and writes', async () => {
  const { stripe } = await open(MANY)
  const page = (await stripe.customers.list({ limit: 30 })).data.map(({ id }) => id)
  const back = await stripe.customers.list({ limit: 10, ending_before: page[20] ?? '' })
  expect(back.data.map(({ id }) => id)).toEqual(page.slice(10, 20))
  expect(back.has_more).toBe(true)
  expect((await stripe.invoices.list({ status: 'open' })).data).toEqual([])
  expect((await stripe.disputes.list()).data).toEqual([])
  expect((await stripe.products.list()).data.length).toBeGreaterThan(2)
  expect(await refusal(stripe.customers.retrieve('cus_nobody'))).toMatchObject({ statusCode: 404 })
  expect(await refusal(stripe.customers.create({ name: 'x' }))).toMatchObject({ statusCode: 501 })
})
