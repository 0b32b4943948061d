// Events on demand as Stripe tells them on a bad day: late, lost, in old shapes.
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { DAY, everything, open, START } from './open.ts'

const since = { created: { gte: START / 1000 } }

test('an event is seen up to so many seconds late, each at its own moment, and none is missed in the end', async () => {
  const { sandbox, stripe } = await open()
  sandbox.tell({ late: 20 })
  for (let n = 0; n < 40; n += 1) await stripe.customers.create({ email: `${n}@example.org` })
  const seen: number[] = []
  for (let second = 0; second <= 21; second += 1) {
    seen.push((await everything(stripe.events.list({ ...since, type: 'customer.created', limit: 100 }))).length)
    await sandbox.advance(1_000)
  }
  expect(seen[0]).toBeLessThan(10)
  expect(new Set(seen).size).toBeGreaterThan(8)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(40)
})

test('an event that is not there yet cannot be read by its id either', async () => {
  const { sandbox, stripe } = await open()
  const { id } = await stripe.customers.create({ email: 'late@example.org' })
  const [event] = (await stripe.events.list({ ...since, type: 'customer.created' })).data
  expect(event?.data.object).toMatchObject({ id })
  sandbox.tell({ late: 3_600 })
  await expect(stripe.events.retrieve(event?.id ?? '')).rejects.toMatchObject({ statusCode: 404 })
})

test('some events are never told: the object has changed all the same', async () => {
  const { sandbox, stripe } = await open()
  sandbox.tell({ lost: 0.5 })
  for (let n = 0; n < 40; n += 1) await stripe.customers.create({ email: `${n}@example.org` })
  await sandbox.advance(DAY)
  const told = await everything(stripe.events.list({ ...since, type: 'customer.created', limit: 100 }))
  expect(told.length).toBeGreaterThan(8)
  expect(told.length).toBeLessThan(32)
  expect(await everything(stripe.customers.list({ ...since, limit: 100 }))).toHaveLength(40)
})

test('an account on an old API version tells of periods and subscriptions where they stood then', async () => {
  const { sandbox, stripe } = await open()
  await sandbox.advance(3 * DAY)
  sandbox.tell({ payloads: 'old' })
  const [paid] = (await stripe.events.list({ type: 'invoice.paid', limit: 1 })).data
  expect(paid?.api_version).toBe('2024-06-20')
  expect(paid?.data.object).toMatchObject({ paid: true, subscription: expect.stringMatching(/^sub_/) })
  expect(paid?.data.object).not.toHaveProperty('parent')
  const [updated] = (await stripe.events.list({ type: 'customer.subscription.updated', limit: 1 })).data
  expect(updated?.data.object).toMatchObject({ current_period_end: expect.any(Number) })
  expect(JSON.stringify((updated?.data.object as Stripe.Subscription | undefined)?.items)).not.toContain(
    'current_period',
  )
  // The object itself is read in the version that is asked for.
  const invoice = paid?.data.object as Stripe.Invoice | undefined
  expect(await stripe.invoices.retrieve(invoice?.id ?? '')).not.toHaveProperty('paid')
})
