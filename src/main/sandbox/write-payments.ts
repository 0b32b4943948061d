// Money that goes back or lies ready, through the API: refunds, disputes, a customer's balance.
import { invalid, missing } from './api-error.ts'
import { moveBalance } from './balance.ts'
import { moveDispute, refund } from './disputes.ts'
import { type Allowed, flag, metadata, oneOf, type Params, required, text, whole } from './params.ts'
import type { BalanceRecord, DisputeRecord, RefundRecord } from './records-money.ts'
import { change, find, get, type World } from './state.ts'
import { liveCustomer } from './write-customers.ts'

export const REFUND_PARAMS = {
  charge: true,
  payment_intent: true,
  amount: true,
  reason: true,
  metadata: '*',
} as const satisfies Allowed

export function createRefund(world: World, params: Params): RefundRecord {
  const intent = text(params, 'payment_intent')
  if (intent !== undefined && find(world, 'payment_intent', intent) === undefined) {
    throw missing('payment_intent', intent, 'payment_intent')
  }
  const id = (intent === undefined ? text(params, 'charge') : get(world, 'payment_intent', intent).charge) ?? ''
  const charge = find(world, 'charge', id)
  if (charge === undefined) throw missing('charge', id, 'charge')
  if (charge.status !== 'succeeded') throw invalid(`Charge ${id} has not succeeded.`, 'charge')
  const left = charge.amount - charge.refunded
  if (left === 0) throw invalid(`Charge ${id} has already been refunded.`, 'charge', 'charge_already_refunded')
  if (charge.disputed)
    throw invalid(`Charge ${id} has been charged back; cannot issue a refund.`, 'charge', 'charge_disputed')
  const amount = whole(params, 'amount') ?? left
  if (amount < 1 || amount > left)
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`, 'amount')
  const reason = oneOf(params, 'reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null
  return refund(world, id, amount, reason, metadata(params, {}))
}

export function updateRefund(world: World, id: string, params: Params): RefundRecord {
  const before = find(world, 'refund', id)
  if (before === undefined) throw missing('refund', id)
  return change(world, 'refund', id, { metadata: metadata(params, before.metadata) }, 'refund.updated')
}

export const DISPUTE_PARAMS = { submit: true, evidence: '*', metadata: '*' } as const satisfies Allowed

/** Evidence that is handed in is not kept; handing it in puts the dispute under review. */
export function updateDispute(world: World, id: string, params: Params): DisputeRecord {
  const dispute = find(world, 'dispute', id)
  if (dispute === undefined) throw missing('dispute', id)
  if (dispute.status === 'won' || dispute.status === 'lost') throw invalid('This dispute is already closed', 'id')
  change(world, 'dispute', id, { metadata: metadata(params, dispute.metadata) })
  const handedIn = params.evidence !== undefined && flag(params, 'submit') !== false
  return handedIn ? moveDispute(world, id, 'under_review') : get(world, 'dispute', id)
}

export function closeDispute(world: World, id: string): DisputeRecord {
  const dispute = find(world, 'dispute', id)
  if (dispute === undefined) throw missing('dispute', id)
  if (dispute.status === 'won' || dispute.status === 'lost') throw invalid('This dispute is already closed', 'id')
  return moveDispute(world, id, 'lost')
}

export const BALANCE_PARAMS = {
  amount: true,
  currency: true,
  description: true,
  metadata: '*',
} as const satisfies Allowed

export function createBalance(world: World, id: string, params: Params): BalanceRecord {
  liveCustomer(world, id)
  const currency = required(params, 'currency').toLowerCase()
  const amount = whole(params, 'amount') ?? 0
  const description = text(params, 'description') || null
  return moveBalance(world, id, amount, currency, 'adjustment', { description, metadata: metadata(params, {}) })
}
