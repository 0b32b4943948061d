// Reads whole lists of Stripe into the mirror: the first load, and the reconcile that finds what events never told.
// A list is cut into ranges of `created`, four of which are read at a time; each page moves its range on, so a desk that is
// stopped half-way goes on where it was.
import type { BillingKind } from '../domain/billing.ts'
import { DAY, type Ms } from '../domain/time.ts'
import { markUnread } from '../store/billing-dirty.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import { unseenIds } from '../store/billing-mirror.ts'
import { storedObject } from '../store/billing-objects.ts'
import { beginRanges, cutRange, moveRange, openRanges, type Range } from '../store/billing-ranges.ts'
import { OPTIONAL_KINDS, whose } from './kinds.ts'
import { dropObject, type MirrorTally, type MirrorTarget, ownerOf, storePage } from './mirror.ts'
import { type ObjectPage, type StripePort, StripeTrouble } from './port.ts'
import type { ReadOrder } from './read-order.ts'
import { placesOf } from './replies.ts'

/** Payment intents older than this say nothing about a running payment. */
export const INTENT_WINDOW = 90 * DAY
/** Stripe opened in 2010, nothing was created before; and no clock that is behind leaves out what is new. */
const BEGINNING = Date.UTC(2010, 0, 1) / 1_000
const END = Date.UTC(2100, 0, 1) / 1_000
const IN_FLIGHT = 4
/** A range with fewer objects left than this is not worth cutting. */
const WORTH_CUTTING = 200

export type ReadDeps = {
  stripe: StripePort
  target: MirrorTarget
  tally: MirrorTally
  now: () => Ms
  order: ReadOrder
  /** Objects read so far, for the screen. */
  onProgress: (step: BillingKind, read: number) => void
  /** A pause between pages, so that doors and screens are never held up. */
  breathe: () => Promise<void>
  /** Customers, subscriptions and what is sold are stored: runs beside the reading of all else. */
  onPeople?: () => Promise<void>
}

/** These come first: with them the desk knows everybody. */
const PEOPLE: ReadonlySet<BillingKind> = new Set(['product', 'price', 'customer', 'subscription'])

/** What is to be read: a kind, and from when on it was created (0 for all of it). */
export type Scope = { kind: BillingKind; createdFrom: Ms }[]

/** `resume`: goes on with the ranges of this run that are stored. Rejects with StripeTrouble where Stripe failed. */
export async function readAll(deps: ReadDeps, scope: Scope, resume: boolean): Promise<void> {
  const { db, account, run } = deps.target
  if (!resume) {
    const ranges = scope.map(({ kind, createdFrom }) => ({
      kind,
      from: Math.max(BEGINNING, Math.floor(createdFrom / 1_000)),
      to: END,
      after: null,
    }))
    beginRanges(db, account, run, ranges)
  }
  const open = openRanges(db, account, run)
  await readRanges(
    deps,
    open.toSorted((a, b) => Number(PEOPLE.has(b.kind)) - Number(PEOPLE.has(a.kind))),
  )
  for (const { kind, createdFrom } of scope) await settleUnseen(deps, kind, createdFrom)
}

type Reading = Range & {
  /** `created` of the newest and the last object that was read, in seconds; null before the first page. */
  newest: number | null
  reached: number | null
  read: number
}

async function readRanges(deps: ReadDeps, ranges: readonly Range[]): Promise<void> {
  const { db, account, run } = deps.target
  const waiting = [...ranges]
  const active = new Set<Reading>()
  const failures: unknown[] = []
  let read = 0
  let met: Promise<void> | undefined
  let wakeIdle: () => void = () => undefined
  let somethingNew = new Promise<void>((resolve) => {
    wakeIdle = resolve
  })
  const tellIdle = () => {
    wakeIdle()
    somethingNew = new Promise((resolve) => {
      wakeIdle = resolve
    })
  }

  function ask(range: Range): { order: Ms; page: Promise<ObjectPage> } {
    const order = deps.order()
    const page = listRange(deps.stripe, range)
    // Where another reader fails first, nobody waits for it.
    page.catch(() => undefined)
    return { order, page }
  }

  async function readRange(range: Reading): Promise<void> {
    const placeAfter = placesOf(`the list of ${range.kind}s`)
    let coming = ask(range)
    for (let done = false; !done && failures.length === 0; ) {
      const { order } = coming
      const page = await coming.page
      const place = placeAfter(page.hasMore, page.last?.id)
      done = place === null || (page.last?.created ?? 0) / 1_000 < range.from
      range.after = page.last?.id ?? range.after
      // On its way while this one is stored.
      if (!done) coming = ask(range)
      storePage(deps.target, page.data, order, deps.tally, () => {
        for (const { id, customerId } of page.misshapen) markAlone(deps, range.kind, id, customerId)
        moveRange(db, account, run, range, done)
      })
      range.newest ??= (page.data[0]?.mirror.row.created ?? 0) / 1_000
      range.reached = (page.last?.created ?? 0) / 1_000
      range.read += page.data.length
      read += page.data.length
      deps.onProgress(range.kind, read)
      tellIdle()
      await deps.breathe()
    }
  }

  /** For an idle reader: the older half of the range that has most left. */
  function share(): Range | null {
    const most = [...active].toSorted((a, b) => leftOf(b) - leftOf(a))[0]
    if (most === undefined || most.reached === null || leftOf(most) < WORTH_CUTTING) return null
    const at = Math.floor((most.from + most.reached) / 2)
    if (at <= most.from) return null
    const older = cutRange(db, account, run, most, at)
    most.from = at
    return older
  }

  /** Where all lists share one pace, the others wait until nothing is left to share of those before them. */
  const next = () => {
    const isDue = deps.stripe.listsApart || (waiting[0] !== undefined && PEOPLE.has(waiting[0].kind))
    return (isDue ? waiting.shift() : undefined) ?? share() ?? waiting.shift() ?? null
  }

  const meetPeople = () => {
    if (met !== undefined || [...waiting, ...active].some(({ kind }) => PEOPLE.has(kind))) return
    met = Promise.resolve(deps.onPeople?.()).catch((error) => void failures.push(error))
  }

  async function worker(): Promise<void> {
    while (failures.length === 0) {
      const range = next()
      if (range === null) {
        if (active.size === 0) return
        await somethingNew
        continue
      }
      const reading: Reading = { ...range, newest: null, reached: null, read: 0 }
      active.add(reading)
      try {
        await readRange(reading)
      } catch (error) {
        failures.push(error)
      } finally {
        active.delete(reading)
        tellIdle()
      }
      if (failures.length === 0) meetPeople()
    }
  }

  // All of them end before anything goes on: nobody writes on behind a failure.
  meetPeople()
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  await met
  if (failures.length > 0) throw failures[0]
}

/** How many objects may be left in a range, by how densely it has been read so far. */
function leftOf({ from, newest, reached, read }: Reading): number {
  if (newest === null || reached === null) return 0
  return ((reached - from) * read) / Math.max(1, newest - reached)
}

async function listRange(stripe: StripePort, { kind, from, to, after }: Range): Promise<ObjectPage> {
  try {
    return await stripe.list(kind, {
      createdFrom: from * 1_000,
      createdTo: to * 1_000,
      ...(after === null ? {} : { after }),
    })
  } catch (error) {
    if (OPTIONAL_KINDS.has(kind) && error instanceof StripeTrouble && error.kind === 'key')
      return { data: [], misshapen: [], last: null, hasMore: false }
    throw error
  }
}

/** Whether a failed request for one object is this object's own trouble: an answer, if a useless one, or none at all while
 * its kind is answered for. Rejects where Stripe is out of reach for everybody. */
export async function isItsOwn({ stripe, now }: ReadDeps, kind: BillingKind, trouble: StripeTrouble): Promise<boolean> {
  if (trouble.kind !== 'offline') return trouble.kind === 'reply' || OPTIONAL_KINDS.has(kind)
  await stripe.list(kind, { createdFrom: now() })
  return true
}

/** It will be read alone, where its failures are counted; nobody else waits for it. */
export function markAlone(deps: ReadDeps, kind: BillingKind, id: string, customerId: string | null): void {
  const { db, account } = deps.target
  const since = readFreshFrom(db) ?? deps.now()
  markUnread(db, account, { objectType: kind, objectId: id, customerId: whose(kind, customerId), since })
}

/** The newest of a list, from a moment on, until it has shown all of `wanted`; at most `pages` of it. */
export async function readNewest(
  deps: ReadDeps,
  kind: BillingKind,
  createdFrom: Ms,
  wanted: ReadonlySet<string>,
  pages: number,
): Promise<void> {
  const missing = new Set(wanted)
  let after: string | undefined
  for (let n = 0; n < pages && missing.size > 0; n++) {
    const order = deps.order()
    const page = await deps.stripe.list(kind, { ...(after === undefined ? {} : { after }), createdFrom })
    storePage(deps.target, page.data, order, deps.tally, () => {
      for (const { id, customerId } of page.misshapen) markAlone(deps, kind, id, customerId)
    })
    for (const { mirror } of page.data) missing.delete(mirror.row.id)
    if (!page.hasMore || page.last === null) return
    after = page.last.id
    await deps.breathe()
  }
}

/** What is stored but stood in no list: read one by one, then tombstoned where Stripe has it no more. */
async function settleUnseen(deps: ReadDeps, kind: BillingKind, createdFrom: Ms): Promise<void> {
  const { stripe, target, tally, now } = deps
  const { db, account, run } = target
  for (const id of unseenIds(db, kind, account, run, createdFrom)) {
    const order = deps.order()
    try {
      const object = await stripe.retrieve(kind, id)
      if (object !== null) storePage(target, [object], order, tally)
      else dropObject(target, tally, kind, id, { at: now(), order })
    } catch (error) {
      if (!(error instanceof StripeTrouble)) throw error
      // A key that may not read these saw none of them in the list.
      if (OPTIONAL_KINDS.has(kind) && error.kind === 'key') return
      if (!(await isItsOwn(deps, kind, error))) throw error
      const stored = storedObject(db, kind, account, id)
      markAlone(deps, kind, id, stored && ownerOf(stored))
    }
  }
}
