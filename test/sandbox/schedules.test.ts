// Subscription schedules as the customer portal makes them: taken up from a subscription, carried out by the clock. With the real SDK.
import type Stripe from 'stripe'
import { beforeEach, expect, test } from 'vitest'
import type { Acts } from '../../src/main/sandbox/acts.ts'
import type { Sandbox } from '../../src/main/sandbox/stripe-server.ts'
import { DAY, open, refusal } from './open.ts'

let sandbox: Sandbox
let stripe: Stripe
let acts: Acts
let sub: string
let full: string
let community: string
beforeEach(async () => {
  ;({ sandbox, stripe } = await open({ people: 0 }))
  acts = sandbox.acts
  ;[full = '', community = ''] = acts.plans()
  sub = acts.subscribe(acts.createCustomer({ name: 'Ada', email: 'ada.schedules@example.org' }), full)
})

const prices = async () => (await stripe.subscriptions.retrieve(sub)).items.data.map(({ price }) => price.id)
const lastTotal = async () => (await stripe.invoices.list({ subscription: sub, limit: 1 })).data[0]?.total
const told = async (id: string) =>
  (
    await stripe.events.list({
      types: ['created', 'updated', 'released', 'canceled', 'completed'].map((word) => `subscription_schedule.${word}`),
    })
  ).data
    .filter(({ data }) => (data.object as { id: string }).id === id)
    .map(({ type }) => type.replace('subscription_schedule.', ''))
    .reverse()

test('a change for the end of the period waits, is billed by the renewal of that moment, and the schedule lets go', async () => {
  const id = acts.changePlanAtEnd(sub, community)
  const made = await stripe.subscriptionSchedules.retrieve(id)
  const end = made.phases[0]?.end_date ?? 0
  expect(made).toMatchObject({ status: 'active', subscription: sub, current_phase: { end_date: end } })
  expect(made.phases.map(({ items, start_date }) => [items[0]?.price, start_date])).toMatchObject([
    [full, sandbox.now() / 1_000],
    [community, end],
  ])
  expect((await stripe.subscriptions.retrieve(sub)).schedule).toBe(id)
  expect(await prices()).toEqual([full])

  await sandbox.advance(end * 1_000 - sandbox.now() + 2 * 3_600_000)
  expect(await prices()).toEqual([community])
  expect(await lastTotal()).toBe((await stripe.prices.retrieve(community)).unit_amount)
  expect((await stripe.subscriptionSchedules.retrieve(id)).current_phase?.start_date).toBe(end)
  expect((await told(id)).slice(-1)).toEqual(['updated'])

  await sandbox.advance(32 * DAY)
  expect(await stripe.subscriptionSchedules.retrieve(id)).toMatchObject({
    status: 'released',
    subscription: null,
    released_subscription: sub,
    current_phase: null,
  })
  expect(await stripe.subscriptions.retrieve(sub)).toMatchObject({ status: 'active', schedule: null })
  expect((await told(id)).at(-1)).toBe('released')
})

test('released before its time, nothing changes any more', async () => {
  const id = acts.changePlanAtEnd(sub, community)
  await stripe.subscriptionSchedules.release(id)
  await sandbox.advance(40 * DAY)
  expect(await prices()).toEqual([full])
  expect((await refusal(stripe.subscriptionSchedules.release(id))).message).toMatch(/in the `released` status/)
})

test('one that cancels agrees the end with the subscription, and is done with it', async () => {
  const { id, phases } = await stripe.subscriptionSchedules.create({ from_subscription: sub })
  await stripe.subscriptionSchedules.update(id, { end_behavior: 'cancel' })
  expect((await stripe.subscriptions.retrieve(sub)).cancel_at).toBe(phases[0]?.end_date)
  await sandbox.advance(40 * DAY)
  expect((await stripe.subscriptions.retrieve(sub)).status).toBe('canceled')
  expect((await stripe.subscriptionSchedules.retrieve(id)).status).toBe('completed')
})

test('cancelled, it takes the subscription with it; and the other way round', async () => {
  const { id } = await stripe.subscriptionSchedules.create({ from_subscription: sub })
  expect((await stripe.subscriptionSchedules.cancel(id)).status).toBe('canceled')
  expect((await stripe.subscriptions.retrieve(sub)).status).toBe('canceled')
  const other = acts.subscribe(acts.createCustomer({ name: 'Ben' }), full)
  const schedule = acts.changePlanAtEnd(other, community)
  await stripe.subscriptions.cancel(other)
  expect((await stripe.subscriptionSchedules.retrieve(schedule)).status).toBe('canceled')
  const all = await stripe.subscriptionSchedules.list({ customer: acts.record('subscription', other).customer })
  expect(all.data.map((one) => one.id)).toEqual([schedule])
})

test('a phase that begins in the middle of a period is prorated', async () => {
  const { id, phases } = await stripe.subscriptionSchedules.create({ from_subscription: sub })
  const { start_date = 0 } = phases[0] ?? {}
  const middle = start_date + (15 * DAY) / 1_000
  const now = { items: [{ price: full }], start_date, end_date: middle }
  await stripe.subscriptionSchedules.update(id, { phases: [now, { items: [{ price: community }] }] })
  await sandbox.advance(15 * DAY + 60_000)
  expect(await prices()).toEqual([community])
  await sandbox.advance(16 * DAY)
  expect((await stripe.invoices.list({ subscription: sub, limit: 1 })).data[0]?.lines.data).toHaveLength(3)
})

test('what Stripe refuses is refused, and what is not modelled says so', async () => {
  const { id } = await stripe.subscriptionSchedules.create({ from_subscription: sub })
  const said = async (call: Promise<unknown>) => {
    const { statusCode, param } = await refusal(call)
    return [statusCode, param]
  }
  expect(await said(stripe.subscriptionSchedules.create({ from_subscription: sub }))).toEqual([
    400,
    'from_subscription',
  ])
  expect(await said(stripe.subscriptions.update(sub, { cancel_at_period_end: true }))).toEqual([
    400,
    'cancel_at_period_end',
  ])
  const phase = { items: [{ price: community }] }
  expect(await said(stripe.subscriptionSchedules.update(id, { phases: [phase] }))).toEqual([
    400,
    'phases[0][start_date]',
  ])
  expect(await said(stripe.subscriptionSchedules.update(id, { phases: [{ ...phase, start_date: 5 }] }))).toEqual([
    400,
    'phases[0][start_date]',
  ])
  expect(await said(stripe.subscriptionSchedules.create({ from_subscription: sub, phases: [phase] }))).toEqual([
    400,
    'phases',
  ])
  expect(await said(stripe.subscriptionSchedules.create({ customer: 'cus_1', phases: [phase] }))).toEqual([
    501,
    undefined,
  ])
})
