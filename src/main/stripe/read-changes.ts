// Reads what changed: events by a window that overlaps the last one, each a mark to read its object again.
// State never comes from an event's payload. The window method and its overlap are from ARCHITECTURE.md, "Sync".
import { BILLING_KINDS, type BillingEvent, type BillingKind } from '../domain/billing.ts'
import { deadWords } from '../domain/sync-en.ts'
import { DAY, type Ms, SECOND } from '../domain/time.ts'
import { upsertBalanceTransaction } from '../store/billing-changes.ts'
import { clearDirty, type Dirty, dirtyObjects, markDirty, noteFailure } from '../store/billing-dirty.ts'
import { insertEvent, noteTry, readFreshFrom, settleEvents } from '../store/billing-inbox.ts'
import { wasReadSince } from '../store/billing-mirror.ts'
import type { WriteDb } from '../store/open.ts'
import { whose } from './kinds.ts'
import { dropObject, storePage } from './mirror.ts'
import { type Page, type StripePort, StripeTrouble } from './port.ts'
import { INTENT_WINDOW, isItsOwn, type ReadDeps, readNewest } from './read-all.ts'
import { placesOf } from './replies.ts'

/** Events show up late and out of order; 300 s lost none in 3,100 (ARCHITECTURE.md, "Sync"). */
export const OVERLAP = 300 * SECOND
/** More changed objects of one kind than this are read as a list: the first of the month. */
const SWEEP_FROM = 50

/** Puts events into the ledger, and marks what they tell of, in one transaction. How many were new. */
export function receiveEvents(
  db: WriteDb,
  events: readonly BillingEvent[],
  from: { account: string; source: 'poll' | 'webhook'; receivedAt: Ms },
): number {
  // Until it is read again, what is stored of it is as old as the last look at everything.
  const since = readFreshFrom(db) ?? from.receivedAt
  let found = 0
  db.transaction(() => {
    for (const event of events) {
      const { objectType, objectId, customerId } = event
      const mirrored = objectId !== null && isKind(objectType)
      if (!insertEvent(db, { ...event, ...from }, mirrored)) continue
      found += 1
      if (mirrored)
        markDirty(db, from.account, { objectType, objectId, customerId: whose(objectType, customerId), since })
    }
  }).immediate()
  return found
}

/** How far the feed has come, by Stripe's own time, which no clock of ours puts wrong; 0 where it is empty. */
export async function endOfFeed(stripe: StripePort): Promise<Ms> {
  const { data } = await stripe.events({ createdFrom: 0 })
  return Math.max(0, ...data.map((event) => event.created))
}

/** Reads the feed from `highWater` less the overlap; returns the new high-water mark. */
export async function readEvents(deps: ReadDeps, highWater: Ms, overlap: Ms): Promise<Ms> {
  let latest = highWater
  const placeAfter = placesOf('the list of events')
  for (let after: string | null = null; ; ) {
    const page: Page<BillingEvent> = await deps.stripe.events({
      createdFrom: Math.max(0, highWater - overlap),
      ...(after === null ? {} : { after }),
    })
    const { account } = deps.target
    receiveEvents(deps.target.db, page.data, { account, source: 'poll', receivedAt: deps.now() })
    latest = Math.max(latest, ...page.data.map((event) => event.created))
    after = placeAfter(page.hasMore, page.data.at(-1)?.id)
    // The mark moves only when all pages are stored: one that fails half-way is read again.
    if (after === null) return latest
  }
}

/** So many of a kind that nothing answers for are waited for in one sync, each for a minute: the rest comes next time. */
const PATIENCE = 3

/** These come again at the end: what was read may name some of which nobody has heard yet. */
const NAMED: BillingKind[] = ['price', 'product', 'payment_intent']

/** Reads every marked object again. An object that will not be read stays marked, and only its people stay unfresh. */
export async function readDirty(deps: ReadDeps): Promise<void> {
  const { db, account } = deps.target
  for (const kind of [...BILLING_KINDS, ...NAMED]) {
    const marked = dirtyObjects(db, account, deps.now()).filter((dirty) => dirty.objectType === kind)
    if (marked.length > SWEEP_FROM) await sweep(deps, kind, marked)
    else await readEach(deps, marked)
  }
  await readBalances(deps)
}

/** One by one; `marked` are of one kind, or of several. */
async function readEach(deps: ReadDeps, marked: readonly Dirty[]): Promise<void> {
  let unanswered = 0
  for (const dirty of marked) {
    if (unanswered >= PATIENCE) return
    const failure = await readOne(deps, dirty)
    if (failure?.kind === 'offline') unanswered += 1
  }
}

/** What went wrong, where that was this object's own trouble; rejects where it is not. */
async function readOne(deps: ReadDeps, dirty: Dirty): Promise<StripeTrouble | null> {
  const { db, account } = deps.target
  const kind = dirty.objectType as BillingKind
  const began = deps.now()
  const order = deps.order()
  try {
    const object = await deps.stripe.retrieve(kind, dirty.objectId)
    if (object === null) dropObject(deps.target, deps.tally, kind, dirty.objectId, { at: deps.now(), order })
    else storePage(deps.target, [object], order, deps.tally)
    settle(db, account, dirty, began, object === null ? 'gone' : 'read')
    return null
  } catch (error) {
    if (!(error instanceof StripeTrouble)) throw error
    // It would have told what is to come: nobody's data is older for it.
    if (kind === 'subscription_schedule' && error.kind === 'key') {
      settle(db, account, dirty, began, 'ignored')
      return null
    }
    if (!(await isItsOwn(deps, kind, error))) throw error
    const says = error.kind === 'offline' ? deadWords.noAnswer : error.message
    db.transaction(() => {
      noteFailure(db, account, dirty, { step: `Reading a ${WORDS[kind]} from Stripe`, error: says, at: began })
      noteTry(db, account, dirty, says)
    }).immediate()
    return error
  }
}

const WORDS: Record<BillingKind, string> = {
  product: 'product',
  price: 'price',
  customer: 'customer',
  subscription: 'subscription',
  invoice: 'invoice',
  payment_intent: 'payment',
  dispute: 'dispute',
  subscription_schedule: 'planned change',
}

function settle(db: WriteDb, account: string, dirty: Dirty, readAt: Ms, result: 'read' | 'gone' | 'ignored'): void {
  db.transaction(() => {
    if (clearDirty(db, account, dirty)) settleEvents(db, account, dirty, readAt, result)
  }).immediate()
}

/** Reads them as a list, newest first, as long as that may take fewer requests than one by one. */
async function sweep(deps: ReadDeps, kind: BillingKind, marked: readonly Dirty[]): Promise<void> {
  const began = deps.order()
  const now = deps.now()
  const from = kind === 'payment_intent' ? now - INTENT_WINDOW : kind === 'invoice' ? now - 60 * DAY : 0
  await readNewest(deps, kind, from, new Set(marked.map(({ objectId }) => objectId)), marked.length)
  await settleMarked(deps, marked, began)
}

/** After lists were read from `began` of the order on: marks of what they held are done, the rest is read one by one. */
export async function settleMarked(deps: ReadDeps, marked: readonly Dirty[], began: Ms): Promise<void> {
  const { db, account } = deps.target
  const wasRead = ({ objectType, objectId }: Dirty) =>
    wasReadSince(db, objectType as BillingKind, account, objectId, began)
  for (const dirty of marked.filter(wasRead)) settle(db, account, dirty, deps.now(), 'read')
  await readEach(
    deps,
    marked.filter((dirty) => !wasRead(dirty)),
  )
}

/** No event tells of a customer's balance: where it is seen to have moved, its lines are read. */
async function readBalances({ stripe, target, tally }: ReadDeps): Promise<void> {
  for (const customerId of tally.balances) {
    try {
      const lines = await stripe.balances(customerId)
      target.db
        .transaction(() => {
          for (const line of lines) upsertBalanceTransaction(target.db, target.account, line)
        })
        .immediate()
    } catch (error) {
      // Only for the eye: the balance itself stands with the customer.
      if (!(error instanceof StripeTrouble) || error.kind === 'offline') throw error
    }
    tally.balances.delete(customerId)
  }
}

function isKind(type: string | null): type is BillingKind {
  return BILLING_KINDS.includes(type as BillingKind)
}
