// Subscriptions begun through the API, and what their other calls share; changes are write-changes.ts, ends write-ends.ts.
import { ApiError, invalid, missing, notModelled } from './api-error.ts'
import { type AnchorConfig, DAY } from './calendar.ts'
import { failureNow } from './intents.ts'
import {
  type Allowed,
  flag,
  list,
  metadata,
  oneOf,
  type Param,
  type Params,
  required,
  text,
  tree,
  whole,
} from './params.ts'
import type { CollectionMethod } from './record-parts.ts'
import type { PriceRecord, SubscriptionRecord } from './records.ts'
import type { PaymentFailure } from './records-money.ts'
import { change, find, get, schedule, type World } from './state.ts'
import { type ItemOrder, subscribe } from './subscribe.ts'
import { liveCustomer, ownMethod } from './write-customers.ts'
import { DISCOUNT_PARAMS, readDiscounts } from './write-discounts.ts'

export const PRORATIONS = ['create_prorations', 'none', 'always_invoice'] as const
export const COLLECTIONS = ['charge_automatically', 'send_invoice'] as const
const TRIAL_SETTINGS = { end_behavior: { missing_payment_method: true } } as const

export const SUBSCRIBE_PARAMS = {
  customer: true,
  items: [{ price: true, quantity: true, metadata: '*', discounts: [DISCOUNT_PARAMS] }],
  add_invoice_items: [{ price: true, quantity: true, discounts: [DISCOUNT_PARAMS] }],
  billing_cycle_anchor: true,
  billing_cycle_anchor_config: { day_of_month: true, month: true, hour: true, minute: true, second: true },
  billing_mode: { type: true, flexible: { proration_discounts: true } },
  cancel_at: true,
  cancel_at_period_end: true,
  collection_method: true,
  currency: true,
  days_until_due: true,
  default_payment_method: true,
  discounts: [DISCOUNT_PARAMS],
  trial_end: true,
  trial_period_days: true,
  trial_settings: TRIAL_SETTINGS,
  payment_behavior: true,
  proration_behavior: true,
  off_session: true,
  description: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function createSubscription(world: World, params: Params): SubscriptionRecord {
  const customer = liveCustomer(world, required(params, 'customer'), 'customer')
  const items = readItems(world, params, 'items', true)
  if (items.length === 0) throw invalid('Missing required param: items.', 'items', 'parameter_missing')
  sameCycle(items.map(({ price }) => get(world, 'price', price)))
  const currency = get(world, 'price', items[0]?.price ?? '').currency
  if (customer.currency !== null && customer.currency !== currency && customer.balance !== 0) {
    throw invalid(`You cannot combine currencies on a single customer: ${customer.currency}, ${currency}.`, 'customer')
  }
  const given = text(params, 'default_payment_method')
  const own = given ? ownMethod(world, customer.id, given, false) : undefined
  const method = own ?? (customer.paymentMethod ? find(world, 'payment_method', customer.paymentMethod) : undefined)
  const behaviours = ['allow_incomplete', 'default_incomplete', 'error_if_incomplete'] as const
  const behaviour = oneOf(params, 'payment_behavior', behaviours) ?? 'allow_incomplete'
  const trialDays = whole(params, 'trial_period_days') ?? 0
  const trialAt = text(params, 'trial_end') === 'now' ? 0 : (whole(params, 'trial_end') ?? 0)
  const trialEnd = trialDays > 0 ? world.at + trialDays * DAY : trialAt > world.at ? trialAt : null
  const collection = readCollection(params) ?? 'charge_automatically'
  const daysUntilDue = whole(params, 'days_until_due') ?? null
  if (collection === 'send_invoice' && daysUntilDue === null) {
    throw invalid('You must pass `days_until_due` when `collection_method` is `send_invoice`.', 'days_until_due')
  }
  const discounts = readDiscounts(world, params, 'discounts', customer.id)
  const charged = trialEnd === null && collection === 'charge_automatically'
  if (charged && behaviour !== 'default_incomplete' && method === undefined && !isFree(world, items, discounts)) {
    const message = 'This customer has no attached payment source or default payment method.'
    throw new ApiError(400, { type: 'invalid_request_error', code: 'resource_missing', message })
  }
  if (charged && behaviour === 'error_if_incomplete') refuseFailure(failureNow(world, customer.id, method))
  const made = subscribe(world, {
    customer: customer.id,
    items,
    paymentMethod: own?.id ?? null,
    trialEnd,
    withoutMethod: readTrialSettings(params) ?? 'create_invoice',
    anchor: readAnchor(world, params),
    anchorConfig: readAnchorConfig(params),
    proration: oneOf(params, 'proration_behavior', PRORATIONS) ?? 'create_prorations',
    discounts,
    extras: readItems(world, params, 'add_invoice_items', false),
    collection,
    daysUntilDue,
    metadata: metadata(params, {}),
    description: text(params, 'description') || null,
    charge: behaviour === 'default_incomplete' ? 'later' : 'now',
    trustDebit: false,
  })
  return withEnd(world, made, params)
}

/** Nothing to pay at the start: no price, or a coupon for all of it. */
function isFree(world: World, items: ItemOrder[], discounts: { coupon: string }[]): boolean {
  const full = discounts.some(({ coupon }) => get(world, 'coupon', coupon).percentOff === 100)
  return full || items.every(({ price, quantity }) => quantity * get(world, 'price', price).unitAmount === 0)
}

function withEnd(world: World, made: SubscriptionRecord, params: Params): SubscriptionRecord {
  const cancelAt = readCancelAt(params, made)
  const atEnd = flag(params, 'cancel_at_period_end') === true
  if (!atEnd && !cancelAt) return made
  const asked = { canceledAt: world.at, cancelReason: 'cancellation_requested' } as const
  if (cancelAt) schedule(world, cancelAt, 'cancel', made.id)
  return change(world, 'subscription', made.id, {
    ...asked,
    cancelAtPeriodEnd: atEnd,
    cancelAt: atEnd ? made.periodEnd : (cancelAt ?? null),
  })
}

/** Undefined where it is not given, null where it is taken away. */
export function readCancelAt(params: Params, { periodEnd }: SubscriptionRecord): number | null | undefined {
  const word = text(params, 'cancel_at')
  if (word === 'min_period_end' || word === 'max_period_end') return periodEnd
  return word === '' ? null : whole(params, 'cancel_at')
}

export function readCollection(params: Params): CollectionMethod | undefined {
  return oneOf(params, 'collection_method', COLLECTIONS)
}

export function readTrialSettings(params: Params): SubscriptionRecord['withoutMethod'] | undefined {
  const settings = tree(params, 'trial_settings')
  const end = settings && tree(settings, 'end_behavior')
  return end && oneOf(end, 'missing_payment_method', ['pause', 'cancel', 'create_invoice'])
}

function readAnchor(world: World, params: Params): number | null {
  const anchor = whole(params, 'billing_cycle_anchor') ?? null
  if (anchor === null) return null
  if (tree(params, 'billing_cycle_anchor_config')) {
    throw invalid(
      'You may only specify one of these parameters: billing_cycle_anchor, billing_cycle_anchor_config.',
      'billing_cycle_anchor',
    )
  }
  if (anchor <= world.at) throw invalid('`billing_cycle_anchor` must lie in the future.', 'billing_cycle_anchor')
  return anchor
}

function readAnchorConfig(params: Params): AnchorConfig | null {
  const config = tree(params, 'billing_cycle_anchor_config')
  if (!config) return null
  const part = (name: string, low: number, high: number) => {
    const value = whole(config, name)
    if (value === undefined) return null
    if (value >= low && value <= high) return value
    throw invalid(`Invalid ${name}: must be from ${low} to ${high}.`, `billing_cycle_anchor_config[${name}]`)
  }
  const day = part('day_of_month', 1, 31)
  if (day === null)
    throw invalid(
      'Missing required param: billing_cycle_anchor_config[day_of_month].',
      'billing_cycle_anchor_config[day_of_month]',
      'parameter_missing',
    )
  return {
    day,
    month: part('month', 1, 12),
    hour: part('hour', 0, 23),
    minute: part('minute', 0, 59),
    second: part('second', 0, 59),
  }
}

function readItems(world: World, params: Params, name: string, recurring: boolean): ItemOrder[] {
  return list(params, name).map((item, index) => {
    const given = branch(item, `${name}[${index}]`)
    const price = usablePrice(world, required(given, 'price'), `${name}[${index}][price]`, recurring)
    const discounts = readDiscounts(world, given, 'discounts', null)
    return { price: price.id, quantity: whole(given, 'quantity') ?? 1, metadata: metadata(given, {}), discounts }
  })
}

export function branch(param: Param, path: string): Params {
  if (typeof param === 'string') throw invalid('Invalid object', path)
  return param
}

export function usablePrice(world: World, id: string, param: string, recurring: boolean): PriceRecord {
  const price = find(world, 'price', id)
  if (price === undefined) throw missing('price', id, param)
  if ((price.recurring !== null) !== recurring) {
    const [set, wanted] = recurring ? ['one_time', 'recurring'] : ['recurring', 'one-time']
    throw invalid(`The price specified is set to \`type=${set}\` but this field only accepts ${wanted} prices.`, param)
  }
  if (!price.active) throw invalid(`The price ${price.id} is inactive.`, param)
  return price
}

/** All prices of a subscription renew together here; Stripe would also take different intervals. */
export function sameCycle(prices: PriceRecord[]): void {
  const cycles = new Set(prices.map(({ recurring }) => `${recurring?.interval} ${recurring?.count}`))
  if (cycles.size > 1) throw notModelled('a subscription with several intervals')
  if (new Set(prices.map(({ currency }) => currency)).size > 1) {
    throw invalid('All prices on a subscription must be in the same currency.', 'items')
  }
}

export function liveSubscription(world: World, id: string): SubscriptionRecord {
  const subscription = find(world, 'subscription', id)
  if (subscription === undefined) throw missing('subscription', id)
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') {
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.', 'id')
  }
  return subscription
}

export function refuseFailure(failure: PaymentFailure | null): void {
  if (failure !== null) throw declined(failure)
}

export function declined({ code, declineCode, message }: PaymentFailure): ApiError {
  return new ApiError(402, {
    type: 'card_error',
    code,
    message,
    ...(declineCode !== null && { decline_code: declineCode }),
  })
}
