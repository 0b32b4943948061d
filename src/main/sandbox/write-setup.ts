// Setup intents through the API.
import { ApiError, invalid, missing } from './api-error.ts'
import { failureNow } from './intents.ts'
import { type Allowed, flag, metadata, oneOf, type Params, text, texts, tree } from './params.ts'
import type { MethodType } from './record-parts.ts'
import type { MethodRecord } from './records.ts'
import type { CancelReason, PaymentFailure } from './records-money.ts'
import type { SetupIntentRecord } from './records-terminal.ts'
import {
  cancelSetup,
  confirmSetup,
  failSetup,
  MOST_WRONG_AMOUNTS,
  newSetup,
  RIGHT_AMOUNTS,
  verifySetup,
} from './setup.ts'
import { change, find, get, type World } from './state.ts'
import { liveCustomer, methodToUse } from './write-customers.ts'
import { declined } from './write-subscriptions.ts'

const METHOD_TYPES = ['card', 'card_present', 'sepa_debit', 'us_bank_account'] as const
const CONFIRM = { payment_method: true, mandate_data: '*', return_url: true } as const

export const SETUP_PARAMS = {
  ...CONFIRM,
  customer: true,
  allowed_payment_method_types: [true],
  confirm: true,
  usage: true,
  description: true,
  metadata: '*',
} as const satisfies Allowed

export function createSetup(world: World, params: Params): SetupIntentRecord | ApiError {
  const customer = text(params, 'customer') || null
  if (customer !== null) liveCustomer(world, customer, 'customer')
  const given = text(params, 'payment_method')
  const method = given ? methodToUse(world, customer, given) : undefined
  const allowed = readTypes(params)
  const methodTypes = allowed ?? ANY_TYPE
  if (method !== undefined) fitting(methodTypes, method)
  const order = {
    customer,
    methodTypes,
    allowed,
    usage: oneOf(params, 'usage', ['off_session', 'on_session']) ?? ('off_session' as const),
    description: text(params, 'description') || null,
    metadata: metadata(params, {}),
    method: method?.id ?? null,
    session: null,
  }
  const isConfirmed = flag(params, 'confirm') === true
  if (isConfirmed && method === undefined) {
    throw invalid('You cannot confirm this SetupIntent because it is missing a payment method.', 'payment_method')
  }
  const made = newSetup(world, order)
  return isConfirmed && method !== undefined ? confirmed(world, made.id, method, params) : made
}

/** Where a call does not say: what the account has switched on for payments that are not made at a reader. */
export const ANY_TYPE: MethodType[] = ['card', 'sepa_debit', 'us_bank_account']

/** `payment_method_types` is what Stripe answers, and no longer what it is told. Null where nothing was said. */
export function readTypes(params: Params): MethodType[] | null {
  const given = texts(params, 'allowed_payment_method_types')
  const known = given.map((word) => METHOD_TYPES.find((type) => type === word))
  const strange = given.find((_, n) => known[n] === undefined)
  if (strange !== undefined) {
    throw invalid(
      `The payment method type "${strange}" is not set up for this account.`,
      'allowed_payment_method_types',
    )
  }
  return known.length === 0 ? null : known.flatMap((type) => type ?? [])
}

export function fitting(types: readonly MethodType[], method: MethodRecord): void {
  if (types.includes(method.type)) return
  const message = `The PaymentMethod provided (${method.type}) is not allowed for this intent. It takes: ${types.join(', ')}.`
  throw invalid(message, 'payment_method', 'payment_intent_incompatible_payment_method')
}

export const SETUP_UPDATE = { customer: true, payment_method: true, description: true, metadata: '*' } as const

export function updateSetup(world: World, id: string, params: Params): SetupIntentRecord {
  const before = known(world, id)
  const description = text(params, 'description')
  const customer = text(params, 'customer') || before.customer
  if (before.customer !== null && customer !== before.customer) {
    throw invalid('The customer of a SetupIntent cannot be changed.', 'customer')
  }
  if (customer !== null) liveCustomer(world, customer, 'customer')
  const given = text(params, 'payment_method')
  const patch: Partial<SetupIntentRecord> = {
    customer,
    description: description === undefined ? before.description : description || null,
    metadata: metadata(params, before.metadata),
  }
  if (given) {
    inState(before, ['requires_payment_method', 'requires_confirmation'], 'updated')
    const method = methodToUse(world, customer, given)
    fitting(before.methodTypes, method)
    Object.assign(patch, { method: method.id, status: 'requires_confirmation' })
  }
  return change(world, 'setup_intent', id, patch)
}

export const CONFIRM_PARAMS = CONFIRM satisfies Allowed

export function confirmOne(world: World, id: string, params: Params): SetupIntentRecord | ApiError {
  const intent = known(world, id)
  inState(intent, ['requires_payment_method', 'requires_confirmation'], 'confirmed')
  const given = text(params, 'payment_method')
  const method = given
    ? methodToUse(world, intent.customer, given)
    : intent.method === null
      ? undefined
      : get(world, 'payment_method', intent.method)
  if (method === undefined) {
    throw invalid('You cannot confirm this SetupIntent because it is missing a payment method.', 'payment_method')
  }
  fitting(intent.methodTypes, method)
  return confirmed(world, id, method, params)
}

/** A card that is declined is a 402, and the attempt counts. */
function confirmed(world: World, id: string, method: MethodRecord, params: Params): SetupIntentRecord | ApiError {
  if (method.type === 'us_bank_account' && tree(params, 'mandate_data') === undefined) {
    throw invalid('Missing required param: mandate_data.', 'mandate_data', 'parameter_missing')
  }
  const refusal = refusedNow(world, method)
  const after = confirmSetup(world, id, method, refusal)
  return refusal === null ? after : declined(refusal)
}

/** Nothing is charged yet: a card that only fails later is set up all the same. */
export function refusedNow(world: World, method: MethodRecord): PaymentFailure | null {
  if (method.type !== 'card' || method.fails === null) return null
  const later = method.last4 === '0341' || method.fails === 'authentication_required'
  return later ? null : failureNow(world, method.customer ?? '', method)
}

const REASONS = ['abandoned', 'duplicate', 'requested_by_customer'] as const satisfies CancelReason[]
export const CANCEL_PARAMS = { cancellation_reason: true } as const satisfies Allowed

export function cancelOne(world: World, id: string, params: Params): SetupIntentRecord {
  const intent = known(world, id)
  if (intent.session !== null) {
    throw invalid('You cannot cancel the SetupIntent of a Checkout Session. Expire the Checkout Session instead.', 'id')
  }
  inState(intent, ['requires_payment_method', 'requires_confirmation', 'requires_action'], 'canceled')
  return cancelSetup(world, id, oneOf(params, 'cancellation_reason', REASONS) ?? null)
}

export const VERIFY_PARAMS = { amounts: [true], descriptor_code: true } as const satisfies Allowed

/** Stripe's test account gets 32 and 45 cents, or the code SM11AA. */
export function verifyOne(world: World, id: string, params: Params): SetupIntentRecord | ApiError {
  const intent = known(world, id)
  if (intent.nextAction !== 'verify_with_microdeposits' || intent.method === null) {
    throw unexpected('This SetupIntent is not waiting for microdeposits to be verified.')
  }
  if (areRight(params)) return verifySetup(world, id)
  const wrongAmounts = intent.wrongAmounts + 1
  change(world, 'setup_intent', id, { wrongAmounts })
  const over = wrongAmounts >= MOST_WRONG_AMOUNTS
  const failure = wrongDeposits(over, intent.method)
  if (over) failSetup(world, id, get(world, 'payment_method', intent.method), failure, intent.attempt ?? undefined)
  return new ApiError(400, { type: 'invalid_request_error', code: failure.code, message: failure.message })
}

export function areRight(params: Params): boolean {
  const amounts = texts(params, 'amounts').toSorted()
  const code = text(params, 'descriptor_code')
  if ((amounts.length === 0) === (code === undefined)) {
    throw invalid('Give either amounts or descriptor_code.', 'amounts', 'parameter_missing')
  }
  return code === undefined ? amounts.join() === RIGHT_AMOUNTS.join() : code === 'SM11AA'
}

export function wrongDeposits(over: boolean, method: string): PaymentFailure {
  const word = over ? 'attempts_exceeded' : 'amounts_mismatch'
  const message = over
    ? 'You have exceeded the number of allowed verification attempts.'
    : 'The amounts provided do not match the amounts that were sent to the bank account.'
  return { code: `payment_method_microdeposit_verification_${word}`, declineCode: null, message, method }
}

function known(world: World, id: string): SetupIntentRecord {
  const found = find(world, 'setup_intent', id)
  if (found === undefined) throw missing('setupintent', id)
  return found
}

function inState({ status }: SetupIntentRecord, states: SetupIntentRecord['status'][], verb: string): void {
  if (!states.includes(status)) {
    throw unexpected(`This SetupIntent could not be ${verb} because it has a status of ${status}.`)
  }
}

function unexpected(message: string): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', code: 'setup_intent_unexpected_state', message })
}
