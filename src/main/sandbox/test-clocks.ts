// Stripe's test clocks: customers that live by a time of their own, which moves only when it is told to.

import { runUntil } from './billing.ts'
import type { Seconds } from './calendar.ts'
import type { ClockRecord } from './records.ts'
import { add, all, change, find, get, newId, type World } from './state.ts'

const KIND = 'test_helpers.test_clock'

export function newClock(world: World, frozen: Seconds, name: string | null): ClockRecord {
  const clock = { id: newId(world, KIND), created: world.at, name, frozen, target: null }
  return add(world, KIND, clock, 'test_helpers.test_clock.created')
}

/** Does something at the time of that clock; null is the sandbox's own. */
export function atClock<T>(world: World, clock: string | null, work: () => T): T {
  if (clock === null || world.onClock !== null) return work()
  const real = world.at
  world.onClock = { id: clock, real }
  world.at = get(world, KIND, clock).frozen
  try {
    return work()
  } finally {
    world.at = real
    world.onClock = null
  }
}

/** Answers the clock as it is on its way; whoever reads it again finds it there. */
export function advanceClock(world: World, id: string, target: Seconds): ClockRecord {
  const leaving = change(world, KIND, id, { target }, 'test_helpers.test_clock.advancing')
  atClock(world, id, () => runUntil(world, target))
  change(world, KIND, id, { frozen: target, target: null }, 'test_helpers.test_clock.ready')
  return leaving
}

/** The clock by which the object of a request lives. */
export function clockOf(world: World, ids: (string | undefined)[]): string | null {
  for (const id of ids) {
    if (id?.startsWith('clock_') && find(world, KIND, id)) return id
    const customer = id === undefined ? undefined : customerOf(world, id)
    const clock = customer === undefined ? null : (find(world, 'customer', customer)?.testClock ?? null)
    if (clock !== null && find(world, KIND, clock)) return clock
  }
  return null
}

function customerOf(world: World, id: string): string | undefined {
  if (id.startsWith('cus_')) return id
  if (id.startsWith('si_')) {
    return all(world, 'subscription').find(({ items }) => items.some((item) => item.id === id))?.customer
  }
  if (id.startsWith('tmr_')) {
    const intent = find(world, 'terminal.reader', id)?.action?.intent
    return intent ? customerOf(world, intent) : undefined
  }
  const kinds = [
    'subscription',
    'invoice',
    'invoiceitem',
    'payment_intent',
    'setup_intent',
    'checkout.session',
    'charge',
    'dispute',
    'subscription_schedule',
  ] as const
  return kinds.map((kind) => find(world, kind, id)?.customer ?? undefined).find((found) => found !== undefined)
}
