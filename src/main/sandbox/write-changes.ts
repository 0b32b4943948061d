// Changes of a subscription through the API: items and quantities, dates, discounts, pauses of collection, an agreed end.
import { invalid, missing, notModelled } from './api-error.ts'
import { changeSubscription } from './change-subscription.ts'
import { retryLate } from './collect.ts'
import { applyDiscount, endDiscount } from './discounts.ts'
import { failureNow } from './intents.ts'
import { type Allowed, flag, list, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import type { ItemRecord, SubscriptionRecord } from './records.ts'
import { follow } from './schedules.ts'
import { change, find, get, schedule, type World } from './state.ts'
import { newItem } from './subscribe.ts'
import { ownMethod } from './write-customers.ts'
import { DISCOUNT_PARAMS, readDiscounts } from './write-discounts.ts'
import * as subscriptions from './write-subscriptions.ts'

export const SUBSCRIPTION_PARAMS = {
  items: [{ id: true, price: true, quantity: true, deleted: true, metadata: '*' }],
  billing_cycle_anchor: { type: true },
  proration_behavior: true,
  proration_date: true,
  payment_behavior: true,
  trial_end: true,
  trial_settings: { end_behavior: { missing_payment_method: true } },
  cancel_at_period_end: true,
  cancel_at: true,
  cancellation_details: { comment: true, feedback: true },
  collection_method: true,
  days_until_due: true,
  discounts: [DISCOUNT_PARAMS],
  pause_collection: { behavior: true, resumes_at: true },
  default_payment_method: true,
  off_session: true,
  description: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function updateSubscription(world: World, id: string, params: Params): SubscriptionRecord {
  const before = subscriptions.liveSubscription(world, id)
  const items = readItems(world, before, params)
  const method = text(params, 'default_payment_method')
  const description = text(params, 'description')
  const patch: Partial<SubscriptionRecord> = {
    ...agreedEnd(world, before, params),
    ...pausing(params),
    metadata: metadata(params, before.metadata),
    collection: subscriptions.readCollection(params) ?? before.collection,
    daysUntilDue: whole(params, 'days_until_due') ?? before.daysUntilDue,
    withoutMethod: subscriptions.readTrialSettings(params) ?? before.withoutMethod,
  }
  if (method !== undefined)
    patch.paymentMethod = method === '' ? null : ownMethod(world, before.customer, method, false).id
  if (description !== undefined) patch.description = description || null
  const wanted = readChange(world, before, items, params)
  if (params.discounts !== undefined) changeDiscounts(world, before, params)
  const after = change(
    world,
    'subscription',
    id,
    patch,
    ...(isNews(before, patch) ? ['customer.subscription.updated'] : []),
  )
  if (after.pause?.resumesAt && after.pause !== before.pause) schedule(world, after.pause.resumesAt, 'resume', id)
  if (after.cancelAt !== null && !after.cancelAtPeriodEnd) schedule(world, after.cancelAt, 'cancel', id)
  if (wanted !== null) {
    changeSubscription(world, id, wanted)
    follow(world, get(world, 'subscription', id))
  }
  if (after.paymentMethod !== before.paymentMethod) retryLate(world, id)
  return get(world, 'subscription', id)
}

function isNews(before: SubscriptionRecord, patch: Partial<SubscriptionRecord>): boolean {
  return Object.entries(patch).some(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof SubscriptionRecord]),
  )
}

function readItems(world: World, before: SubscriptionRecord, params: Params): ItemRecord[] {
  const given = list(params, 'items').map((item, index) => subscriptions.branch(item, `items[${index}]`))
  const items = [...before.items]
  for (const [index, one] of given.entries()) {
    const id = text(one, 'id')
    const path = `items[${index}][price]`
    const price = text(one, 'price')
      ? subscriptions.usablePrice(world, required(one, 'price'), path, true).id
      : undefined
    const place = items.findIndex((item) => item.id === id)
    const item = items[place]
    if (id !== undefined && item === undefined) throw missing('subscription_item', id, `items[${index}][id]`)
    const quantity = whole(one, 'quantity')
    if (item === undefined) items.push(newItem(world, required({ price: price ?? '' }, 'price'), quantity ?? 1))
    else if (flag(one, 'deleted')) items.splice(place, 1)
    else {
      const more = { price: price ?? item.price, quantity: quantity ?? item.quantity }
      items[place] = { ...item, ...more, metadata: metadata(one, item.metadata) }
    }
  }
  if (items.length === 0) throw invalid('A subscription must have at least one active plan.', 'items')
  subscriptions.sameCycle(items.map(({ price }) => get(world, 'price', price)))
  if (get(world, 'price', items[0]?.price ?? '').currency !== before.currency) {
    throw invalid(`The price specified only supports another currency than \`${before.currency}\`.`, 'items')
  }
  return items
}

function readChange(world: World, before: SubscriptionRecord, items: ItemRecord[], params: Params) {
  const trial = text(params, 'trial_end')
  const trialAt = trial === undefined || trial === 'now' ? null : (whole(params, 'trial_end') ?? null)
  const anchor = oneOf(tree(params, 'billing_cycle_anchor') ?? {}, 'type', ['now', 'unchanged'])
  const changed = JSON.stringify(items) !== JSON.stringify(before.items)
  const ends = trial === 'now' && before.status === 'trialing'
  if (!changed && trialAt === null && !ends && anchor !== 'now') return null
  if (before.status === 'incomplete')
    throw invalid('An incomplete subscription cannot change its items or dates.', 'items')
  if (trialAt !== null && trialAt <= world.at) throw invalid('`trial_end` must lie in the future.', 'trial_end')
  const cycle = (all: ItemRecord[]) => JSON.stringify(get(world, 'price', all[0]?.price ?? '').recurring)
  const restart = ends || anchor === 'now' || (cycle(items) !== cycle(before.items) && before.status !== 'trialing')
  const behaviours = ['allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete'] as const
  const behaviour = oneOf(params, 'payment_behavior', behaviours) ?? 'allow_incomplete'
  const proration = oneOf(params, 'proration_behavior', subscriptions.PRORATIONS) ?? 'create_prorations'
  const from = whole(params, 'proration_date') ?? world.at
  if (from < before.periodStart || from >= before.periodEnd) {
    throw invalid('`proration_date` must lie in the present period.', 'proration_date')
  }
  const immediate = restart || proration === 'always_invoice'
  const waits = behaviour === 'pending_if_incomplete' && immediate
  if (behaviour === 'pending_if_incomplete') onlyWaits(world, before, params)
  if (waits && restart) throw notModelled('pending_if_incomplete with a new period')
  if (behaviour === 'error_if_incomplete' && immediate && before.collection === 'charge_automatically') {
    const { paymentMethod } = get(world, 'customer', before.customer)
    const method = find(world, 'payment_method', before.paymentMethod ?? paymentMethod ?? '')
    subscriptions.refuseFailure(failureNow(world, before.customer, method))
  }
  const charge = behaviour === 'default_incomplete' ? ('later' as const) : ('now' as const)
  return { items, proration, from, restart, trialEnd: trialAt, charge, waits }
}

/** What may wait for its payment, and with what else: neither a bank debit nor an invoice that is sent
 * (docs.stripe.com/billing/subscriptions/pending-updates-reference). */
const WAITS_WITH = [
  'items',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'billing_cycle_anchor',
  'trial_end',
  'cancel_at_period_end',
  'expand',
]

function onlyWaits(world: World, before: SubscriptionRecord, params: Params): void {
  const other = Object.keys(params).find((name) => !WAITS_WITH.includes(name))
  if (other !== undefined)
    throw invalid(`You cannot set \`${other}\` with \`payment_behavior\` set to \`pending_if_incomplete\`.`, other)
  const { paymentMethod } = get(world, 'customer', before.customer)
  const method = find(world, 'payment_method', before.paymentMethod ?? paymentMethod ?? '')
  if (before.collection !== 'charge_automatically' || (method !== undefined && method.type !== 'card'))
    throw invalid('Pending updates need a subscription that is charged automatically to a card.', 'payment_behavior')
}

/** What is named stays or comes, the rest goes. */
function changeDiscounts(world: World, before: SubscriptionRecord, params: Params): void {
  const kept = list(params, 'discounts').flatMap((one) =>
    typeof one === 'string' ? [] : (text(one, 'discount') ?? []),
  )
  const orders = readDiscounts(world, params, 'discounts', before.customer)
  for (const id of before.discounts) if (!kept.includes(id)) endDiscount(world, id)
  if (orders.length === 0) return
  const target = { subscription: before.id }
  const added = orders.map((order) => applyDiscount(world, order, before.customer, target))
  const discounts = [...get(world, 'subscription', before.id).discounts, ...added]
  change(world, 'subscription', before.id, { discounts }, 'customer.subscription.updated')
}

function agreedEnd(world: World, before: SubscriptionRecord, params: Params): Partial<SubscriptionRecord> {
  const atEnd = flag(params, 'cancel_at_period_end')
  if (before.schedule && (atEnd !== undefined || text(params, 'cancel_at') !== undefined)) {
    const message = `The subscription is managed by the subscription schedule \`${before.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`
    throw invalid(message, atEnd === undefined ? 'cancel_at' : 'cancel_at_period_end')
  }
  const cancelAt = subscriptions.readCancelAt(params, before)
  const details = tree(params, 'cancellation_details')
  const words = {
    cancelFeedback: (details && text(details, 'feedback')) || before.cancelFeedback,
    cancelComment: (details && text(details, 'comment')) || before.cancelComment,
  }
  const asked = { canceledAt: world.at, cancelReason: 'cancellation_requested', ...words } as const
  if (atEnd && cancelAt) throw invalid('Give either cancel_at or cancel_at_period_end.', 'cancel_at')
  if (cancelAt && cancelAt <= world.at) throw invalid('`cancel_at` must lie in the future.', 'cancel_at')
  // A pause may outlast its period, and what Stripe makes of an end that is past nobody has said.
  if (atEnd && before.periodEnd <= world.at) throw notModelled('cancel_at_period_end after the period, in a pause')
  if (atEnd) return { ...asked, cancelAtPeriodEnd: true, cancelAt: before.periodEnd }
  if (cancelAt) return { ...asked, cancelAtPeriodEnd: false, cancelAt }
  const taken = { cancelAt: null, canceledAt: null, cancelReason: null, cancelFeedback: null, cancelComment: null }
  if (atEnd === false || cancelAt === null) return { ...taken, cancelAtPeriodEnd: false }
  return words
}

function pausing(params: Params): Partial<SubscriptionRecord> {
  const given = params.pause_collection
  if (given === undefined) return {}
  if (typeof given === 'string') return { pause: null }
  const behavior = oneOf(given, 'behavior', ['keep_as_draft', 'mark_uncollectible', 'void'])
  if (behavior === undefined) {
    throw invalid(
      'Missing required param: pause_collection[behavior].',
      'pause_collection[behavior]',
      'parameter_missing',
    )
  }
  return { pause: { behavior, resumesAt: whole(given, 'resumes_at') ?? null } }
}
