// Deliveries to a receiver of webhooks, checked with the real SDK's own `constructEvent`.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Stripe from 'stripe'
import { afterEach, expect, test } from 'vitest'
import { DAY, open } from './open.ts'

const SECRET = 'whsec_of_the_test'
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Takes what is sent; `status` says what it answers to each. */
async function receiver(status: (count: number) => number = () => 200) {
  const received: { body: string; signature: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['stripe-signature']) })
      response.writeHead(status(received.length)).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  const ids = () => received.map(({ body }) => (JSON.parse(body) as Stripe.Event).id)
  return { url, received, ids }
}

async function createMany(stripe: Stripe, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await stripe.customers.create({ email: `${n}@example.org` })
}

test('every event arrives once, with a signature that the SDK accepts and that breaks with the text', async () => {
  const { sandbox, stripe } = await open()
  const { url, received, ids } = await receiver()
  sandbox.addReceiver({ url, secret: SECRET, doubled: 0, shuffled: false })
  await createMany(stripe, 3)
  await sandbox.deliver()
  await expect.poll(() => received.length).toBe(3)
  expect(new Set(ids()).size).toBe(3)
  for (const { body, signature } of received) {
    const at = Math.floor(sandbox.now() / 1000)
    const event = stripe.webhooks.constructEvent(body, signature, SECRET, 300, undefined, at)
    expect(event.type).toBe('customer.created')
    expect(() => stripe.webhooks.constructEvent(`${body} `, signature, SECRET, 300, undefined, at)).toThrow()
    const theirs = stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET, timestamp: at })
    expect(signature).toBe(theirs)
  }
})

test('what the receiver does not take is sent again, later and later, until it does', async () => {
  const { sandbox, stripe } = await open()
  const { url, received, ids } = await receiver((count) => (count < 3 ? 503 : 200))
  sandbox.addReceiver({ url, secret: SECRET, doubled: 0, shuffled: false })
  await createMany(stripe, 1)
  await expect.poll(() => received.length).toBe(1)
  await sandbox.advance(5_000)
  expect(received).toHaveLength(1)
  await sandbox.advance(6_000)
  expect(received).toHaveLength(2)
  await sandbox.advance(61_000)
  expect(received).toHaveLength(3)
  await sandbox.advance(60_000)
  const first = ids()[0]
  expect(ids().filter((id) => id === first)).toHaveLength(3)
})

test('deliveries can come doubled and out of order, and lost events are not sent', async () => {
  const { sandbox, stripe } = await open()
  const { url, ids } = await receiver()
  sandbox.addReceiver({ url, secret: SECRET, doubled: 1, shuffled: true })
  sandbox.tell({ late: 10, lost: 0.3 })
  await createMany(stripe, 20)
  await sandbox.advance(60_000)
  await sandbox.advance(DAY)
  const listed = (await stripe.events.list({ type: 'customer.created', limit: 100 })).data.map(({ id }) => id)
  const arrived = ids()
  for (const id of listed.filter((one) => arrived.includes(one))) {
    expect(arrived.filter((one) => one === id)).toHaveLength(2)
  }
  const order = [...new Set(arrived)].filter((id) => listed.includes(id))
  expect(order.length).toBeGreaterThan(8)
  expect(order).not.toEqual(listed.toReversed())
})
