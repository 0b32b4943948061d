// Keys that may do less than everything, as a space makes them for its desk.
import { expect, test } from 'vitest'
import { permissionFor } from '../../src/main/sandbox/keys.ts'
import { clientOf, openForAll, refusal } from './open.ts'

const { sandbox, stripe } = await openForAll({ people: 0 })
await stripe.customers.create({ name: 'Somebody' })

test('a key without Terminal does the rest, and is told which permission it lacks', async () => {
  const desk = clientOf(sandbox, sandbox.restrict('terminal_*'))
  expect((await desk.customers.list({ limit: 1 })).data).toHaveLength(1)
  const refused = await refusal(desk.terminal.readers.list())
  expect(refused).toMatchObject({ statusCode: 403, type: 'StripePermissionError' })
  expect(refused.message).toMatch(/^The provided key 'rk_test_\*+0001' does not have the required permissions/)
  expect(refused.message).toContain("Having the 'rak_terminal_reader_read' permission would allow this request")
})

test('who may only read is refused each change, and nothing is changed', async () => {
  const reply = await fetch(`${sandbox.url}/sandbox/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.key}` },
    body: JSON.stringify({ lacks: ['*_write', 'checkout_session_read'] }),
  })
  const reader = clientOf(sandbox, ((await reply.json()) as { key: string }).key)
  const before = (await stripe.customers.list({ limit: 1 })).data[0]?.id
  expect((await refusal(reader.customers.create({ name: 'Nobody' }))).statusCode).toBe(403)
  expect((await stripe.customers.list({ limit: 1 })).data[0]?.id).toBe(before)
  expect((await refusal(reader.checkout.sessions.list())).message).toContain('rak_checkout_session_read')
  expect((await reader.setupIntents.list()).data).toEqual([])
  expect((await refusal(clientOf(sandbox, 'rk_test_unknown').customers.list())).statusCode).toBe(401)
})

test.each([
  ['GET', '/v1/customers/cus_1', 'customer_read'],
  ['POST', '/v1/customers/cus_1/balance_transactions', 'customer_write'],
  ['POST', '/v1/prices', 'plan_write'],
  ['DELETE', '/v1/subscription_items/si_1', 'subscription_write'],
  ['POST', '/v1/terminal/readers/tmr_1/process_setup_intent', 'terminal_reader_write'],
  ['POST', '/v1/test_helpers/terminal/readers/tmr_1/present_payment_method', 'terminal_reader_write'],
  ['POST', '/v1/checkout/sessions', 'checkout_session_write'],
  ['POST', '/v1/refunds', 'charge_write'],
])('%s %s needs %s', (method, path, permission) => {
  expect(permissionFor(method, path)).toBe(permission)
})
