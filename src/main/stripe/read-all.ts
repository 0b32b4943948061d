// Reads every list of Stripe into the mirror: the first load, and the full sync that finds what events never told.
import { BILLING_KINDS, type BillingKind } from '../domain/billing.ts'
import { DAY, type Ms } from '../domain/time.ts'
import { tombstone, unseenIds } from '../store/billing-mirror.ts'
import { type MirrorTally, type MirrorTarget, storePage } from './mirror.ts'
import type { StripePort } from './port.ts'

/** Payment intents older than this say nothing about a running payment. */
export const INTENT_WINDOW = 90 * DAY

export type ReadAllDeps = {
  stripe: StripePort
  target: MirrorTarget
  tally: MirrorTally
  now: () => Ms
  /** Objects read so far, for the screen. */
  onProgress: (step: BillingKind, read: number) => void
  /** A pause between pages, so that doors and screens are never held up. */
  breathe: () => Promise<void>
}

/** `createdFrom` narrows invoices only: a sweep of the recent ones. */
export async function readKind(
  deps: ReadAllDeps,
  kind: BillingKind,
  createdFrom: Ms | undefined,
  readBefore = 0,
): Promise<number> {
  let after: string | undefined
  let read = 0
  for (;;) {
    const page = await deps.stripe.list(kind, {
      ...(after === undefined ? {} : { after }),
      ...(createdFrom === undefined ? {} : { createdFrom }),
    })
    storePage(deps.target, page.data, deps.tally)
    read += page.data.length
    deps.onProgress(kind, readBefore + read)
    const last = page.data.at(-1)
    if (!page.hasMore || last === undefined) return read
    after = last.mirror.row.id
    await deps.breathe()
  }
}

export async function readAll(deps: ReadAllDeps): Promise<void> {
  let read = 0
  for (const kind of BILLING_KINDS) {
    const createdFrom = kind === 'payment_intent' ? deps.now() - INTENT_WINDOW : undefined
    read += await readKind(deps, kind, createdFrom, read)
    await settleUnseen(deps, kind, createdFrom ?? 0)
  }
}

/** What is stored but stood in no list: read one by one, then tombstoned where Stripe has it no more. */
async function settleUnseen(
  { stripe, target, tally, now }: ReadAllDeps,
  kind: BillingKind,
  createdFrom: Ms,
): Promise<void> {
  const { db, account, run } = target
  for (const id of unseenIds(db, kind, account, run, createdFrom)) {
    const object = await stripe.retrieve(kind, id)
    if (object !== null) storePage(target, [object], tally)
    else dropObject(target, tally, kind, id, now())
  }
}

/** Stripe no longer has it: the row keeps a tombstone, and what hung on it is derived again. */
export function dropObject(
  { db, account }: MirrorTarget,
  tally: MirrorTally,
  kind: BillingKind,
  id: string,
  at: Ms,
): void {
  tombstone(db, kind, account, id, at)
  tally.changed[kind] += 1
  if (kind === 'subscription') tally.touched.add(id)
}
