// One sync from its start to its end: the feed, what it marks, and now and then whole lists (ARCHITECTURE.md, "Sync").
import { BILLING_KINDS } from '../domain/billing.ts'
import { DAY, HOUR, latestNight, type Ms } from '../domain/time.ts'
import { allMarked } from '../store/billing-dirty.ts'
import {
  deadEvents,
  readSyncState,
  type SyncState,
  settleDeadEvents,
  wasAnnouncedSince,
  writeSyncState,
} from '../store/billing-inbox.ts'
import type { WriteDb } from '../store/open.ts'
import { readSettings } from '../store/settings.ts'
import { emptyTally, type MirrorTally } from '../stripe/mirror.ts'
import type { StripePort } from '../stripe/port.ts'
import { INTENT_WINDOW, type ReadDeps, readAll, type Scope } from '../stripe/read-all.ts'
import { endOfFeed, OVERLAP, readDirty, readEvents, settleMarked } from '../stripe/read-changes.ts'
import type { ReadOrder } from '../stripe/read-order.ts'

/** Stripe keeps events for 30 days; past this gap the feed may have holes and everything is read. */
const LONGEST_GAP = 29 * DAY
/** Which columns the mirror is filled with: raised with them, so that the next sync reads everything again. */
const MIRROR_SHAPE = 5
/** A full read that was stopped longer ago than this begins anew. */
const RESUMABLE = DAY

export type SyncOnceDeps = {
  db: WriteDb
  stripe: StripePort
  account: string
  full: boolean
  now: () => Ms
  order: ReadOrder
  breathe: () => Promise<void>
  /** What is being done, for the screen; `gapDays` where too long a silence made it necessary. */
  onStep: (step: { first: boolean; gapDays: number | null; kind: string; read: number }) => void
  /** Derives what the tally says, and empties it. */
  derive: (tally: MirrorTally, everything: boolean) => Promise<void>
  /** Finds or makes the people behind all subscriptions, before it is known what they paid. */
  meetPeople: () => Promise<void>
}

/** `drift`: objects that a comparison found to differ though no event had said so; null where nothing was compared. */
export type SyncOutcome = { changed: MirrorTally['changed']; drift: number | null }

export async function syncOnce(deps: SyncOnceDeps): Promise<SyncOutcome> {
  const { db, stripe, account, now } = deps
  const began = now()
  const before = readSyncState(db)
  const planFor = (silence: Ms) =>
    planOf(before, began, silence, deps.full, latestNight(began, readSettings(db).timeZone))
  // By the START of the last one: what was missed while it ran counts too, and a lid may have been shut in the middle.
  let plan = planFor(began - (before.freshFrom ?? began))
  const tally = emptyTally()
  const reading: ReadDeps = {
    stripe,
    target: { db, account, apiVersion: stripe.apiVersion, run: before.run ?? 0, fresh: plan.fresh },
    tally,
    now,
    order: deps.order,
    onProgress: (kind, read) => deps.onStep({ first: plan.first, gapDays: plan.gapDays, kind, read }),
    breathe: deps.breathe,
    ...(plan.first ? { onPeople: deps.meetPeople } : {}),
  }
  const byStripe = (moment: Ms) => moment - (stripe.observed().clockAhead ?? 0)
  let highWater = before.highWater ?? 0
  let drift: number | null = null
  if (plan.feedReaches) {
    highWater = await readEvents(reading, highWater, plan.overlap)
    // Stripe has told its time by now, and a clock of ours that was wrong does not hide a gap.
    const silence = before.feedReadAt === undefined ? 0 : byStripe(now()) - before.feedReadAt
    if (silence > LONGEST_GAP) plan = planFor(silence)
  }
  if (plan.feedReaches) await readDirty(reading)
  const run = (before.run ?? 0) + (plan.resume || plan.scope === null ? 0 : 1)
  reading.target = { ...reading.target, run }
  if (plan.scope !== null) {
    if (plan.everything) deps.onStep({ first: plan.first, gapDays: plan.gapDays, kind: 'product', read: 0 })
    const feedFrom = plan.feedReaches ? highWater : plan.resume ? (before.feedFrom ?? 0) : await endOfFeed(stripe)
    const listedFrom = byStripe(now())
    const fullBegan = plan.resume ? (before.fullBegan ?? began) : began
    writeSyncState(db, { run, ...(plan.everything ? { fullBegan, feedFrom } : {}) })
    const markedFrom = deps.order()
    const marked = allMarked(db, account)
    const dead = plan.everything ? deadEvents(db) : []
    tally.differing = []
    await readAll(reading, plan.scope, plan.resume)
    const found = tally.differing
    await settleMarked(reading, marked, markedFrom)
    settleDeadEvents(db, dead, now())
    await deps.derive(tally, plan.fresh)
    reading.target = { ...reading.target, fresh: false }
    // What changed while the lists were read stands in the feed.
    highWater = await readEvents(reading, feedFrom, OVERLAP)
    await readDirty(reading)
    if (plan.comparable) {
      const announced = (one: { kind: string; id: string }) =>
        wasAnnouncedSince(db, account, one.kind, one.id, listedFrom - OVERLAP)
      drift = found.filter((one) => !announced(one)).length
    }
  }
  await deps.derive(tally, false)
  writeSyncState(db, {
    ...plan.done,
    highWater,
    feedReadAt: byStripe(began),
    freshFrom: began,
    lastCompleteAt: now(),
    // What the night found stays known through the day, with what smaller comparisons find besides.
    ...(drift === null ? {} : { drift: plan.invoices ? drift : (before.drift ?? 0) + drift }),
  })
  return { changed: tally.changed, drift }
}

type Plan = {
  first: boolean
  /** Nothing is stored, or in other columns: nothing can be compared. */
  fresh: boolean
  /** The feed still holds all that happened since the last sync. */
  feedReaches: boolean
  gapDays: number | null
  overlap: Ms
  everything: boolean
  invoices: boolean
  /** Lists to read; null for none. */
  scope: Scope | null
  resume: boolean
  /** What differs is a fault, and not a new way of reading or the end of a gap. */
  comparable: boolean
  /** To be written down when it is done. */
  done: Partial<SyncState>
}

/** What this sync has to do. The figures are from ARCHITECTURE.md, "Sync". */
function planOf(state: Partial<SyncState>, at: Ms, silence: Ms, asked: boolean, night: Ms): Plan {
  const first = state.lastCompleteAt === undefined
  // A clock that was set back so far says nothing about how long it was.
  const gap = Math.abs(silence) > LONGEST_GAP
  const otherShape = state.mirrorShape !== MIRROR_SHAPE
  // Whoever asks for a comparison means everything as it is now, and not the rest of one that began before.
  const resume = (first || !asked) && state.fullBegan != null && Math.abs(at - state.fullBegan) < RESUMABLE
  // What was done at a moment that has not come yet was done by a clock that was ahead.
  const over = (moment: Ms | undefined, span: Ms) => moment === undefined || moment > at || at - moment > span
  const nightly = over(state.invoicesAt, at - night)
  // In the seventh night, though it may begin a little earlier than the first did.
  const weekly = nightly && over(state.fullAt, 6.5 * DAY)
  const everything = asked || first || gap || otherShape || resume || weekly
  const invoices = everything || nightly
  const people = invoices || over(state.peopleAt, 6 * HOUR)
  const widest = over(state.widestAt, DAY)
  const wide = widest || over(state.wideAt, HOUR)
  return {
    first,
    fresh: first || otherShape,
    feedReaches: !first && !gap,
    gapDays: gap && silence > 0 ? Math.floor(silence / DAY) : null,
    overlap: widest ? 2 * DAY : wide ? 3 * HOUR : OVERLAP,
    everything,
    invoices,
    scope: everything ? allOf(at) : people ? recentOf(at, invoices) : null,
    resume,
    comparable: !first && !gap && !otherShape && !resume,
    done: {
      fullBegan: null,
      ...(everything ? { fullAt: at, mirrorShape: MIRROR_SHAPE } : {}),
      ...(invoices ? { invoicesAt: at } : {}),
      ...(people ? { peopleAt: at } : {}),
      ...(widest ? { widestAt: at } : {}),
      ...(wide ? { wideAt: at } : {}),
    },
  }
}

function allOf(at: Ms): Scope {
  return BILLING_KINDS.map((kind) => ({ kind, createdFrom: kind === 'payment_intent' ? at - INTENT_WINDOW : 0 }))
}

function recentOf(at: Ms, invoices: boolean): Scope {
  return [
    { kind: 'customer', createdFrom: 0 },
    { kind: 'subscription', createdFrom: 0 },
    ...(invoices ? [{ kind: 'invoice' as const, createdFrom: at - 60 * DAY }] : []),
  ]
}
