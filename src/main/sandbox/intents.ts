// One payment from its intent to the bank's answer: cards answer at once, bank debits after days. Invoices are collect.ts.
import { randomId } from './random.ts'
import type { Metadata, MethodType } from './record-parts.ts'
import type { MethodRecord } from './records.ts'
import type { ChargeRecord, IntentRecord, PaymentFailure } from './records-money.ts'
import { add, change, find, get, newId, type Purse, schedule, type World } from './state.ts'

export type PaymentOrder = {
  customer: string
  invoice: string | null
  amount: number
  currency: string
  description: string | null
  metadata: Metadata
  methodTypes?: MethodType[]
  futureUsage?: NonNullable<IntentRecord['futureUsage']>
  session?: string
}

export function newIntent(world: World, order: PaymentOrder, method: MethodRecord | undefined): IntentRecord {
  const id = newId(world, 'payment_intent')
  const intent: IntentRecord = {
    id,
    created: world.at,
    ...order,
    amountReceived: 0,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    method: null,
    methodType: method?.type ?? order.methodTypes?.[0] ?? 'card',
    nextAction: null,
    failure: null,
    charge: null,
    secret: randomId(world.chance, `${id}_secret_`, 25),
    canceledAt: null,
    cancelReason: null,
  }
  return add(world, 'payment_intent', intent, 'payment_intent.created')
}

/** `action`: its payer has to do something first, `IntentRecord.nextAction` says what. */
export type Outcome = 'succeeded' | 'processing' | 'action' | 'failed'

export function confirm(world: World, id: string, method: MethodRecord | undefined): Outcome {
  if (method === undefined) return fail(world, id, NO_METHOD)
  const used = { method: method.id, methodType: method.type, failure: null, nextAction: null }
  if (method.type !== 'card') {
    if (!method.verified) {
      const waiting = { ...used, status: 'requires_action', nextAction: 'verify_with_microdeposits' } as const
      change(world, 'payment_intent', id, waiting, 'payment_intent.requires_action')
      return 'action'
    }
    const charge = addCharge(world, id, 'pending', method.id, null)
    change(
      world,
      'payment_intent',
      id,
      { ...used, status: 'processing', charge: charge.id },
      'payment_intent.processing',
    )
    schedule(world, world.at + world.rules.debitTime, 'settle', id)
    return 'processing'
  }
  const { customer } = get(world, 'payment_intent', id)
  const failure = failureNow(world, customer, method)
  if (failure === null) return succeed(world, id, method)
  countDecline(world, customer, method)
  if (failure.declineCode === 'authentication_required') {
    const waiting = { ...used, status: 'requires_action', nextAction: 'use_stripe_sdk', failure } as const
    change(world, 'payment_intent', id, waiting, 'payment_intent.requires_action')
    return 'action'
  }
  return fail(world, id, failure, addCharge(world, id, 'failed', method.id, failure))
}

/** What a person does who authenticates a payment: the money is taken. */
export function succeed(world: World, id: string, method: MethodRecord): Outcome {
  const { amount } = get(world, 'payment_intent', id)
  const charge = addCharge(world, id, 'succeeded', method.id, null)
  const paid = { method: method.id, methodType: method.type, charge: charge.id, amountReceived: amount }
  const done = { ...paid, status: 'succeeded', failure: null, nextAction: null } as const
  change(world, 'payment_intent', id, done, 'payment_intent.succeeded')
  return 'succeeded'
}

/** A card at a reader: the bank's answer is known already. */
export function readerPays(
  world: World,
  id: string,
  method: MethodRecord,
  failure: PaymentFailure | null,
  reader: string,
): ChargeRecord {
  if (failure === null) succeed(world, id, method)
  else fail(world, id, failure, addCharge(world, id, 'failed', method.id, failure))
  return change(world, 'charge', get(world, 'payment_intent', id).charge ?? '', { reader })
}

/** A bank debit arrives or comes back; null where nothing is on its way any more. */
export function settleIntent(world: World, id: string): 'succeeded' | 'failed' | null {
  const intent = find(world, 'payment_intent', id)
  if (intent?.status !== 'processing' || intent.charge === null || intent.method === null) return null
  const method = get(world, 'payment_method', intent.method)
  const failure = failureNow(world, intent.customer, method)
  if (failure === null) {
    change(world, 'charge', intent.charge, { status: 'succeeded' }, 'charge.succeeded')
    const done = { status: 'succeeded', amountReceived: intent.amount } as const
    change(world, 'payment_intent', id, done, 'payment_intent.succeeded')
    return 'succeeded'
  }
  countDecline(world, intent.customer, method)
  change(world, 'charge', intent.charge, { status: 'failed', failure }, 'charge.failed')
  fail(world, id, failure)
  return 'failed'
}

const NO_METHOD: PaymentFailure = {
  code: 'missing',
  declineCode: null,
  message: 'There is no payment method to charge.',
  method: null,
}

function fail(world: World, id: string, failure: PaymentFailure, charge?: ChargeRecord): 'failed' {
  const failed = { status: 'requires_payment_method', method: null, nextAction: null, failure } as const
  const last = charge ? { charge: charge.id } : {}
  change(world, 'payment_intent', id, { ...failed, ...last }, 'payment_intent.payment_failed')
  return 'failed'
}

function addCharge(
  world: World,
  intentId: string,
  status: ChargeRecord['status'],
  method: string,
  failure: PaymentFailure | null,
): ChargeRecord {
  const { customer, amount, currency, description } = get(world, 'payment_intent', intentId)
  const record: ChargeRecord = {
    id: newId(world, 'charge'),
    created: world.at,
    customer,
    intent: intentId,
    amount,
    refunded: 0,
    currency,
    status,
    method,
    failure,
    disputed: false,
    description,
  }
  return add(world, 'charge', record, `charge.${status}`)
}

/** What the bank would say to a charge now; null when it would pay. */
export function failureNow(world: World, customer: string, method: MethodRecord | undefined): PaymentFailure | null {
  if (method === undefined) return NO_METHOD
  const reason = method.fails ?? declineOf(world, world.purses.get(customer), method)?.code
  return reason === undefined ? null : failureOf(reason, method)
}

/** What Stripe says where a bank gives this reason. */
export function failureOf(reason: string, method: MethodRecord): PaymentFailure {
  if (method.type !== 'card' && method.type !== 'card_present') {
    const code = BANK_CODES.has(reason) ? reason : 'bank_account_declined'
    return { code, declineCode: null, message: 'The bank returned the debit.', method: method.id }
  }
  const [code, message] = CARD_WORDS[reason] ?? ['card_declined', 'Your card was declined.']
  return { code, declineCode: reason, message, method: method.id }
}

/** What Stripe says of debits; whatever else was set is a plain refusal by the bank. */
const BANK_CODES = new Set(['account_closed', 'debit_not_authorized', 'insufficient_funds', 'no_account'])

const CARD_WORDS: Record<string, [code: string, message: string]> = {
  expired_card: ['expired_card', 'Your card has expired.'],
  authentication_required: [
    'authentication_required',
    'Your card was declined. This transaction requires authentication.',
  ],
  insufficient_funds: ['card_declined', 'Your card has insufficient funds.'],
  processing_error: ['processing_error', 'An error occurred while processing your card. Try again in a little bit.'],
}

/** Stripe does not charge again by itself after these (docs.stripe.com/billing/revenue-recovery/smart-retries). */
export const HARD_DECLINES = new Set([
  'authentication_required',
  'highest_risk_level',
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'stolen_card',
  'transaction_not_allowed',
])

function declineOf(world: World, purse: Purse | undefined, method: MethodRecord) {
  return purse?.declines.find(
    ({ from, until, times, method: which }) =>
      from <= world.at && (until === null || world.at < until) && times !== 0 && (which ?? method.id) === method.id,
  )
}

/** A decline that was set for so many charges is one nearer to its end. */
export function countDecline(world: World, customer: string, method: MethodRecord): void {
  const purse = world.purses.get(customer)
  const met = declineOf(world, purse, method)
  if (purse === undefined || met?.times === undefined) return
  const times = met.times - 1
  const declines = purse.declines.map((one) => (one === met ? { ...one, times } : one))
  world.purses.set(customer, { ...purse, declines })
}
