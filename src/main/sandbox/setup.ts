// A payment method that is set up for later: from its intent over attempts to a card or bank account that can be charged.
import { randomId } from './random.ts'
import type { MethodRecord } from './records.ts'
import type { PaymentFailure } from './records-money.ts'
import type { SetupAttemptRecord, SetupIntentRecord } from './records-terminal.ts'
import { add, change, get, newId, type World } from './state.ts'

export type SetupOrder = Pick<
  SetupIntentRecord,
  'customer' | 'methodTypes' | 'allowed' | 'usage' | 'description' | 'metadata' | 'method' | 'session'
>

export function newSetup(world: World, order: SetupOrder): SetupIntentRecord {
  const id = newId(world, 'setup_intent')
  return add(
    world,
    'setup_intent',
    {
      id,
      created: world.at,
      ...order,
      status: order.method === null ? 'requires_payment_method' : 'requires_confirmation',
      nextAction: null,
      failure: null,
      attempt: null,
      wrongAmounts: 0,
      secret: randomId(world.chance, `${id}_secret_`, 25),
      cancelReason: null,
    },
    'setup_intent.created',
  )
}

/** Tries to set this method up. One that the bank refuses is not kept: the intent waits for another. */
export function confirmSetup(
  world: World,
  id: string,
  method: MethodRecord,
  refusal: PaymentFailure | null,
): SetupIntentRecord {
  if (refusal !== null) return failSetup(world, id, method, refusal)
  const used = { method: method.id, failure: null } as const
  if (method.type === 'us_bank_account' && !method.verified) {
    const attempt = addAttempt(world, id, method, 'requires_action', null)
    const waiting = { ...used, status: 'requires_action', nextAction: 'verify_with_microdeposits' } as const
    return change(world, 'setup_intent', id, { ...waiting, attempt: attempt.id }, 'setup_intent.requires_action')
  }
  return succeedSetup(world, id, method, addAttempt(world, id, method, 'succeeded', null).id)
}

/** It belongs to the customer from now on, and may be charged when they are not there. */
export function succeedSetup(world: World, id: string, method: MethodRecord, attempt: string): SetupIntentRecord {
  const { customer } = get(world, 'setup_intent', id)
  const saved = method.type !== 'card_present' && customer !== null && method.customer === null
  if (saved) change(world, 'payment_method', method.id, { customer }, 'payment_method.attached')
  const done = { method: method.id, failure: null, nextAction: null, attempt, status: 'succeeded' } as const
  return change(world, 'setup_intent', id, done, 'setup_intent.succeeded')
}

export function failSetup(
  world: World,
  id: string,
  method: MethodRecord,
  failure: PaymentFailure,
  attempt = addAttempt(world, id, method, 'failed', failure).id,
): SetupIntentRecord {
  const failed = { status: 'requires_payment_method', method: null, nextAction: null, failure, attempt } as const
  return change(world, 'setup_intent', id, failed, 'setup_intent.setup_failed')
}

export function addAttempt(
  world: World,
  id: string,
  method: MethodRecord,
  status: SetupAttemptRecord['status'],
  failure: PaymentFailure | null,
  generatedCard: string | null = null,
): SetupAttemptRecord {
  const { customer, usage } = get(world, 'setup_intent', id)
  return add(world, 'setup_attempt', {
    id: newId(world, 'setup_attempt'),
    created: world.at,
    intent: id,
    customer,
    method: method.id,
    methodType: method.type,
    status,
    failure,
    generatedCard,
    usage,
  })
}

export function cancelSetup(
  world: World,
  id: string,
  cancelReason: SetupIntentRecord['cancelReason'],
): SetupIntentRecord {
  const ended = { status: 'canceled', nextAction: null, cancelReason } as const
  return change(world, 'setup_intent', id, ended, 'setup_intent.canceled')
}

/** So many wrong answers are the end of it (docs.stripe.com/payments/ach-direct-debit). */
export const MOST_WRONG_AMOUNTS = 10
/** The two amounts, in cents, that are right for a bank account of the sandbox (docs.stripe.com/testing). */
export const RIGHT_AMOUNTS = ['32', '45']

/** The person has told the small deposits, or the sandbox was told that they have: the account is theirs. */
export function verifySetup(world: World, id: string): SetupIntentRecord {
  const { method: methodId, attempt } = get(world, 'setup_intent', id)
  if (methodId === null || attempt === null) throw new Error(`Verifying: ${id} has nothing to verify`)
  change(world, 'payment_method', methodId, { verified: true }, 'payment_method.updated')
  change(world, 'setup_attempt', attempt, { status: 'succeeded' })
  return succeedSetup(world, id, get(world, 'payment_method', methodId), attempt)
}
