import { expect, test } from 'vitest'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { customerOf, everything, open, START, subscriptionOf } from './open.ts'

test('every status is there, in the proportions of a living space', async () => {
  const { stripe } = await open()
  const all = await everything(stripe.subscriptions.list({ limit: 100, status: 'all' }))
  const count = (status: string) => all.filter((one) => one.status === status && one.pause_collection === null).length
  const found = Object.fromEntries([...new Set(all.map(({ status }) => status))].map((word) => [word, count(word)]))
  expect(found).toEqual({
    active: expect.toSatisfy((n: number) => n > 180 && n < 205),
    trialing: 5,
    past_due: 17,
    unpaid: 4,
    paused: 3,
    incomplete: 5,
    incomplete_expired: 2,
    canceled: expect.toSatisfy((n: number) => n >= 15 && n <= 19),
  })
  expect(all.filter(({ pause_collection }) => pause_collection !== null)).toHaveLength(6)
  expect(all.filter((one) => one.status === 'active' && one.cancel_at_period_end)).toHaveLength(6)
  const yearly = all.filter(({ items }) => items.data[0]?.price.recurring?.interval === 'year')
  expect(yearly).toHaveLength(14)
  const failed = all.filter((one) => one.cancellation_details?.reason === 'payment_failed')
  expect(failed).toHaveLength(2)
  for (const { id } of failed) {
    expect((await stripe.invoices.list({ subscription: id, status: 'open' })).data).toHaveLength(1)
  }
})

test('open invoices fell due 1 to 6 days ago for ten or so, and long ago for the rest', async () => {
  const { stripe } = await open()
  const late = await everything(
    stripe.subscriptions.list({ limit: 100, status: 'past_due', expand: ['data.latest_invoice'] }),
  )
  const days = late.map(({ latest_invoice: invoice }) => {
    if (invoice === null || typeof invoice === 'string') throw new Error('not expanded')
    return (START / 1000 - (invoice.status_transitions.finalized_at ?? 0)) / 86_400
  })
  expect(days.filter((n) => n < 7)).toHaveLength(11)
  expect(days.every((n) => n > 1 && n < 21)).toBe(true)
})

test('a returned debit whose second try is on its way is past due with a payment that is processing', async () => {
  const { stripe } = await open()
  const late = await everything(
    stripe.subscriptions.list({ limit: 100, status: 'past_due', expand: ['data.latest_invoice.payments'] }),
  )
  const intents = await everything(stripe.paymentIntents.list({ limit: 100 }))
  const processing = new Set(intents.filter(({ status }) => status === 'processing').map(({ id }) => id))
  const waiting = late.filter(({ latest_invoice: invoice }) => {
    const payments = invoice === null || typeof invoice === 'string' ? [] : (invoice.payments?.data ?? [])
    return payments.some(({ payment }) => processing.has(String(payment.payment_intent)))
  })
  expect(waiting).toHaveLength(1)
})

test('the sample people are who they are said to be', async () => {
  const { stripe } = await open({ seed: 123 })
  const statuses = {
    current: 'active',
    willLapse: 'active',
    grace: 'past_due',
    lapsed: 'past_due',
    unpaid: 'unpaid',
    pending: 'incomplete',
    pendingDebit: 'incomplete',
    frozen: 'active',
    ended: 'canceled',
    endedUnpaid: 'canceled',
    leaving: 'active',
    trialing: 'trialing',
    bankDebit: 'active',
  } as const
  for (const [key, status] of Object.entries(statuses)) {
    const { email, name } = SAMPLE[key as keyof typeof statuses]
    expect([key, (await subscriptionOf(stripe, email)).status]).toEqual([key, status])
    expect((await customerOf(stripe, email)).name).toBe(name)
  }
  const soon = await subscriptionOf(stripe, SAMPLE.willLapse.email)
  expect(soon.items.data[0]?.current_period_end).toBe(START / 1000 + 5 * 86_400)
  expect((await subscriptionOf(stripe, SAMPLE.frozen.email)).pause_collection?.behavior).toBe('void')
  expect((await subscriptionOf(stripe, SAMPLE.leaving.email)).cancel_at_period_end).toBe(true)
  const visitor = await customerOf(stripe, SAMPLE.dayPass.email)
  expect((await stripe.subscriptions.list({ customer: visitor.id, status: 'all' })).data).toEqual([])
  const [pass] = (await stripe.invoices.list({ customer: visitor.id })).data
  expect(pass).toMatchObject({ status: 'paid', parent: null, billing_reason: 'manual' })
})

test('families share an email, two people are two customers each, two have no email at all', async () => {
  const { stripe } = await open()
  const all = await everything(stripe.customers.list({ limit: 100 }))
  expect(all.filter(({ email }) => email === null)).toHaveLength(2)
  const byEmail = Map.groupBy(
    all.filter(({ email }) => email !== null),
    ({ email }) => email?.toLowerCase(),
  )
  const shared = [...byEmail.values()].filter((group) => group.length > 1)
  const sameName = shared.filter((group) => new Set(group.map(({ name }) => name)).size === 1)
  expect(sameName).toHaveLength(2)
  for (const group of sameName) expect(new Set(group.map(({ email }) => email)).size).toBe(2)
  expect(shared).toHaveLength(6)
  expect(all.every(({ email }) => email === null || /@example\.(org|com|net)$/.test(email))).toBe(true)
})

test('each rare case has somebody who is it', async () => {
  const { stripe } = await open()
  const now = START / 1000
  const family = await subscriptionOf(stripe, SAMPLE.family.email)
  expect(family.items.data).toMatchObject([{ quantity: 4 }])
  const company = await subscriptionOf(stripe, SAMPLE.company.email)
  expect(company).toMatchObject({ status: 'active', collection_method: 'send_invoice', days_until_due: 14 })
  expect((await stripe.invoices.list({ subscription: company.id })).data).toMatchObject([
    { status: 'paid', amount_paid_off_stripe: 32_500, due_date: expect.any(Number) },
  ])
  for (const [key, duration] of [
    ['introDiscount', 'repeating'],
    ['founder', 'forever'],
  ] as const) {
    const { id } = await subscriptionOf(stripe, SAMPLE[key].email)
    const { discounts } = await stripe.subscriptions.retrieve(id, { expand: ['discounts.source.coupon'] })
    expect(discounts).toMatchObject([{ source: { coupon: { duration } } }])
    const [discount] = discounts
    if (typeof discount !== 'object') throw new Error('not expanded')
    expect(discount.end === null ? 'stays' : discount.end > now).toBe(key === 'founder' ? 'stays' : true)
  }
  expect((await customerOf(stripe, SAMPLE.giftCard.email)).balance).toBe(-20_000 + 2 * 3500)
  const two = await customerOf(stripe, SAMPLE.twoPlans.email)
  expect((await stripe.subscriptions.list({ customer: two.id })).data.map(({ status }) => status)).toEqual([
    'active',
    'active',
  ])
  const [planned] = (await stripe.subscriptionSchedules.list()).data
  const smaller = await stripe.subscriptions.retrieve(String(planned?.subscription))
  expect((await stripe.customers.retrieve(String(smaller.customer))) as { name?: string }).toMatchObject({
    name: SAMPLE.couple.name,
  })
  expect([smaller.schedule, planned?.phases.length]).toEqual([planned?.id, 2])
  expect(planned?.phases[1]?.start_date).toBe(smaller.items.data[0]?.current_period_end)
  const disputed = await customerOf(stripe, SAMPLE.disputed.email)
  const [dispute] = (await stripe.disputes.list()).data
  expect(dispute).toMatchObject({ status: 'needs_response', amount: 6500 })
  const charge = await stripe.charges.retrieve(String(dispute?.charge))
  expect(charge).toMatchObject({ customer: disputed.id, disputed: true })
  const gone = await subscriptionOf(stripe, SAMPLE.leftEarly.email)
  expect(gone.status).toBe('canceled')
  expect(gone.items.data[0]?.current_period_end).toBeGreaterThan(now)
  const paused = await subscriptionOf(stripe, SAMPLE.paused.email)
  expect(paused.status_details?.paused.subscription.type).toBe('pause_requested')
  const verifying = await subscriptionOf(stripe, SAMPLE.verifying.email)
  const [intent] = (await stripe.paymentIntents.list({ customer: String(verifying.customer) })).data
  expect([verifying.status, intent?.status, intent?.next_action?.type]).toEqual([
    'incomplete',
    'requires_action',
    'verify_with_microdeposits',
  ])
  expect((await subscriptionOf(stripe, SAMPLE.endsSoon.email)).cancel_at).toBeGreaterThan(now)
})

test('the same seed gives the same people, another seed others', async () => {
  const names = async (seed: number, now = START) => {
    const { stripe } = await open({ seed, realNow: () => now })
    return (await everything(stripe.customers.list({ limit: 100 }))).map(({ name }) => name).toSorted()
  }
  expect(await names(7)).toEqual(await names(7, START + 1_000_000_000))
  expect(await names(7)).not.toEqual(await names(8))
})

test('the shop has six plans, a price from earlier days in dollars, a day pass and a shirt', async () => {
  const { stripe } = await open()
  const products = await everything(stripe.products.list({ active: true }))
  expect(products).toHaveLength(8)
  const prices = await everything(stripe.prices.list())
  expect(prices.filter(({ type }) => type === 'one_time')).toHaveLength(2)
  expect(prices.filter(({ currency }) => currency === 'usd')).toMatchObject([{ active: false, unit_amount: 7000 }])
  const subscriptions = await everything(stripe.subscriptions.list({ limit: 100, status: 'active' }))
  expect(subscriptions.filter(({ currency }) => currency === 'usd')).toHaveLength(5)
})

test('a card that is declined as expired has run out, and some run out before they are charged again', async () => {
  const { stripe } = await open()
  const month = (at: number) => new Date(at * 1_000).toISOString().slice(0, 7)
  const lastGood = (card?: { exp_month: number; exp_year: number }) =>
    card === undefined ? '9999' : `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}`
  const intents = await everything(stripe.paymentIntents.list({ limit: 100 }))
  const declined = intents.flatMap(({ last_payment_error: error }) => (error?.code === 'expired_card' ? error : []))
  expect(declined.length).toBeGreaterThan(2)
  for (const { payment_method } of declined) expect(lastGood(payment_method?.card) < month(START / 1_000)).toBe(true)

  const active = await everything(
    stripe.subscriptions.list({
      limit: 100,
      status: 'active',
      expand: ['data.customer.invoice_settings.default_payment_method'],
    }),
  )
  const soon = active.filter(({ customer, items }) => {
    if (typeof customer === 'string' || customer.deleted) throw new Error('not expanded')
    const method = customer.invoice_settings.default_payment_method
    const next = items.data[0]?.current_period_end ?? 0
    return typeof method === 'object' && lastGood(method?.card) < month(next)
  })
  expect(soon.length).toBeGreaterThan(0)
})
