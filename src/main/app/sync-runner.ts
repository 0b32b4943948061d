// Keeps the mirror up to date: one sync at a time, every 12 s, and says how it stands (flow 2, first half).
import type { NewId } from '../domain/ids.ts'
import { type Ms, SECOND } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { allSubscriptionIds, customerById, subscriptionById } from '../store/billing-objects.ts'
import { holdPlace } from '../store/entitlements.ts'
import { commitLater, type WriteDb } from '../store/open.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import type { MirrorTally } from '../stripe/mirror.ts'
import { type StripePort, StripeTrouble } from '../stripe/port.ts'
import { readOrder } from '../stripe/read-order.ts'
import { identifyAccount } from '../stripe/same-account.ts'
import type { DeriveDeps } from './derive-deps.ts'
import { deriveSubscription } from './derive-entitlements.ts'
import { deriveAllManual } from './derive-manual.ts'
import { ensureMembership } from './derive-membership.ts'
import { type SyncOutcome, syncOnce } from './sync-once.ts'

const EVERY = 12 * SECOND
/** A few milliseconds, so that no screen waits behind them. */
const CHUNK = 40

export type SyncPhase = 'no-key' | 'first-load' | 'syncing' | 'idle' | 'offline' | 'failed' | 'stopped'

export type SyncReport = {
  phase: SyncPhase
  error: string | null
  offlineSince: Ms | null
  /** Days of silence that the full read which is under way makes up for. */
  gapDays: number | null
  progress: { step: string; read: number } | null
}

export type SyncRunner = {
  report(): SyncReport
  /** Runs one sync, or joins the one that waits; rejects with StripeTrouble where Stripe failed.
   * `through` lets the port be watched for this one run, which then joins no other. */
  run(options: { full: boolean; through?: (port: StripePort) => StripePort }): Promise<SyncOutcome>
  /** The one that is in use. */
  stripe(): StripePort | null
  /** A new key: null stops syncing and says that one is missing. */
  setStripe(stripe: StripePort | null, error?: string): void
  /** Policy changed: every entitlement is derived again from what is stored. */
  deriveAll(): Promise<void>
  stop(): Promise<void>
}

export type SyncDeps = {
  db: WriteDb
  now: () => Ms
  newId: NewId
  origin: string
  sleep: (ms: number) => Promise<void>
  /** Subscriptions derived at a stretch; left out, as many as hold nobody up. */
  chunk?: number
  log: (line: string, error?: unknown) => void
  onReport: () => void
  /** Standing, names or doors of people may have changed. */
  onMembers: () => void
}

export function createSyncRunner(deps: SyncDeps): SyncRunner {
  const { db, now, chunk = CHUNK } = deps
  const order = readOrder(db, now)
  let stripe: StripePort | null = null
  let report: SyncReport = { phase: 'no-key', error: null, offlineSince: null, gapDays: null, progress: null }
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | null = null
  let running: Promise<unknown> = Promise.resolve()
  // Asked once for each key.
  let identified: { port: StripePort; account: string } | null = null
  let waiting: { full: boolean; result: Promise<SyncOutcome> } | null = null
  // What a sync that failed or was killed had stored, nobody derived: the next one that ends well derives everything.
  let everythingOwed = true

  function say(change: Partial<SyncReport>): void {
    const next = { ...report, ...change }
    if (JSON.stringify(next) === JSON.stringify(report)) return
    report = next
    deps.onReport()
  }

  async function syncNow(
    port: StripePort,
    full: boolean,
    through: (port: StripePort) => StripePort,
  ): Promise<SyncOutcome> {
    // A guided change of the account forgets it.
    const inUse = readSyncState(db).account
    if (identified?.port !== port || identified.account !== inUse)
      identified = { port, account: await identifyAccount(db, port, now()) }
    const { account } = identified
    return syncOnce({
      db,
      stripe: through(port),
      account,
      full,
      now,
      order,
      breathe: () => deps.sleep(0),
      onStep: ({ first, gapDays, kind, read }) =>
        say({ phase: first ? 'first-load' : 'syncing', gapDays, progress: { step: kind, read } }),
      derive: (tally, everything) => derive(account, tally, everything),
      meetPeople: () =>
        inChunks(account, allSubscriptionIds(db, account), (deriving, id) => {
          const subscription = subscriptionById(db, account, id)
          if (subscription === null) return
          const customer = customerById(db, account, subscription.customerId)
          const membership = ensureMembership(deriving, subscription, customer)
          if (membership) holdPlace(db, membership.id, membership.planId)
        }),
    })
  }

  async function derive(account: string, tally: MirrorTally, everything: boolean): Promise<void> {
    const all = everything || everythingOwed || tally.plans.size > 0
    const ids = all ? allSubscriptionIds(db, account) : [...tally.touched]
    await inChunks(account, ids, deriveSubscription)
    if (ids.length > 0) deps.onMembers()
    everythingOwed = false
    tally.plans.clear()
    tally.touched.clear()
  }

  /** Others come in between. Should a power cut take the last of it: whoever starts derives everything. */
  async function inChunks(
    account: string,
    ids: readonly string[],
    work: (deriving: DeriveDeps, id: string) => void,
    commit = (chunk: () => void) => commitLater(db, chunk),
  ): Promise<void> {
    for (let start = 0; start < ids.length; start += chunk) {
      const policy = policyFrom(readSettings(db))
      const deriving = { db, account, policy, now: now(), newId: deps.newId, origin: deps.origin, sold: new Map() }
      commit(() => {
        for (const id of ids.slice(start, start + chunk)) work(deriving, id)
      })
      await deps.sleep(0)
    }
  }

  async function attempt(full: boolean, through: (port: StripePort) => StripePort): Promise<SyncOutcome> {
    const port = stripe
    // While it runs another key may come, whose state is not this run's to tell.
    const tell = (change: Partial<SyncReport>) => {
      if (stripe === port) say(change)
    }
    if (port === null)
      throw new StripeTrouble('key', report.error ?? 'There is no Stripe key yet: put one into Settings, under Stripe.')
    try {
      if (report.phase !== 'idle')
        say({ phase: readSyncState(db).lastCompleteAt === undefined ? 'first-load' : 'syncing' })
      const result = await syncNow(port, full, through)
      tell({ phase: 'idle', error: null, offlineSince: null, gapDays: null, progress: null })
      // Even where no word changed the data is fresher now, and the lamp shows its age.
      deps.onReport()
      return result
    } catch (error) {
      const trouble =
        error instanceof StripeTrouble
          ? error
          : new StripeTrouble(
              'reply',
              'The sync stopped half-way; nothing stored is lost. Latchkey tries again by itself.',
              error,
            )
      everythingOwed = true
      deps.log(`Syncing with Stripe: ${trouble.message}`, trouble.cause ?? error)
      const offline = trouble.kind === 'offline'
      tell({
        phase: offline ? 'offline' : 'failed',
        error: trouble.message,
        progress: null,
        offlineSince: offline ? (report.offlineSince ?? now()) : null,
      })
      throw trouble
    }
  }

  function plan(): void {
    if (timer !== null) clearTimeout(timer)
    timer =
      stopped || stripe === null
        ? null
        : setTimeout(() => void runner.run({ full: false }).catch(() => undefined), EVERY)
  }

  const runner: SyncRunner = {
    report: () => report,
    stripe: () => stripe,
    run({ full, through }) {
      if (through === undefined && waiting !== null && (waiting.full || !full)) return waiting.result
      const begin = () => {
        if (waiting?.result === result) waiting = null
        return attempt(full, through ?? ((port) => port))
      }
      const result: Promise<SyncOutcome> = running.then(begin).finally(plan)
      waiting = { full, result }
      running = result.catch(() => undefined)
      return result
    },
    setStripe(port, error) {
      stripe = port
      if (port === null) {
        say({
          phase: error === undefined ? 'no-key' : 'failed',
          error: error ?? 'There is no Stripe key yet: put one into Settings, under Stripe.',
          offlineSince: null,
          progress: null,
        })
        plan()
      } else {
        say({ phase: 'syncing', error: null })
        void runner.run({ full: false }).catch(() => undefined)
      }
    },
    async deriveAll() {
      const policy = policyFrom(readSettings(db))
      db.transaction(() => deriveAllManual(db, policy, now())).immediate()
      const { account } = readSyncState(db)
      if (account === undefined) return
      const commit = (chunk: () => void) => db.transaction(chunk).immediate()
      await inChunks(account, allSubscriptionIds(db, account), deriveSubscription, commit)
      deps.onMembers()
    },
    async stop() {
      stopped = true
      stripe = null
      plan()
      // A request that hangs must not keep the program from ending.
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 2 * SECOND).unref())])
    },
  }
  return runner
}
