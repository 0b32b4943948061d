import { expect, test } from 'vitest'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { customerOf, DAY, open, refusal, START, subscriptionOf } from './open.ts'

test('someone new subscribes with a good card and is active at once, with a paid first invoice', async () => {
  const { stripe } = await open()
  const price = await priceNamed(stripe, 'Full member')
  const customer = await stripe.customers.create({
    name: 'New Person',
    email: 'New.Person@example.org',
    payment_method: 'pm_card_visa',
    metadata: { from: 'test' },
  })
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price }],
    expand: ['latest_invoice.payments'],
  })
  expect(subscription).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'paid', billing_reason: 'subscription_create', amount_paid: 6500 },
  })
  const types = (await stripe.events.list({ limit: 20, created: { gte: START / 1000 } })).data.map(({ type }) => type)
  for (const type of ['customer.created', 'customer.subscription.created', 'invoice.finalized', 'invoice.paid']) {
    expect(types).toContain(type)
  }
})

test('a declined card leaves the new subscription incomplete, or makes none when so asked', async () => {
  const { stripe } = await open()
  const price = await priceNamed(stripe, 'Student')
  const customer = await stripe.customers.create({ email: 'broke@example.org' })
  const items = [{ price }]
  expect((await refusal(stripe.subscriptions.create({ customer: customer.id, items }))).message).toContain(
    'no attached payment source',
  )
  const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } })
  const strict = { customer: customer.id, items, payment_behavior: 'error_if_incomplete' } as const
  expect(await refusal(stripe.subscriptions.create(strict))).toMatchObject({
    statusCode: 402,
    type: 'StripeCardError',
    code: 'card_declined',
    decline_code: 'generic_decline',
  })
  expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toEqual([])
  expect((await stripe.subscriptions.create({ customer: customer.id, items })).status).toBe('incomplete')
})

test('who is late pays with a new card, or in cash, and is active again', async () => {
  const { stripe } = await open()
  const late = await subscriptionOf(stripe, SAMPLE.lapsed.email)
  const invoice = String(late.latest_invoice)
  expect(await refusal(stripe.invoices.pay(invoice))).toMatchObject({ statusCode: 402, type: 'StripeCardError' })
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: String(late.customer) })
  const paid = await stripe.invoices.pay(invoice, { payment_method: card.id, expand: ['payments'] })
  expect(paid).toMatchObject({ status: 'paid', amount_remaining: 0, payments: { data: [{ status: 'paid' }] } })
  expect((await stripe.subscriptions.retrieve(late.id)).status).toBe('active')
  expect((await refusal(stripe.invoices.pay(invoice))).message).toBe('Invoice is already paid')

  const cash = await subscriptionOf(stripe, SAMPLE.unpaid.email)
  const [open_] = (await stripe.invoices.list({ subscription: cash.id, status: 'open' })).data
  const settled = await stripe.invoices.pay(open_?.id ?? '', { paid_out_of_band: true, expand: ['payments'] })
  expect(settled).toMatchObject({ status: 'paid', payments: { data: [{ status: 'canceled' }] } })
  expect((await stripe.subscriptions.retrieve(cash.id)).status).toBe('active')
})

test('cancel at period end, take it back, pause, cancel now', async () => {
  const { stripe } = await open()
  const { id, items } = await subscriptionOf(stripe, SAMPLE.current.email)
  const leaving = await stripe.subscriptions.update(id, { cancel_at_period_end: true })
  expect(leaving).toMatchObject({
    status: 'active',
    cancel_at_period_end: true,
    cancel_at: items.data[0]?.current_period_end,
    canceled_at: START / 1000,
  })
  const staying = await stripe.subscriptions.update(id, { cancel_at_period_end: false, metadata: { note: 'stays' } })
  expect(staying).toMatchObject({ cancel_at: null, canceled_at: null, metadata: { note: 'stays' } })
  const [event] = (await stripe.events.list({ limit: 1 })).data
  expect(event).toMatchObject({
    type: 'customer.subscription.updated',
    data: { object: { id }, previous_attributes: { cancel_at_period_end: true, metadata: {} } },
  })
  const paused = await stripe.subscriptions.update(id, { pause_collection: { behavior: 'void' } })
  expect(paused).toMatchObject({ status: 'active', pause_collection: { behavior: 'void', resumes_at: null } })
  expect((await stripe.subscriptions.update(id, { pause_collection: '' })).pause_collection).toBeNull()
  const ended = await stripe.subscriptions.cancel(id, { cancellation_details: { feedback: 'unused' } })
  expect(ended).toMatchObject({
    status: 'canceled',
    ended_at: START / 1000,
    cancellation_details: { feedback: 'unused' },
  })
  expect(await refusal(stripe.subscriptions.cancel(id))).toMatchObject({ statusCode: 404 })
})

test('a pause with an end resumes by itself', async () => {
  const { sandbox, stripe } = await open()
  const { id } = await subscriptionOf(stripe, SAMPLE.current.email)
  const resumes = START / 1000 + 2 * 86_400
  await stripe.subscriptions.update(id, { pause_collection: { behavior: 'keep_as_draft', resumes_at: resumes } })
  await sandbox.advance(3 * DAY)
  expect((await stripe.subscriptions.retrieve(id)).pause_collection).toBeNull()
})

test('an idempotency key replays its reply, and is refused for other parameters', async () => {
  const { stripe } = await open()
  const first = await stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'k1' })
  const again = await stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'k1' })
  expect(again.id).toBe(first.id)
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
  expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined()
  const other = await refusal(stripe.customers.create({ name: 'Twice' }, { idempotencyKey: 'k1' }))
  expect(other).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' })
})

test('unknown fields are refused at any depth, and nothing is changed', async () => {
  const { stripe } = await open()
  const { id } = await customerOf(stripe, SAMPLE.current.email)
  const call = stripe.customers.update(id, { name: 'X', invoice_settings: { colour: 'red' } } as object)
  expect(await refusal(call)).toMatchObject({ code: 'parameter_unknown', param: 'invoice_settings[colour]' })
  const expanded = stripe.customers.update(id, { name: 'X', expand: ['nothing'] })
  expect((await refusal(expanded)).message).toContain('cannot be expanded')
  expect((await customerOf(stripe, SAMPLE.current.email)).name).toBe(SAMPLE.current.name)
})

test('a new product with its price can be subscribed to', async () => {
  const { stripe } = await open()
  const product = await stripe.products.create({ name: 'Bike locker' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 900,
    recurring: { interval: 'month' },
  })
  expect(price).toMatchObject({ type: 'recurring', unit_amount: 900, product: product.id })
  const customer = await stripe.customers.create({ name: 'Cyclist' })
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 2 }],
    default_payment_method: card.id,
    trial_period_days: 3,
  })
  expect(subscription).toMatchObject({ status: 'trialing', trial_end: START / 1000 + 3 * 86_400 })
  expect((await stripe.products.update(product.id, { active: false })).active).toBe(false)
})

async function priceNamed(stripe: import('stripe').Stripe, name: string): Promise<string> {
  const products = await stripe.products.list({ limit: 100 })
  const product = products.data.find((one) => one.name === name)
  const prices = await stripe.prices.list({ product: product?.id ?? '', active: true })
  return prices.data[0]?.id ?? ''
}
