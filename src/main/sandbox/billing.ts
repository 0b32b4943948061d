// The billing engine: what falls due as the clock goes on, in the order of time. Every job looks again whether it still applies.

import { type Task, takeDue } from './agenda.ts'
import { DAY, type Seconds } from './calendar.ts'
import { attempt, fallBehind, finalise, intentOf, retry, settle, voidInvoice, writeOff } from './collect.ts'
import { endDiscount } from './discounts.ts'
import { issue, periodLines } from './invoicing.ts'
import { periodEnd } from './periods.ts'
import { turn } from './schedules.ts'
import { expireSession, tellSession } from './sessions.ts'
import { change, emit, find, forgetOld, get, schedule, type World } from './state.ts'
import { cancel, expire } from './subscribe.ts'

/** Runs everything that is due up to and including `until`, which is in whole seconds. */
export function runUntil(world: World, until: Seconds): void {
  const agenda = world.agendas[world.onClock?.id ?? ''] ?? []
  for (let task = takeDue(agenda, until); task !== null; task = takeDue(agenda, until)) {
    world.at = Math.max(world.at, task.at)
    run(world, task)
  }
  world.at = Math.max(world.at, until)
  if (world.onClock === null) forgetOld(world)
}

function run(world: World, { at, job, id }: Task): void {
  world.changes += 1
  switch (job) {
    case 'due':
      fallDue(world, id)
      return
    case 'discount-end':
      endDiscount(world, id)
      return
    case 'change-expires':
      dropChange(world, id, at)
      return
    case 'trial-will-end': {
      const subscription = get(world, 'subscription', id)
      const trialing = subscription.status === 'trialing'
      if (trialing) emit(world, 'customer.subscription.trial_will_end', 'subscription', null, subscription)
      return
    }
    case 'period-end':
      endPeriod(world, id, at)
      return
    case 'phase-end':
      turn(world, id, at)
      return
    case 'cancel': {
      const subscription = get(world, 'subscription', id)
      if (subscription.cancelAt === at && lives(subscription.status)) endByAgreement(world, id)
      return
    }
    case 'finalise': {
      const invoice = find(world, 'invoice', id)
      if (invoice?.status === 'draft' && invoice.finalizesAt === at) advanceDraft(world, id)
      return
    }
    case 'attempt': {
      const invoice = get(world, 'invoice', id)
      if (invoice.status === 'open' && invoice.nextAttempt === at) retry(world, id)
      return
    }
    case 'settle':
      settle(world, id)
      tellSession(world, id)
      return
    case 'session-end':
      expireSession(world, id)
      return
    case 'give-up':
      giveUp(world, id)
      return
    case 'expire':
      if (get(world, 'subscription', id).status === 'incomplete') expire(world, id)
      return
    case 'resume': {
      const { pause } = get(world, 'subscription', id)
      if (pause?.resumesAt === at) change(world, 'subscription', id, { pause: null }, 'customer.subscription.updated')
      return
    }
  }
}

function lives(status: string): boolean {
  return status !== 'canceled' && status !== 'incomplete_expired'
}

function endPeriod(world: World, id: string, at: Seconds): void {
  const { schedule: by, periodEnd: end } = get(world, 'subscription', id)
  // What it is to be from this second on is what this renewal bills.
  if (by && end === at) turn(world, by, at)
  const subscription = get(world, 'subscription', id)
  const { status } = subscription
  if (subscription.periodEnd !== at || !lives(status) || status === 'incomplete') return
  if (subscription.cancelAtPeriodEnd) {
    endByAgreement(world, id)
    return
  }
  if (status === 'paused') return
  const { status: before } = subscription
  const method = subscription.paymentMethod ?? get(world, 'customer', subscription.customer).paymentMethod
  if (before === 'trialing' && method === null && subscription.collection === 'charge_automatically') {
    if (subscription.withoutMethod === 'pause') {
      const paused = { type: 'trial_end_without_payment_method', at } as const
      change(world, 'subscription', id, { status: 'paused', paused }, ...PAUSED_EVENTS)
      return
    }
    if (subscription.withoutMethod === 'cancel') {
      endByAgreement(world, id)
      return
    }
  }
  const renewed = change(world, 'subscription', id, {
    status: before === 'trialing' ? 'active' : before,
    periodStart: at,
    periodEnd: periodEnd(world, subscription, at),
  })
  schedule(world, renewed.periodEnd, 'period-end', id)
  issue(world, renewed, 'subscription_cycle', periodLines(world, renewed), subscription.periodStart)
  emit(world, 'customer.subscription.updated', 'subscription', subscription, get(world, 'subscription', id))
}

const PAUSED_EVENTS = ['customer.subscription.updated', 'customer.subscription.paused']

function endByAgreement(world: World, id: string): void {
  const { cancelFeedback, cancelComment } = get(world, 'subscription', id)
  cancel(world, id, { reason: 'cancellation_requested', feedback: cancelFeedback, comment: cancelComment })
}

/** The hour as a draft is over: collected, or put aside while collection is paused. */
function advanceDraft(world: World, id: string): void {
  const invoice = get(world, 'invoice', id)
  const subscription = invoice.subscription && find(world, 'subscription', invoice.subscription.id)
  const behavior = subscription?.pause?.behavior
  if ((subscription && !lives(subscription.status)) || behavior === 'keep_as_draft') {
    change(world, 'invoice', id, { autoAdvance: false, finalizesAt: null }, 'invoice.updated')
    return
  }
  const open = finalise(world, invoice)
  if (open.status !== 'open') return
  if (behavior === 'void') voidInvoice(world, open)
  else if (behavior === 'mark_uncollectible') writeOff(world, open)
  else if (open.collection === 'charge_automatically') attempt(world, id)
}

/** An invoice that was sent has not been paid in time. */
function fallDue(world: World, id: string): void {
  const invoice = get(world, 'invoice', id)
  if (invoice.status !== 'open') return
  emit(world, 'invoice.overdue', 'invoice', null, invoice)
  if (invoice.subscription) fallBehind(world, invoice.subscription.id, invoice)
}

/** A change that waited for its payment has waited long enough. */
function dropChange(world: World, id: string, at: Seconds): void {
  const { pendingUpdate } = get(world, 'subscription', id)
  if (pendingUpdate?.expiresAt !== at) return
  const events = ['customer.subscription.updated', 'customer.subscription.pending_update_expired']
  change(world, 'subscription', id, { pendingUpdate: null }, ...events)
  const invoice = get(world, 'invoice', pendingUpdate.invoice)
  if (invoice.status === 'open') voidInvoice(world, invoice)
}

/** After the last retry: unpaid, paused, cancelled, or for ever past due; the invoice stays open. */
function giveUp(world: World, invoiceId: string): void {
  const invoice = get(world, 'invoice', invoiceId)
  const subscription = invoice.subscription && get(world, 'subscription', invoice.subscription.id)
  if (invoice.status !== 'open' || subscription?.status !== 'past_due') return
  if (intentOf(world, invoice)?.status === 'processing') {
    schedule(world, world.at + 2 * DAY, 'give-up', invoiceId)
    return
  }
  const { id } = subscription
  change(world, 'invoice', invoiceId, { nextAttempt: null, autoAdvance: false }, 'invoice.updated')
  switch (world.purses.get(subscription.customer)?.lastResort ?? world.rules.outcome) {
    case 'canceled':
      cancel(world, id, { reason: 'payment_failed', feedback: null, comment: null })
      return
    case 'paused': {
      const paused = { type: 'final_payment_failure', at: world.at } as const
      change(world, 'subscription', id, { status: 'paused', paused }, ...PAUSED_EVENTS)
      return
    }
    case 'past_due':
      return
    case 'unpaid':
      change(world, 'subscription', id, { status: 'unpaid' }, 'customer.subscription.updated')
  }
}
