// Stripe's own pause of a subscription, and its end; `pause_collection`, which only stops the collecting, is a field of it.
import type { Seconds } from './calendar.ts'
import { billNow, creditLines, debitLines } from './change-subscription.ts'
import { attempt, finalise, goOn } from './collect.ts'
import { issue, periodLines, setAside } from './invoicing.ts'
import { periodEnd } from './periods.ts'
import type { SubscriptionRecord } from './records.ts'
import { change, get, schedule, type World } from './state.ts'
import type { Proration } from './subscribe.ts'

export type PauseOrder = {
  /** Where the credit for unused time begins; null gives none. */
  creditFrom: Seconds | null
  /** `invoice` puts the credit on an invoice of its own, else it waits for the next one. */
  invoicing: 'invoice' | 'pending_invoice_item'
}

export function pause(world: World, id: string, order: PauseOrder): SubscriptionRecord {
  const before = get(world, 'subscription', id)
  const from = order.creditFrom
  const credits = from === null || before.status === 'trialing' ? [] : creditLines(world, before, before.items, from)
  for (const line of credits) setAside(world, before.customer, before.currency, line)
  const paused = { type: 'pause_requested', at: world.at, credited: credits.length > 0 } as const
  const events = ['customer.subscription.updated', 'customer.subscription.paused']
  const after = change(world, 'subscription', id, { status: 'paused', paused }, ...events)
  if (order.invoicing === 'invoice' && credits.length > 0) billNow(world, after, [], 'now')
  return get(world, 'subscription', id)
}

export type ResumeOrder = {
  anchor: 'now' | 'unchanged'
  /** Whether it is on again with the attempt to take the money, or only with the money. */
  on: 'attempt' | 'success'
  proration: Proration
}

export function resume(world: World, id: string, { anchor, on, proration }: ResumeOrder): SubscriptionRecord {
  const before = get(world, 'subscription', id)
  const running = anchor === 'unchanged' && before.periodEnd > world.at
  const dates = anchor === 'now' ? { anchor: world.at, anchorConfig: null } : {}
  const renewed = { ...before, ...dates }
  const period = running ? {} : { periodStart: world.at, periodEnd: periodEnd(world, renewed, world.at) }
  const started = change(world, 'subscription', id, { ...dates, ...period })
  schedule(world, started.periodEnd, 'period-end', id)
  const due = running
    ? before.paused?.credited && proration !== 'none'
      ? debitLines(world, started, started.items, world.at)
      : []
    : anchor === 'unchanged' && proration === 'none'
      ? []
      : periodLines(world, started)
  if (due.length === 0 || (running && proration === 'create_prorations')) {
    for (const line of due) setAside(world, started.customer, started.currency, line)
    return goOn(world, id)
  }
  if (on === 'attempt') goOn(world, id)
  const made = issue(world, get(world, 'subscription', id), 'subscription_update', due)
  if (on === 'success') waitFor(world, id, made.id)
  if (made.finalizesAt === null && finalise(world, made).status === 'open') attempt(world, made.id)
  return get(world, 'subscription', id)
}

function waitFor(world: World, id: string, invoice: string): void {
  const { paused } = get(world, 'subscription', id)
  if (paused !== null) change(world, 'subscription', id, { paused: { ...paused, resumesWith: invoice } })
}
