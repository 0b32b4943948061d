// Money that goes back: refunds by the space, disputes by the payer, debits that their bank takes back.
import type { Metadata } from './record-parts.ts'
import type { DisputeRecord, DisputeStatus, RefundRecord } from './records-money.ts'
import { add, change, get, newId, type World } from './state.ts'

export function refund(
  world: World,
  chargeId: string,
  amount: number,
  reason: RefundRecord['reason'],
  metadata: Metadata,
): RefundRecord {
  const charge = get(world, 'charge', chargeId)
  const { id, intent, customer, currency } = charge
  const record = {
    id: newId(world, 'refund'),
    created: world.at,
    charge: id,
    intent,
    customer,
    amount,
    currency,
    reason,
    metadata,
  }
  change(world, 'charge', id, { refunded: charge.refunded + amount }, 'charge.refunded')
  return add(world, 'refund', record, 'refund.created')
}

/**
 * `lost` from the start is how Stripe shows a debit that the bank took back after it had succeeded: the invoice
 * stays paid, and the dispute cannot be answered (docs.stripe.com/payments/ach-direct-debit).
 */
export function openDispute(world: World, chargeId: string, reason: string, status: DisputeStatus): DisputeRecord {
  const { id, intent, customer, amount, currency } = change(
    world,
    'charge',
    chargeId,
    { disputed: true },
    'charge.updated',
  )
  const record = {
    id: newId(world, 'dispute'),
    created: world.at,
    charge: id,
    intent,
    customer,
    amount,
    currency,
    reason,
    status,
    metadata: {},
  }
  const dispute = add(world, 'dispute', record, 'charge.dispute.created')
  return change(
    world,
    'dispute',
    dispute.id,
    {},
    'charge.dispute.funds_withdrawn',
    ...(status === 'lost' ? CLOSED : []),
  )
}

const CLOSED = ['charge.dispute.closed']

export function moveDispute(world: World, id: string, status: DisputeStatus): DisputeRecord {
  const won = status === 'won' ? ['charge.dispute.funds_reinstated'] : []
  const over = status === 'won' || status === 'lost'
  return change(world, 'dispute', id, { status }, 'charge.dispute.updated', ...won, ...(over ? CLOSED : []))
}
