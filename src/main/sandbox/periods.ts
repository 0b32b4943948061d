// Where the billing periods of a subscription begin and end.
import { billingDate, nextBillingDate, type Seconds } from './calendar.ts'
import type { SubscriptionRecord } from './records.ts'
import { get, type World } from './state.ts'

export function periodEnd(
  world: World,
  { items, anchor, anchorConfig }: Pick<SubscriptionRecord, 'items' | 'anchor' | 'anchorConfig'>,
  after: Seconds,
): Seconds {
  const recurring = get(world, 'price', items[0]?.price ?? '').recurring
  if (recurring === null) throw new Error('Subscribing: a one-time price has no periods')
  return nextBillingDate(anchor, recurring.interval, recurring.count, after, anchorConfig?.day)
}

/** Where the whole period begins that ends at `end`. */
export function startOfWhole(world: World, { items, anchor, anchorConfig }: SubscriptionRecord, end: Seconds): Seconds {
  const recurring = items[0] && get(world, 'price', items[0].price).recurring
  if (!recurring) return end
  const day = anchorConfig?.day ?? new Date(anchor * 1000).getUTCDate()
  return billingDate(end, recurring.interval, -recurring.count, day)
}
