// Sync against a healthy Stripe: what the desk derives is what Stripe's lists tell, whichever way it learned of it.
import { beforeAll, describe, expect, test } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { syncLines } from '../../src/main/app/diagnostics-stripe.ts'
import { listInbox } from '../../src/main/app/inbox.ts'
import { listMembers } from '../../src/main/app/member-views.ts'
import { status } from '../../src/main/app/status.ts'
import { syncNow } from '../../src/main/app/sync-now.ts'
import { DAY, HOUR, MINUTE } from '../../src/main/domain/time.ts'
import { SAMPLE } from '../../src/main/sandbox/people.ts'
import { allMarked } from '../../src/main/store/billing-dirty.ts'
import { readFreshFrom, readSyncState, writeSyncState } from '../../src/main/store/billing-inbox.ts'
import { allPrices } from '../../src/main/store/billing-objects.ts'
import { disputesToLookAt } from '../../src/main/store/disputes.ts'
import { decidePrice } from '../../src/main/store/price-plans.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { counted, naiveStandings } from './naive-standing.ts'
import {
  type Backend,
  derived,
  differing,
  everyItem,
  findPerson,
  loadedDesk,
  makeTemplate,
  mirrored,
  newDatabase,
  openBackend,
  openDesk,
  portTo,
  type SyncedDesk,
  signUp,
  standings,
  syncedDesk,
} from './synced-desk.ts'

beforeAll(makeTemplate)

const truthOf = ({ sandbox }: Backend) => naiveStandings(sandbox.url, sandbox.key, sandbox.now())
const sync = (desk: SyncedDesk, full = false) => desk.runner.run({ full })
const rowsOf = (desk: SyncedDesk, query: string) => listMembers(desk.deps, { query }).rows

test.each([
  ['one after the other', false],
  ['each at its own pace', true],
])('the first load, its lists %s, gives every person the standing that those tell', async (_, listsApart) => {
  const backend = await openBackend()
  const desk = openDesk(backend)
  const phases = new Set<string>()
  const port = portTo(backend)
  const list: typeof port.list = (kind, page) => {
    phases.add(`${desk.runner.report().phase} ${desk.runner.report().progress?.step}`)
    return port.list(kind, page)
  }
  const began = backend.sandbox.now()
  desk.runner.setStripe({ ...port, list, listsApart })
  const { changed, drift } = await sync(desk)
  const ended = backend.sandbox.now()

  const truth = await truthOf(backend)
  expect(standings(desk)).toEqual(truth)
  expect(counted(truth.values())).toMatchObject({
    current: 103,
    grace: 12,
    pending: 6,
    frozen: 8,
    lapsed: 10,
    ended: 19,
  })
  // Two people have two customers each, both pairs with a current membership.
  expect(status(desk.deps).members).toEqual({ ...counted(truth.values()), current: 101, total: 156 })
  expect(drift).toBeNull()
  const customers = await everyItem(backend.stripe.customers.list({ limit: 100 }))
  expect(changed).toMatchObject({ customer: customers.length, product: 8, price: 9 })
  expect([...phases].every((phase) => phase.startsWith('first-load '))).toBe(true)
  expect(desk.runner.report()).toEqual({
    phase: 'idle',
    error: null,
    offlineSince: null,
    gapDays: null,
    progress: null,
  })
  const { freshFrom = 0, lastCompleteAt = 0 } = readSyncState(desk.db)
  expect(freshFrom).toBeGreaterThanOrEqual(began)
  expect(freshFrom).toBeLessThan(lastCompleteAt)
  expect(lastCompleteAt).toBeLessThanOrEqual(ended)
  expect(allMarked(desk.db, 'acct_1SandboxLatchkey')).toEqual([])
  expect(desk.log).toEqual([])
})

describe('what changes at Stripe is seen by the next sync', () => {
  const changes: [string, (backend: Backend) => Promise<string>, before: string, after: string][] = [
    [
      'a membership that is cancelled',
      async ({ stripe }) => {
        const { customer, subscription } = await findPerson(stripe, SAMPLE.current.email)
        await stripe.subscriptions.cancel(subscription.id)
        return customer.id
      },
      'current',
      'ended',
    ],
    [
      'one that is paused',
      async ({ stripe }) => {
        const { customer, subscription } = await findPerson(stripe, SAMPLE.current.email)
        await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } })
        return customer.id
      },
      'current',
      'frozen',
    ],
    [
      'a pause that is over',
      async ({ stripe }) => {
        const { customer, subscription } = await findPerson(stripe, SAMPLE.frozen.email)
        await stripe.subscriptions.update(subscription.id, { pause_collection: '' })
        return customer.id
      },
      'frozen',
      'current',
    ],
    [
      'a debt that is paid',
      async ({ stripe }) => {
        const { customer, subscription } = await findPerson(stripe, SAMPLE.lapsed.email)
        const [due] = (await stripe.invoices.list({ subscription: subscription.id, status: 'open' })).data
        await stripe.invoices.pay(due?.id ?? '', { paid_out_of_band: true })
        return customer.id
      },
      'lapsed',
      'current',
    ],
    [
      'a customer who is deleted',
      async ({ stripe }) => {
        const { customer } = await findPerson(stripe, SAMPLE.current.email)
        await stripe.customers.del(customer.id)
        return customer.id
      },
      'current',
      'ended',
    ],
  ]
  test.each(changes)('%s', async (_, change, before, after) => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const was = standings(desk)
    const id = await change(backend)
    const told = desk.told.members
    const { changed } = await sync(desk)
    expect([was.get(id), standings(desk).get(id)]).toEqual([before, after])
    expect(changed.subscription).toBe(1)
    expect(desk.told.members).toBeGreaterThan(told)
    // Nobody else moved.
    expect([...standings(desk)].filter(([other, word]) => was.get(other) !== word)).toEqual([[id, after]])
  })

  test('and a sync at which nothing has changed tells no screen and writes no entitlement', async () => {
    const desk = await loadedDesk(await openBackend())
    const revision = () => desk.db.prepare('SELECT n FROM revision').get()
    const before = revision()
    const told = desk.told.members
    const { changed } = await sync(desk)
    expect(Object.values(changed).length).toBeGreaterThan(0)
    expect(Object.values(changed).filter((count) => count !== 0)).toEqual([])
    expect(desk.told.members).toBe(told)
    expect(revision()).toEqual(before)
  })

  test('a plan that is renamed', async () => {
    const { stripe, ...rest } = await openBackend()
    const desk = await loadedDesk({ stripe, ...rest })
    const [plan] = rowsOf(desk, SAMPLE.current.email).flatMap((row) => row.plans)
    const product = (await everyItem(stripe.products.list())).find(({ name }) => name === plan)
    await stripe.products.update(product?.id ?? '', { name: 'Everything, always' })
    await sync(desk)
    expect(rowsOf(desk, SAMPLE.current.email)[0]?.plans).toEqual(['Everything, always'])
  })

  test('a person who is renamed, in the list and in the search', async () => {
    const { stripe, ...rest } = await openBackend()
    const desk = await loadedDesk({ stripe, ...rest })
    const { customer } = await findPerson(stripe, SAMPLE.current.email)
    await stripe.customers.update(customer.id, { name: 'Ingrid Zuckmayer', email: 'iz@example.org' })
    await sync(desk)
    expect(rowsOf(desk, 'zuckm').map(({ name, stripeCustomers }) => [name, stripeCustomers])).toEqual([
      ['Ingrid Zuckmayer', [customer.id]],
    ])
    expect(rowsOf(desk, 'solheim')).toEqual(rowsOf(desk, SAMPLE.current.email))
    expect(rowsOf(desk, 'iz@example.org')).toHaveLength(1)
  })
})

test('after 20 days the changes give the same rows as a full read, and the truth', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  await backend.sandbox.advance(20 * DAY)
  backend.proxy.requests.length = 0
  await sync(desk)
  // Hundreds of changed invoices are read as a list, not one by one.
  expect(backend.proxy.requests.filter((line) => line.startsWith('GET /v1/invoices/')).length).toBeLessThan(50)
  expect(backend.proxy.requests).toContain('GET /v1/invoices')
  expect(standings(desk)).toEqual(await truthOf(backend))
  const fresh = await syncedDesk(backend)
  // A first load leaves out old payments; the desk still has them from when they were new.
  const known = mirrored(fresh)
  expect(differing(mirrored(desk), known).filter((id) => known.has(id) || !id.startsWith('pi_'))).toEqual([])
  expect(derived(desk)).toEqual(derived(fresh))
  const { drift } = await desk.runner.run({ full: true })
  expect(drift).toBe(0)
  expect(derived(desk)).toEqual(derived(fresh))
})

test('after a gap longer than Stripe keeps its events everything is read again', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  await backend.sandbox.advance(29 * DAY + MINUTE)
  backend.proxy.requests.length = 0
  await sync(desk)
  expect(backend.proxy.requests).toEqual(expect.arrayContaining(['GET /v1/products', 'GET /v1/subscriptions']))
  expect(standings(desk)).toEqual(await truthOf(backend))
})

describe('a full sync', () => {
  test('finds no difference after ordinary ones', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    await signUp(backend.stripe, { name: 'Wilhelmina Prause', email: 'wp@example.org' })
    await sync(desk)
    expect((await desk.runner.run({ full: true })).drift).toBe(0)
  })

  test('mends what events never told, and counts it', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const { customer, subscription } = await findPerson(backend.stripe, SAMPLE.current.email)
    // A mirror that has drifted: a change that was lost, an object too many, one too few.
    desk.db.prepare("UPDATE stripe_customer SET name = 'X' WHERE id = ?").run(customer.id)
    desk.db.prepare('UPDATE stripe_subscription SET id = ? WHERE id = ?').run('sub_invented', subscription.id)
    await sync(desk)
    expect(mirrored(desk).get(customer.id)).toMatchObject({ name: 'X' })
    expect((await desk.runner.run({ full: true })).drift).toBe(3)
    expect(mirrored(desk).has('sub_invented')).toBe(false)
    expect(mirrored(desk).has(subscription.id)).toBe(true)
    expect(standings(desk)).toEqual(await truthOf(backend))
    expect((await desk.runner.run({ full: true })).drift).toBe(0)
  })
})

test('what a comparison found is told until the next night’s, whatever smaller ones find in between', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const deps = { ...desk.deps, live: { sync: desk.runner } } as unknown as DeskDeps
  const says = () => {
    const voice = { now: desk.deps.now(), zone: 'UTC', locale: 'en' }
    const line = syncLines(deps, voice).find(({ id }) => id === 'compared')
    return `${line?.state}: ${line?.says}`
  }
  const drifts = (id: string) => desk.db.prepare("UPDATE stripe_customer SET name = 'X' WHERE id = ?").run(id)
  const [one, other] = (await backend.stripe.customers.list({ limit: 2 })).data
  drifts(one?.id ?? '')
  expect((await sync(desk, true)).drift).toBe(1)
  expect(says()).toMatch(/^look: One thing differed/)
  await backend.sandbox.advance(7 * HOUR)
  expect((await sync(desk)).drift).toBe(0)
  expect(says()).toMatch(/^look: One thing differed/)
  drifts(other?.id ?? '')
  await backend.sandbox.advance(7 * HOUR)
  expect((await sync(desk)).drift).toBe(1)
  expect(says()).toMatch(/^look: 2 things differed/)
  await backend.sandbox.advance(7 * HOUR)
  expect((await sync(desk)).drift).toBe(0)
  expect(says()).toMatch(/^good: Nothing differed/)
})

test('invoices are compared at three in the morning of the space’s own zone, also after a night without the desk', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  writeSetting(desk.db, 'timeZone', 'America/Los_Angeles', backend.sandbox.now())
  const comparedAt = () => readSyncState(desk.db).invoicesAt
  const at = async (moment: string) => {
    await backend.sandbox.advance(Date.parse(moment) - backend.sandbox.now())
    const before = comparedAt()
    await sync(desk)
    return comparedAt() !== before
  }
  // The template was filled at 9:30 UTC, half past one in the morning there.
  expect(await at('2026-11-20T10:50:00Z')).toBe(false)
  expect(await at('2026-11-20T11:01:00Z')).toBe(true)
  expect(await at('2026-11-20T22:00:00Z')).toBe(false)
  expect(await at('2026-11-21T10:50:00Z')).toBe(false)
  expect(await at('2026-11-21T17:00:00Z')).toBe(true)
  expect(await at('2026-11-22T10:50:00Z')).toBe(false)
  expect(await at('2026-11-22T11:10:00Z')).toBe(true)
})

test('a comparison that somebody asks for begins anew, also after one that stopped half-way', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  backend.proxy.fate = (line) => (line === 'GET /v1/subscriptions' ? 'cut' : 'pass')
  await expect(sync(desk, true)).rejects.toThrow()
  // Of this one no event is ever seen, and its list was read before it was there.
  backend.sandbox.tell({ lost: 1 })
  const who = backend.sandbox.acts.createCustomer({ name: 'Unheard Of', email: 'unheard@example.org' })
  backend.proxy.fate = () => 'pass'
  await sync(desk, true)
  expect(mirrored(desk).get(who)).toMatchObject({ name: 'Unheard Of' })
})

test('a payment that is older than those that are read is read for the dispute of it, and says whose it is', async () => {
  const backend = await openBackend()
  const { acts } = backend.sandbox
  const who = acts.createCustomer({ name: 'Old Payer', email: 'old.payer@example.org' })
  acts.subscribe(who, acts.plans()[0] ?? '')
  await backend.sandbox.advance(100 * DAY)
  const [first] = acts.ids('charge').filter((id) => acts.record('charge', id).customer === who)
  acts.dispute(acts.record('charge', first ?? '').intent)
  const desk = await syncedDesk(backend)
  const [row] = disputesToLookAt(desk.db, backend.sandbox.now())
  expect(row?.memberId).toBe(rowsOf(desk, 'Old Payer')[0]?.id)
  expect(readSyncState(desk.db).lastCompleteAt).toBeDefined()
})

test('a dispute that an event tells of, of a payment older than those that are read, is told to staff by the next sync', async () => {
  const backend = await openBackend()
  const { acts } = backend.sandbox
  const who = acts.createCustomer({ name: 'Old Payer', email: 'old.payer@example.org' })
  acts.subscribe(who, acts.plans()[0] ?? '')
  await backend.sandbox.advance(100 * DAY)
  const desk = await syncedDesk(backend)
  const before = disputesToLookAt(desk.db, backend.sandbox.now()).length
  const [first] = acts.ids('charge').filter((id) => acts.record('charge', id).customer === who)
  acts.dispute(acts.record('charge', first ?? '').intent)
  await backend.sandbox.advance(MINUTE)
  await sync(desk)
  const told = disputesToLookAt(desk.db, backend.sandbox.now())
  expect(told).toHaveLength(before + 1)
  expect(told[0]?.memberId).toBe(rowsOf(desk, 'Old Payer')[0]?.id)
  expect(allMarked(desk.db, 'acct_1SandboxLatchkey')).toEqual([])
})

test('a price that no event told of is read for the subscription that sells it, and waits for a manager’s word', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const now = backend.sandbox.now()
  const account = 'acct_1SandboxLatchkey'
  for (const { id, recurring } of allPrices(desk.db, account))
    if (recurring) decidePrice(desk.db, { account, priceId: id, planId: null, at: now, operator: 'owner' })
  writeSetting(desk.db, 'mappingConfirmedAt', now, now)
  const port = portTo(backend)
  const events: typeof port.events = async (page) => {
    const feed = await port.events(page)
    return { ...feed, data: feed.data.filter(({ type }) => !/^(price|product|plan)\./.test(type)) }
  }
  desk.runner.setStripe({ ...port, events })
  const { acts } = backend.sandbox
  const price = acts.createPlan('Night member', 5_000)
  acts.subscribe(acts.createCustomer({ name: 'Payer Ofnew', email: 'new@example.org' }), price)
  await backend.sandbox.advance(MINUTE)
  await sync(desk)
  const { rows: waiting } = await listInbox(desk.deps, { kind: 'price-unmapped' })
  expect(waiting).toMatchObject([{ subject: price, sentence: expect.stringContaining('Night member') }])
  expect(allMarked(desk.db, account)).toEqual([])
})

test('a mirror that lacks columns is filled by one full read, which tells of no changes', async () => {
  const backend = await openBackend()
  const desk = await loadedDesk(backend)
  const before = [mirrored(desk), derived(desk)] as const
  writeSyncState(desk.db, { mirrorShape: 1 })
  desk.db.exec(
    "UPDATE stripe_subscription SET items = '[]', currency = ''; UPDATE stripe_customer SET fingerprint = 'x'",
  )
  const changes = () => desk.db.prepare('SELECT count(*) AS n FROM billing_change').get()
  const told = changes()
  expect((await sync(desk)).drift).toBeNull()
  expect(differing(mirrored(desk), before[0])).toEqual([])
  expect(derived(desk)).toEqual(before[1])
  expect(changes()).toEqual(told)
  backend.proxy.requests.length = 0
  await sync(desk)
  expect(backend.proxy.requests).toEqual(['GET /v1/events'])
})

describe('who is a person', () => {
  test('two customers with the same email and name are one person, other names at that address are others', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const before = status(desk.deps).members.total
    const { stripe } = backend
    const first = await signUp(stripe, { name: 'Zoë  Quandt', email: 'quandt@example.org' })
    const again = await signUp(stripe, { name: 'zoe quandt', email: ' Quandt@Example.org'.trim() })
    const brother = await signUp(stripe, { name: 'Till Quandt', email: 'quandt@example.org' })
    await sync(desk)
    const found = rowsOf(desk, 'quandt').map((row) => [row.name, row.stripeCustomers.toSorted()])
    expect(found).toEqual([
      ['Till Quandt', [brother]],
      [expect.stringMatching(/zo[eë] +quandt/i), [first, again].toSorted()],
    ])
    expect(status(desk.deps).members.total).toBe(before + 2)
  })

  test('a customer without a name joins the one person at that address', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const unnamed = await signUp(backend.stripe, { email: 'pryzby@example.org' })
    await sync(desk)
    expect(rowsOf(desk, 'pryzby')).toMatchObject([{ name: 'pryzby@example.org', stripeCustomers: [unnamed] }])
    const named = await signUp(backend.stripe, { name: 'Olga Pryzby', email: 'pryzby@example.org' })
    await sync(desk)
    expect(rowsOf(desk, 'pryzby')).toMatchObject([{ name: 'Olga Pryzby', stripeCustomers: [unnamed, named] }])
  })

  test('the name of somebody with two customers does not depend on which was read last', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const { stripe } = backend
    const old = await signUp(stripe, { name: 'Zoë Quandt', email: 'quandt@example.org' })
    await backend.sandbox.advance(MINUTE)
    await signUp(stripe, { name: 'ZOE QUANDT', email: 'quandt@example.org' })
    await sync(desk)
    await stripe.customers.update(old, { name: 'Zoë Emilia Quandt', phone: '+493023125777' })
    await sync(desk)
    const before = derived(desk).people
    await desk.runner.deriveAll()
    expect(derived(desk).people).toEqual(before)
    expect(rowsOf(desk, '3023125777').map(({ name }) => name)).toEqual(['ZOE QUANDT'])
  })

  test('who only ever bought day passes is nobody', async () => {
    const desk = await loadedDesk(await openBackend())
    expect(rowsOf(desk, SAMPLE.dayPass.email)).toEqual([])
    expect(JSON.stringify([...mirrored(desk).values()])).toContain(SAMPLE.dayPass.email)
  })

  test('who has no email and no name at Stripe has a row to be found by all the same', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const id = await signUp(backend.stripe, {})
    await sync(desk)
    expect(rowsOf(desk, 'No name')).toMatchObject([{ stripeCustomers: [id], emails: [] }])
    await backend.stripe.customers.update(id, { email: 'late@example.org' })
    await sync(desk)
    expect(rowsOf(desk, 'late')).toMatchObject([{ name: 'late@example.org', stripeCustomers: [id] }])
  })
})

describe('what is derived', () => {
  test('can be thrown away and derived again from the mirror', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    await backend.sandbox.advance(8 * DAY)
    await sync(desk)
    const before = derived(desk)
    const revision = () => (desk.db.prepare('SELECT n FROM revision').get() as { n: number }).n
    const at = revision()
    await desk.runner.deriveAll()
    expect(derived(desk)).toEqual(before)
    expect(revision()).toBe(at)

    desk.db.exec('DELETE FROM entitlement')
    expect(derived(desk)).not.toEqual(before)
    await desk.runner.deriveAll()
    expect(derived(desk)).toEqual(before)
  })

  test('can be rebuilt with people and plans too, ids aside', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const before = derived(desk)
    desk.db.exec(`DELETE FROM entitlement; DELETE FROM membership_cover; DELETE FROM membership; DELETE FROM plan;
      DELETE FROM member_customer; DELETE FROM member_email; DELETE FROM member_search; DELETE FROM member`)
    await desk.runner.deriveAll()
    expect(derived(desk)).toEqual(before)
  })
})

describe('a first load that is killed', () => {
  /** Never goes on, at the n-th page or the n-th breath after it: as a process that is gone. */
  const gone = () => new Promise<never>(() => undefined)

  test.each([
    ['at its second page', 2, Number.POSITIVE_INFINITY],
    ['when subscriptions are stored', 9, Number.POSITIVE_INFINITY],
    ['when all is stored but the last kind', 20, Number.POSITIVE_INFINITY],
    ['between two chunks of people', Number.POSITIVE_INFINITY, 2],
  ])('%s is made good by the next desk on the same data', async (_, page, chunk) => {
    const backend = await openBackend()
    const db = newDatabase()
    let pages = 0
    let breaths = 0
    let killed = () => {}
    const stopped = new Promise<void>((resolve) => {
      killed = resolve
    })
    const sleep = () => {
      // The derivation breathes after the last page.
      const deriving = db.prepare('SELECT 1 FROM entitlement').get() !== undefined
      if (!deriving || ++breaths < chunk) return Promise.resolve()
      killed()
      return gone()
    }
    const port = portTo(backend)
    const list: typeof port.list = (kind, from) => {
      if (++pages <= page) return port.list(kind, from)
      killed()
      return gone()
    }
    const first = openDesk(backend, db, { sleep })
    first.runner.setStripe({ ...port, list })
    await stopped
    first.abandon()
    expect(readFreshFrom(db)).toBeNull()

    const second = openDesk(backend, db)
    second.runner.setStripe(portTo(backend))
    await sync(second)
    const whole = await loadedDesk(backend)
    expect(differing(mirrored(second), mirrored(whole))).toEqual([])
    expect(derived(second)).toEqual(derived(whole))
  })
})

describe('when several ask at once', () => {
  test('those who wait share one sync, and one that asks for more gets its own', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    const running = sync(desk)
    await Promise.resolve()
    const waiting = [sync(desk), sync(desk)]
    const full = desk.runner.run({ full: true })
    const joined = sync(desk)
    expect(waiting[0]).toBe(waiting[1])
    expect(waiting[0]).not.toBe(running)
    expect(joined).toBe(full)
    backend.proxy.requests.length = 0
    await Promise.all([running, ...waiting, full])
    // The feed is read once by each of the first two, and before and after the lists by the full one.
    expect(backend.proxy.requests.filter((line) => line === 'GET /v1/events')).toHaveLength(4)
    expect((await full).drift).toBe(0)
  })

  test('`sync --wait` tells what changed, and nothing is written to the log of actions', async () => {
    const backend = await openBackend()
    const desk = await loadedDesk(backend)
    await signUp(backend.stripe, { name: 'Wilhelmina Prause', email: 'wp@example.org' })
    // biome-ignore lint/suspicious/noExplicitAny: of what only a running desk has, this use case takes the runner alone
    const deps = { ...desk.deps, live: { sync: desk.runner } as any }
    const answer = await syncNow(deps, { wait: true })
    expect(answer).toMatchObject({
      ok: true,
      value: { customers: 1, subscriptions: 1, invoices: 1, paymentIntents: 1, products: 0, prices: 0, drift: null },
    })
    expect(await syncNow(deps, {})).toEqual({ ok: true, value: null })
    expect(await syncNow(deps, { wait: true, full: true })).toMatchObject({ ok: true, value: { drift: 0 } })
    expect(desk.db.prepare('SELECT count(*) AS n FROM action').get()).toEqual({ n: 0 })
  })
})
