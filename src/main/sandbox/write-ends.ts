// Subscriptions ended, paused and resumed through the API.
import { invalid, missing } from './api-error.ts'
import { billNow, creditLines } from './change-subscription.ts'
import { setAside } from './invoicing.ts'
import { type Allowed, flag, oneOf, type Params, text, tree } from './params.ts'
import { pause, resume } from './pause-subscription.ts'
import type { SubscriptionRecord } from './records.ts'
import { find, get, type World } from './state.ts'
import { cancel } from './subscribe.ts'
import { liveSubscription, PRORATIONS } from './write-subscriptions.ts'

export const CANCEL_PARAMS = {
  cancellation_details: { comment: true, feedback: true },
  invoice_now: true,
  prorate: true,
  expand: [true],
} as const satisfies Allowed

export function cancelSubscription(world: World, id: string, params: Params): SubscriptionRecord {
  const subscription = find(world, 'subscription', id)
  if (subscription === undefined || subscription.endedAt !== null) throw missing('subscription', id)
  const details = tree(params, 'cancellation_details')
  const word = (name: string) => (details && text(details, name)) || null
  const paid = subscription.status === 'active' || subscription.status === 'past_due'
  if (flag(params, 'prorate') && paid) {
    const credits = creditLines(world, subscription, subscription.items, world.at)
    for (const line of credits) setAside(world, subscription.customer, subscription.currency, line)
  }
  if (flag(params, 'invoice_now') && get(world, 'customer', subscription.customer).pending.length > 0) {
    billNow(world, subscription, [], 'now')
  }
  return cancel(world, id, { reason: 'cancellation_requested', feedback: word('feedback'), comment: word('comment') })
}

export const PAUSE_PARAMS = {
  type: true,
  bill_for: { outstanding_usage_through: { type: true }, unused_time_from: { type: true } },
  invoicing_behavior: true,
  expand: [true],
} as const satisfies Allowed

export function pauseSubscription(world: World, id: string, params: Params): SubscriptionRecord {
  const subscription = liveSubscription(world, id)
  if (subscription.status !== 'active' && subscription.status !== 'trialing') {
    throw invalid(`A subscription that is ${subscription.status} cannot be paused.`, 'id')
  }
  oneOf(params, 'type', ['subscription'])
  const unused = tree(tree(params, 'bill_for') ?? {}, 'unused_time_from')
  const from = (unused && oneOf(unused, 'type', ['now', 'none', 'item_current_period_start'])) ?? 'now'
  return pause(world, id, {
    creditFrom: from === 'none' ? null : from === 'now' ? world.at : subscription.periodStart,
    invoicing: oneOf(params, 'invoicing_behavior', ['invoice', 'pending_invoice_item']) ?? 'pending_invoice_item',
  })
}

export const RESUME_PARAMS = {
  billing_cycle_anchor: { type: true },
  payment_behavior: true,
  proration_behavior: true,
  expand: [true],
} as const satisfies Allowed

export function resumeSubscription(world: World, id: string, params: Params): SubscriptionRecord {
  const subscription = liveSubscription(world, id)
  if (subscription.status !== 'paused') throw invalid('Only a subscription that is paused can be resumed.', 'id')
  const anchor = tree(params, 'billing_cycle_anchor')
  const behaviours = ['resume_on_payment_attempt', 'resume_on_payment_success'] as const
  const behaviour = oneOf(params, 'payment_behavior', behaviours)
  return resume(world, id, {
    anchor: (anchor && oneOf(anchor, 'type', ['now', 'unchanged'])) ?? 'now',
    on: behaviour === 'resume_on_payment_success' ? 'success' : 'attempt',
    proration: oneOf(params, 'proration_behavior', PRORATIONS) ?? 'create_prorations',
  })
}
