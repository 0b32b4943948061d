// "Sync now", from a button or the command line.

import type { Reply } from '../../preload/contract.ts'
import { toIso } from '../domain/time.ts'
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
    const { tally, drift } = await run
    const { customer, product, price, subscription, invoice, payment_intent } = tally.changed
    return done({
      customers: customer,
      products: product,
      prices: price,
      subscriptions: subscription,
      invoices: invoice,
      paymentIntents: payment_intent,
      drift,
      lastCompleteAt: toIso(readSyncState(deps.desk).lastCompleteAt ?? null),
    })
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    throw error
  }
}
