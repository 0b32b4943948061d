// Reads what changed: events by a window that overlaps the last one, each a mark to read its object again.
// State never comes from an event's payload. The window method and its overlap are from ARCHITECTURE.md, "Sync".
import { BILLING_KINDS, type BillingEvent, type BillingKind } from '../domain/billing.ts'
import { DAY, type Ms, SECOND } from '../domain/time.ts'
import {
  clearDirty,
  type Dirty,
  dirtyObjects,
  insertEvent,
  markDirty,
  noteFailure,
  readFreshFrom,
} from '../store/billing-inbox.ts'
import { wasReadSince } from '../store/billing-mirror.ts'
import { storePage } from './mirror.ts'
import { StripeTrouble } from './port.ts'
import { dropObject, INTENT_WINDOW, type ReadAllDeps, readKind } from './read-all.ts'

/** Events show up late and out of order; 300 s lost none in 3,100 (ARCHITECTURE.md, "Sync"). */
export const OVERLAP = 300 * SECOND
/** More changed objects of one kind than this are read as a list: the first of the month. */
const SWEEP_FROM = 50

/** Reads the feed from `highWater` less the overlap; returns the new high-water mark. */
export async function readEvents(deps: ReadAllDeps, highWater: Ms): Promise<Ms> {
  const events: BillingEvent[] = []
  let after: string | undefined
  for (;;) {
    const page = await deps.stripe.events({
      createdFrom: highWater - OVERLAP,
      ...(after === undefined ? {} : { after }),
    })
    events.push(...page.data)
    const last = page.data.at(-1)
    if (!page.hasMore || last === undefined) break
    after = last.id
  }
  const { db, account } = deps.target
  const receivedAt = deps.now()
  // Until it is read again, what is stored of it is as old as the last look at everything.
  const since = readFreshFrom(db) ?? receivedAt
  db.transaction(() => {
    for (const event of events) {
      const { objectType, objectId, customerId } = event
      const isNew = insertEvent(db, { ...event, account, source: 'poll', receivedAt })
      if (isNew && objectId !== null && isKind(objectType))
        markDirty(db, account, { objectType, objectId, customerId, since })
    }
  }).immediate()
  return Math.max(highWater, ...events.map((event) => event.created))
}

/** Reads every marked object again. An object that will not be read stays marked, and only its people stay unfresh. */
export async function readDirty(deps: ReadAllDeps): Promise<void> {
  const { db, account } = deps.target
  for (const kind of BILLING_KINDS) {
    const marked = dirtyObjects(db, account).filter((dirty) => dirty.objectType === kind)
    if (marked.length > SWEEP_FROM) await sweep(deps, kind, marked)
    else for (const dirty of marked) await readOne(deps, kind, dirty)
  }
}

async function readOne(deps: ReadAllDeps, kind: BillingKind, dirty: Dirty): Promise<void> {
  const { db, account } = deps.target
  try {
    const object = await deps.stripe.retrieve(kind, dirty.objectId)
    if (object === null) dropObject(deps.target, deps.tally, kind, dirty.objectId, deps.now())
    else storePage(deps.target, [object], deps.tally)
    clearDirty(db, account, dirty)
  } catch (error) {
    if (!(error instanceof StripeTrouble) || error.kind !== 'reply') throw error
    noteFailure(db, account, dirty, error.message)
  }
}

async function sweep(deps: ReadAllDeps, kind: BillingKind, marked: readonly Dirty[]): Promise<void> {
  const began = deps.now()
  const createdFrom =
    kind === 'payment_intent' ? began - INTENT_WINDOW : kind === 'invoice' ? began - 60 * DAY : undefined
  await readKind(deps, kind, createdFrom)
  await settleMarked(deps, marked, began)
}

/** After lists were read from `began` on: marks of what they held are done, the rest is read one by one. */
export async function settleMarked(deps: ReadAllDeps, marked: readonly Dirty[], began: Ms): Promise<void> {
  const { db, account } = deps.target
  for (const dirty of marked) {
    const kind = dirty.objectType as BillingKind
    if (wasReadSince(db, kind, account, dirty.objectId, began)) clearDirty(db, account, dirty)
    else await readOne(deps, kind, dirty)
  }
}

function isKind(type: string | null): type is BillingKind {
  return BILLING_KINDS.includes(type as BillingKind)
}
