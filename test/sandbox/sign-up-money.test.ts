// What a sign-up costs, and what can go wrong with the money: promised, billed and paid are the same.
import type Stripe from 'stripe'
import { beforeAll, expect, test } from 'vitest'
import { open, openForAll, refusal } from './open.ts'

const { sandbox, stripe } = await openForAll({ people: 0 })
const DAY = 86_400_000
let plan = ''
let fee = ''
let halfFee = ''
let tenOff = ''
beforeAll(async () => {
  const [member, entry] = await Promise.all([
    stripe.products.create({ name: 'Member' }),
    stripe.products.create({ name: 'Initiation' }),
  ])
  const euro = { currency: 'eur' } as const
  plan = (
    await stripe.prices.create({ ...euro, product: member.id, unit_amount: 7_000, recurring: { interval: 'month' } })
  ).id
  fee = (await stripe.prices.create({ ...euro, product: entry.id, unit_amount: 5_000 })).id
  const half = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
  halfFee = (
    await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: half.id }, code: 'AUTO-MEMBER' })
  ).id
  tenOff = (await stripe.coupons.create({ amount_off: 1_000, ...euro, duration: 'repeating', duration_in_months: 3 }))
    .id
})

let people = 0
async function newPerson(method = 'pm_card_visa'): Promise<string> {
  people += 1
  const { id } = await stripe.customers.create({ name: `Person ${people}`, email: `p${people}@example.org` })
  const card = await stripe.paymentMethods.attach(method, { customer: id })
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: card.id } })
  return id
}
const invoiceOf = ({ latest_invoice }: Stripe.Subscription) => latest_invoice as Stripe.Invoice

test.each([
  ['the first', Date.UTC(2027, 1, 1, 10)],
  ['the middle', Date.UTC(2027, 2, 17, 10)],
  ['the last day', Date.UTC(2027, 4, 31, 10)],
])(
  'on %s of a month: preview, hosted page and invoice agree, with a code on the fee and a coupon on the plan',
  async (_, day) => {
    await sandbox.advance(day - sandbox.now())
    const customer = await newPerson()
    const now = new Date(sandbox.now())
    const anchor = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + (now.getUTCDate() === 1 ? 0 : 1), 1, 12) / 1000
    const discounts = [{ coupon: tenOff }]
    const fees = [{ price: fee, quantity: 1, discounts: [{ promotion_code: halfFee }] }]
    const preview = await stripe.invoices.createPreview({
      customer,
      discounts,
      invoice_items: fees,
      subscription_details: {
        items: [{ price: plan }],
        billing_cycle_anchor: { type: 'timestamp', timestamp: anchor },
      },
    })
    const page = await stripe.checkout.sessions.create({
      success_url: 'https://space.example.org',
      mode: 'subscription',
      customer,
      discounts,
      line_items: [
        { price: plan, quantity: 1 },
        { price: fee, quantity: 1 },
      ],
      subscription_data: { billing_cycle_anchor: anchor },
    })
    const made = await stripe.subscriptions.create({
      customer,
      discounts,
      items: [{ price: plan }],
      add_invoice_items: fees,
      billing_cycle_anchor_config: { day_of_month: 1, hour: 12, minute: 0, second: 0 },
      off_session: true,
      expand: ['latest_invoice'],
    })
    const invoice = invoiceOf(made)
    expect([invoice.amount_due, invoice.status]).toEqual([preview.amount_due, 'paid'])
    expect(made.billing_cycle_anchor).toBe(anchor)
    const lines = ({ lines: { data } }: Stripe.Invoice) => data.map(({ amount, description }) => [description, amount])
    expect(lines(invoice)).toEqual(lines(preview))
    sandbox.acts.payAtCheckout(page.id)
    const done = await stripe.checkout.sessions.retrieve(page.id, { expand: ['invoice'] })
    expect((done.invoice as Stripe.Invoice).amount_due).toBe(page.amount_total)
  },
)

test('a gift card is spent once: by the first invoice as far as it goes, and by the next with what is left', async () => {
  const customer = await newPerson()
  const gift = await stripe.customers.createBalanceTransaction(customer, {
    amount: -10_000,
    currency: 'eur',
    description: 'Gift card',
  })
  expect(await stripe.customers.retrieveBalanceTransaction(customer, gift.id)).toMatchObject({
    ending_balance: -10_000,
  })
  const order = { customer, items: [{ price: plan }], expand: ['latest_invoice'] }
  const first = invoiceOf(await stripe.subscriptions.create(order))
  expect([first.amount_due, first.ending_balance]).toEqual([0, -3_000])
  const second = invoiceOf(await stripe.subscriptions.create(order))
  expect([second.amount_due, second.ending_balance]).toEqual([4_000, 0])
  const moves = (await stripe.customers.listBalanceTransactions(customer)).data.map(({ amount }) => amount)
  expect(moves).toEqual([3_000, 7_000, -10_000])
})

test('a card saved at the reader that its bank refuses later, or wants to be asked about', async () => {
  const place = { line1: '1 Main Street', country: 'DE' }
  const location = await stripe.terminal.locations.create({ display_name: 'Desk', address: place })
  const given = { registration_code: 'simulated-wpe', location: location.id }
  const reader = await stripe.terminal.readers.create(given)
  const statuses: string[] = []
  for (const card of ['declined_later', 'authentication_later'] as const) {
    const customer = await newPerson()
    const setup = await stripe.setupIntents.create({ customer, allowed_payment_method_types: ['card_present'] })
    const action = { setup_intent: setup.id, allow_redisplay: 'always' } as const
    await stripe.terminal.readers.processSetupIntent(reader.id, action)
    sandbox.acts.presentCard(reader.id, card)
    const { action: done } = (await stripe.terminal.readers.retrieve(reader.id)) as Stripe.Terminal.Reader
    const saved = done?.process_setup_intent?.generated_card ?? ''
    const made = await stripe.subscriptions.create({
      customer,
      items: [{ price: plan }],
      default_payment_method: saved,
      expand: ['latest_invoice.payments'],
    })
    const intent = String(invoiceOf(made).payments?.data[0]?.payment.payment_intent)
    statuses.push(`${made.status}: ${(await stripe.paymentIntents.retrieve(intent)).status}`)
    const strict = { customer, items: [{ price: plan }], default_payment_method: saved }
    const refused = stripe.subscriptions.create({ ...strict, payment_behavior: 'error_if_incomplete' })
    expect((await refusal(refused)).statusCode).toBe(402)
  }
  expect(statuses).toEqual(['incomplete: requires_payment_method', 'incomplete: requires_action'])
})

test('a reply that is lost after the subscription was made: the same key gives the same answer, and there is one', async () => {
  const customer = await newPerson()
  sandbox.fail({ kind: '500-after', route: 'POST /v1/subscriptions', times: 1 })
  const order = { customer, items: [{ price: plan }], metadata: { signup_id: 's9' } }
  const make = () => stripe.subscriptions.create(order, { idempotencyKey: 'signup:s9:subscription' })
  expect((await refusal(make())).statusCode).toBe(500)
  expect((await refusal(make())).statusCode).toBe(500)
  const found = await stripe.subscriptions.list({ customer })
  expect(found.data.map(({ metadata }) => metadata.signup_id)).toEqual(['s9'])
  expect((await stripe.charges.list({ customer })).data).toHaveLength(1)
})

test('refunds in part and in full with a reason, and nothing beyond', async () => {
  const customer = await newPerson()
  const order = { customer, items: [{ price: plan }], expand: ['latest_invoice.payments'] }
  const made = await stripe.subscriptions.create(order)
  const payment_intent = String(invoiceOf(made).payments?.data[0]?.payment.payment_intent)
  const part = { payment_intent, amount: 2_000, reason: 'requested_by_customer', metadata: { by: 'ada' } } as const
  const first = await stripe.refunds.create(part)
  expect(first).toMatchObject({ amount: 2_000, status: 'succeeded', reason: 'requested_by_customer' })
  expect((await refusal(stripe.refunds.create({ payment_intent, amount: 5_001 }))).param).toBe('amount')
  await stripe.refunds.create({ payment_intent })
  expect((await refusal(stripe.refunds.create({ payment_intent }))).code).toBe('charge_already_refunded')
  await stripe.refunds.update(first.id, { metadata: { note: 'left' } })
  expect((await stripe.refunds.list({ payment_intent })).data.map(({ amount }) => amount)).toEqual([5_000, 2_000])
  const types = ['charge.refunded', 'refund.created', 'refund.updated']
  const told = (await stripe.events.list({ types, limit: 5 })).data.map(({ type }) => type)
  expect(told.toSorted()).toEqual([...types, ...types.slice(0, 2)].toSorted())
  expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('active')
})

test('a first bank debit: on its way, then good; and a first payment that nobody makes ends after 23 hours', async () => {
  const { sandbox: own, stripe: client } = await open({ people: 0 })
  const customer = await client.customers.create({ name: 'Bo' })
  const product = await client.products.create({ name: 'Member' })
  const recurring = { interval: 'month' } as const
  const price = await client.prices.create({ product: product.id, currency: 'eur', unit_amount: 7_000, recurring })
  const debit = await client.paymentMethods.attach('pm_sepaDebit', { customer: customer.id })
  const order = { customer: customer.id, items: [{ price: price.id }] }
  const paying = await client.subscriptions.create({ ...order, default_payment_method: debit.id })
  const idle = await client.subscriptions.create({ ...order, payment_behavior: 'default_incomplete' })
  expect([paying.status, idle.status]).toEqual(['incomplete', 'incomplete'])
  const statuses = async () =>
    Promise.all([paying, idle].map(async ({ id }) => (await client.subscriptions.retrieve(id)).status))
  await own.advance(23 * 3_600_000)
  expect(await statuses()).toEqual(['incomplete', 'incomplete_expired'])
  await own.advance(5 * DAY)
  expect(await statuses()).toEqual(['active', 'incomplete_expired'])
})
