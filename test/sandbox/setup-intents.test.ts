// Payment methods that are set up for later without a reader: cards, bank debits, small deposits; and single payments.
import { expect, test } from 'vitest'
import { openForAll, refusal } from './open.ts'

const { sandbox, stripe } = await openForAll({ people: 0 })
const DAY = 86_400_000
const customer = await stripe.customers.create({ name: 'Bo Bank', email: 'bo@example.org' })
const mandate_data = {
  customer_acceptance: { type: 'online' as const, online: { ip_address: '192.0.2.3', user_agent: 'test' } },
}

test('a card is set up, found by its customer, and can be taken away again', async () => {
  const setup = await stripe.setupIntents.create({ customer: customer.id, metadata: { signup_id: 'x1' } })
  expect(setup).toMatchObject({
    status: 'requires_payment_method',
    usage: 'off_session',
    client_secret: expect.any(String),
  })
  expect((await refusal(stripe.setupIntents.confirm(setup.id))).param).toBe('payment_method')
  const done = await stripe.setupIntents.confirm(setup.id, {
    payment_method: 'pm_card_visa',
    expand: ['payment_method'],
  })
  expect(done).toMatchObject({ status: 'succeeded', payment_method: { customer: customer.id }, mandate: null })
  expect((await stripe.setupIntents.list({ customer: customer.id })).data.map(({ id }) => id)).toEqual([setup.id])
  expect(await refusal(stripe.setupIntents.cancel(setup.id))).toMatchObject({ code: 'setup_intent_unexpected_state' })
  const method = (await stripe.paymentMethods.list({ customer: customer.id })).data[0]?.id ?? ''
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method } })
  await stripe.paymentMethods.update(method, { allow_redisplay: 'always', metadata: { from: 'desk' } })
  expect(await stripe.paymentMethods.detach(method)).toMatchObject({ customer: null, metadata: { from: 'desk' } })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    invoice_settings: { default_payment_method: null },
  })
  expect((await refusal(stripe.paymentMethods.detach(method))).code).toBe('payment_method_unexpected_state')
  const [event] = (await stripe.events.list({ limit: 1 })).data
  expect(event?.type).toBe('payment_method.detached')
})

test('a declined card leaves the intent waiting for another; it is changed, and cancelled with a reason', async () => {
  const setup = await stripe.setupIntents.create({ customer: customer.id })
  const bad = { payment_method: 'pm_card_visa_chargeDeclinedLostCard' }
  expect(await refusal(stripe.setupIntents.confirm(setup.id, bad))).toMatchObject({
    statusCode: 402,
    code: 'card_declined',
    decline_code: 'lost_card',
  })
  expect(await stripe.setupIntents.retrieve(setup.id, { expand: ['latest_attempt'] })).toMatchObject({
    status: 'requires_payment_method',
    last_setup_error: { decline_code: 'lost_card' },
    latest_attempt: { status: 'failed', payment_method_details: { type: 'card' } },
  })
  await stripe.setupIntents.update(setup.id, { description: 'Later', metadata: { a: 'b' } })
  expect(await stripe.setupIntents.cancel(setup.id, { cancellation_reason: 'abandoned' })).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'abandoned',
    description: 'Later',
  })
})

test('a bank debit has a mandate, and a US account is verified by small deposits, in so many tries', async () => {
  const sepa = await stripe.setupIntents.create({
    customer: customer.id,
    allowed_payment_method_types: ['sepa_debit'],
    payment_method: 'pm_sepaDebit',
    confirm: true,
    mandate_data,
  })
  expect(sepa).toMatchObject({ status: 'succeeded', mandate: expect.stringMatching(/^mandate_/) })
  expect(await stripe.mandates.retrieve(String(sepa.mandate))).toMatchObject({ status: 'active' })
  const order = { customer: customer.id, payment_method: 'pm_usBankAccount_unverified' }
  const begin = () =>
    stripe.setupIntents.create({
      ...order,
      allowed_payment_method_types: ['us_bank_account'],
      confirm: true,
      mandate_data,
    })
  const unsaid = stripe.setupIntents.create({
    ...order,
    allowed_payment_method_types: ['us_bank_account'],
    confirm: true,
  })
  expect((await refusal(unsaid)).param).toBe('mandate_data')
  const setup = await begin()
  expect(setup).toMatchObject({
    status: 'requires_action',
    next_action: { verify_with_microdeposits: { microdeposit_type: 'amounts' } },
  })
  const wrong = await refusal(stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [10, 11] }))
  expect(wrong.code).toBe('payment_method_microdeposit_verification_amounts_mismatch')
  const right = await stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] })
  expect(right).toMatchObject({ status: 'succeeded', next_action: null })

  const lost = await begin()
  const tries: (string | undefined)[] = []
  for (let n = 0; n < 10; n += 1) {
    tries.push((await refusal(stripe.setupIntents.verifyMicrodeposits(lost.id, { descriptor_code: 'SM33CC' }))).code)
  }
  expect(tries.at(-1)).toBe('payment_method_microdeposit_verification_attempts_exceeded')
  expect((await stripe.setupIntents.retrieve(lost.id)).status).toBe('requires_payment_method')
  const third = await begin()
  sandbox.acts.verifyDeposits(third.id)
  expect((await stripe.setupIntents.retrieve(third.id)).status).toBe('succeeded')
})

test('single payments: a saved card at once, a debit after days, and what is refused', async () => {
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const order = { customer: customer.id, amount: 2_500, currency: 'eur' }
  const paid = await stripe.paymentIntents.create({
    ...order,
    payment_method: card.id,
    confirm: true,
    off_session: true,
  })
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2_500 })
  expect((await refusal(stripe.paymentIntents.create({ ...order, amount: 10 }))).code).toBe('amount_too_small')
  expect((await refusal(stripe.paymentIntents.cancel(paid.id))).code).toBe('payment_intent_unexpected_state')
  const debit = await stripe.paymentIntents.create({ ...order, payment_method: 'pm_sepaDebit', confirm: true })
  expect(debit.status).toBe('processing')
  const waiting = await stripe.paymentIntents.create(order)
  await stripe.paymentIntents.update(waiting.id, { amount: 3_000, metadata: { of: 'x' } })
  expect(await stripe.paymentIntents.cancel(waiting.id, { cancellation_reason: 'duplicate' })).toMatchObject({
    status: 'canceled',
    amount: 3_000,
  })
  const failing = { payment_method: 'pm_card_chargeCustomerFail', confirm: true }
  expect(await refusal(stripe.paymentIntents.create({ ...order, ...failing }))).toMatchObject({ statusCode: 402 })
  const account = await stripe.paymentIntents.create({
    ...order,
    payment_method: 'pm_usBankAccount_unverified',
    confirm: true,
  })
  expect(account.status).toBe('requires_action')
  const verified = await stripe.paymentIntents.verifyMicrodeposits(account.id, { amounts: [45, 32] })
  expect(verified.status).toBe('processing')
  await sandbox.advance(6 * DAY)
  expect((await stripe.paymentIntents.retrieve(debit.id)).status).toBe('succeeded')
  const guest = stripe.paymentIntents.create({ amount: 2_500, currency: 'eur' })
  expect((await refusal(guest)).statusCode).toBe(501)
})
