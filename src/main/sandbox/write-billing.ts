// Subscriptions and invoices, written through the API.
import { ApiError, invalid, missing, notModelled } from './api-error.ts'
import { attempt, failureNow, finalise, markPaid } from './collect.ts'
import { type Allowed, flag, list, metadata, oneOf, type Params, required, text, tree, whole } from './params.ts'
import type { InvoiceRecord, PaymentFailure, SubscriptionRecord } from './records.ts'
import { change, find, get, schedule, type World } from './state.ts'
import { cancel, subscribe } from './subscribe.ts'
import { liveCustomer, ownMethod } from './write-customers.ts'

export const SUBSCRIBE_PARAMS = {
  customer: true,
  items: [{ price: true, quantity: true }],
  default_payment_method: true,
  trial_period_days: true,
  payment_behavior: true,
  off_session: true,
  description: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function createSubscription(world: World, params: Params): SubscriptionRecord {
  const customer = liveCustomer(world, required(params, 'customer'), 'customer')
  const [item, ...more] = list(params, 'items')
  if (item === undefined || typeof item === 'string') {
    throw invalid('Missing required param: items.', 'items', 'parameter_missing')
  }
  if (more.length > 0) throw notModelled('subscriptions of more than one item')
  const priceId = required(item, 'price')
  const price = find(world, 'price', priceId)
  if (price === undefined) throw missing('price', priceId, 'items[0][price]')
  if (price.recurring === null) {
    throw invalid(
      'The price specified is set to `type=one_time` but this field only accepts recurring prices.',
      'items',
    )
  }
  if (!price.active) throw invalid(`The price ${price.id} is inactive.`, 'items[0][price]')
  const given = text(params, 'default_payment_method')
  const own = given ? ownMethod(world, customer.id, given, false) : undefined
  const method = own ?? (customer.paymentMethod ? find(world, 'payment_method', customer.paymentMethod) : undefined)
  const behaviours = ['allow_incomplete', 'default_incomplete', 'error_if_incomplete'] as const
  const behaviour = oneOf(params, 'payment_behavior', behaviours) ?? 'allow_incomplete'
  const trialDays = whole(params, 'trial_period_days') ?? 0
  flag(params, 'off_session')
  if (trialDays === 0 && behaviour !== 'default_incomplete' && method === undefined) {
    const message = 'This customer has no attached payment source or default payment method.'
    throw new ApiError(400, { type: 'invalid_request_error', code: 'resource_missing', message })
  }
  if (trialDays === 0 && behaviour === 'error_if_incomplete') refuseFailure(failureNow(world, customer.id, method))
  return subscribe(world, {
    customer: customer.id,
    price: price.id,
    quantity: whole(item, 'quantity') ?? 1,
    paymentMethod: own?.id ?? null,
    trialDays,
    metadata: metadata(params, {}),
    description: text(params, 'description') || null,
    charge: behaviour === 'default_incomplete' ? 'later' : 'now',
    trustDebit: false,
  })
}

export const SUBSCRIPTION_PARAMS = {
  cancel_at_period_end: true,
  cancel_at: true,
  cancellation_details: { comment: true, feedback: true },
  pause_collection: { behavior: true, resumes_at: true },
  default_payment_method: true,
  description: true,
  metadata: '*',
  expand: [true],
} as const satisfies Allowed

export function updateSubscription(world: World, id: string, params: Params): SubscriptionRecord {
  const before = find(world, 'subscription', id)
  if (before === undefined) throw missing('subscription', id)
  if (before.status === 'canceled' || before.status === 'incomplete_expired') {
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.', 'id')
  }
  const method = text(params, 'default_payment_method')
  const description = text(params, 'description')
  const patch: Partial<SubscriptionRecord> = {
    ...agreedEnd(world, before, params),
    ...pausing(params),
    metadata: metadata(params, before.metadata),
  }
  if (method !== undefined)
    patch.paymentMethod = method === '' ? null : ownMethod(world, before.customer, method, false).id
  if (description !== undefined) patch.description = description || null
  const after = change(world, 'subscription', id, patch, 'customer.subscription.updated')
  if (after.pause?.resumesAt && after.pause !== before.pause) schedule(world, after.pause.resumesAt, 'resume', id)
  if (after.cancelAt !== null && !after.cancelAtPeriodEnd) schedule(world, after.cancelAt, 'cancel', id)
  return after
}

function agreedEnd(world: World, before: SubscriptionRecord, params: Params): Partial<SubscriptionRecord> {
  const atEnd = flag(params, 'cancel_at_period_end')
  const cancelAt = text(params, 'cancel_at') === '' ? null : whole(params, 'cancel_at')
  const details = tree(params, 'cancellation_details')
  const words = {
    cancelFeedback: (details && text(details, 'feedback')) || before.cancelFeedback,
    cancelComment: (details && text(details, 'comment')) || before.cancelComment,
  }
  const asked = { canceledAt: world.at, cancelReason: 'cancellation_requested', ...words } as const
  if (atEnd && cancelAt) throw invalid('Give either cancel_at or cancel_at_period_end.', 'cancel_at')
  if (cancelAt && cancelAt <= world.at) throw invalid('`cancel_at` must lie in the future.', 'cancel_at')
  if (atEnd) return { ...asked, cancelAtPeriodEnd: true, cancelAt: before.periodEnd }
  if (cancelAt) return { ...asked, cancelAtPeriodEnd: false, cancelAt }
  const taken = { cancelAt: null, canceledAt: null, cancelReason: null, cancelFeedback: null, cancelComment: null }
  if (atEnd === false || cancelAt === null) return { ...taken, cancelAtPeriodEnd: false }
  return words
}

function pausing(params: Params): Partial<SubscriptionRecord> {
  if (text(params, 'pause_collection') === '') return { pause: null }
  const pause = tree(params, 'pause_collection')
  if (pause === undefined) return {}
  const behavior = oneOf(pause, 'behavior', ['keep_as_draft', 'mark_uncollectible', 'void'])
  if (behavior === undefined) {
    throw invalid(
      'Missing required param: pause_collection[behavior].',
      'pause_collection[behavior]',
      'parameter_missing',
    )
  }
  return { pause: { behavior, resumesAt: whole(pause, 'resumes_at') ?? null } }
}

export const CANCEL_PARAMS = {
  cancellation_details: { comment: true, feedback: true },
  expand: [true],
} as const satisfies Allowed

export function cancelSubscription(world: World, id: string, params: Params): SubscriptionRecord {
  const subscription = find(world, 'subscription', id)
  if (subscription === undefined || subscription.endedAt !== null) throw missing('subscription', id)
  const details = tree(params, 'cancellation_details')
  const word = (name: string) => (details && text(details, name)) || null
  return cancel(world, id, { reason: 'cancellation_requested', feedback: word('feedback'), comment: word('comment') })
}

export const PAY_PARAMS = {
  paid_out_of_band: true,
  payment_method: true,
  off_session: true,
  expand: [true],
} as const satisfies Allowed

/** Takes the money now; a card that is declined is a 402, and the attempt counts. */
export function payInvoice(world: World, id: string, params: Params): InvoiceRecord | ApiError {
  const invoice = find(world, 'invoice', id)
  if (invoice === undefined) throw missing('invoice', id)
  if (invoice.status === 'paid') throw invalid('Invoice is already paid', 'id')
  if (invoice.status === 'void') throw invalid('This invoice can no longer be paid: it is void.', 'id')
  const given = text(params, 'payment_method')
  const method = given ? ownMethod(world, invoice.customer, given, false) : undefined
  const offStripe = flag(params, 'paid_out_of_band') === true
  flag(params, 'off_session')
  const due = invoice.status === 'draft' ? finalise(world, invoice) : invoice
  if (due.status === 'paid') return due
  if (offStripe) return markPaid(world, due, 'off-stripe')
  const intent = intentOf(world, due)
  if (intent?.status === 'processing') throw invalid('A payment of this invoice is still processing.', 'id')
  const paid = attempt(world, due.id, method)
  const failure = intentOf(world, paid)?.failure
  return paid.status === 'open' && failure ? declined(failure) : paid
}

function intentOf(world: World, { payment }: InvoiceRecord) {
  return payment === null ? undefined : get(world, 'payment_intent', get(world, 'invoice_payment', payment).intent)
}

function refuseFailure(failure: PaymentFailure | null): void {
  if (failure !== null) throw declined(failure)
}

function declined({ code, declineCode, message }: PaymentFailure): ApiError {
  return new ApiError(402, {
    type: 'card_error',
    code,
    message,
    ...(declineCode !== null && { decline_code: declineCode }),
  })
}
