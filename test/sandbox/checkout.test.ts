// Hosted pages: what they ask for, what a payer does there, and what comes of it.
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { openForAll, refusal, START } from './open.ts'

const { sandbox, stripe } = await openForAll({ people: 0 })
const NOW = START / 1000
const urls = {
  success_url: 'https://space.example.org/thanks?s={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://space.example.org',
}
const product = await stripe.products.create({ name: 'Bench' })
const fee = await stripe.products.create({ name: 'Initiation' })
const make = (id: string, unit_amount: number, more: object) =>
  stripe.prices.create({ product: id, currency: 'eur', unit_amount, ...more })
const monthly = (await make(product.id, 6_500, { recurring: { interval: 'month' } })).id
const once = (await make(fee.id, 5_000, {})).id
const eventsOf = async (id: string) => {
  const { data } = await stripe.events.list({ types: SESSION_EVENTS, limit: 100 })
  return data.toReversed().flatMap(({ type, data: { object } }) => ('id' in object && object.id === id ? [type] : []))
}
const SESSION_EVENTS = ['completed', 'expired', 'async_payment_succeeded', 'async_payment_failed'].map(
  (word) => `checkout.session.${word}`,
)
let people = 0
const newCustomer = () => {
  people += 1
  return stripe.customers.create({ name: `Person ${people}`, email: `person${people}@example.org` })
}
const mode = 'subscription' as const
const line_items = [{ price: monthly, quantity: 1 }, { price: once }]
const subscriptionOf = async ({ subscription }: Stripe.Checkout.Session) =>
  stripe.subscriptions.retrieve(String(subscription), { expand: ['latest_invoice'] })

test('a new person subscribes at the page: customer, card, subscription and invoice as promised', async () => {
  const anchor = Date.UTC(2026, 11, 1, 12) / 1000
  const session = await stripe.checkout.sessions.create({
    ...urls,
    mode,
    line_items,
    customer_email: 'new@example.org',
    client_reference_id: 'signup-1',
    metadata: { signup_id: '1' },
    subscription_data: { metadata: { signup_id: '1' }, billing_cycle_anchor: anchor },
    expand: ['line_items'],
  })
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    customer: null,
    subscription: null,
    expires_at: NOW + 86_400,
    url: expect.stringContaining(`${sandbox.url}/c/pay/cs_test_`),
    line_items: { data: [{ description: 'Bench' }, { description: 'Initiation', amount_total: 5_000 }] },
  })
  sandbox.acts.payAtCheckout(session.id, 'card', { name: 'Neo New' })
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer', 'invoice'] })
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    url: null,
    customer: { email: 'new@example.org', name: 'Neo New', invoice_settings: { default_payment_method: null } },
    customer_details: { email: 'new@example.org', name: 'Neo New' },
    invoice: { status: 'paid', amount_paid: session.amount_total },
    metadata: { signup_id: '1' },
  })
  const made = await subscriptionOf(done)
  expect(made).toMatchObject({ status: 'active', billing_cycle_anchor: anchor, metadata: { signup_id: '1' } })
  expect(made.default_payment_method).toMatch(/^pm_/)
  expect(await eventsOf(session.id)).toEqual(['checkout.session.completed'])
  expect((await stripe.checkout.sessions.list({ subscription: made.id })).data.map(({ id }) => id)).toEqual([
    session.id,
  ])
  expect(await refusal(stripe.checkout.sessions.expire(session.id))).toMatchObject({ statusCode: 400 })
  expect((await refusal(stripe.checkout.sessions.expire(session.id))).message).toContain('status of `complete`')
})

test('a declined card changes nothing, and the page takes another; a code is taken where it is allowed', async () => {
  const { id: customer } = await newCustomer()
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once', applies_to: { products: [fee.id] } })
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HALFFEE' })
  const session = await stripe.checkout.sessions.create({
    ...urls,
    mode,
    line_items,
    customer,
    allow_promotion_codes: true,
  })
  expect(session.amount_total).toBe(11_500)
  expect(() => sandbox.acts.payAtCheckout(session.id, 'insufficient_funds')).toThrow('insufficient funds')
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', subscription: null })
  expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([])
  expect((await stripe.paymentMethods.list({ customer })).data).toEqual([])
  expect(() => sandbox.acts.payAtCheckout(session.id, 'card', { code: 'NOSUCH' })).toThrow('invalid')
  sandbox.acts.payAtCheckout(session.id, 'card', { code: 'halffee' })
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] })
  expect(done).toMatchObject({
    amount_total: 9_000,
    total_details: { amount_discount: 2_500 },
    invoice: { amount_paid: 9_000 },
  })
})

test('a bank debit is on its way for days; then it arrives, or comes back', async () => {
  const [good, bad] = await Promise.all([newCustomer(), newCustomer()])
  const begin = (customer: string) => stripe.checkout.sessions.create({ ...urls, mode, line_items, customer })
  const [arrives, returns] = await Promise.all([begin(good.id), begin(bad.id)])
  sandbox.acts.payAtCheckout(arrives.id, 'sepa_debit')
  sandbox.acts.payAtCheckout(returns.id, 'sepa_debit')
  sandbox.acts.failNextPayment(bad.id, 'insufficient_funds')
  const pending = await stripe.checkout.sessions.retrieve(arrives.id)
  expect(pending).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
  expect((await subscriptionOf(pending)).status).toBe('incomplete')
  const unverified = await begin((await newCustomer()).id)
  sandbox.acts.payAtCheckout(unverified.id, 'us_bank_account_unverified')
  const waiting = await stripe.checkout.sessions.retrieve(unverified.id, { expand: ['invoice.payments'] })
  const intent = (waiting.invoice as Stripe.Invoice).payments?.data[0]?.payment.payment_intent
  sandbox.acts.verifyDeposits(String(intent))
  await sandbox.advance(6 * 86_400_000)
  expect(await eventsOf(arrives.id)).toEqual(['checkout.session.completed', 'checkout.session.async_payment_succeeded'])
  expect(await eventsOf(returns.id)).toEqual(['checkout.session.completed', 'checkout.session.async_payment_failed'])
  const paid = await stripe.checkout.sessions.retrieve(arrives.id)
  expect(paid.payment_status).toBe('paid')
  expect((await subscriptionOf(paid)).status).toBe('active')
  expect((await stripe.checkout.sessions.retrieve(unverified.id)).payment_status).toBe('paid')
  expect((await stripe.checkout.sessions.retrieve(returns.id)).payment_status).toBe('unpaid')
})

test('a payment method alone is set up at a page, also a bank account that has to be verified', async () => {
  const { id: customer } = await newCustomer()
  const begin = () =>
    stripe.checkout.sessions.create({
      ...urls,
      mode: 'setup',
      customer,
      currency: 'eur',
      setup_intent_data: { metadata: { signup_id: '7' } },
    })
  const session = await begin()
  const setup = String(session.setup_intent)
  expect(await stripe.setupIntents.retrieve(setup)).toMatchObject({
    status: 'requires_payment_method',
    metadata: { signup_id: '7' },
  })
  expect((await refusal(stripe.setupIntents.cancel(setup))).message).toContain('Expire the Checkout Session')
  sandbox.acts.payAtCheckout(session.id)
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent.payment_method'] })
  expect(done).toMatchObject({
    payment_status: 'no_payment_required',
    setup_intent: { status: 'succeeded', payment_method: { customer, allow_redisplay: 'limited' } },
  })
  const slow = await begin()
  sandbox.acts.payAtCheckout(slow.id, 'us_bank_account_unverified')
  expect((await stripe.checkout.sessions.retrieve(slow.id)).status).toBe('complete')
  const unverified = await stripe.setupIntents.retrieve(String(slow.setup_intent))
  expect(unverified).toMatchObject({ status: 'requires_action', next_action: { type: 'verify_with_microdeposits' } })
  await stripe.setupIntents.verifyMicrodeposits(unverified.id, { amounts: [32, 45] })
  expect((await stripe.setupIntents.retrieve(unverified.id)).status).toBe('succeeded')
})

test('a single payment at a page; one that nobody pays ends after a day and takes its setup with it', async () => {
  const { id: customer } = await newCustomer()
  const pass = await stripe.checkout.sessions.create({
    ...urls,
    mode: 'payment',
    customer,
    line_items: [{ price: once, quantity: 2 }],
    payment_intent_data: { description: 'Two passes', metadata: { pass: 'day' }, setup_future_usage: 'off_session' },
  })
  expect(pass).toMatchObject({ amount_total: 10_000, payment_intent: null })
  sandbox.acts.payAtCheckout(pass.id)
  expect(await stripe.checkout.sessions.retrieve(pass.id, { expand: ['payment_intent'] })).toMatchObject({
    payment_status: 'paid',
    payment_intent: { amount_received: 10_000, metadata: { pass: 'day' }, description: 'Two passes' },
  })
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1)
  const left = await stripe.checkout.sessions.create({ ...urls, mode: 'setup', customer, currency: 'eur' })
  const given = await stripe.checkout.sessions.create({ ...urls, mode: 'setup', customer, currency: 'eur' })
  expect(await stripe.checkout.sessions.expire(given.id)).toMatchObject({ status: 'expired', url: null })
  expect(() => sandbox.acts.payAtCheckout(given.id)).toThrow('expired')
  await sandbox.advance(86_400_000)
  expect((await stripe.checkout.sessions.retrieve(left.id)).status).toBe('expired')
  expect(await stripe.setupIntents.retrieve(String(left.setup_intent))).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'abandoned',
  })
  expect(await eventsOf(left.id)).toEqual(['checkout.session.expired'])
})

const REFUSED: [why: string, params: object, param: string | undefined, code?: string][] = [
  ['no success_url', { mode, line_items }, 'success_url', 'parameter_missing'],
  ['an address that is none', { ...urls, mode, line_items, success_url: 'space' }, 'success_url', 'url_invalid'],
  ['nothing to buy', { ...urls, mode }, 'line_items', 'parameter_missing'],
  ['only a fee in a subscription', { ...urls, mode, line_items: [{ price: once }] }, 'line_items'],
  [
    'a plan in a single payment',
    { ...urls, mode: 'payment', customer_creation: 'always', line_items },
    'line_items[0][price]',
  ],
  ['lines in a setup', { ...urls, mode: 'setup', currency: 'eur', line_items }, 'line_items'],
  ['a setup without a currency', { ...urls, mode: 'setup' }, 'currency', 'parameter_missing'],
  ['too long a life', { ...urls, mode, line_items, expires_at: 2_000_000_000 }, 'expires_at'],
  [
    'the old name of types',
    { ...urls, mode, line_items, payment_method_types: ['card'] },
    'payment_method_types',
    'parameter_unknown',
  ],
  [
    'a type that is not there',
    { ...urls, mode, line_items, allowed_payment_method_types: ['klarna'] },
    'allowed_payment_method_types',
  ],
  [
    'both at once',
    { ...urls, mode, line_items, discounts: [{ coupon: 'x' }], allow_promotion_codes: true },
    'allow_promotion_codes',
    'parameters_exclusive',
  ],
  ['two discounts', { ...urls, mode, line_items, discounts: [{ coupon: 'x' }, { coupon: 'y' }] }, 'discounts'],
]

test.each(REFUSED)('refused: %s', async (_, params, param, code) => {
  const refused = await refusal(stripe.checkout.sessions.create(params as Stripe.Checkout.SessionCreateParams))
  expect(refused).toMatchObject({ statusCode: 400, param, ...(code !== undefined && { code }) })
})

test('what is not modelled says so, and the portal has an address', async () => {
  const { id: customer } = await newCustomer()
  const form = stripe.checkout.sessions.create({ ...urls, mode, line_items, ui_mode: 'embedded_page' })
  expect((await refusal(form)).statusCode).toBe(501)
  expect((await refusal(stripe.paymentLinks.create({ line_items: [{ price: once, quantity: 1 }] }))).statusCode).toBe(
    501,
  )
  const portal = await stripe.billingPortal.sessions.create({ customer, return_url: urls.cancel_url })
  expect(portal).toMatchObject({ customer, url: expect.stringContaining(sandbox.url) })
})
