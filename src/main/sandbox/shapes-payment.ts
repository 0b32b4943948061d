// Stripe's full objects for what is paid: payment intent, charge, refund, balance (API 2026-10-28.endive).
import type { MethodRecord } from './records.ts'
import type { BalanceRecord, ChargeRecord, IntentRecord, RefundRecord } from './records-money.ts'
import { chargedWith, methodShape } from './shapes-method.ts'

/** `failedMethod` is the payment method of the last failure: Stripe puts it whole into `last_payment_error`. */
export function intentShape(intent: IntentRecord, failedMethod: MethodRecord | undefined, pages: string) {
  const { failure } = intent
  return {
    id: intent.id,
    object: 'payment_intent' as const,
    allowed_payment_method_types: intent.methodTypes ?? null,
    amount: intent.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: intent.amountReceived,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.cancelReason,
    capture_method: 'automatic',
    client_secret: intent.secret,
    confirmation_method: 'automatic',
    created: intent.created,
    currency: intent.currency,
    customer: intent.customer,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    last_payment_error: failure && {
      code: failure.code,
      ...(failure.declineCode !== null && { decline_code: failure.declineCode }),
      message: failure.message,
      ...(failedMethod && { payment_method: methodShape(failedMethod) }),
      payment_method_type: intent.methodType,
      type:
        intent.methodType === 'card' || intent.methodType === 'card_present' ? 'card_error' : 'invalid_request_error',
    },
    latest_charge: intent.charge,
    livemode: false,
    managed_payments: null,
    metadata: intent.metadata,
    next_action: nextAction(intent, pages),
    on_behalf_of: null,
    payment_method: intent.method,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: intent.methodTypes ?? [intent.methodType],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: intent.futureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: intent.status,
    transfer_data: null,
    transfer_group: null,
  }
}

type Waiting = Pick<IntentRecord, 'nextAction' | 'created' | 'id'>

export function nextAction({ nextAction: type, created, id }: Waiting, pages: string) {
  switch (type) {
    case null:
      return null
    case 'use_stripe_sdk':
      return { type, use_stripe_sdk: {} }
    case 'verify_with_microdeposits': {
      const hosted_verification_url = `${pages}/microdeposit/${id}`
      const details = {
        arrival_date: created + 2 * 86_400,
        hosted_verification_url,
        microdeposit_type: 'amounts' as const,
      }
      return { type, verify_with_microdeposits: details }
    }
  }
}

export function chargeShape(charge: ChargeRecord, method: MethodRecord | undefined) {
  const { failure } = charge
  const ok = charge.status === 'succeeded'
  return {
    id: charge.id,
    object: 'charge' as const,
    amount: charge.amount,
    amount_captured: ok ? charge.amount : 0,
    amount_refunded: charge.refunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: ok ? charge.id.replace('ch_', 'txn_') : null,
    billing_details: {
      address: { city: null, country: 'DE', line1: null, line2: null, postal_code: null, state: null },
      email: method?.email ?? null,
      name: method?.name ?? null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'SANDBOX MAKERSPACE',
    captured: charge.status !== 'failed',
    created: charge.created,
    currency: charge.currency,
    customer: charge.customer,
    description: charge.description,
    disputed: charge.disputed,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failure === null ? 'approved_by_network' : 'declined_by_network',
      reason: failure?.declineCode ?? failure?.code ?? null,
      risk_level: 'normal',
      risk_score: 20,
      seller_message: failure === null ? 'Payment complete.' : 'The bank did not approve the payment.',
      type: failure === null ? 'authorized' : 'issuer_declined',
    },
    paid: charge.status !== 'failed',
    payment_intent: charge.intent,
    payment_method: charge.method,
    payment_method_details: method ? chargedWith(method, charge) : null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: charge.refunded === charge.amount,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: charge.status,
    transfer_data: null,
    transfer_group: null,
  }
}

export function refundShape(refund: RefundRecord) {
  return {
    id: refund.id,
    object: 'refund' as const,
    amount: refund.amount,
    balance_transaction: refund.id.replace('re_', 'txn_'),
    charge: refund.charge,
    created: refund.created,
    currency: refund.currency,
    customer: refund.customer,
    customer_account: null,
    metadata: refund.metadata,
    payment_intent: refund.intent,
    payment_method: null,
    reason: refund.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
}

export function balanceShape(transaction: BalanceRecord) {
  return {
    id: transaction.id,
    object: 'customer_balance_transaction' as const,
    amount: transaction.amount,
    checkout_session: null,
    created: transaction.created,
    credit_note: null,
    currency: transaction.currency,
    customer: transaction.customer,
    customer_account: null,
    description: transaction.description,
    ending_balance: transaction.endingBalance,
    invoice: transaction.invoice,
    livemode: false,
    metadata: transaction.metadata,
    type: transaction.type,
  }
}
