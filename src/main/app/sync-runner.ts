// Keeps the mirror up to date: one sync at a time, every 12 s, and says how it stands (flow 2, first half).
import type { NewId } from '../domain/ids.ts'
import { DAY, type Ms, SECOND } from '../domain/time.ts'
import { dirtyObjects, readSyncState, writeSyncState } from '../store/billing-inbox.ts'
import { allSubscriptionIds } from '../store/billing-objects.ts'
import type { WriteDb } from '../store/open.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import { emptyTally, type MirrorTally } from '../stripe/mirror.ts'
import { type StripePort, StripeTrouble } from '../stripe/port.ts'
import { type ReadAllDeps, readAll } from '../stripe/read-all.ts'
import { OVERLAP, readDirty, readEvents, settleMarked } from '../stripe/read-changes.ts'
import { identifyAccount } from '../stripe/same-account.ts'
import { deriveSubscription } from './derive-entitlements.ts'

const EVERY = 12 * SECOND
/** Stripe keeps events for 30 days; past this gap the feed may have holes and everything is read. */
const LONGEST_GAP = 29 * DAY
const CHUNK = 100

export type SyncPhase = 'no-key' | 'first-load' | 'syncing' | 'idle' | 'offline' | 'failed' | 'stopped'

export type SyncReport = {
  phase: SyncPhase
  error: string | null
  offlineSince: Ms | null
  progress: { step: string; read: number } | null
}

/** `drift`: objects that a full read found to differ from the mirror; null where nothing was compared. */
export type SyncResult = { tally: MirrorTally; drift: number | null }

export type SyncRunner = {
  report(): SyncReport
  /** Runs one sync, or joins the one that waits; rejects with StripeTrouble where Stripe failed. */
  run(options: { full: boolean }): Promise<SyncResult>
  /** A new key: null stops syncing and says that one is missing. */
  setStripe(stripe: StripePort | null, error?: string): void
  /** Policy changed: every entitlement is derived again from what is stored. */
  deriveAll(): void
  stop(): Promise<void>
}

export type SyncDeps = {
  db: WriteDb
  now: () => Ms
  newId: NewId
  origin: string
  sleep: (ms: number) => Promise<void>
  log: (line: string, error?: unknown) => void
  onReport: () => void
  /** Standing, names or doors of people may have changed. */
  onMembers: () => void
}

export function createSyncRunner(deps: SyncDeps): SyncRunner {
  const { db, now } = deps
  let stripe: StripePort | null = null
  let report: SyncReport = { phase: 'no-key', error: null, offlineSince: null, progress: null }
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | null = null
  let running: Promise<unknown> = Promise.resolve()
  // Asked once for each key.
  let identified: { port: StripePort; account: string } | null = null
  let waiting: { full: boolean; result: Promise<SyncResult> } | null = null
  // What a sync that failed or was killed had stored, nobody derived: the next one that ends well derives everything.
  let everythingOwed = true

  function say(change: Partial<SyncReport>): void {
    const next = { ...report, ...change }
    if (JSON.stringify(next) === JSON.stringify(report)) return
    report = next
    deps.onReport()
  }

  async function syncOnce(port: StripePort, full: boolean): Promise<SyncResult> {
    const began = now()
    const before = readSyncState(db)
    if (identified?.port !== port) identified = { port, account: await identifyAccount(db, port) }
    const { account } = identified
    const first = before.lastCompleteAt === undefined
    const everything = full || first || began - (before.lastCompleteAt ?? 0) > LONGEST_GAP
    if (everything) say({ phase: first ? 'first-load' : 'syncing', progress: { step: 'product', read: 0 } })

    const run = (before.run ?? 0) + (everything ? 1 : 0)
    const tally = emptyTally()
    const reading: ReadAllDeps = {
      stripe: port,
      target: { db, account, apiVersion: port.apiVersion, run },
      tally,
      now,
      onProgress: (step, read) => {
        if (everything) say({ progress: { step, read } })
      },
      breathe: () => deps.sleep(0),
    }
    let highWater = before.highWater ?? began - OVERLAP
    let drift: number | null = null
    writeSyncState(db, { run })
    if (!first && began - (before.lastCompleteAt ?? 0) <= LONGEST_GAP) {
      highWater = await readEvents(reading, highWater)
      await readDirty(reading)
    }
    if (everything) {
      const counted = total(tally)
      const marked = dirtyObjects(db, account)
      await readAll(reading)
      if (!first) drift = total(tally) - counted
      if (first) highWater = began - OVERLAP
      await settleMarked(reading, marked, began)
      await derive(account, tally)
      highWater = await readEvents(reading, Math.max(highWater, began - OVERLAP))
      await readDirty(reading)
    }
    await derive(account, tally)
    writeSyncState(db, { highWater, freshFrom: began, lastCompleteAt: now() })
    return { tally, drift }
  }

  async function derive(account: string, tally: MirrorTally): Promise<void> {
    const ids = everythingOwed || tally.plans.size > 0 ? allSubscriptionIds(db, account) : [...tally.touched]
    for (let start = 0; start < ids.length; start += CHUNK) {
      deriveChunk(account, ids.slice(start, start + CHUNK))
      await deps.sleep(0)
    }
    if (ids.length > 0) deps.onMembers()
    everythingOwed = false
    tally.plans.clear()
    tally.touched.clear()
  }

  function deriveChunk(account: string, ids: readonly string[]): void {
    const policy = policyFrom(readSettings(db))
    db.transaction(() => {
      for (const id of ids)
        deriveSubscription({ db, account, policy, now: now(), newId: deps.newId, origin: deps.origin }, id)
    }).immediate()
  }

  async function attempt(full: boolean): Promise<SyncResult> {
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
      const result = await syncOnce(port, full)
      tell({ phase: 'idle', error: null, offlineSince: null, progress: null })
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
    run({ full }) {
      if (waiting !== null && (waiting.full || !full)) return waiting.result
      const begin = () => {
        if (waiting?.result === result) waiting = null
        return attempt(full)
      }
      const result: Promise<SyncResult> = running.then(begin).finally(plan)
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
    deriveAll() {
      const { account } = readSyncState(db)
      if (account === undefined) return
      const ids = allSubscriptionIds(db, account)
      for (let start = 0; start < ids.length; start += CHUNK) deriveChunk(account, ids.slice(start, start + CHUNK))
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

function total(tally: MirrorTally): number {
  return Object.values(tally.changed).reduce((sum, count) => sum + count, 0)
}
