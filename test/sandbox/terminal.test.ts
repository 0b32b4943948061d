// Readers at the till: locations, registration, one action at a time, and what comes of each card.
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import type { CardName } from '../../src/main/sandbox/test-cards.ts'
import { openForAll, refusal, START } from './open.ts'

const { sandbox, stripe } = await openForAll({ people: 0 })
const location = await stripe.terminal.locations.create({
  display_name: 'Front desk',
  address: { line1: '1 Main Street', city: 'Berlin', country: 'DE', postal_code: '10115' },
  metadata: { at: 'door' },
})
let readers = 0
async function newReader(): Promise<Stripe.Terminal.Reader> {
  readers += 1
  const code = readers === 1 ? 'simulated-s700' : 'simulated-wpe'
  return stripe.terminal.readers.create({ registration_code: code, label: `Desk ${readers}`, location: location.id })
}
const customer = await stripe.customers.create({ name: 'Ada Walk-in', email: 'ada.walkin@example.org' })

async function newSetup(): Promise<Stripe.SetupIntent> {
  const more = { usage: 'off_session', metadata: { signup_id: 's1' } } as const
  return stripe.setupIntents.create({ customer: customer.id, allowed_payment_method_types: ['card_present'], ...more })
}

async function begin(reader: string, config = {}): Promise<Stripe.SetupIntent> {
  const setup = await newSetup()
  const action = { setup_intent: setup.id, allow_redisplay: 'always', process_config: config } as const
  await stripe.terminal.readers.processSetupIntent(reader, action)
  return setup
}

const actionOf = async (id: string) => {
  const reader = await stripe.terminal.readers.retrieve(id)
  if (reader.deleted) throw new Error('The reader is gone')
  return reader.action
}
const eventsOf = async (...types: string[]) =>
  (await stripe.events.list({ types, limit: 100 })).data.toReversed().map(({ type, data }) => ({ type, data }))

test('a location and a reader are registered, found, renamed and taken away', async () => {
  const reader = await newReader()
  expect(reader).toMatchObject({
    device_type: 'simulated_stripe_s700',
    status: 'online',
    action: null,
    location: location.id,
    last_seen_at: START,
  })
  const expanded = await stripe.terminal.readers.retrieve(reader.id, { expand: ['location'] })
  expect(expanded).toMatchObject({ location: { display_name: 'Front desk', address: { line2: null } } })
  expect(await stripe.terminal.readers.update(reader.id, { label: 'Till' })).toMatchObject({ label: 'Till' })
  expect((await stripe.terminal.readers.list({ location: location.id, status: 'online' })).data).toHaveLength(1)
  expect((await stripe.terminal.readers.list({ status: 'offline' })).data).toEqual([])
  expect((await refusal(stripe.terminal.locations.del(location.id))).statusCode).toBe(400)
  const moved = await stripe.terminal.locations.update(location.id, { display_name: 'Desk', metadata: { at: '' } })
  expect(moved).toMatchObject({ display_name: 'Desk', metadata: {} })
  expect((await stripe.terminal.locations.list()).data.map(({ id }) => id)).toEqual([location.id])
  expect(await stripe.terminal.readers.del(reader.id)).toMatchObject({ deleted: true, id: reader.id })
  expect((await refusal(stripe.terminal.readers.retrieve(reader.id))).statusCode).toBe(404)
  const unknown = stripe.terminal.readers.create({ registration_code: 'puppies-plug-could', label: 'X' })
  expect(await refusal(unknown)).toMatchObject({ statusCode: 400, param: 'registration_code' })
  const nowhere = stripe.terminal.locations.create({ display_name: 'X', address: { country: 'DE' } } as never)
  expect(await refusal(nowhere)).toMatchObject({ code: 'parameter_missing', param: 'address[line1]' })
})

test('a card becomes a saved card of the customer, and pays for a subscription', async () => {
  const reader = await newReader()
  const setup = await begin(reader.id, { enable_customer_cancellation: true })
  expect(await actionOf(reader.id)).toMatchObject({
    status: 'in_progress',
    type: 'process_setup_intent',
    failure_code: null,
    process_setup_intent: { setup_intent: setup.id, process_config: { enable_customer_cancellation: true } },
  })
  const presented = await stripe.testHelpers.terminal.readers.presentPaymentMethod(reader.id)
  const saved = presented.action?.process_setup_intent?.generated_card ?? ''
  expect(presented.action).toMatchObject({ status: 'succeeded', api_error: null })
  const done = await stripe.setupIntents.retrieve(setup.id, { expand: ['latest_attempt', 'payment_method'] })
  expect(done).toMatchObject({
    status: 'succeeded',
    usage: 'off_session',
    payment_method_types: ['card_present'],
    payment_method: { type: 'card_present', customer: null },
    latest_attempt: {
      status: 'succeeded',
      payment_method_details: { card_present: { generated_card: saved }, type: 'card_present' },
    },
  })
  const card = await stripe.paymentMethods.retrieve(saved)
  const attempt = done.latest_attempt as Stripe.SetupAttempt
  expect(card).toMatchObject({
    type: 'card',
    customer: customer.id,
    allow_redisplay: 'always',
    card: { last4: '4242', generated_from: { setup_attempt: attempt.id } },
  })
  expect((await stripe.setupAttempts.list({ setup_intent: setup.id })).data.map(({ id }) => id)).toEqual([attempt.id])
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: saved } })
  const prices = await stripe.prices.list({ type: 'recurring', active: true, limit: 1 })
  const items = [{ price: prices.data[0]?.id ?? '' }]
  expect((await stripe.subscriptions.create({ customer: customer.id, items })).status).toBe('active')
  const told = await eventsOf('terminal.reader.action_succeeded', 'setup_intent.succeeded', 'payment_method.attached')
  expect(told.map(({ type }) => type)).toEqual([
    'payment_method.attached',
    'setup_intent.succeeded',
    'terminal.reader.action_succeeded',
  ])
})

test.each([
  ['4000000000000002', 'card_declined', 'generic_decline'],
  ['4000000000009995', 'card_declined', 'insufficient_funds'],
  ['4000000000009987', 'card_declined', 'lost_card'],
  ['4000000000000069', 'expired_card', 'expired_card'],
])('the bank refuses %s at the reader, and the same intent takes another card', async (number, code, decline) => {
  const reader = await newReader()
  const setup = await begin(reader.id)
  const given = { type: 'card_present', card_present: { number } } as const
  const refused = await stripe.testHelpers.terminal.readers.presentPaymentMethod(reader.id, given)
  expect(refused.action).toMatchObject({
    status: 'failed',
    failure_code: code,
    api_error: { type: 'card_error', code, decline_code: decline, payment_method: { type: 'card_present' } },
  })
  expect(await stripe.setupIntents.retrieve(setup.id, { expand: ['latest_attempt'] })).toMatchObject({
    status: 'requires_payment_method',
    last_setup_error: { code, decline_code: decline },
    latest_attempt: { status: 'failed', setup_error: { code } },
  })
  const again = { setup_intent: setup.id, allow_redisplay: 'limited' } as const
  await stripe.terminal.readers.processSetupIntent(reader.id, again)
  await stripe.testHelpers.terminal.readers.presentPaymentMethod(reader.id)
  expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({ status: 'succeeded', last_setup_error: null })
  // A card's number is kept nowhere.
  expect(JSON.stringify(await stripe.events.list({ limit: 100 }))).not.toContain(number)
})

test.each<CardName>(['apple_pay', 'google_pay', 'interac'])('%s succeeds and saves no card', async (card) => {
  const reader = await newReader()
  const setup = await begin(reader.id)
  sandbox.acts.presentCard(reader.id, card)
  const action = await actionOf(reader.id)
  expect(action).toMatchObject({ status: 'succeeded' })
  expect(action?.process_setup_intent?.generated_card).toBeUndefined()
  expect(await stripe.setupIntents.retrieve(setup.id, { expand: ['latest_attempt'] })).toMatchObject({
    status: 'succeeded',
    latest_attempt: { payment_method_details: { card_present: { generated_card: null } } },
  })
})

test('one action at a time; it is cancelled from here, at the reader where that is allowed, or ends by itself', async () => {
  const reader = await newReader()
  const first = await begin(reader.id)
  const second = await newSetup()
  const again = { setup_intent: second.id, allow_redisplay: 'always' } as const
  const busy = await refusal(stripe.terminal.readers.processSetupIntent(reader.id, again))
  expect(busy).toMatchObject({ statusCode: 400, code: 'terminal_reader_busy', type: 'StripeInvalidRequestError' })
  expect(() => sandbox.acts.cancelAtReader(reader.id)).toThrow('nobody allowed it')
  expect((await stripe.terminal.readers.cancelAction(reader.id)) as Stripe.Terminal.Reader).toMatchObject({
    action: null,
  })
  expect((await stripe.setupIntents.retrieve(first.id)).status).toBe('requires_payment_method')
  const early = stripe.testHelpers.terminal.readers.presentPaymentMethod(reader.id)
  expect((await refusal(early)).statusCode).toBe(400)

  await begin(reader.id, { enable_customer_cancellation: true })
  sandbox.acts.cancelAtReader(reader.id)
  const own = { status: 'failed', failure_code: 'customer_canceled', api_error: null }
  expect(await actionOf(reader.id)).toMatchObject(own)
  await begin(reader.id)
  sandbox.acts.readerTimesOut(reader.id)
  expect(await actionOf(reader.id)).toMatchObject({ ...own, failure_code: 'terminal_reader_timeout' })
  const failed = await eventsOf('terminal.reader.action_failed')
  expect(failed.at(-1)?.data.object).toMatchObject({
    id: reader.id,
    action: { failure_code: 'terminal_reader_timeout' },
  })
})

test('a reader that is off, does not answer, or answers late', async () => {
  const reader = await newReader()
  const setup = await newSetup()
  const action = { setup_intent: setup.id, allow_redisplay: 'always' } as const
  const process = () => stripe.terminal.readers.processSetupIntent(reader.id, action)
  sandbox.acts.switchReader(reader.id, false)
  expect(await stripe.terminal.readers.retrieve(reader.id)).toMatchObject({ status: 'offline' })
  expect(await refusal(process())).toMatchObject({ statusCode: 400, code: 'terminal_reader_offline' })
  sandbox.acts.switchReader(reader.id, true)
  sandbox.acts.readerFails(reader.id, 'timeout')
  expect(await refusal(process())).toMatchObject({ code: 'terminal_reader_timeout' })
  expect(await actionOf(reader.id)).toBeNull()
  sandbox.acts.readerFails(reader.id, 'timeout-after')
  expect(await refusal(process())).toMatchObject({ code: 'terminal_reader_timeout' })
  expect(await actionOf(reader.id)).toMatchObject({ status: 'in_progress' })
  sandbox.acts.presentCard(reader.id)
  expect((await stripe.setupIntents.retrieve(setup.id)).status).toBe('succeeded')
})

test('what Stripe refuses: no allow_redisplay, an intent for other cards, one that is done; a reply lost is given again', async () => {
  const reader = await newReader()
  const setup = await newSetup()
  const careless = stripe.terminal.readers.processSetupIntent(reader.id, { setup_intent: setup.id } as never)
  expect(await refusal(careless)).toMatchObject({ code: 'parameter_missing', param: 'allow_redisplay' })
  const online = await stripe.setupIntents.create({ customer: customer.id, allowed_payment_method_types: ['card'] })
  const wrong = { setup_intent: online.id, allow_redisplay: 'always' } as const
  expect(await refusal(stripe.terminal.readers.processSetupIntent(reader.id, wrong))).toMatchObject({
    code: 'intent_invalid_state',
  })
  const renamed = stripe.setupIntents.create({ payment_method_types: ['card_present'] } as never)
  expect(await refusal(renamed)).toMatchObject({ code: 'parameter_unknown', param: 'payment_method_types' })
  sandbox.fail({ kind: 'drop-after', route: 'POST /v1/terminal/readers/:id/process_setup_intent', times: 1 })
  const action = { setup_intent: setup.id, allow_redisplay: 'always' } as const
  const key = { idempotencyKey: 'signup:1:reader' }
  const process = () => stripe.terminal.readers.processSetupIntent(reader.id, action, key)
  // The SDK itself asks again over a new connection, under the same key: it is the first command's answer.
  const told = await process()
  expect(told).toMatchObject({ action: { status: 'in_progress' } })
  expect(told.lastResponse.headers['idempotent-replayed']).toBe('true')
})

test('the cart is shown, and a payment is taken at the reader, saved for later where asked', async () => {
  const reader = await newReader()
  const cart = { currency: 'eur', total: 900, line_items: [{ amount: 900, description: 'Day pass', quantity: 1 }] }
  const shown = await stripe.terminal.readers.setReaderDisplay(reader.id, { type: 'cart', cart })
  expect(shown).toMatchObject({ action: { type: 'set_reader_display', set_reader_display: { cart: { total: 900 } } } })
  const order = { amount: 900, currency: 'eur', customer: customer.id } as const
  const intent = await stripe.paymentIntents.create({
    ...order,
    allowed_payment_method_types: ['card_present'],
    setup_future_usage: 'off_session',
    metadata: { pass: 'day' },
  })
  const plain = { payment_intent: intent.id }
  const missing = await refusal(stripe.terminal.readers.processPaymentIntent(reader.id, plain))
  expect(missing.param).toBe('process_config[allow_redisplay]')
  const process = { ...plain, process_config: { allow_redisplay: 'always' } } as const
  await stripe.terminal.readers.processPaymentIntent(reader.id, process)
  sandbox.acts.presentCard(reader.id, 'insufficient_funds')
  expect(await actionOf(reader.id)).toMatchObject({
    status: 'failed',
    api_error: { decline_code: 'insufficient_funds' },
  })
  await stripe.terminal.readers.processPaymentIntent(reader.id, process)
  sandbox.acts.presentCard(reader.id)
  const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })
  expect(paid).toMatchObject({
    status: 'succeeded',
    amount_received: 900,
    latest_charge: {
      payment_method_details: { card_present: { reader: reader.id, generated_card: expect.stringMatching(/^pm_/) } },
    },
  })
})
