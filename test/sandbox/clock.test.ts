import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { DAY, everything, open, START, subscriptionOf } from './open.ts'

test('after 40 days renewals have kept the others current, and she whose card fails has lapsed', async () => {
  const { sandbox, stripe } = await open()
  const before = await everything(stripe.subscriptions.list({ limit: 100, status: 'active' }))
  await sandbox.advance(40 * DAY)
  expect(sandbox.now()).toBe(START + 40 * DAY)
  const after = await everything(stripe.subscriptions.list({ limit: 100, status: 'active' }))
  expect(after.length).toBeGreaterThan(before.length - 15)
  for (const { items } of after) {
    expect(items.data[0]?.current_period_end).toBeGreaterThan(sandbox.now() / 1000)
  }

  const steady = await subscriptionOf(stripe, SAMPLE.current.email)
  const paid = await stripe.invoices.list({ subscription: steady.id, created: { gte: START / 1000 } })
  expect(paid.data).toMatchObject([{ status: 'paid', billing_reason: 'subscription_cycle' }])

  const lapsed = await subscriptionOf(stripe, SAMPLE.willLapse.email)
  expect(lapsed.status).toBe('unpaid')
  const [open_] = (await stripe.invoices.list({ subscription: lapsed.id, status: 'open', expand: ['data.payments'] }))
    .data
  expect(open_).toMatchObject({ attempt_count: 4, next_payment_attempt: null, amount_remaining: 3500 })
  const intent = await stripe.paymentIntents.retrieve(String(open_?.payments?.data[0]?.payment.payment_intent))
  expect(intent.status).toBe('requires_payment_method')
  expect(intent.last_payment_error?.decline_code).toEqual(expect.any(String))
})

test('a failed renewal is tried on days 0, 3, 5 and 7 and given up after 21', async () => {
  const { sandbox, stripe } = await open()
  const { id } = await subscriptionOf(stripe, SAMPLE.willLapse.email)
  const now = async () => {
    const subscription = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
    const invoice = subscription.latest_invoice
    if (invoice === null || typeof invoice === 'string') throw new Error('not expanded')
    return [subscription.status, invoice.status, invoice.attempt_count]
  }
  const steps: [days: number, expected: unknown[]][] = [
    [4.9, ['active', 'paid', 1]],
    [5.01, ['active', 'draft', 0]],
    [5.1, ['past_due', 'open', 1]],
    [8.1, ['past_due', 'open', 2]],
    [10.1, ['past_due', 'open', 3]],
    [12.1, ['past_due', 'open', 4]],
    [25.9, ['past_due', 'open', 4]],
    [26.1, ['unpaid', 'open', 4]],
  ]
  for (const [days, expected] of steps) {
    await sandbox.advance(START + days * DAY - sandbox.now())
    expect([days, ...(await now())]).toEqual([days, ...expected])
  }
})

test('trials turn into paid periods, agreed ends come, debits arrive, sign-ups expire', async () => {
  const { sandbox, stripe } = await open()
  await sandbox.advance(40 * DAY)
  const status = async (key: keyof typeof SAMPLE) => (await subscriptionOf(stripe, SAMPLE[key].email)).status
  expect(await status('trialing')).toBe('active')
  expect(await status('pending')).toBe('incomplete_expired')
  expect(await status('pendingDebit')).toBe('active')
  const left = await subscriptionOf(stripe, SAMPLE.leaving.email)
  expect(left).toMatchObject({ status: 'canceled', cancellation_details: { reason: 'cancellation_requested' } })
  expect(left.ended_at).toBe(left.cancel_at)
  const frozen = await subscriptionOf(stripe, SAMPLE.frozen.email)
  const renewals = await stripe.invoices.list({ subscription: frozen.id, created: { gte: START / 1000 } })
  expect(renewals.data.map((invoice) => invoice.status)).toEqual(['void'])
})

test('time that passes by itself is billed when something is next asked', async () => {
  let real = START
  const { stripe } = await open({ realNow: () => real })
  real += 6 * DAY
  expect((await subscriptionOf(stripe, SAMPLE.willLapse.email)).status).toBe('past_due')
})

test('the clock never goes back, also when the computer’s does', async () => {
  let real = START
  const { sandbox } = await open({ realNow: () => real })
  real -= 3 * DAY
  expect(sandbox.now()).toBe(START)
  await sandbox.advance(1000)
  expect(sandbox.now()).toBe(START + 1000)
  await expect(sandbox.advance(-1)).rejects.toThrow('only goes on')
})

test('state and offset outlive a restart, and the time in between is billed', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'latchkey-sandbox-')), 'sandbox.json')
  const first = await open({ stateFile })
  await first.sandbox.advance(4 * DAY)
  const made = await first.stripe.customers.create({ name: 'Later Arrival', email: 'later@example.org' })
  await first.sandbox.close()
  expect(statSync(stateFile).mode & 0o777).toBe(0o600)

  const second = await open({ stateFile, seed: 99, realNow: () => START + 2 * DAY })
  expect(second.sandbox.now()).toBe(START + 6 * DAY)
  expect(await second.stripe.customers.retrieve(made.id)).toMatchObject({ name: 'Later Arrival' })
  expect((await subscriptionOf(second.stripe, SAMPLE.willLapse.email)).status).toBe('past_due')
  const ids = (await everything(second.stripe.events.list({ limit: 100 }))).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a damaged state file is refused in one sentence that names it', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'latchkey-sandbox-')), 'sandbox.json')
  for (const content of ['', '{"version":1', '{"version":2}', '[]', 'null']) {
    writeFileSync(stateFile, content)
    await expect(open({ stateFile })).rejects.toThrow(`The sandbox's state in ${stateFile} cannot be read`)
    expect(readFileSync(stateFile, 'utf8')).toBe(content)
  }
  chmodSync(stateFile, 0o600)
})
