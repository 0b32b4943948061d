// The billing engine: what falls due as the clock goes on, in the order of time. Every job looks again whether it still applies.

import { DAY, type Seconds } from './calendar.ts'
import { attempt, finalise, settle, voidInvoice } from './collect.ts'
import { change, emit, find, forgetOld, get, schedule, type Task, type World } from './state.ts'
import { cancel, expire, issue, periodEnd } from './subscribe.ts'

/** Runs everything that is due up to and including `until`, which is in whole seconds. */
export function runUntil(world: World, until: Seconds): void {
  for (let task = nextTask(world, until); task !== null; task = nextTask(world, until)) {
    world.at = Math.max(world.at, task.at)
    run(world, task)
  }
  world.at = Math.max(world.at, until)
  forgetOld(world)
}

function nextTask({ agenda }: World, until: Seconds): Task | null {
  let first = -1
  for (const [index, task] of agenda.entries()) {
    const best = agenda[first]
    if (task.at > until) continue
    if (best === undefined || task.at < best.at || (task.at === best.at && task.seq < best.seq)) first = index
  }
  return first < 0 ? null : (agenda.splice(first, 1)[0] ?? null)
}

function run(world: World, { at, job, id }: Task): void {
  world.changes += 1
  switch (job) {
    case 'period-end':
      endPeriod(world, id, at)
      return
    case 'cancel': {
      const subscription = get(world, 'subscription', id)
      if (subscription.cancelAt === at && lives(subscription.status)) endByAgreement(world, id)
      return
    }
    case 'finalise': {
      const invoice = get(world, 'invoice', id)
      if (invoice.status === 'draft' && invoice.finalizesAt === at) advanceDraft(world, id)
      return
    }
    case 'attempt': {
      const invoice = get(world, 'invoice', id)
      if (invoice.status === 'open' && invoice.nextAttempt === at) attempt(world, id)
      return
    }
    case 'settle':
      settle(world, id)
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
  const subscription = get(world, 'subscription', id)
  const { status } = subscription
  if (subscription.periodEnd !== at || !lives(status) || status === 'incomplete' || status === 'paused') return
  if (subscription.cancelAtPeriodEnd) {
    endByAgreement(world, id)
    return
  }
  const method = subscription.paymentMethod ?? get(world, 'customer', subscription.customer).paymentMethod
  if (status === 'trialing' && method === null) {
    const paused = { type: 'trial_end_without_payment_method', at } as const
    change(world, 'subscription', id, { status: 'paused', paused }, ...PAUSED_EVENTS)
    return
  }
  const renewed = change(world, 'subscription', id, {
    status: status === 'trialing' ? 'active' : status,
    periodStart: at,
    periodEnd: periodEnd(get(world, 'price', subscription.price), subscription.anchor, at),
  })
  schedule(world, renewed.periodEnd, 'period-end', id)
  issue(world, renewed, 'subscription_cycle', null, subscription.periodStart)
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
  if (!subscription || !lives(subscription.status)) {
    change(world, 'invoice', id, { autoAdvance: false, finalizesAt: null }, 'invoice.updated')
    return
  }
  switch (subscription.pause?.behavior) {
    case 'void':
      voidInvoice(world, finalise(world, invoice))
      return
    case 'mark_uncollectible': {
      finalise(world, invoice)
      const given = { status: 'uncollectible', uncollectibleAt: world.at } as const
      change(world, 'invoice', id, given, 'invoice.marked_uncollectible')
      return
    }
    case 'keep_as_draft':
      change(world, 'invoice', id, { autoAdvance: false, finalizesAt: null }, 'invoice.updated')
      return
    default:
      if (finalise(world, invoice).status === 'open') attempt(world, id)
  }
}

/** After the last retry: unpaid, paused, or cancelled; the invoice stays open. */
function giveUp(world: World, invoiceId: string): void {
  const invoice = get(world, 'invoice', invoiceId)
  const subscription = invoice.subscription && get(world, 'subscription', invoice.subscription.id)
  if (invoice.status !== 'open' || subscription?.status !== 'past_due') return
  if (processing(world, invoice.payment)) {
    schedule(world, world.at + 2 * DAY, 'give-up', invoiceId)
    return
  }
  const { id } = subscription
  change(world, 'invoice', invoiceId, { nextAttempt: null, autoAdvance: false }, 'invoice.updated')
  switch (world.purses.get(subscription.customer)?.lastResort) {
    case 'canceled':
      cancel(world, id, { reason: 'payment_failed', feedback: null, comment: null })
      return
    case 'paused': {
      const paused = { type: 'final_payment_failure', at: world.at } as const
      change(world, 'subscription', id, { status: 'paused', paused }, ...PAUSED_EVENTS)
      return
    }
    default:
      change(world, 'subscription', id, { status: 'unpaid' }, 'customer.subscription.updated')
  }
}

function processing(world: World, payment: string | null): boolean {
  if (payment === null) return false
  return get(world, 'payment_intent', get(world, 'invoice_payment', payment).intent).status === 'processing'
}
