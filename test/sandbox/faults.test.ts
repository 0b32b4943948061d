// Trouble on demand, as the real SDK and a bare client meet it.
import { expect, test } from 'vitest'
import type { Fault } from '../../src/main/sandbox/faults.ts'
import type { Sandbox } from '../../src/main/sandbox/stripe-server.ts'
import { clientOf, open as openWith, refusal } from './open.ts'

/** Nobody in it: a fault does not care. */
const open = (options: Parameters<typeof openWith>[0] = {}) => openWith({ people: 0, ...options })

const ask = (sandbox: Sandbox, path = '/v1/customers?limit=1', init: RequestInit = {}) =>
  fetch(`${sandbox.url}${path}`, { ...init, headers: { authorization: `Bearer ${sandbox.key}`, ...init.headers } })

const create = (sandbox: Sandbox) => ask(sandbox, '/v1/customers', { method: 'POST', body: 'email=fault@example.org' })

async function made(sandbox: Sandbox): Promise<number> {
  sandbox.heal()
  return (await (await ask(sandbox, '/v1/customers?email=fault@example.org')).json()).data.length
}

test('a 429 is Stripe’s, with the header or without', async () => {
  const { sandbox } = await open()
  for (const [retry, header] of [
    [true, 'true'],
    [false, 'false'],
    [undefined, null],
  ] as const) {
    sandbox.fail({ kind: '429', times: 1, ...(retry !== undefined && { retry }) })
    const reply = await ask(sandbox)
    expect([reply.status, reply.headers.get('stripe-should-retry')]).toEqual([429, header])
    expect((await reply.json()).error).toMatchObject({ code: 'rate_limit', type: 'invalid_request_error' })
  }
  expect((await ask(sandbox)).status).toBe(200)
  expect(sandbox.counters).toMatchObject({ requests: 4, refused429: 3 })
})

const CHANGED: [kind: Fault['kind'], made: number][] = [
  ['500-before', 0],
  ['500-after', 1],
  ['drop-before', 0],
  ['drop-after', 1],
  ['truncated', 1],
  ['no-error', 1],
  ['empty', 1],
  ['other-object', 1],
]

test.each(CHANGED)('%s leaves behind what it says: %i made', async (kind, count) => {
  const { sandbox } = await open()
  sandbox.fail({ kind, times: 1, route: 'POST /v1/customers' })
  const reply = await create(sandbox).then(
    async (answer) => ({ status: answer.status, text: await answer.text() }),
    (error: Error) => ({ status: 0, text: error.message }),
  )
  switch (kind) {
    case '500-before':
    case '500-after':
      expect(reply).toMatchObject({ status: 500, text: expect.stringContaining('api_error') })
      break
    case 'drop-before':
    case 'drop-after':
      expect(reply.status).toBe(0)
      break
    case 'truncated':
      expect(() => JSON.parse(reply.text)).toThrow()
      break
    case 'no-error':
      expect(reply.status).toBe(502)
      expect(JSON.parse(reply.text)).not.toHaveProperty('error')
      break
    case 'empty':
      expect(reply).toEqual({ status: 200, text: '{}' })
      break
    case 'other-object':
      expect(JSON.parse(reply.text).object).toBe('file')
      break
    default:
      throw new Error(`${kind} is not in the table`)
  }
  expect(await made(sandbox)).toBe(count)
})

test('a fault hits one route only, and as often as it says', async () => {
  const { sandbox, stripe } = await open()
  sandbox.fail({ kind: '500-before', route: 'GET /v1/customers/:id', times: 2 })
  const customer = await stripe.customers.create({})
  for (const expected of [500, 500, 200]) {
    expect((await ask(sandbox, `/v1/customers/${customer.id}`)).status).toBe(expected)
  }
})

test('by chance, the same seed hits the same requests', async () => {
  const run = async (seed: number) => {
    const { sandbox } = await open({ seed })
    sandbox.fail({ kind: '500-before', chance: 0.4 })
    const hits: boolean[] = []
    for (let n = 0; n < 30; n += 1) hits.push((await ask(sandbox, '/v1/account')).status === 500)
    return hits
  }
  const first = await run(3)
  expect(first.filter(Boolean).length).toBeGreaterThan(5)
  expect(first.filter(Boolean).length).toBeLessThan(20)
  expect(await run(3)).toEqual(first)
  expect(await run(4)).not.toEqual(first)
})

test('a slow reply keeps nobody else waiting, and latency is for each answer alone', async () => {
  const { sandbox } = await open({ latency: 50 })
  sandbox.fail({ kind: 'slow', ms: 2_000, times: 1 })
  const began = performance.now()
  const after = async (work: Promise<unknown>) => work.then(() => performance.now() - began)
  const slow = after(ask(sandbox))
  const others = Promise.all(Array.from({ length: 20 }, () => after(ask(sandbox))))
  expect(await Promise.race([slow, others])).toBeInstanceOf(Array)
  expect(Math.min(...(await others))).toBeGreaterThan(45)
  expect(await slow).toBeGreaterThan(2_040)
  expect(sandbox.counters.mostAtOnce).toBeGreaterThan(10)
})

test('Stripe’s limits: 25 requests a second of one kind, and 25 or 100 in all', async () => {
  const burst = async (limits: 'test' | 'live', paths: string[]) => {
    const { sandbox } = await open({ limits })
    const began = performance.now()
    const replies = await Promise.all(Array.from({ length: 120 }, (_, n) => ask(sandbox, paths[n % paths.length])))
    expect(sandbox.counters.refused429).toBe(replies.filter(({ status }) => status === 429).length)
    const answered = replies.filter(({ status }) => status === 200).length
    return { answered, seconds: Math.ceil((performance.now() - began) / 1_000) }
  }
  const many = ['customers', 'products', 'prices', 'subscriptions', 'invoices', 'events'].map(
    (noun) => `/v1/${noun}?limit=1`,
  )
  const inTest = await burst('test', many)
  expect(inTest.answered).toBeLessThanOrEqual(25 * (inTest.seconds + 1))
  expect(inTest.answered).toBeLessThan(120)
  expect((await burst('live', many)).answered).toBeGreaterThanOrEqual(100)
  const one = await burst('live', ['/v1/account'])
  expect(one.answered).toBeLessThanOrEqual(25 * (one.seconds + 1))
})

test('the SDK comes through a 500 and a lost connection by itself, and the key keeps it from doing things twice', async () => {
  const { sandbox } = await open()
  const patient = clientOf(sandbox, sandbox.key, 2)
  for (const kind of ['500-before', 'drop-after'] as const) {
    sandbox.fail({ kind, times: 1, route: 'POST /v1/customers' })
    expect((await patient.customers.create({ email: `${kind}@example.org` })).email).toBe(`${kind}@example.org`)
    expect((await patient.customers.list({ email: `${kind}@example.org` })).data).toHaveLength(1)
  }
  sandbox.fail({ kind: '500-after', route: 'POST /v1/customers', times: 1 })
  expect(await refusal(patient.customers.create({ email: 'lost@example.org' }))).toMatchObject({ statusCode: 500 })
  expect((await patient.customers.list({ email: 'lost@example.org' })).data).toHaveLength(1)
})
