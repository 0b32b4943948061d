// Flow 2, second half: from mirror rows to people, memberships and entitlements. Safe to run again at any time.
import { entitle, entitleNothing } from '../domain/entitlement.ts'
import { dueMoment, openInvoices } from '../domain/invoice-facts.ts'
import { DAY } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import { customerById, invoicesOfSubscription, paymentIntents, subscriptionById } from '../store/billing-objects.ts'
import { entitlementOf, keepVersion, writeEntitlement } from '../store/entitlements.ts'
import {
  duesSeen,
  endPauseAtImport,
  forgetDue,
  pauseToReview,
  rememberDue,
  rememberOwing,
  rememberPauseAtImport,
} from '../store/first-seen.ts'
import { provisionalDays } from '../store/plans.ts'
import type { DeriveDeps } from './derive-deps.ts'
import { deriveLatePayments } from './derive-late-payments.ts'
import { ensureMembership } from './derive-membership.ts'

/** True when something that a screen or a door reads has changed. To be called inside a transaction. */
export function deriveSubscription(deps: DeriveDeps, subscriptionId: string): boolean {
  const { db, account, policy, now } = deps
  const stored = subscriptionById(db, account, subscriptionId)
  if (stored === null) return false
  // A subscription that Stripe no longer has has ended, whatever it last said.
  const subscription =
    stored.deletedAt === null ? stored : { ...stored, status: 'canceled', endedAt: stored.endedAt ?? stored.deletedAt }
  const customer = customerById(db, account, subscription.customerId)
  const membership = ensureMembership(deps, subscription, customer)
  if (membership === null) return false

  const invoices = invoicesOfSubscription(db, account, subscriptionId)
  const open = openInvoices({ invoices })
  for (const invoice of open) rememberDue(db, account, invoice.id, dueMoment(invoice), now)
  if (subscription.status !== 'past_due') forgetDue(db, account, subscriptionId)
  else if (open.length === 0) rememberOwing(db, account, subscriptionId, now)

  const paused = subscription.pauseCollection || subscription.status === 'paused'
  if (!paused) endPauseAtImport(db, account, subscriptionId, now)

  const paidThrough = invoices.flatMap((invoice) => invoice.paymentIntents)
  const intents = paymentIntents(db, account, paidThrough)
  const dueSeen = duesSeen(db, account, [...open.map((invoice) => invoice.id), subscriptionId])
  const counted = membership.sold === 'other' ? [] : invoices
  deriveLatePayments(deps, { membershipId: membership.id, subscription, invoices: counted, intents, dueSeen })

  const { entitlement, flag } = entitle({
    membershipId: membership.id,
    planId: membership.planId,
    subscription,
    invoices,
    intents,
    customerMethod: customer?.defaultMethod ?? null,
    dueSeen,
    policy,
    provisional: provisionalDays(db, membership.planId) * DAY,
    previous: entitlementOf(db, membership.id),
  })
  if (membership.sold === 'other') return writeEntitlement(db, entitleNothing(entitlement), null, now)
  const pauseUnreviewed = entitlement.phase === 'frozen' && isPauseToReview(deps, subscriptionId)
  const unmapped = membership.sold === 'unmapped' ? 'price-unmapped' : null
  const written = writeEntitlement(db, { ...entitlement, pauseUnreviewed }, flag ?? unmapped, now)
  return written || (membership.opensOther && keepVersion(db, membership.id, now))
}

/** Doors obey no pause that the first import found before a manager has looked at it. */
function isPauseToReview({ db, account, now }: DeriveDeps, subscriptionId: string): boolean {
  const firstImport = readSyncState(db).lastCompleteAt === undefined
  if (firstImport) rememberPauseAtImport(db, account, subscriptionId, now)
  return pauseToReview(db, account, subscriptionId) !== null
}
