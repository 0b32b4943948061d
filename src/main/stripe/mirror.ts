// Writes what was read into the mirror, in small transactions, and says what it touches (flow 2).
import type { BillingKind, MirrorRow, PaymentIntent } from '../domain/billing.ts'
import type { Ms } from '../domain/time.ts'
import { insertChange } from '../store/billing-changes.ts'
import { markUnread } from '../store/billing-dirty.ts'
import { noteRead, readFreshFrom } from '../store/billing-inbox.ts'
import { isMirrored, tombstone, upsertMirror } from '../store/billing-mirror.ts'
import { invoicesOfCustomer, storedObject, subscriptionIdsOf, subscriptionOfInvoice } from '../store/billing-objects.ts'
import { commitLater, type WriteDb } from '../store/open.ts'
import type { ReadObject } from './port.ts'

/** `fresh`: nothing was stored before this run, or in other columns, so nothing is compared, and everything will be
 * derived. */
export type MirrorTarget = { db: WriteDb; account: string; apiVersion: string; run: number; fresh: boolean }

/** What a sync has done so far. */
export type MirrorTally = {
  /** Objects that differ from what was stored, by kind; and which. */
  changed: Record<BillingKind, number>
  differing: { kind: BillingKind; id: string }[]
  /** Subscriptions to derive again, and products whose plans are. */
  touched: Set<string>
  plans: Set<string>
  /** Customers whose balance moved. */
  balances: Set<string>
}

export function emptyTally(): MirrorTally {
  return {
    changed: {
      product: 0,
      price: 0,
      customer: 0,
      subscription: 0,
      invoice: 0,
      payment_intent: 0,
      dispute: 0,
      subscription_schedule: 0,
    },
    differing: [],
    touched: new Set(),
    plans: new Set(),
    balances: new Set(),
  }
}

type Read = Pick<ReadObject, 'mirror' | 'fetchedAt'>

/** One page, one transaction: at most 100 rows, so that no door waits behind it. `also` is written with them. What a
 * power cut takes of it is read again: marks are cleared, and a sync is done, in full commits after it. `order` is the
 * place of its request among all reads. */
export function storePage(
  target: MirrorTarget,
  page: readonly Read[],
  order: Ms,
  tally: MirrorTally,
  also: () => void = () => undefined,
): void {
  commitLater(target.db, () => {
    for (const object of page) storeObject(target, object, order, tally)
    noteRead(target.db, order)
    also()
  })
}

function storeObject(
  { db, account, apiVersion, run, fresh }: MirrorTarget,
  { mirror, fetchedAt }: Read,
  order: Ms,
  tally: MirrorTally,
): void {
  const former = fresh ? null : storedObject(db, mirror.kind, account, mirror.row.id)
  if (!upsertMirror(db, mirror, { account, apiVersion, order, run })) return
  for (const named of namedBy(mirror, fresh)) markUnheard(db, account, named, fetchedAt)
  const changed = fresh ? null : differences(mirror, former)
  if (changed !== null && changed.after.length === 0) return
  tally.changed[mirror.kind] += 1
  if (mirror.kind === 'customer' && balanceMoved(mirror, changed)) tally.balances.add(mirror.row.id)
  if (changed === null) return
  tally.differing.push({ kind: mirror.kind, id: mirror.row.id })
  const { kind, row } = mirror
  insertChange(db, account, {
    kind,
    id: row.id,
    customerId: ownerOf(mirror),
    at: fetchedAt,
    before: changed.before && Object.fromEntries(changed.before),
    after: Object.fromEntries(changed.after),
  })
  for (const id of subscriptionsTouchedBy(db, account, mirror)) tally.touched.add(id)
  if (mirror.kind === 'product' || mirror.kind === 'price') tally.plans.add(mirror.row.id)
}

type Named = { kind: BillingKind; id: string }

/** What rules need besides this object, and Stripe may never have told of: what is sold, and whose a dispute is, which only
 * its payment tells, however old that is. While everything is read for the first time, what is sold is on its way. */
function namedBy({ kind, row }: MirrorRow, fresh: boolean): Named[] {
  if (kind === 'dispute')
    return row.paymentIntentId === null ? [] : [{ kind: 'payment_intent', id: row.paymentIntentId }]
  if (fresh) return []
  if (kind === 'price') return [{ kind: 'product', id: row.productId }]
  if (kind !== 'subscription') return []
  return row.items.flatMap(({ priceId, productId }) => [
    { kind: 'price' as const, id: priceId },
    { kind: 'product' as const, id: productId },
  ])
}

/** It will be read alone, unless it is known. */
function markUnheard(db: WriteDb, account: string, { kind, id }: Named, at: Ms): void {
  if (isMirrored(db, kind, account, id)) return
  markUnread(db, account, { objectType: kind, objectId: id, customerId: null, since: readFreshFrom(db) ?? at })
}

type Facts = [name: string, value: unknown][]

/** The facts that rules read and that differ. Stripe counts some fields on without an event, such as a customer's
 * `next_invoice_sequence`: those are no facts. */
function differences(mirror: MirrorRow, before: MirrorRow | null): { before: Facts | null; after: Facts } {
  const after: Facts = Object.entries(mirror.row)
  if (before === null) return { before: null, after }
  const former: Record<string, unknown> = before.row
  const differs = ([name, value]: Facts[number]) => JSON.stringify(former[name]) !== JSON.stringify(value)
  const changed = after.filter(differs)
  return { before: changed.map(([name]) => [name, former[name] ?? null]), after: changed }
}

function balanceMoved({ row }: Extract<MirrorRow, { kind: 'customer' }>, changed: { after: Facts } | null): boolean {
  return changed === null ? row.balances.length > 0 : changed.after.some(([name]) => name === 'balances')
}

function subscriptionsTouchedBy(db: WriteDb, account: string, mirror: MirrorRow): string[] {
  switch (mirror.kind) {
    case 'subscription':
      return [mirror.row.id]
    case 'customer':
      return subscriptionIdsOf(db, account, mirror.row.id)
    case 'subscription_schedule':
      return mirror.row.subscriptionId === null ? [] : [mirror.row.subscriptionId]
    case 'invoice': {
      const known = mirror.row.subscriptionId ?? subscriptionOfInvoice(db, account, mirror.row.id)
      return known === null ? [] : [known]
    }
    case 'payment_intent':
      return subscriptionsPaidBy(db, account, mirror.row)
    case 'dispute': {
      const { paymentIntentId } = mirror.row
      const paid = paymentIntentId === null ? null : storedObject(db, 'payment_intent', account, paymentIntentId)
      return paid?.kind === 'payment_intent' ? subscriptionsPaidBy(db, account, paid.row) : []
    }
    case 'product':
    case 'price':
      return []
  }
}

/** Subscriptions of whose invoices one is paid through this payment intent. */
function subscriptionsPaidBy(db: WriteDb, account: string, { id: intentId, customerId }: PaymentIntent): string[] {
  if (customerId === null) return []
  return invoicesOfCustomer(db, account, customerId, Number.MAX_SAFE_INTEGER).flatMap((invoice) =>
    invoice.subscriptionId !== null && invoice.paymentIntents.includes(intentId) ? [invoice.subscriptionId] : [],
  )
}

/** Whose it is, as far as the object itself says. */
export function ownerOf({ kind, row }: MirrorRow): string | null {
  return kind === 'customer' ? row.id : 'customerId' in row ? row.customerId : null
}

/** Stripe no longer has it: the row keeps a tombstone, and what hung on it is derived again. */
export function dropObject(
  { db, account }: MirrorTarget,
  tally: MirrorTally,
  kind: BillingKind,
  id: string,
  { at, order }: { at: Ms; order: Ms },
): void {
  db.transaction(() => {
    const mirror = storedObject(db, kind, account, id)
    if (mirror === null || !tombstone(db, kind, id, { account, order, at })) return
    noteRead(db, order)
    tally.changed[kind] += 1
    tally.differing.push({ kind, id })
    for (const touched of subscriptionsTouchedBy(db, account, mirror)) tally.touched.add(touched)
    insertChange(db, account, { kind, id, customerId: ownerOf(mirror), at, before: { ...mirror.row }, after: null })
  }).immediate()
}
