// Payments without an invoice through the API: made by themselves, for a card at a reader or one that is saved.
import { ApiError, invalid, missing, notModelled } from './api-error.ts'
import { actionDone } from './collect.ts'
import { confirm, newIntent } from './intents.ts'
import { type Allowed, flag, metadata, oneOf, type Params, required, text, whole } from './params.ts'
import type { MethodRecord } from './records.ts'
import type { CancelReason, IntentRecord } from './records-money.ts'
import { change, find, get, type World } from './state.ts'
import { liveCustomer, methodToUse } from './write-customers.ts'
import { ANY_TYPE, areRight, fitting, readTypes, wrongDeposits } from './write-setup.ts'
import { declined } from './write-subscriptions.ts'

/** Stripe takes no less than about half a euro (docs.stripe.com/currencies). */
const LEAST_AMOUNT = 50
const USAGES = ['off_session', 'on_session'] as const
const CONFIRM = { payment_method: true, off_session: true, mandate_data: '*', return_url: true } as const

export const INTENT_PARAMS = {
  ...CONFIRM,
  amount: true,
  currency: true,
  customer: true,
  allowed_payment_method_types: [true],
  capture_method: true,
  confirm: true,
  description: true,
  metadata: '*',
  setup_future_usage: true,
} as const satisfies Allowed

export function createIntent(world: World, params: Params): IntentRecord | ApiError {
  const customer = text(params, 'customer')
  if (!customer) throw notModelled('a payment of nobody in particular')
  liveCustomer(world, customer, 'customer')
  const amount = whole(params, 'amount') ?? 0
  if (amount < LEAST_AMOUNT) {
    throw invalid('Amount must be no less than the minimum charge amount.', 'amount', 'amount_too_small')
  }
  if ((oneOf(params, 'capture_method', ['automatic', 'automatic_async', 'manual']) ?? 'automatic') === 'manual') {
    throw notModelled('a payment that is captured later')
  }
  const methodTypes = readTypes(params)
  const method = methodOf(world, customer, params, methodTypes ?? ANY_TYPE)
  const usage = oneOf(params, 'setup_future_usage', USAGES)
  const order = {
    customer,
    invoice: null,
    amount,
    currency: required(params, 'currency').toLowerCase(),
    description: text(params, 'description') || null,
    metadata: metadata(params, {}),
    ...(methodTypes && { methodTypes }),
    ...(usage && { futureUsage: usage }),
  }
  const isConfirmed = flag(params, 'confirm') === true
  if (isConfirmed && method === undefined) throw noMethod()
  const made = newIntent(world, order, method)
  if (method !== undefined) change(world, 'payment_intent', made.id, { method: method.id })
  return isConfirmed && method !== undefined ? confirmed(world, made.id, method) : get(world, 'payment_intent', made.id)
}

function methodOf(world: World, customer: string, params: Params, types: IntentRecord['methodTypes'] = ANY_TYPE) {
  const given = text(params, 'payment_method')
  const method = given ? methodToUse(world, customer, given) : undefined
  if (method !== undefined) fitting(types, method)
  return method
}

function noMethod(): ApiError {
  return invalid('You cannot confirm this PaymentIntent because it is missing a payment method.', 'payment_method')
}

export const INTENT_UPDATE = { amount: true, description: true, metadata: '*', setup_future_usage: true } as const

export function updateIntent(world: World, id: string, params: Params): IntentRecord {
  const before = known(world, id)
  const description = text(params, 'description')
  const amount = whole(params, 'amount')
  if (amount !== undefined && amount !== before.amount) {
    inState(before, ['requires_payment_method', 'requires_confirmation'], 'updated')
    if (before.invoice !== null) throw invalid('The amount of an invoice’s payment cannot be changed.', 'amount')
  }
  const usage = oneOf(params, 'setup_future_usage', USAGES)
  return change(world, 'payment_intent', id, {
    amount: amount ?? before.amount,
    description: description === undefined ? before.description : description || null,
    metadata: metadata(params, before.metadata),
    ...(usage && { futureUsage: usage }),
  })
}

export const CONFIRM_PARAMS = CONFIRM satisfies Allowed

export function confirmOne(world: World, id: string, params: Params): IntentRecord | ApiError {
  const intent = known(world, id)
  inState(intent, ['requires_payment_method', 'requires_confirmation'], 'confirmed')
  if (intent.invoice !== null) throw notModelled('confirming an invoice’s payment other than by paying the invoice')
  const given = methodOf(world, intent.customer, params, intent.methodTypes)
  const method = given ?? (intent.method === null ? undefined : get(world, 'payment_method', intent.method))
  if (method === undefined) throw noMethod()
  return confirmed(world, id, method)
}

/** A card that is declined is a 402, and the attempt counts. */
function confirmed(world: World, id: string, method: MethodRecord): IntentRecord | ApiError {
  const outcome = confirm(world, id, method)
  const intent = get(world, 'payment_intent', id)
  const { customer } = intent
  // What is to be used again is kept, once it has worked.
  if (intent.futureUsage !== undefined && outcome !== 'failed' && method.customer === null) {
    change(world, 'payment_method', method.id, { customer }, 'payment_method.attached')
  }
  return outcome === 'failed' && intent.failure !== null ? declined(intent.failure) : intent
}

const REASONS = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const satisfies CancelReason[]
export const CANCEL_PARAMS = { cancellation_reason: true } as const satisfies Allowed

export function cancelIntent(world: World, id: string, params: Params): IntentRecord {
  const intent = known(world, id)
  if (intent.session !== undefined) {
    throw invalid(
      'You cannot cancel the PaymentIntent of a Checkout Session. Expire the Checkout Session instead.',
      'id',
    )
  }
  if (intent.invoice !== null)
    throw invalid('You cannot cancel the PaymentIntent of an invoice. Void the invoice instead.', 'id')
  inState(intent, ['requires_payment_method', 'requires_confirmation', 'requires_action'], 'canceled')
  const cancelReason = oneOf(params, 'cancellation_reason', REASONS) ?? null
  const ended = { status: 'canceled', nextAction: null, canceledAt: world.at, cancelReason } as const
  return change(world, 'payment_intent', id, ended, 'payment_intent.canceled')
}

/** Of a bank account that has to be verified first: then the debit is on its way. */
export function verifyIntent(world: World, id: string, params: Params): IntentRecord | ApiError {
  const intent = known(world, id)
  if (intent.nextAction !== 'verify_with_microdeposits' || intent.method === null) {
    throw unexpected('This PaymentIntent is not waiting for microdeposits to be verified.')
  }
  if (!areRight(params)) {
    const { code, message } = wrongDeposits(false, intent.method)
    throw new ApiError(400, { type: 'invalid_request_error', code, message })
  }
  actionDone(world, id)
  return get(world, 'payment_intent', id)
}

function known(world: World, id: string): IntentRecord {
  const found = find(world, 'payment_intent', id)
  if (found === undefined) throw missing('payment_intent', id)
  return found
}

function inState({ status }: IntentRecord, states: IntentRecord['status'][], verb: string): void {
  if (!states.includes(status)) {
    throw unexpected(`This PaymentIntent could not be ${verb} because it has a status of ${status}.`)
  }
}

function unexpected(message: string): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message })
}
