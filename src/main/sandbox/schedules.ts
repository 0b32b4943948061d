// Subscription schedules: what a subscription is to become and when, carried out by the clock. Their calls are write-schedules.ts.
import type { Seconds } from './calendar.ts'
import { changeSubscription } from './change-subscription.ts'
import { periodEnd } from './periods.ts'
import type { ItemRecord, SubscriptionRecord } from './records.ts'
import type { PhaseRecord, ScheduleRecord } from './records-schedule.ts'
import { add, change, find, get, newId, schedule, type World } from './state.ts'
import { newItem } from './subscribe.ts'

const KIND = 'subscription_schedule'

/** Takes a subscription up as it is: one phase, which is its present period. */
export function takeInHand(world: World, { id, customer, items, periodStart, periodEnd }: SubscriptionRecord) {
  const phase: PhaseRecord = {
    start: periodStart,
    end: periodEnd,
    items: items.map(({ price, quantity, metadata }) => ({ price, quantity, metadata })),
    proration: 'create_prorations',
  }
  const made = add(
    world,
    KIND,
    {
      id: newId(world, KIND),
      created: world.at,
      customer,
      subscription: id,
      released: null,
      status: 'active',
      phases: [phase],
      current: 0,
      endBehavior: 'release',
      canceledAt: null,
      completedAt: null,
      releasedAt: null,
      metadata: {},
    },
    `${KIND}.created`,
  )
  change(world, 'subscription', id, { schedule: made.id }, 'customer.subscription.updated')
  schedule(world, phase.end, 'phase-end', made.id)
  return made
}

/** Another plan from the next period on, for one period of it, as the customer portal puts it down. */
export function changeAtEnd(world: World, subscription: string, price: string): void {
  const { periodEnd: start, anchorConfig } = get(world, 'subscription', subscription)
  const { id, phases, current, endBehavior, metadata } = takeInHand(world, get(world, 'subscription', subscription))
  const items = [{ price, quantity: 1, metadata: {} }]
  const end = periodEnd(world, { items: [newItem(world, price, 1)], anchor: start, anchorConfig }, start)
  const next = { start, end, items, proration: 'create_prorations' } as const
  rewrite(world, id, { phases: [...phases, next], current, endBehavior, metadata }, 'none')
}

/** Other phases, or another end; what holds now is changed at once where it differs. */
export function rewrite(
  world: World,
  id: string,
  patch: Pick<ScheduleRecord, 'phases' | 'current' | 'endBehavior' | 'metadata'>,
  proration: PhaseRecord['proration'],
): ScheduleRecord {
  const after = change(world, KIND, id, patch, `${KIND}.updated`)
  const now = after.phases[after.current]
  if (now === undefined || after.subscription === null) return after
  schedule(world, now.end, 'phase-end', id)
  enter(world, get(world, 'subscription', after.subscription), now, proration)
  agreeEnd(world, after)
  return get(world, KIND, id)
}

/** It lets go, and the subscription goes on as it is. */
export function release(world: World, id: string, keepEnd: boolean): ScheduleRecord {
  const { subscription, endBehavior } = get(world, KIND, id)
  const released = { status: 'released', releasedAt: world.at, subscription: null, released: subscription } as const
  const after = change(world, KIND, id, released, `${KIND}.released`)
  const open = endBehavior === 'cancel' && !keepEnd ? { cancelAt: null, canceledAt: null, cancelReason: null } : {}
  change(world, 'subscription', subscription ?? '', { schedule: null, ...open }, 'customer.subscription.updated')
  return after
}

/** A phase is over: the next one holds, or it was the last. Called again for the same moment, it does nothing. */
export function turn(world: World, id: string, at: Seconds): void {
  const found = find(world, KIND, id)
  if (found?.status !== 'active' || found.subscription === null) return
  const next = found.phases[found.current + 1]
  if ((found.phases[found.current]?.end ?? 0) > at) return
  if (next === undefined) {
    // One that cancels has told the subscription so, which ends by itself.
    if (found.endBehavior === 'release') release(world, id, false)
    return
  }
  change(world, KIND, id, { current: found.current + 1 }, `${KIND}.updated`)
  schedule(world, next.end, 'phase-end', id)
  enter(world, get(world, 'subscription', found.subscription), next, next.proration)
}

/** What somebody changes by hand holds for the phase that it happens in. */
export function follow(world: World, { schedule: by, items }: SubscriptionRecord): void {
  const found = by ? find(world, KIND, by) : undefined
  if (found?.status !== 'active') return
  const own = items.map(({ price, quantity, metadata }) => ({ price, quantity, metadata }))
  const phases = found.phases.map((phase, n) => (n === found.current ? { ...phase, items: own } : phase))
  if (JSON.stringify(phases) !== JSON.stringify(found.phases))
    change(world, KIND, found.id, { phases }, `${KIND}.updated`)
}

function enter(world: World, before: SubscriptionRecord, phase: PhaseRecord, proration: PhaseRecord['proration']) {
  const items = phase.items.map(({ price, quantity, metadata }): ItemRecord => {
    const same = before.items.find((item) => item.price === price)
    return same ? { ...same, quantity } : newItem(world, price, quantity, metadata)
  })
  const told = (all: readonly Pick<ItemRecord, 'price' | 'quantity'>[]) =>
    JSON.stringify(all.map(({ price, quantity }) => [price, quantity]))
  if (told(items) === told(before.items)) return
  const cycle = (all: ItemRecord[]) => JSON.stringify(get(world, 'price', all[0]?.price ?? '').recurring)
  const restart = cycle(items) !== cycle(before.items)
  if (before.periodEnd === world.at) {
    // The renewal of this very second bills the new items: nothing is left of the old ones.
    const anchor = restart ? { anchor: world.at, anchorConfig: null } : {}
    change(world, 'subscription', before.id, { items, ...anchor }, 'customer.subscription.updated')
    return
  }
  const plain = { from: world.at, trialEnd: null, charge: 'now', waits: false } as const
  changeSubscription(world, before.id, { items, proration, restart, ...plain })
}

/** One that ends by cancelling has agreed that end with the subscription. */
function agreeEnd(world: World, { subscription, endBehavior, phases }: ScheduleRecord): void {
  const before = get(world, 'subscription', subscription ?? '')
  const cancelAt = endBehavior === 'cancel' ? (phases.at(-1)?.end ?? null) : null
  if (before.cancelAt === cancelAt) return
  const asked =
    cancelAt === null
      ? { canceledAt: null, cancelReason: null }
      : { canceledAt: world.at, cancelReason: 'cancellation_requested' as const }
  change(world, 'subscription', before.id, { cancelAt, ...asked }, 'customer.subscription.updated')
  if (cancelAt !== null) schedule(world, cancelAt, 'cancel', before.id)
}
