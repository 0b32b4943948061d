// What can be changed of a membership that runs at Stripe, and whether Stripe says that it is so: what is wished for is
// always a state, so that asking twice, or somebody else asking at the same time, makes no difference.
import type { Money } from './money.ts'
import type { Ms } from './time.ts'
import type { ActionKind } from './timeline-en.ts'

export type PauseWay = 'collection' | 'requested'

export type Change =
  /** `at`: the moment that the parts of the period count from, as it was previewed. */
  | {
      do: 'plan'
      when: 'now' | 'period-end'
      planId: string
      itemId: string
      priceId: string
      quantity: number
      at: Ms
    }
  | { do: 'seats'; itemId: string; quantity: number; at: Ms; cover: string | null; uncover: string | null }
  | { do: 'cancel'; when: 'now' | 'period-end'; reason: string }
  /** Takes an agreed end back. */
  | { do: 'keep' }
  /** `collection`: only the invoices stop, until a day; `requested`: the whole subscription, until it is resumed. */
  | { do: 'pause'; way: PauseWay; until: Ms | null; reason: string }
  | { do: 'resume' }
  /** Takes back what was to come: a plan from the next period on, or one whose invoice is not paid. */
  | { do: 'take-back' }

export type Item = { id: string; priceId: string; quantity: number }

/** A subscription as Stripe has it at this moment. */
export type SubscriptionNow = {
  id: string
  customerId: string
  status: string
  /** Charged by itself, and to a card: only then can a change wait for its payment. */
  byCard: boolean
  items: Item[]
  /** What the items become once the invoice is paid. */
  pendingItems: Item[] | null
  periodEnd: Ms | null
  /** The agreed end; `atPeriodEnd` where it is that of the period, whenever that is. */
  cancelAt: Ms | null
  atPeriodEnd: boolean
  endedAt: Ms | null
  collectionPaused: boolean
  schedule: Schedule | null
  /** The newest invoice. */
  invoice: { id: string; status: string; remaining: Money } | null
}

export type Phase = { start: Ms; end: Ms | null; items: Omit<Item, 'id'>[]; discounts: string[] }
export type Schedule = { id: string; endBehavior: string; phases: Phase[] }

/** `waits`: it holds as soon as its invoice is paid. */
export type Fulfilled = 'yes' | 'waits' | 'no'

/** Whether what is wished for is so; `asked` once it was asked for under its key. */
export function fulfilled(change: Change, now: SubscriptionNow, asked: boolean): Fulfilled {
  const is = (holds: boolean): Fulfilled => (holds ? 'yes' : 'no')
  const sold = ({ id, priceId, quantity }: Item) =>
    change.do === 'plan' && id === change.itemId && priceId === change.priceId && quantity === change.quantity
  switch (change.do) {
    case 'plan':
      if (now.items.some(sold)) return 'yes'
      if (change.when === 'now') return now.pendingItems?.some(sold) ? 'waits' : 'no'
      return is(comingItems(now).some(({ priceId, quantity }) => sold({ id: change.itemId, priceId, quantity })))
    case 'seats':
      return is(now.items.some(({ id, quantity }) => id === change.itemId && quantity === change.quantity))
    case 'cancel':
      return is(now.endedAt !== null || (change.when === 'period-end' && now.cancelAt !== null))
    case 'keep':
      return is(now.endedAt === null && now.cancelAt === null)
    case 'pause':
      return is(change.way === 'collection' ? now.collectionPaused : now.status === 'paused')
    case 'resume':
      if (now.collectionPaused) return 'no'
      if (now.status !== 'paused') return 'yes'
      return asked && now.invoice?.status === 'open' ? 'waits' : 'no'
    case 'take-back':
      return is(now.pendingItems === null && now.schedule === null)
  }
}

/** What a schedule makes of it after the phase that holds now. */
function comingItems({ schedule, periodEnd }: SubscriptionNow): Omit<Item, 'id'>[] {
  return (schedule?.phases ?? []).flatMap(({ start, items }) => (periodEnd !== null && start >= periodEnd ? items : []))
}

/** The words under which it stands in the log and in the person's story. */
export function actionOf(change: Change): ActionKind {
  switch (change.do) {
    case 'plan':
      return change.when === 'now' ? 'membership-plan-changed' : 'membership-plan-put-down'
    case 'seats':
      return 'membership-seats-bought'
    case 'cancel':
      return change.when === 'now' ? 'membership-cancelled-now' : 'membership-cancelled'
    case 'keep':
      return 'membership-kept'
    case 'pause':
      return 'membership-paused'
    case 'resume':
      return 'membership-resumed'
    case 'take-back':
      return 'membership-change-taken-back'
  }
}
