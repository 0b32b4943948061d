// "Sync now", from a button or the command line.

import type { Reply } from '../../preload/contract.ts'
import { toIso } from '../domain/time.ts'
import { reviveDead } from '../store/billing-dirty.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'

export async function syncNow(
  deps: DeskDeps,
  { full = false, wait = false }: { full?: boolean | undefined; wait?: boolean | undefined },
): Promise<Result<Reply<'sync.run'>>> {
  const run = deps.live.sync.run({ full })
  if (!wait) {
    // Its outcome shows on the lamp; here it only must not go unheard.
    run.catch(() => undefined)
    return done(null)
  }
  try {
    const { changed, drift } = await run
    const { customer, product, price, subscription, invoice, payment_intent, dispute } = changed
    return done({
      customers: customer,
      products: product,
      prices: price,
      subscriptions: subscription,
      invoices: invoice,
      paymentIntents: payment_intent,
      disputes: dispute,
      drift,
      lastCompleteAt: toIso(readSyncState(deps.desk).lastCompleteAt ?? null),
    })
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}

/** Objects that were given up on get a new chance: one by Stripe's id, or all. */
export async function tryAgain(deps: DeskDeps, subject: string | undefined): Promise<Result<Reply<'sync.tryAgain'>>> {
  const objects = reviveDead(deps.live.db, subject ?? null)
  if (objects === 0) return refuse('not-found', 'Nothing of Stripe waits to be tried again: the list is up to date now.')
  deps.live.sync.run({ full: false }).catch(() => undefined)
  return done({ objects })
}
