// Writes what was read into the mirror, in small transactions, and says which subscriptions it touches (flow 2).
import type { MirrorRow } from '../domain/billing.ts'
import { rawOf, upsertMirror } from '../store/billing-mirror.ts'
import { invoicesOfCustomer, subscriptionIdsOf, subscriptionOfInvoice } from '../store/billing-objects.ts'
import type { WriteDb } from '../store/open.ts'
import type { ReadObject } from './port.ts'
import { translate } from './translate.ts'

export type MirrorTarget = { db: WriteDb; account: string; apiVersion: string; run: number }

/** What a sync has done so far: objects that differ from what was stored, and subscriptions to derive again. */
export type MirrorTally = { changed: Record<MirrorRow['kind'], number>; touched: Set<string>; plans: Set<string> }

export function emptyTally(): MirrorTally {
  return {
    changed: { product: 0, price: 0, customer: 0, subscription: 0, invoice: 0, payment_intent: 0 },
    touched: new Set(),
    plans: new Set(),
  }
}

/** One page, one transaction: at most 100 rows, so that no door waits behind it. */
export function storePage(
  { db, account, apiVersion, run }: MirrorTarget,
  page: readonly ReadObject[],
  tally: MirrorTally,
): void {
  db.transaction(() => {
    for (const { mirror, raw, fetchedAt } of page) {
      const before = rawOf(db, mirror.kind, account, mirror.row.id)
      const written = upsertMirror(db, mirror, { account, apiVersion, fetchedAt, run, raw })
      if (!written || (before !== null && sameFacts(mirror, before, raw))) continue
      tally.changed[mirror.kind] += 1
      for (const id of subscriptionsTouchedBy(db, account, mirror)) tally.touched.add(id)
      if (mirror.kind === 'product') tally.plans.add(mirror.row.id)
    }
  }).immediate()
}

/** Stripe counts some fields on without an event, such as a customer's `next_invoice_sequence`: no rule reads those. */
function sameFacts(mirror: MirrorRow, before: string, raw: string): boolean {
  if (before === raw) return true
  try {
    return JSON.stringify(translate(mirror.kind, JSON.parse(before))) === JSON.stringify(mirror)
  } catch {
    return false
  }
}

export function subscriptionsTouchedBy(db: WriteDb, account: string, mirror: MirrorRow): string[] {
  switch (mirror.kind) {
    case 'subscription':
      return [mirror.row.id]
    case 'customer':
      return subscriptionIdsOf(db, account, mirror.row.id)
    case 'invoice': {
      const known = mirror.row.subscriptionId ?? subscriptionOfInvoice(db, account, mirror.row.id)
      return known === null ? [] : [known]
    }
    case 'payment_intent':
      return mirror.row.customerId === null
        ? []
        : subscriptionsPaidBy(db, account, mirror.row.customerId, mirror.row.id)
    case 'product':
    case 'price':
      return []
  }
}

/** Subscriptions of whose invoices one is paid through this payment intent. */
function subscriptionsPaidBy(db: WriteDb, account: string, customerId: string, intentId: string): string[] {
  return invoicesOfCustomer(db, account, customerId, Number.MAX_SAFE_INTEGER).flatMap((invoice) =>
    invoice.subscriptionId !== null && invoice.paymentIntents.includes(intentId) ? [invoice.subscriptionId] : [],
  )
}
