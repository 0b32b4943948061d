// The client at the paces that it really has, against Stripe's limits: whatever is refused is asked for again, and answered.
import { expect, test } from 'vitest'
import { BILLING_KINDS } from '../../src/main/domain/billing.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { createLimiter, LIVE_PACE, type Pace, TEST_PACE } from '../../src/main/stripe/limiter.ts'
import type { StripePort } from '../../src/main/stripe/port.ts'
import { type Opened, open } from '../sandbox/open.ts'

function clientAt({ sandbox }: Opened, pace: Pace): StripePort {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const limiter = createLimiter({ pace, now: () => performance.now(), random: () => 0.1, sleep })
  return createStripeClient({ key: sandbox.key, base: sandbox.url, limiter, sleep, now: sandbox.now })
}

/** The sample account's lists that have something in them. */
const LISTS = BILLING_KINDS.filter((kind) => kind !== 'subscription_schedule')

/** So many requests, all wanted at once. */
async function readMany(stripe: StripePort, requests: number): Promise<void> {
  const kinds = Array.from({ length: requests }, (_, n) => LISTS[n % LISTS.length] ?? 'customer')
  const pages = await Promise.all(kinds.map((kind) => stripe.list(kind, {})))
  for (const { data, misshapen } of pages) expect([data.length > 0, misshapen]).toEqual([true, []])
}

test.each([
  ['test', TEST_PACE],
  ['live', LIVE_PACE],
] as const)(
  'in %s mode, with the limits on, every request is answered, and each refusal was heard',
  async (mode, pace) => {
    const opened = await open({ limits: mode })
    const stripe = clientAt(opened, pace)
    await readMany(stripe, 40)
    expect(opened.sandbox.counters.refused429).toBe(stripe.observed().refused)
    expect(opened.sandbox.counters.requests).toBe(40 + stripe.observed().refused)
  },
)

test.each([
  ['without a word about trying again', undefined],
  ['that are told to be tried again', true],
  ['that are told not to be', false],
])('refusals %s are waited out, and every request is answered', async (_, retry) => {
  const opened = await open({ limits: 'test' })
  opened.sandbox.fail({ kind: '429', times: 3, ...(retry === undefined ? {} : { retry }) })
  const stripe = clientAt(opened, TEST_PACE)
  await readMany(stripe, 14)
  expect(opened.sandbox.counters.refused429).toBe(stripe.observed().refused)
  expect(stripe.observed().refused).toBeGreaterThanOrEqual(3)
})
