// What a sync that was asked for answers: counts, or why it was not done.
import type { Reply } from '../../preload/contract.ts'
import { toIso } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { OpenRefused } from '../store/refused.ts'
import { StripeTrouble } from '../stripe/port.ts'
import type { DeskDeps } from './deps.ts'
import { done, type Result, refuse } from './result.ts'
import type { SyncOutcome } from './sync-once.ts'

/** What changed, by kind, and how much of it nobody had announced. */
export function countsOf(deps: DeskDeps, { changed, drift }: SyncOutcome): Reply<'sync.run'> {
  const { customer, product, price, subscription, invoice, payment_intent, dispute, subscription_schedule } = changed
  return {
    customers: customer,
    products: product,
    prices: price,
    subscriptions: subscription,
    invoices: invoice,
    paymentIntents: payment_intent,
    disputes: dispute,
    subscriptionSchedules: subscription_schedule,
    drift,
    lastCompleteAt: toIso(readSyncState(deps.desk).lastCompleteAt ?? null),
  }
}

/** A failure of Stripe, or a file that cannot be written, in its own sentence. */
export async function orRefusal<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return done(await work())
  } catch (error) {
    if (error instanceof StripeTrouble) return refuse('stripe', error.message)
    if (error instanceof OpenRefused) return refuse('wrong-state', error.message)
    throw error
  }
}
