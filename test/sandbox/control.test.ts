// The sandbox's own controls over HTTP: what somebody has who does not run it in their own program.
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import type { Sandbox } from '../../src/main/sandbox/stripe-server.ts'
import { DAY, open, START, subscriptionOf } from './open.ts'

async function ask(sandbox: Sandbox, method: string, path: string, body?: unknown, key = sandbox.key) {
  const headers = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const reply = await fetch(`${sandbox.url}${path}`, { method, headers, ...init })
  return [reply.status, await reply.json()]
}

test('the clock goes on, and what was due happens', async () => {
  const { sandbox, stripe } = await open()
  const before = (await stripe.events.list({ limit: 1 })).data[0]?.created ?? 0
  expect(await ask(sandbox, 'POST', '/sandbox/clock', { advance: '40d' })).toEqual([
    200,
    { now: new Date(START + 40 * DAY).toISOString() },
  ])
  expect((await stripe.events.list({ limit: 1 })).data[0]?.created).toBeGreaterThan(before + 30 * 86_400)
})

test('faults, limits, latency, events and webhooks are set and read back', async () => {
  const { sandbox } = await open()
  const fault = { kind: '500-before', route: 'GET /v1/account', times: 1 }
  expect(await ask(sandbox, 'POST', '/sandbox/faults', fault)).toMatchObject([200, [fault]])
  expect((await ask(sandbox, 'GET', '/v1/account'))[0]).toBe(500)
  expect((await ask(sandbox, 'GET', '/v1/account'))[0]).toBe(200)
  await ask(sandbox, 'POST', '/sandbox/faults', { kind: 'slow', ms: 1 })
  expect(await ask(sandbox, 'DELETE', '/sandbox/faults')).toEqual([200, []])
  expect(await ask(sandbox, 'POST', '/sandbox/limits', { mode: 'test', latency: 1 })).toEqual([
    200,
    { mode: 'test', latency: 1 },
  ])
  const told = { late: 20, lost: 0.1, payloads: 'old' }
  expect(await ask(sandbox, 'POST', '/sandbox/events', told)).toEqual([200, told])
  await ask(sandbox, 'POST', '/sandbox/webhooks', { url: 'http://127.0.0.1:9/', secret: 'whsec_x' })
  expect(await ask(sandbox, 'GET', '/sandbox')).toMatchObject([
    200,
    {
      counters: { requests: 2, refused429: 0 },
      events: told,
      webhooks: [{ url: 'http://127.0.0.1:9/' }],
      problems: [],
    },
  ])
  expect(JSON.stringify(await ask(sandbox, 'GET', '/sandbox'))).not.toContain('whsec_x')
  await ask(sandbox, 'DELETE', '/sandbox/counters')
  expect(await ask(sandbox, 'GET', '/sandbox/counters')).toMatchObject([200, { requests: 0 }])
})

test('a bank says no for once, as nobody could tell Stripe to', async () => {
  const { sandbox, stripe } = await open()
  const { id: subscription, customer } = await subscriptionOf(stripe, SAMPLE.current.email)
  const act = { act: 'failNextPayment', with: [customer, 'insufficient_funds'] }
  expect(await ask(sandbox, 'POST', '/sandbox/acts', act)).toEqual([200, { done: null }])
  await ask(sandbox, 'POST', '/sandbox/clock', { advance: '32d' })
  const failed = await stripe.events.list({ type: 'invoice.payment_failed', limit: 100 })
  expect(failed.data.map(({ data }) => (data.object as Stripe.Invoice).customer)).toContain(customer)
  expect((await stripe.subscriptions.retrieve(subscription)).status).toMatch(/^(active|past_due)$/)
  for (const wrong of [
    { act: 'advance', with: [5] },
    { act: 'dispute', with: 'x' },
    { act: 'dispute', with: ['sub_x'] },
  ]) {
    expect(await ask(sandbox, 'POST', '/sandbox/acts', wrong)).toMatchObject([400, { error: {} }])
  }
})

test('what makes no sense is refused with what would', async () => {
  const { sandbox } = await open()
  for (const [method, path, body] of [
    ['POST', '/sandbox/clock', { advance: 'soon' }],
    ['POST', '/sandbox/clock', 'no json'],
    ['POST', '/sandbox/faults', { kind: 'earthquake' }],
    ['POST', '/sandbox/faults', { kind: '429', route: 'everything' }],
    ['POST', '/sandbox/faults', { kind: '429', times: 'often' }],
    ['POST', '/sandbox/limits', { mode: 'none' }],
    ['POST', '/sandbox/events', { payloads: 'ancient' }],
    ['POST', '/sandbox/webhooks', { url: 'nowhere' }],
  ] as const) {
    expect(await ask(sandbox, method, path, body)).toMatchObject([400, { error: { message: expect.any(String) } }])
  }
  expect(await ask(sandbox, 'GET', '/sandbox/weather')).toMatchObject([404, {}])
  expect(await ask(sandbox, 'GET', '/sandbox', undefined, 'sk_test_other')).toMatchObject([401, {}])
})
