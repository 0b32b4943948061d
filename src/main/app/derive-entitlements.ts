// Flow 2, second half: from mirror rows to people, memberships and entitlements. Safe to run again at any time.
import { dueMoment, entitle } from '../domain/entitlement.ts'
import { customerById, invoicesOfSubscription, paymentIntents, subscriptionById } from '../store/billing-objects.ts'
import {
  entitlementOf,
  insertStripeMembership,
  membershipOfSubscription,
  setMembershipPlan,
  writeEntitlement,
} from '../store/entitlements.ts'
import { duesSeen, forgetDue, rememberDue } from '../store/first-seen.ts'
import type { DeriveDeps } from './derive-deps.ts'
import { ensureMember } from './derive-person.ts'
import { ensurePlan } from './derive-plan.ts'

/** True when something that a screen or a door reads has changed. To be called inside a transaction. */
export function deriveSubscription(deps: DeriveDeps, subscriptionId: string): boolean {
  const { db, account, policy, now } = deps
  const subscription = subscriptionById(db, account, subscriptionId)
  if (subscription === null || subscription.productId === null) return false
  const customer = customerById(db, account, subscription.customerId)
  const memberId = ensureMember(deps, subscription.customerId, customer)
  const planId = ensurePlan(deps, subscription.productId)
  const membershipId = membershipOfSubscription(db, account, subscriptionId) ?? deps.newId()
  if (membershipOfSubscription(db, account, subscriptionId) === null) {
    const from = Math.min(subscription.created, now)
    insertStripeMembership(db, {
      id: membershipId,
      account,
      subscriptionId,
      planId,
      memberId,
      from,
      at: now,
      origin: deps.origin,
    })
  }
  setMembershipPlan(db, membershipId, planId)

  const invoices = invoicesOfSubscription(db, account, subscriptionId)
  const open = invoices.filter((invoice) => invoice.status === 'open')
  for (const invoice of open) rememberDue(db, account, invoice.id, dueMoment(invoice), now)
  // Owing without an open invoice to show for it: grace counts from when we first saw that.
  if (subscription.status !== 'past_due') forgetDue(db, account, subscriptionId)
  else if (open.length === 0) rememberDue(db, account, subscriptionId, now, now)

  const { entitlement, flag } = entitle({
    membershipId,
    planId,
    // A subscription that Stripe no longer has has ended, whatever it last said.
    subscription: subscription.deletedAt === null ? subscription : { ...subscription, status: 'canceled' },
    invoices,
    intents: paymentIntents(
      db,
      account,
      invoices.flatMap((invoice) => invoice.paymentIntents),
    ),
    customerMethod: customer?.defaultMethod ?? null,
    dueSeen: duesSeen(db, account, [...open.map((invoice) => invoice.id), subscriptionId]),
    policy,
    previous: entitlementOf(db, membershipId),
  })
  return writeEntitlement(db, entitlement, flag)
}
