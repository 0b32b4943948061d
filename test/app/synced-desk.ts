// A desk's database and its sync, pointed at a sandbox: the real client, real HTTP, real SQLite, the sandbox's clock.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Stripe from 'stripe'
import type { ReadDeps } from '../../src/main/app/deps.ts'
import { listMembers } from '../../src/main/app/member-views.ts'
import { createSyncRunner, type SyncDeps, type SyncRunner } from '../../src/main/app/sync-runner.ts'
import { BILLING_KINDS } from '../../src/main/domain/billing.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import type { Standing } from '../../src/main/domain/standing.ts'
import { MINUTE } from '../../src/main/domain/time.ts'
import { type Sandbox, startSandbox } from '../../src/main/sandbox/stripe-server.ts'
import { openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { createLimiter } from '../../src/main/stripe/limiter.ts'
import type { StripePort } from '../../src/main/stripe/port.ts'
import { closeAfterEachTest } from '../closing.ts'
import { MIGRATIONS, openNew } from '../store/folder.ts'
import { type StripeProxy, startProxy } from './stripe-proxy.ts'

const START = Date.UTC(2026, 10, 20, 9, 30)

const closing: (() => unknown)[] = []
closeAfterEachTest(closeAll)

async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}

/** A sandbox, the SDK to change things there, and a proxy that can fail. */
export type Backend = { sandbox: Sandbox; stripe: Stripe; proxy: StripeProxy }

/** Everybody who is a case, and few others. */
const PEOPLE = 160

/** Always the same people and ids, or nobody; its clock starts one minute after that of the template. */
export async function openBackend(after = MINUTE, people = PEOPLE): Promise<Backend> {
  // Its clock stands until it is there: every backend begins at the same second, however long a busy machine takes.
  let begun: number | null = null
  const realNow = () => (begun === null ? START : START + Math.floor(performance.now() - begun) + after)
  const sandbox = await startSandbox({ port: 0, seed: 1, stateFile: null, realNow, people })
  begun = performance.now()
  const proxy = await startProxy(sandbox.url)
  closing.push(() => sandbox.close(), proxy.close)
  const { hostname, port } = new URL(sandbox.url)
  const stripe = new Stripe(sandbox.key, { host: hostname, port, protocol: 'http', telemetry: false })
  return { sandbox, stripe, proxy }
}

export function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-app-'))
  closing.push(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function newDatabase(copyOf?: Buffer): WriteDb {
  const folder = newFolder()
  if (copyOf !== undefined) fs.writeFileSync(path.join(folder, 'desk.db'), copyOf)
  const db = copyOf === undefined ? openNew(folder) : openForWriting(folder, 'desk', MIGRATIONS)
  closing.push(() => db.close())
  return db
}

export function portTo(
  { sandbox, proxy }: Backend,
  key = sandbox.key,
  now = sandbox.now,
  base = proxy.url,
): StripePort {
  // Waits between tries are told of elsewhere; here nobody waits for them.
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 5)))
  const limiter = createLimiter({
    pace: { from: 5_000, to: 5_000, endpoint: null },
    now: () => performance.now(),
    random: Math.random,
    sleep,
  })
  return createStripeClient({ key, base, limiter, sleep, now })
}

export type SyncedDesk = {
  db: WriteDb
  runner: SyncRunner
  deps: ReadDeps
  /** What was logged, and how often screens were told of members. */
  log: string[]
  told: { members: number; reports: number }
  /** Leaves it as a process that is gone leaves it: nobody waits for its end. */
  abandon: () => void
}

/** Nothing is synced before `runner.setStripe`. */
export function openDesk({ sandbox }: Backend, db = newDatabase(), change: Partial<SyncDeps> = {}): SyncedDesk {
  const log: string[] = []
  const told = { members: 0, reports: 0 }
  const runner = createSyncRunner({
    db,
    now: sandbox.now,
    newId: () => uuidv7(sandbox.now(), randomBytes(10)),
    origin: 'desk',
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    log: (line) => log.push(line),
    onReport: () => {
      told.reports += 1
    },
    onMembers: () => {
      told.members += 1
    },
    ...change,
  })
  const stop = () => runner.stop()
  closing.push(stop)
  const deps = { version: 'test', desk: db, access: null, report: null, deskId: 'desk', now: sandbox.now, live: null }
  return { db, runner, deps, log, told, abandon: () => void closing.splice(closing.indexOf(stop), 1) }
}

let template: Buffer | undefined

/** For `beforeAll`: one first load for all the files that a worker runs, of which every `loadedDesk` is a copy. */
export async function makeTemplate(): Promise<void> {
  if (template !== undefined) return
  const backend = await openBackend(0)
  const desk = await syncedDesk(backend)
  template = desk.db.serialize()
  await closeAll()
}

/** A desk that had its first load a minute ago, and its first sync after a restart now. */
export async function loadedDesk(backend: Backend, change: Partial<SyncDeps> = {}): Promise<SyncedDesk> {
  const desk = openDesk(backend, newDatabase(template), change)
  desk.runner.setStripe(portTo(backend))
  await desk.runner.run({ full: false })
  return desk
}

/** A desk after its first load from Stripe as it is now. */
export async function syncedDesk(backend: Backend): Promise<SyncedDesk> {
  const desk = openDesk(backend)
  desk.runner.setStripe(portTo(backend))
  await desk.runner.run({ full: false })
  return desk
}

/** The standing of the person behind each Stripe customer. */
export function standings({ deps }: SyncedDesk): Map<string, Standing> {
  return new Map(
    listMembers(deps, {}).rows.flatMap((row) =>
      row.stripeCustomers.map((id): [string, Standing] => [id, row.standing]),
    ),
  )
}

/** Everything that is derived, without the ids that each database makes for itself. */
export function derived({ db, deps }: SyncedDesk) {
  const entitlements = db
    .prepare(
      `SELECT m.subscription_id, p.product_id, p.name AS plan, e.phase, e.paid_until, e.grace_start, e.grace_until,
         e.debit_processing, e.known_end, e.allowance, e.unpaid, e.method, e.frozen_open, e.flag, e.provisional_until, e.cause
       FROM entitlement e JOIN membership m ON m.id = e.membership_id JOIN plan p ON p.id = e.plan_id
       ORDER BY m.subscription_id`,
    )
    .all()
  const people = listMembers(deps, {})
    .rows.map(({ id: _, emails, stripeCustomers, ...row }) => ({
      ...row,
      emails: emails.toSorted(),
      stripeCustomers: stripeCustomers.toSorted(),
    }))
    .toSorted((a, b) => String(a.stripeCustomers).localeCompare(String(b.stripeCustomers)))
  return { entitlements, people }
}

/** The mirror's rows that Stripe still has: the columns that rules read, by id. */
export function mirrored({ db }: SyncedDesk): Map<string, object> {
  return new Map(
    BILLING_KINDS.flatMap((kind) => {
      const rows = db.prepare(`SELECT * FROM stripe_${kind} WHERE deleted_at IS NULL`).all() as Row[]
      return rows.map(({ fetched_at: _, seen_run: __, ...row }): [string, object] => [row.id, row])
    }),
  )
}

/** Ids of what is not the same in both; comparing thousands of rows by `toEqual` takes seconds. */
export function differing(a: Map<string, object>, b: Map<string, object>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((id) => !isDeepStrictEqual(a.get(id), b.get(id)))
}

type Row = { id: string; fetched_at: number; seen_run: number }

export async function everyItem<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

/** Somebody new at Stripe, with a card that works and a plan. */
export async function signUp(stripe: Stripe, person: { name?: string; email?: string }): Promise<string> {
  const plan = (await stripe.prices.list({ type: 'recurring', active: true, limit: 1 })).data[0]
  if (plan === undefined) throw new Error('the sandbox sells no plan')
  const { id } = await stripe.customers.create(person)
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } })
  await stripe.subscriptions.create({ customer: id, items: [{ price: plan.id }] })
  return id
}

/** The one customer and subscription of a sample person. */
export async function findPerson(stripe: Stripe, email: string) {
  const customer = (await stripe.customers.list({ email })).data[0]
  if (customer === undefined) throw new Error(`no customer with ${email}`)
  const subscription = (await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data[0]
  if (subscription === undefined) throw new Error(`no subscription of ${email}`)
  return { customer, subscription }
}
