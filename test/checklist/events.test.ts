// Getting to know what happened at Stripe, line by line of the checklist: nothing lost, nothing twice, nothing silent.
// The real client against the sandbox over HTTP, with a proxy that can fail.
import { beforeAll, expect, test } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { membershipRows } from '../../src/main/app/inbox-memberships.ts'
import { ORPHAN_PARTS } from '../../src/main/app/inbox-orphans.ts'
import { tryAgain } from '../../src/main/app/sync-now.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { deadObjects, TRIES } from '../../src/main/store/billing-dirty.ts'
import { readSyncState } from '../../src/main/store/billing-inbox.ts'
import { allPlans } from '../../src/main/store/plans.ts'
import { decidePrice } from '../../src/main/store/price-plans.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import type { StripePort } from '../../src/main/stripe/port.ts'
import { receiveEvents } from '../../src/main/stripe/read-changes.ts'
import { naiveStandings } from '../app/naive-standing.ts'
import {
  type Backend,
  derived,
  findPerson,
  loadedDesk,
  makeTemplate,
  mirrored,
  openBackend,
  portTo,
  type SyncedDesk,
  standings,
} from '../app/synced-desk.ts'

beforeAll(makeTemplate)

const ACCOUNT = 'acct_1SandboxLatchkey'
const BROKEN = { status: 200, body: { object: 'something else' } }
const sync = (desk: SyncedDesk, full = false) => desk.runner.run({ full })
const truthOf = ({ sandbox }: Backend) => naiveStandings(sandbox.url, sandbox.key, sandbox.now())
const events = ({ db }: SyncedDesk, objectId: string) =>
  db
    .prepare('SELECT id, payload, received_at, applied_at, result FROM billing_event WHERE object_id = ?')
    .all(objectId) as {
    id: string
    payload: string
    received_at: number
    applied_at: number | null
    result: string | null
  }[]

async function opened() {
  const backend = await openBackend()
  return { backend, desk: await loadedDesk(backend), ...(await findPerson(backend.stripe, SAMPLE.current.email)) }
}

test('8: the feed is asked for from where it was read to, also after a restart', async () => {
  const { backend, desk, subscription } = await opened()
  const { highWater = 0 } = readSyncState(desk.db)
  await backend.stripe.subscriptions.cancel(subscription.id)
  await backend.sandbox.advance(MINUTE)
  await sync(desk)
  expect(readSyncState(desk.db).highWater).toBeGreaterThan(highWater)
  expect(standings(desk)).toEqual(await truthOf(backend))
})

test('9: what no event ever told of is found by the comparison, and counted', async () => {
  const { backend, desk, subscription, customer } = await opened()
  const port = portTo(backend)
  const deaf: StripePort = { ...port, events: async () => ({ data: [], hasMore: false }) }
  desk.runner.setStripe(deaf)
  await backend.stripe.subscriptions.cancel(subscription.id)
  await sync(desk)
  expect(standings(desk).get(customer.id)).toBe('current')
  const { drift } = await sync(desk, true)
  expect(drift).toBeGreaterThanOrEqual(1)
  expect(standings(desk).get(customer.id)).toBe('ended')
  expect(readSyncState(desk.db).drift).toBe(drift)
  // It also happens by itself: people every six hours.
  await backend.stripe.customers.update(customer.id, { name: 'Found By Itself' })
  await backend.sandbox.advance(7 * HOUR)
  await sync(desk)
  expect(mirrored(desk).get(customer.id)).toMatchObject({ name: 'Found By Itself' })
})

test('10: away for longer than Stripe keeps events: noticed, said, and everything is read', async () => {
  const { backend, desk } = await opened()
  await backend.sandbox.advance(31 * DAY)
  let said: number | null = null
  const port = portTo(backend)
  desk.runner.setStripe({
    ...port,
    list: (...args) => {
      said = desk.runner.report().gapDays
      return port.list(...args)
    },
  })
  await sync(desk)
  expect(said).toBe(31)
  expect(desk.runner.report().gapDays).toBeNull()
  expect(standings(desk)).toEqual(await truthOf(backend))
})

test('10: the gap counts from the START of the last sync: a lid may be shut in the middle of one', async () => {
  const { backend, desk, subscription } = await opened()
  const port = portTo(backend)
  let shut = true
  desk.runner.setStripe({
    ...port,
    events: async (page) => {
      const found = await port.events(page)
      if (shut) {
        shut = false
        await backend.stripe.subscriptions.cancel(subscription.id)
        await backend.sandbox.advance(31 * DAY)
      }
      return found
    },
  })
  await sync(desk)
  await sync(desk)
  expect(standings(desk)).toEqual(await truthOf(backend))
})

test('11: the ledger keeps each event with its payload, when it came, and when and how it was settled', async () => {
  const { backend, desk, subscription } = await opened()
  await backend.stripe.subscriptions.cancel(subscription.id)
  await sync(desk)
  const [event] = events(desk, subscription.id)
  expect(event).toMatchObject({ result: 'read' })
  expect(JSON.parse(event?.payload ?? '')).toMatchObject({ object: 'event', data: { object: { id: subscription.id } } })
  expect(event?.applied_at).toBeGreaterThanOrEqual(event?.received_at ?? Number.POSITIVE_INFINITY)
})

test('12: the same event twice, by feed and by webhook, changes nothing the second time', async () => {
  const { backend, desk, subscription } = await opened()
  await backend.stripe.subscriptions.cancel(subscription.id)
  await sync(desk)
  const before = derived(desk)
  const all = (await portTo(backend).events({ createdFrom: 0 })).data
  const data = all.filter(({ objectId }) => objectId === subscription.id)
  const from = { account: ACCOUNT, source: 'webhook' as const, receivedAt: backend.sandbox.now() }
  expect(receiveEvents(desk.db, [...data, ...data].toReversed(), from)).toBe(0)
  await sync(desk)
  expect(derived(desk)).toEqual(before)
})

test('13: a late "deleted" of an old subscription does not end the new one', async () => {
  const { backend, desk, subscription, customer } = await opened()
  const price = subscription.items.data[0]?.price.id ?? ''
  const port = portTo(backend)
  const held: Awaited<ReturnType<StripePort['events']>>['data'] = []
  desk.runner.setStripe({
    ...port,
    events: async (page) => {
      const found = await port.events(page)
      const isOld = ({ type }: { type: string }) => type === 'customer.subscription.deleted'
      held.push(...found.data.filter(isOld))
      return { ...found, data: found.data.filter((event) => !isOld(event)) }
    },
  })
  await backend.stripe.subscriptions.cancel(subscription.id)
  await backend.stripe.subscriptions.create({ customer: customer.id, items: [{ price }] })
  await sync(desk)
  expect(held.length).toBeGreaterThan(0)
  receiveEvents(desk.db, held, { account: ACCOUNT, source: 'webhook', receivedAt: backend.sandbox.now() })
  await sync(desk)
  expect(standings(desk).get(customer.id)).toBe('current')
})

test('14: an event without a price, such as of a payment method, is kept and ignored, not misread', async () => {
  const { backend, desk, customer } = await opened()
  const method = await backend.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  await sync(desk)
  expect(events(desk, method.id)).toMatchObject([{ result: 'ignored' }])
  expect(desk.runner.report().phase).toBe('idle')
})

test('15: other sales on the same account are in the mirror and make nobody a member', async () => {
  const { backend, desk } = await opened()
  const { acts } = backend.sandbox
  const people = standings(desk).size
  const visitor = acts.createCustomer({ name: 'Ticket Buyer', email: 'ticket@example.org' })
  const ticket = acts.createPlan('Evening ticket', 1_500, { interval: 'once' })
  const invoice = acts.sell(visitor, ticket, 2)
  const till = acts.takePayment(visitor, 900)
  await backend.sandbox.advance(MINUTE)
  const { changed } = await sync(desk)
  expect(changed).toMatchObject({ product: 1, price: 1, customer: 1, invoice: 1, payment_intent: 2, subscription: 0 })
  for (const id of [visitor, ticket, invoice, till]) expect(mirrored(desk).has(id), id).toBe(true)
  expect(events(desk, invoice).length).toBeGreaterThan(2)
  expect(events(desk, till).every(({ result }) => result === 'read')).toBe(true)
  expect([standings(desk).has(visitor), standings(desk).size]).toEqual([false, people])
  // Nor does anything ask for it: not as a stranger who pays, not as a price that nobody has mapped.
  const rows = [...membershipRows(desk.deps), ...ORPHAN_PARTS.flatMap((part) => part(desk.deps))].map(
    ({ subject, detail }) => `${subject} ${detail}`,
  )
  expect(rows.filter((row) => row.includes(visitor) || row.includes(ticket))).toEqual([])
})

test('16: a price that nobody has said what it is waits in the inbox with who pays for it, and opens nothing', async () => {
  const { backend, desk } = await opened()
  const { acts } = backend.sandbox
  writeSetting(desk.db, 'mappingConfirmedAt', backend.sandbox.now(), 0)
  const unmapped = () => membershipRows(desk.deps).filter(({ kind }) => kind === 'price-unmapped')
  const asked = unmapped().map(({ subject }) => subject)
  const price = acts.createPlan('Pottery wheel', 4_000)
  const payer = acts.createCustomer({ name: 'Potter', email: 'potter@example.org' })
  acts.subscribe(payer, price)
  await sync(desk)
  const [row, ...others] = unmapped().filter(({ subject }) => !asked.includes(subject))
  expect(others).toEqual([])
  expect(row).toMatchObject({ subject: price, action: 'map-price', sentence: expect.stringContaining('Pottery wheel') })
  expect(standings(desk).has(payer)).toBe(false)
  // Said to be a plan, it is one from then on.
  decidePrice(desk.db, {
    account: ACCOUNT,
    priceId: price,
    planId: allPlans(desk.db)[0]?.id ?? '',
    at: 1,
    operator: 'owner',
  })
  await desk.runner.deriveAll()
  expect(standings(desk).get(payer)).toBe('current')
  expect(unmapped().map(({ subject }) => subject)).not.toContain(price)
})

test('17: an object that will not be read is tried again, later each time, then listed with its step; "try again" reads it', async () => {
  const { backend, desk, subscription, customer } = await opened()
  backend.proxy.fate = (line) => (line === `GET /v1/subscriptions/${subscription.id}` ? BROKEN : 'pass')
  await backend.stripe.subscriptions.cancel(subscription.id)
  for (let tries = 0; tries < TRIES; tries++) {
    await sync(desk)
    await backend.sandbox.advance(34 * MINUTE)
  }
  expect(deadObjects(desk.db)).toMatchObject([
    { objectId: subscription.id, step: 'Reading a subscription from Stripe', attempts: TRIES, customerId: customer.id },
  ])
  backend.proxy.requests.length = 0
  await sync(desk)
  expect(backend.proxy.requests).not.toContain(`GET /v1/subscriptions/${subscription.id}`)
  backend.proxy.fate = () => 'pass'
  const deps = { ...desk.deps, live: { db: desk.db, sync: desk.runner } } as unknown as DeskDeps
  expect(await tryAgain(deps, subscription.id)).toEqual({ ok: true, value: { objects: 1 } })
  await sync(desk)
  expect([deadObjects(desk.db), standings(desk).get(customer.id)]).toEqual([[], 'ended'])
})

test('18: after a sync what is stored is what Stripe has: read back, nothing differs', async () => {
  const { backend, desk, subscription } = await opened()
  await backend.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
  await sync(desk)
  const { drift } = await sync(desk, true)
  expect(drift).toBe(0)
})

test('19: a 200 that is not what was asked for is a failure, never an empty success', async () => {
  const { backend, desk } = await opened()
  const before = readSyncState(desk.db)
  for (const body of [{}, { object: 'list' }, { object: 'list', data: null }, { member_id: null }, []]) {
    backend.proxy.fate = (line) => (line === 'GET /v1/events' ? { status: 200, body } : 'pass')
    await expect(sync(desk), JSON.stringify(body)).rejects.toMatchObject({
      kind: expect.stringMatching(/reply|offline/),
    })
  }
  expect(readSyncState(desk.db).freshFrom).toBe(before.freshFrom)
})

test('20: the health of the key is known permission by permission', async () => {
  const { backend } = await opened()
  backend.proxy.fate = (line) =>
    line === 'GET /v1/disputes' || line === 'GET /v1/invoices'
      ? { status: 403, body: { error: { type: 'invalid_request_error', message: 'no' } } }
      : 'pass'
  const permissions = await portTo(backend).permissions()
  expect(permissions.filter(({ may }) => !may).map(({ what }) => what)).toEqual(['invoice', 'dispute'])
  expect(permissions.find(({ what }) => what === 'invoice')?.says).toContain('give it that permission')
})
