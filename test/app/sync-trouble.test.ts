// Sync when Stripe, the network or the key fails: doors stay right, the report says what is wrong, and it recovers.
import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { listInbox } from '../../src/main/app/inbox.ts'
import { syncState } from '../../src/main/app/status.ts'
import { syncNow, tryAgain } from '../../src/main/app/sync-now.ts'
import { HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { allMarked, deadObjects, staleSince, TRIES } from '../../src/main/store/billing-dirty.ts'
import { readFreshFrom, readSyncState, writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { memberOfCustomer } from '../../src/main/store/members.ts'
import { type StripePort, StripeTrouble } from '../../src/main/stripe/port.ts'
import { naiveStandings } from './naive-standing.ts'
import {
  type Backend,
  derived,
  differing,
  findPerson,
  loadedDesk,
  makeTemplate,
  mirrored,
  openBackend,
  openDesk,
  portTo,
  type SyncedDesk,
  standings,
} from './synced-desk.ts'

beforeAll(makeTemplate)

const ACCOUNT = 'acct_1SandboxLatchkey'
const OFFLINE = 'Stripe cannot be reached: check the internet connection. Doors go on with what is stored.'
const NO_KEY = 'There is no Stripe key yet: put one into Settings, under Stripe.'
const NOTHING = { data: [], misshapen: [], last: null, hasMore: false }
const BROKEN = { status: 200, body: { object: 'something else' } }

const auth = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })
const truthOf = ({ sandbox }: Backend) => naiveStandings(sandbox.url, sandbox.key, sandbox.now())
const sync = (desk: SyncedDesk, full = false) => desk.runner.run({ full })
const fails = async (desk: SyncedDesk, full = false) => {
  const error = await sync(desk, full).then(
    () => new Error('the sync went well'),
    (reason: unknown) => reason,
  )
  return (error as Error).message
}
/** Since when doors know nothing new about the person behind a customer. */
const unreadSince = ({ db }: SyncedDesk, customer: string) =>
  staleSince(db, memberOfCustomer(db, ACCOUNT, customer) ?? '')

async function cancelSomebody({ stripe }: Backend, email: string): Promise<{ customer: string; subscription: string }> {
  const { customer, subscription } = await findPerson(stripe, email)
  await stripe.subscriptions.cancel(subscription.id)
  return { customer: customer.id, subscription: subscription.id }
}

test('Stripe out of reach: said with its beginning, nothing is fresher, and the next sync makes up for it', async () => {
  const backend = await openBackend()
  const { proxy, sandbox } = backend
  const desk = await loadedDesk(backend)
  const fresh = readFreshFrom(desk.db)
  const { customer } = await cancelSomebody(backend, SAMPLE.current.email)

  proxy.fate = () => 'cut'
  const began = sandbox.now()
  expect(await fails(desk)).toBe(OFFLINE)
  const first = desk.runner.report()
  expect(first).toMatchObject({ phase: 'offline', error: OFFLINE, progress: null })
  expect(first.offlineSince).toBeGreaterThanOrEqual(began)
  await sandbox.advance(2 * MINUTE)
  expect(await fails(desk)).toBe(OFFLINE)
  expect(desk.runner.report()).toEqual(first)
  expect(readFreshFrom(desk.db)).toBe(fresh)
  expect(standings(desk).get(customer)).toBe('current')

  proxy.fate = () => 'pass'
  const again = sandbox.now()
  await sync(desk)
  expect(desk.runner.report()).toEqual({
    phase: 'idle',
    error: null,
    offlineSince: null,
    gapDays: null,
    progress: null,
  })
  expect(readFreshFrom(desk.db)).toBeGreaterThanOrEqual(again)
  expect(standings(desk)).toEqual(await truthOf(backend))
  expect(desk.log).toHaveLength(2)
})

test('a wrong key: said at once, not called offline, and put right by the right one', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const fresh = readFreshFrom(desk.db)
  desk.runner.setStripe(portTo(backend, 'sk_test_wrongwrongwrong'))
  const sentence = 'Stripe does not accept the key: put the right one into Settings, under Stripe.'
  expect(await fails(desk)).toBe(sentence)
  expect(desk.runner.report()).toEqual({
    phase: 'failed',
    error: sentence,
    offlineSince: null,
    gapDays: null,
    progress: null,
  })
  expect(readFreshFrom(desk.db)).toBe(fresh)
  expect(desk.log.join()).not.toContain('wrongwrong')
  desk.runner.setStripe(portTo(backend))
  await sync(desk)
  expect(desk.runner.report()).toMatchObject({ phase: 'idle', error: null })
})

test('a key that may not read one list: the permission is named', async () => {
  const backend = await openBackend()
  const desk = openDesk(backend)
  backend.proxy.fate = (line) =>
    line === 'GET /v1/invoices' ? { status: 403, body: { error: { type: 'invalid_request_error' } } } : 'pass'
  desk.runner.setStripe(portTo(backend))
  expect(await fails(desk)).toBe(
    "The Stripe key may not read the list of invoices: give it that permission in Stripe's dashboard.",
  )
  expect(desk.runner.report().phase).toBe('failed')
  expect(readFreshFrom(desk.db)).toBeNull()
})

describe('one object that is always broken', () => {
  test.each([
    ['of another shape', BROKEN],
    ['a 500 of Stripe', { status: 500, body: { error: { type: 'api_error', message: 'Oops' } } }],
    ['no answer at all', 'cut'],
  ] as const)('(%s) keeps only its own person unfresh', async (_, answer) => {
    const backend = await openBackend()
    const { proxy, sandbox } = backend
    const desk = await loadedDesk(backend)
    const before = readFreshFrom(desk.db)
    const ill = await cancelSomebody(backend, SAMPLE.current.email)
    const well = await cancelSomebody(backend, SAMPLE.trialing.email)
    proxy.fate = (line) => (line === `GET /v1/subscriptions/${ill.subscription}` ? answer : 'pass')
    const began = sandbox.now()
    await sync(desk)
    expect(desk.runner.report()).toMatchObject({ phase: 'idle', error: null })
    expect(readFreshFrom(desk.db)).toBeGreaterThanOrEqual(began)
    // What is known of that person is as old as the last sync that left nothing open.
    expect(unreadSince(desk, ill.customer)).toBe(before)
    expect(unreadSince(desk, well.customer)).toBeNull()
    expect(standings(desk).get(ill.customer)).toBe('current')
    expect(standings(desk).get(well.customer)).toBe('ended')
    await sync(desk)
    expect(unreadSince(desk, ill.customer)).toBe(before)

    // After each failure it waits a little longer before it is asked for again.
    proxy.fate = () => 'pass'
    await sandbox.advance(2 * MINUTE)
    await sync(desk)
    expect(unreadSince(desk, ill.customer)).toBeNull()
    expect(standings(desk)).toEqual(await truthOf(backend))
  })

  test('because nothing answers for it is given up on in the end; in an outage of all of Stripe it loses no try', async () => {
    const backend = await openBackend()
    const { proxy, sandbox } = backend
    const desk = await loadedDesk(backend)
    const ill = await cancelSomebody(backend, SAMPLE.current.email)
    const tries = () => [
      allMarked(desk.db, ACCOUNT).map(({ attempts }) => attempts),
      desk.db.prepare('SELECT DISTINCT attempts FROM billing_event WHERE object_id = ?').pluck().all(ill.subscription),
    ]
    const line = `GET /v1/subscriptions/${ill.subscription}`
    proxy.fate = (asked) => (asked === line ? 'cut' : 'pass')
    await sync(desk)
    expect(tries()).toEqual([[1], [1]])
    proxy.fate = (asked) => (asked === 'GET /v1/events' ? 'pass' : 'cut')
    await sandbox.advance(MINUTE)
    expect(await fails(desk)).toBe(OFFLINE)
    expect(desk.runner.report().phase).toBe('offline')
    expect(tries()).toEqual([[1], [1]])
    proxy.fate = (asked) => (asked === line ? 'cut' : 'pass')
    for (let n = 1; n < TRIES; n++) {
      await sync(desk)
      await sandbox.advance(34 * MINUTE)
    }
    expect(deadObjects(desk.db)).toMatchObject([
      { objectId: ill.subscription, attempts: TRIES, error: expect.stringContaining('no answer') },
    ])
    expect(tries()).toEqual([[TRIES], [TRIES]])
    proxy.requests.length = 0
    await sync(desk)
    expect(proxy.requests).not.toContain(line)
    expect(desk.runner.report()).toMatchObject({ phase: 'idle', error: null })
  })

  test('that is in no list either keeps its person unfresh', async () => {
    const backend = await openBackend()
    const { proxy } = backend
    const desk = await loadedDesk(backend)
    const { customer, subscription } = await findPerson(backend.stripe, SAMPLE.current.email)
    const port = portTo(backend)
    const list: typeof port.list = async (kind, page) => {
      const found = await port.list(kind, page)
      return { ...found, data: found.data.filter(({ mirror }) => mirror.row.id !== subscription.id) }
    }
    desk.runner.setStripe({ ...port, list })
    proxy.fate = (line) => (line === `GET /v1/subscriptions/${subscription.id}` ? BROKEN : 'pass')
    await sync(desk, true)
    expect(unreadSince(desk, customer.id)).not.toBeNull()
  })

  test('is mended by a full sync, whose lists still show it', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const ill = await cancelSomebody(backend, SAMPLE.current.email)
    backend.proxy.fate = (line) => (line === `GET /v1/subscriptions/${ill.subscription}` ? BROKEN : 'pass')
    await sync(desk)
    expect(unreadSince(desk, ill.customer)).not.toBeNull()
    await sync(desk, true)
    expect(unreadSince(desk, ill.customer)).toBeNull()
    expect(standings(desk).get(ill.customer)).toBe('ended')
  })

  test('after hours offline does not pass for fresh', async () => {
    const backend = await openBackend()
    const { proxy, sandbox } = backend
    const desk = await loadedDesk(backend)
    const before = readFreshFrom(desk.db)
    await sandbox.advance(5 * HOUR)
    const { customer, subscription } = await cancelSomebody(backend, SAMPLE.current.email)
    proxy.fate = (line) => (line === `GET /v1/subscriptions/${subscription}` ? BROKEN : 'pass')
    await sync(desk)
    expect(unreadSince(desk, customer)).toBe(before)
  })
})

test('one event that nobody can read is listed, keeps no other from being heard, and is settled by a full read', async () => {
  const backend = await openBackend()
  const { proxy, sandbox, stripe } = backend
  const desk = await loadedDesk(backend)
  const heard = await cancelSomebody(backend, SAMPLE.current.email)
  const real = await (await fetch(`${sandbox.url}/v1/events`, auth(sandbox.key))).json()
  const ill = { ...real.data[0], id: 'evt_ill', data: { object: { object: 'subscription', id: 7 } } }
  const withIll = { status: 200, body: { ...real, has_more: false, data: [ill, ...real.data] } }
  proxy.fate = (line) => (line === 'GET /v1/events' ? withIll : 'pass')
  await sync(desk)
  await sync(desk)
  expect(desk.runner.report()).toMatchObject({ phase: 'idle', error: null })
  expect(standings(desk).get(heard.customer)).toBe('ended')
  const letters = async () => (await listInbox(desk.deps, { kind: 'dead-letter' })).rows
  expect(await letters()).toMatchObject([{ subject: 'evt_ill', action: 'try-again', sentence: expect.any(String) }])
  expect(syncState(desk.deps).dead).toBe(1)

  // What it told of is found by the look at everything that "try again" begins.
  const unheard = await findPerson(stripe, SAMPLE.trialing.email)
  await stripe.subscriptions.cancel(unheard.subscription.id)
  const deps = { ...desk.deps, live: { db: desk.db, sync: desk.runner } } as unknown as DeskDeps
  expect(await tryAgain(deps, 'evt_ill')).toEqual({ ok: true, value: { objects: 1 } })
  await sync(desk)
  expect(standings(desk).get(unheard.customer.id)).toBe('ended')
  expect([await letters(), syncState(desk.deps).dead]).toEqual([[], 0])
})

test('a sync that is cut off half-way loses nothing of what it had stored', async () => {
  const backend = await openBackend()
  const { proxy } = backend
  const desk = await loadedDesk(backend)
  const { customer, subscription } = await cancelSomebody(backend, SAMPLE.current.email)
  const other = await findPerson(backend.stripe, SAMPLE.lapsed.email)
  const [due] = (await backend.stripe.invoices.list({ subscription: other.subscription.id, status: 'open' })).data
  await backend.stripe.invoices.pay(due?.id ?? '', { paid_out_of_band: true })
  proxy.fate = (line) => (line.startsWith('GET /v1/invoices') ? 'cut' : 'pass')
  expect(await fails(desk)).toBe(OFFLINE)
  // The subscription is stored and no longer marked; whoever derives from it must still hear of it.
  expect(mirrored(desk).get(subscription)).toMatchObject({ status: 'canceled' })
  proxy.fate = () => 'pass'
  await sync(desk)
  expect(standings(desk).get(customer)).toBe('ended')
  expect(standings(desk)).toEqual(await truthOf(backend))
})

test('a dispute that stands in no list and that nothing answers for is not passed over', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const port = portTo(backend)
  desk.runner.setStripe({
    ...port,
    list: async (kind, page) => (kind === 'dispute' ? NOTHING : port.list(kind, page)),
    retrieve: async (kind, id) => {
      if (kind === 'dispute') throw new StripeTrouble('offline', OFFLINE)
      return port.retrieve(kind, id)
    },
  })
  await sync(desk, true)
  const marked = allMarked(desk.db, ACCOUNT)
  expect(marked.length).toBeGreaterThan(0)
  for (const one of marked) expect(one).toMatchObject({ objectType: 'dispute', attempts: 1 })
})

test('a first load that fails in the middle ends right when it is tried again', async () => {
  const backend = await openBackend()
  const desk = openDesk(backend)
  let pages = 0
  backend.proxy.fate = (line) => (line === 'GET /v1/invoices' && ++pages > 3 ? 'cut' : 'pass')
  desk.runner.setStripe(portTo(backend))
  expect(await fails(desk)).toBe(OFFLINE)
  // Who they are is known, and nobody is called lapsed or ended while nobody knows.
  expect(new Set(standings(desk).values())).toEqual(new Set(['pending']))
  expect(desk.db.prepare('SELECT count(*) AS n FROM entitlement_version').get()).toEqual({ n: 0 })
  backend.proxy.fate = () => 'pass'
  await sync(desk)
  const whole = await loadedDesk(backend)
  expect(differing(mirrored(desk), mirrored(whole))).toEqual([])
  expect(derived(desk)).toEqual(derived(whole))
})

describe('the key', () => {
  test('of another account, or for live instead of test, is refused before anything is read', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const known = () => {
      const { waiting: _, ...state } = readSyncState(desk.db)
      return [mirrored(desk), state]
    }
    const before = known()
    const other =
      'This key is for another Stripe account: put the former key back, or change the account in Settings, under Stripe. Doors go on with what is stored.'
    const live =
      'This is a live key, and what is stored here was read with a test one: put a test key in, or begin anew with another data folder (--data-dir). Doors go on with what is stored.'
    for (const [account, sentence, waits] of [
      [{ id: 'acct_other', livemode: false }, other, true],
      [{ id: ACCOUNT, livemode: true }, live, false],
      [{ id: 'acct_other', livemode: true }, live, false],
    ] as const) {
      writeSyncState(desk.db, { waiting: null })
      const port: StripePort = { ...portTo(backend), account: async () => account }
      backend.proxy.requests.length = 0
      desk.runner.setStripe(port)
      expect(await fails(desk)).toBe(sentence)
      // Only where Settings can do something about it is that said.
      expect(readSyncState(desk.db).waiting !== null).toBe(waits)
      expect(desk.runner.report()).toMatchObject({ phase: 'failed', offlineSince: null })
      expect(backend.proxy.requests).toEqual([])
      expect(isDeepStrictEqual(known(), before)).toBe(true)
    }
    desk.runner.setStripe(portTo(backend))
    await sync(desk)
    expect(desk.runner.report().phase).toBe('idle')
  })

  test('may lose and gain the permission to read its account, as long as it finds the customers we know', async () => {
    const backend = await openBackend()
    const desk = openDesk(backend)
    const blind: StripePort = { ...portTo(backend), account: async () => ({ id: null, livemode: false }) }
    desk.runner.setStripe(blind)
    await sync(desk)
    for (const port of [portTo(backend), { ...blind }, portTo(backend)]) {
      desk.runner.setStripe(port)
      await sync(desk)
      expect(desk.runner.report().phase).toBe('idle')
    }
    const stranger: StripePort = { ...blind, retrieve: async () => null }
    desk.runner.setStripe(stranger)
    expect(await fails(desk)).toMatch(/another Stripe account/)
  })

  test('is missing: said, and `sync --wait` says it too', async () => {
    const backend = await openBackend()
    const desk = openDesk(backend)
    expect(desk.runner.report()).toMatchObject({ phase: 'no-key', error: null })
    desk.runner.setStripe(null)
    expect(desk.runner.report()).toEqual({
      phase: 'no-key',
      error: NO_KEY,
      offlineSince: null,
      gapDays: null,
      progress: null,
    })
    // biome-ignore lint/suspicious/noExplicitAny: of what only a running desk has, this use case takes the runner alone
    const deps = { ...desk.deps, live: { sync: desk.runner } as any }
    const refusal = { ok: false, refusal: { code: 'stripe', sentence: NO_KEY } }
    expect(await syncNow(deps, { wait: true })).toEqual(refusal)
    expect(await syncNow(deps, {})).toEqual({ ok: true, value: null })
    expect(backend.proxy.requests).toEqual([])
  })

  test('was one that a desk must not hold: its own sentence stands', async () => {
    const desk = await loadedDesk(await openBackend())
    desk.runner.setStripe(null, 'This is not a Stripe key.')
    expect(desk.runner.report()).toMatchObject({ phase: 'failed', error: 'This is not a Stripe key.' })
    expect(await fails(desk)).toBe('This is not a Stripe key.')
  })

  test('is taken away while Stripe is out of reach: it no longer counts as offline', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    backend.proxy.fate = () => 'cut'
    await fails(desk)
    desk.runner.setStripe(null)
    expect(desk.runner.report()).toEqual({
      phase: 'no-key',
      error: NO_KEY,
      offlineSince: null,
      gapDays: null,
      progress: null,
    })
  })

  test('is taken away during a sync: that one may end, but does not say that all is well', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    backend.proxy.fate = () => {
      desk.runner.setStripe(null)
      return 'pass'
    }
    await sync(desk)
    expect(desk.runner.report().phase).toBe('no-key')
  })
})

test('stopping does not wait for a Stripe that hangs', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  await new Promise<void>((asked) => {
    const account = () => {
      asked()
      return new Promise<never>(() => undefined)
    }
    desk.runner.setStripe({ ...portTo(backend), account })
  })
  desk.abandon()
  // One that waited would not end before the test does.
  await desk.runner.stop()
})
