import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Sandbox } from '../../src/main/sandbox/stripe-server.ts'
import { DAY, everything, open as openWith } from './open.ts'

/** Nobody in it: a key does not care. */
const open = (options: Parameters<typeof openWith>[0] = {}) => openWith({ people: 0, ...options })

async function create(sandbox: Sandbox, key: string, body = 'email=once@example.org', path = '/v1/customers') {
  const headers = { authorization: `Bearer ${sandbox.key}`, 'idempotency-key': key }
  const reply = await fetch(`${sandbox.url}${path}`, { method: 'POST', headers, body })
  return { status: reply.status, replayed: reply.headers.get('idempotent-replayed'), text: await reply.text() }
}

async function customers({ stripe }: Awaited<ReturnType<typeof open>>, email = 'once@example.org'): Promise<number> {
  return (await everything(stripe.customers.list({ email }))).length
}

test('the same request under a key is answered again and done once', async () => {
  const opened = await open()
  const first = await create(opened.sandbox, 'k1')
  const second = await create(opened.sandbox, 'k1')
  expect(first).toMatchObject({ status: 200, replayed: null })
  expect(second).toEqual({ ...first, replayed: 'true' })
  expect(await customers(opened)).toBe(1)
})

test('other parameters or another address under the same key are refused', async () => {
  const { sandbox } = await open()
  await create(sandbox, 'k1')
  for (const other of [
    await create(sandbox, 'k1', 'email=twice@example.org'),
    await create(sandbox, 'k1', 'email=once@example.org', '/v1/products'),
  ]) {
    expect(other.status).toBe(400)
    expect(JSON.parse(other.text).error).toMatchObject({
      type: 'idempotency_error',
      message: expect.stringContaining('can only be used with the same parameters'),
    })
  }
})

test('a second request while the first is on its way is a 409, and the first one stands', async () => {
  const opened = await open({ latency: 80 })
  const [first, second] = await Promise.all([create(opened.sandbox, 'k1'), create(opened.sandbox, 'k1')])
  const [good, early] = first.status === 200 ? [first, second] : [second, first]
  expect(good.status).toBe(200)
  expect(early.status).toBe(409)
  expect(JSON.parse(early.text).error.code).toBe('idempotency_key_in_use')
  expect(await create(opened.sandbox, 'k1')).toEqual({ ...good, replayed: 'true' })
  expect(await customers(opened)).toBe(1)
})

test('what was refused before it began is not kept: the key is good for the right request', async () => {
  const { sandbox } = await open()
  expect((await create(sandbox, 'k1', 'colour=red')).status).toBe(400)
  expect(await create(sandbox, 'k1')).toMatchObject({ status: 200, replayed: null })
})

test('a failure after the change is kept as well: asking again fails again and changes nothing', async () => {
  const opened = await open()
  opened.sandbox.fail({ kind: '500-after', times: 1 })
  expect(await create(opened.sandbox, 'k1')).toMatchObject({ status: 500, replayed: null })
  expect(await create(opened.sandbox, 'k1')).toMatchObject({ status: 500, replayed: 'true' })
  expect(await customers(opened)).toBe(1)
})

test('a key outlives a restart, and is forgotten after a day', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'latchkey-sandbox-')), 'sandbox.json')
  const before = await open({ stateFile })
  const first = await create(before.sandbox, 'k1')
  await before.sandbox.close()
  const after = await open({ stateFile })
  expect(await create(after.sandbox, 'k1')).toEqual({ ...first, replayed: 'true' })
  await after.sandbox.advance(DAY + 2_000)
  expect(await create(after.sandbox, 'k1')).toMatchObject({ status: 200, replayed: null })
  expect(await customers(after)).toBe(2)
})
