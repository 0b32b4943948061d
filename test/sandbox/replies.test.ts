import { expect, test } from 'vitest'
import { faultOfReply } from '../../src/main/sandbox/check-reply.ts'
import { handle } from '../../src/main/sandbox/handle.ts'
import { loadSchema } from '../../src/main/sandbox/schema.ts'
import { freshWorld } from '../../src/main/sandbox/seed.ts'
import { openForAll, START } from './open.ts'

const schema = await loadSchema()

type Json = Record<string, unknown>

const { sandbox } = await openForAll()

async function subscription(): Promise<Json> {
  const headers = { authorization: `Bearer ${sandbox.key}` }
  const reply = await fetch(`${sandbox.url}/v1/subscriptions?limit=1&status=active`, { headers })
  return (await reply.json()).data[0]
}

const FAULTS: [what: string, change: (object: Json) => Json, says: string][] = [
  ['a status that Stripe does not have', (one) => ({ ...one, status: 'late' }), 'status is "late", not of active'],
  [
    'a field that moved away',
    (one) => ({ ...one, current_period_end: 5 }),
    'current_period_end is no field of Stripe’s',
  ],
  ['a field that is gone', ({ currency, ...rest }) => rest, 'currency is missing'],
  ['a number as a text', (one) => ({ ...one, created: '5' }), 'created is string, not number'],
  ['null where something must be', (one) => ({ ...one, customer: null }), 'customer'],
  ['a fault in a list inside', (one) => ({ ...one, items: { ...(one.items as Json), data: [{}] } }), 'items.data[0]'],
]

test.each(FAULTS)('noticed in a reply: %s', async (_, change, says) => {
  const sound = await subscription()
  expect(faultOfReply(schema, sound)).toBeNull()
  expect(faultOfReply(schema, change(sound))).toContain(says)
  expect(faultOfReply(schema, { object: 'list', data: [sound, change(sound)], has_more: false, url: '/v1' })).toContain(
    'data[1]',
  )
  const event = {
    id: 'evt_1',
    object: 'event',
    api_version: schema.api,
    created: 5,
    livemode: false,
    pending_webhooks: 0,
  }
  const told = { ...event, request: null, type: 'customer.subscription.updated', data: { object: change(sound) } }
  expect(faultOfReply(schema, told)).toContain('data.object.')
})

test('a reply that is not Stripe’s is a 500 that says so, and is on record', () => {
  const world = freshWorld(7, START / 1000)
  const handler = {
    ...{ world, key: 'k', schema, checkReplies: true, problems: [], busy: new Set<string>(), bulk: null },
    catchUp: () => {},
  }
  const ask = () => handle(handler, { method: 'GET', url: '/v1/products', headers: { authorization: 'Bearer k' } }, '')
  expect(ask().status).toBe(200)
  for (const row of world.tables.product.values()) row.record = { ...row.record, name: 5 as never }
  const reply = ask()
  expect(reply.status).toBe(500)
  expect(JSON.parse(reply.body).error.message).toContain(
    'GET /v1/products answered what Stripe would not: data[0].name',
  )
  expect(handler.problems).toHaveLength(1)
})
