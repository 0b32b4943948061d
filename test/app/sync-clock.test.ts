// Sync while this computer's clock is wrong and is set right: nothing that changed stays hidden behind a time that never was.
import { beforeAll, expect, test } from 'vitest'
import { HOUR, SECOND } from '../../src/main/domain/time.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { allMarked } from '../../src/main/store/billing-dirty.ts'
import {
  type Backend,
  findPerson,
  loadedDesk,
  makeTemplate,
  openBackend,
  openDesk,
  portTo,
  type SyncedDesk,
  standings,
} from './synced-desk.ts'

beforeAll(makeTemplate)

const ACCOUNT = 'acct_1SandboxLatchkey'
const sync = (desk: SyncedDesk, full = false) => desk.runner.run({ full })
const waiting = ({ db }: SyncedDesk) =>
  db.prepare('SELECT count(*) FROM billing_event WHERE applied_at IS NULL').pluck().get()

/** A clock that a test can put ahead of Stripe's. */
function clockOf({ sandbox }: Backend, ahead: number) {
  const clock = { ahead, now: () => sandbox.now() + clock.ahead }
  return clock
}

async function deskBy(backend: Backend, clock: { now: () => number }): Promise<SyncedDesk> {
  const desk = await loadedDesk(backend, { now: clock.now })
  desk.runner.setStripe(portTo(backend, backend.sandbox.key, clock.now))
  return desk
}

test.each([
  ['40 seconds, for one sync', 40 * SECOND, false],
  ['20 hours, for a full sync', 20 * HOUR, true],
])('it was ahead by %s: what changes after that is seen by the next sync', async (_, ahead, full) => {
  const backend = await openBackend()
  const clock = clockOf(backend, ahead)
  const desk = await deskBy(backend, clock)
  const { customer, subscription } = await findPerson(backend.stripe, SAMPLE.current.email)
  await backend.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
  await sync(desk, full)
  clock.ahead = 0
  await backend.stripe.subscriptions.cancel(subscription.id)
  await sync(desk)
  expect(standings(desk).get(customer.id)).toBe('ended')
  expect(allMarked(desk.db, ACCOUNT)).toEqual([])
  expect(waiting(desk)).toBe(0)
})

test('it was ahead before the desk was stopped: one that is started with the right time sees what changes', async () => {
  const backend = await openBackend()
  const clock = clockOf(backend, 20 * HOUR)
  const before = await deskBy(backend, clock)
  await sync(before, true)
  await before.runner.stop()
  const { customer, subscription } = await findPerson(backend.stripe, SAMPLE.current.email)
  await backend.stripe.subscriptions.cancel(subscription.id)
  const desk = openDesk(backend, before.db)
  desk.runner.setStripe(portTo(backend))
  await sync(desk)
  expect(standings(desk).get(customer.id)).toBe('ended')
})

test('it was ahead while everything was compared: that counts for nothing, and what no event tells is found soon', async () => {
  const backend = await openBackend()
  const clock = clockOf(backend, 20 * HOUR)
  const desk = await deskBy(backend, clock)
  await sync(desk, true)
  clock.ahead = 0
  const port = portTo(backend)
  const { customer, subscription } = await findPerson(backend.stripe, SAMPLE.current.email)
  await backend.stripe.subscriptions.cancel(subscription.id)
  // Begins a sync by itself.
  desk.runner.setStripe({ ...port, events: async () => ({ data: [], hasMore: false }) })
  await sync(desk)
  expect(standings(desk).get(customer.id)).toBe('ended')
})

test('it is set right in the middle of a first load: what changed meanwhile, and afterwards, is seen', async () => {
  const backend = await openBackend()
  const clock = clockOf(backend, 20 * HOUR)
  const desk = openDesk(backend, undefined, { now: clock.now })
  const port = portTo(backend, backend.sandbox.key, clock.now)
  const during = await findPerson(backend.stripe, SAMPLE.current.email)
  const after = await findPerson(backend.stripe, SAMPLE.trialing.email)
  const list: typeof port.list = async (kind, page) => {
    if (kind === 'invoice' && clock.ahead > 0) {
      clock.ahead = 0
      await backend.stripe.subscriptions.cancel(during.subscription.id)
    }
    return port.list(kind, page)
  }
  desk.runner.setStripe({ ...port, list })
  await sync(desk)
  expect(standings(desk).get(during.customer.id)).toBe('ended')
  await backend.stripe.subscriptions.cancel(after.subscription.id)
  await sync(desk)
  expect(standings(desk).get(after.customer.id)).toBe('ended')
})

test('it was ahead when an object could not be read: that one waits no longer than any other', async () => {
  const backend = await openBackend()
  const clock = clockOf(backend, 20 * HOUR)
  const desk = await deskBy(backend, clock)
  const { customer, subscription } = await findPerson(backend.stripe, SAMPLE.current.email)
  await backend.stripe.subscriptions.cancel(subscription.id)
  const broken = { status: 200, body: { object: 'something else' } }
  backend.proxy.fate = (line) => (line === `GET /v1/subscriptions/${subscription.id}` ? broken : 'pass')
  await sync(desk)
  expect(allMarked(desk.db, ACCOUNT)).toHaveLength(1)
  clock.ahead = 0
  backend.proxy.fate = () => 'pass'
  await sync(desk)
  expect(standings(desk).get(customer.id)).toBe('ended')
})
