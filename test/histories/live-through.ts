// Lives one history through and says where the desk and the truth differ; an empty list is right.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createSyncRunner, type SyncRunner } from '../../src/main/app/sync-runner.ts'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import { DAY, MINUTE, SECOND } from '../../src/main/domain/time.ts'
import { readSyncState } from '../../src/main/store/billing-inbox.ts'
import { openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { createStripeClient } from '../../src/main/stripe/client.ts'
import { createLimiter } from '../../src/main/stripe/limiter.ts'
import { type StripePort, StripeTrouble } from '../../src/main/stripe/port.ts'
import { INTENT_WINDOW } from '../../src/main/stripe/read-all.ts'
import { receiveEvents } from '../../src/main/stripe/read-changes.ts'
import { naiveStandings } from '../app/naive-standing.ts'
import { derived, differing, mirrored, type SyncedDesk, standings } from '../app/synced-desk.ts'
import { MIGRATIONS, openNew } from '../store/folder.ts'
import { type Mortal, mortal } from './mortal-db.ts'
import { type Shaky, shakyPort } from './shaky-port.ts'
import type { History, Step } from './steps.ts'
import { openStripeWorld, type StripeWorld } from './stripe-world.ts'

/** Events show up within this time; a desk that looks after it has seen everything that was not lost. */
const LATEST_EVENT = 20 * SECOND

/** Whoever has left Stripe before the desk read of them has no name from there, and keeps the one they have. */
const NAMED_THERE = `IN (SELECT m.rowid FROM member m JOIN member_customer l ON l.member_id = m.id
  JOIN stripe_customer c ON c.account = l.account AND c.id = l.customer_id)`

/** What is thrown away and derived again, by turns: what doors read; all that people, who are facts, have from Stripe. */
const REBUILT = [
  ['rights', 'DELETE FROM entitlement; DELETE FROM membership_plan; DELETE FROM late_payment'],
  [
    'memberships, plans, names and the search',
    `DELETE FROM entitlement; DELETE FROM membership_plan; DELETE FROM late_payment; DELETE FROM membership_cover; DELETE FROM membership;
     DELETE FROM plan; DELETE FROM member_search WHERE rowid ${NAMED_THERE};
     UPDATE member SET name = 'thrown away', name_key = NULL WHERE rowid ${NAMED_THERE}`,
  ],
] as const

type Life = {
  world: StripeWorld
  /** How far this computer's clock is ahead of the true time. */
  clock: { ahead: number; now: () => number }
  real: StripePort
  folder: string
  db: WriteDb
  mortal: Mortal
  shaky: Shaky
  runner: SyncRunner
  /** Events that are never shown, beyond those that were shown already. */
  toLose: number
  lostAny: boolean
}

/** What differs at the end, in words; each word is a fault of the desk. */
export async function liveThrough(history: History): Promise<string[]> {
  const world = await openStripeWorld(history.seed)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-history-'))
  const clock = { ahead: 0, now: () => world.sandbox.now() + clock.ahead }
  const real = portTo(world, clock.now)
  const db = openNew(folder)
  const life: Life = { world, clock, real, folder, toLose: 0, lostAny: false, ...openDesk(world, real, clock.now, db) }
  try {
    await sync(life, false)
    for (const step of history.steps) await take(life, step)
    await settle(life)
    return await faults(life, history.seed)
  } finally {
    await life.runner.stop()
    life.db.close()
    await world.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** As in live mode, where lists are read beside each other. */
function portTo({ sandbox }: StripeWorld, now: () => number): StripePort {
  const sleep = () => new Promise<void>((resolve) => setImmediate(resolve))
  const limiter = createLimiter({
    pace: { from: 1e9, to: 1e9, endpoint: 1e9 },
    now: () => performance.now(),
    random: Math.random,
    sleep,
  })
  return createStripeClient({ key: sandbox.key, base: sandbox.url, limiter, sleep, now })
}

/** A desk that is just started on this database. */
function openDesk(world: StripeWorld, real: StripePort, now: () => number, opened: WriteDb, lost?: Set<string>) {
  const shaky = shakyPort(real, world.sandbox.now, ({ id }) => lateness(id))
  const mortality = mortal(opened)
  const { db } = mortality
  for (const id of lost ?? []) shaky.lost.add(id)
  const runner = createSyncRunner({
    db,
    now,
    newId: () => uuidv7(now(), randomBytes(10)),
    origin: 'desk',
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    // So that it may die between two of them.
    chunk: 1,
    log: () => undefined,
    onReport: () => undefined,
    onMembers: () => undefined,
  })
  runner.setStripe(shaky.port)
  return { db, mortal: mortality, shaky, runner }
}

/** Up to 20 s, the same for the same event. */
function lateness(id: string): number {
  const sum = [...id].reduce((total, letter) => total * 31 + letter.charCodeAt(0), 7)
  return (sum % 4) * (LATEST_EVENT / 4)
}

async function take(life: Life, step: Step): Promise<void> {
  const { world } = life
  switch (step.do) {
    case 'sign-up':
      return world.signUp(step.who, step.plan, step.card, step.trial)
    case 'deed':
      return world.deed(step.who, step.deed, step.plan)
    case 'rename-plan':
      return world.renamePlan(step.plan)
    case 'wait':
      return world.wait(step.ms)
    case 'lose':
      life.toLose += step.count
      return
    case 'webhook':
      return bring(life, step.picks)
    case 'sync': {
      await loseSome(life)
      life.shaky.spoil(step.trouble)
      life.mortal.dieAfter(step.trouble?.kind === 'dies-writing' ? step.trouble.at : null)
      await sync(life, step.full)
      life.shaky.spoil(null)
      if (life.shaky.wasKilled() || life.mortal.isDead()) restart(life)
      else life.mortal.dieAfter(null)
      return
    }
    case 'clock':
      life.clock.ahead = step.ahead
      return
  }
}

/** A sync that fails has failed; one that is killed never ends, and nobody waits for it. */
async function sync({ runner, shaky }: Life, full: boolean): Promise<void> {
  let ended = false
  const end = runner
    .run({ full })
    .catch((error) => {
      if (!(error instanceof StripeTrouble)) throw error
    })
    .finally(() => {
      ended = true
    })
  const killed = (async () => {
    while (!ended && !shaky.wasKilled()) await new Promise((resolve) => setImmediate(resolve))
  })()
  await Promise.race([end, killed])
}

/** The process is gone, its database stays as it was on disk. */
function restart(life: Life): void {
  void life.runner.stop()
  life.db.close()
  const db = openForWriting(life.folder, 'desk', MIGRATIONS)
  Object.assign(life, openDesk(life.world, life.real, life.clock.now, db, life.shaky.lost))
}

/** Of the events that nobody has seen yet, the oldest are lost. */
async function loseSome(life: Life): Promise<void> {
  if (life.toLose === 0) return
  const known = new Set((life.db.prepare('SELECT id FROM billing_event').all() as { id: string }[]).map(({ id }) => id))
  const unseen = (await latestEvents(life)).filter(({ id }) => !known.has(id) && !life.shaky.lost.has(id))
  for (const { id } of unseen.slice(-life.toLose)) {
    life.shaky.lost.add(id)
    life.toLose -= 1
    life.lostAny = true
  }
}

async function latestEvents(life: Life) {
  return (await life.real.events({ createdFrom: 0 })).data
}

/** As a webhook brings them: any of the latest, in any order, some of them twice. */
async function bring(life: Life, picks: readonly number[]): Promise<void> {
  const { db } = life
  const { account } = readSyncState(db)
  if (account === undefined) return
  const events = await latestEvents(life)
  const receivedAt = life.clock.now()
  const brought = picks.flatMap((pick) => events[pick] ?? []).filter(({ id }) => !life.shaky.lost.has(id))
  receiveEvents(db, brought, { account, source: 'webhook', receivedAt })
}

/** Everything works again, also the clock, and time goes on a little: then one sync, or a full one where events were lost. */
async function settle(life: Life): Promise<void> {
  life.clock.ahead = 0
  await life.world.wait(MINUTE)
  await life.runner.run({ full: life.lostAny })
}

async function faults(life: Life, seed: number): Promise<string[]> {
  const { world, db } = life
  const found: string[] = []
  const now = world.sandbox.now
  const seen: SyncedDesk = deskOf(life)
  // The same Stripe, read at once by a desk that knows nothing.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-truth-'))
  const other = openDesk(world, life.real, world.sandbox.now, openNew(folder))
  try {
    await other.runner.run({ full: false })
    const truth = deskOf({ ...life, ...other })
    const wrong = differing(known(seen), known(truth))
    if (wrong.length > 0) found.push(`the mirror differs from Stripe in ${wrong.join(', ')}`)
  } finally {
    await other.runner.stop()
    other.db.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  const naive = await naiveStandings(world.sandbox.url, world.sandbox.key, now())
  for (const [customer, word] of standings(seen))
    if (naive.has(customer) && naive.get(customer) !== word)
      found.push(`${customer} is ${word} and should be ${naive.get(customer)}`)
  for (const customer of naive.keys()) if (!standings(seen).has(customer)) found.push(`${customer} is nobody here`)

  for (const [what, throwAway] of REBUILT.filter((_, turn) => turn === seed % REBUILT.length)) {
    const before = allDerived(seen)
    db.exec(throwAway)
    if (isDeepStrictEqual(allDerived(seen), before) && before.entitlements.length > 0)
      found.push(`${what} were not thrown away`)
    await life.runner.deriveAll()
    if (!isDeepStrictEqual(allDerived(seen), before)) found.push(`${what} derived again from what is stored differ`)
  }
  const waiting = db.prepare('SELECT count(*) AS n FROM billing_event WHERE applied_at IS NULL').get() as { n: number }
  if (waiting.n > 0) found.push(`${waiting.n} events still wait`)
  const marked = db.prepare('SELECT count(*) AS n FROM billing_dirty').get() as { n: number }
  if (marked.n > 0) found.push(`${marked.n} objects are still marked`)
  return found
}

/** Of one subscription's plans none is first but by ids that every database makes for itself. */
function allDerived(desk: SyncedDesk) {
  const { entitlements, people } = derived(desk)
  const search = desk.db.prepare('SELECT rowid, name, emails, phone, cards FROM member_search ORDER BY rowid').all()
  const late = desk.db
    .prepare(
      `SELECT s.subscription_id, l.* FROM late_payment l JOIN membership s ON s.id = l.membership_id ORDER BY l.account, l.invoice_id`,
    )
    .all()
    .map((one) => ({ ...(one as object), membership_id: null }))
  return { entitlements, people: people.map((row) => ({ ...row, plans: row.plans.toSorted() })), search, late }
}

/** Payments so old that a first load leaves them out are no difference. */
function known(desk: SyncedDesk): Map<string, object> {
  const from = desk.deps.now() - INTENT_WINDOW + DAY
  const old = ([id, row]: [string, object]) => id.startsWith('pi_') && 'created' in row && Number(row.created) < from
  return new Map([...mirrored(desk)].filter((entry) => !old(entry)))
}

function deskOf({ db, runner, world }: Pick<Life, 'db' | 'runner' | 'world'>): SyncedDesk {
  const { now } = world.sandbox
  const deps = { version: 'test', desk: db, access: null, report: null, deskId: 'desk', now, live: null }
  return { db, runner, deps, log: [], told: { members: 0, reports: 0 }, abandon: () => undefined }
}
