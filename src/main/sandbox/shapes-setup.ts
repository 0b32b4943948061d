// Stripe's full objects for payment methods that are being set up: setup intent, its attempts, mandates (API 2026-10-28.endive).
import type { MethodRecord } from './records.ts'
import type { PaymentFailure } from './records-money.ts'
import type { SetupAttemptRecord, SetupIntentRecord } from './records-terminal.ts'
import { methodShape } from './shapes-method.ts'
import { nextAction } from './shapes-payment.ts'

/** `failedMethod` is the payment method of the last failure, `method` the one that is set up. */
export function setupIntentShape(
  intent: SetupIntentRecord,
  method: MethodRecord | undefined,
  failedMethod: MethodRecord | undefined,
  pages: string,
) {
  return {
    id: intent.id,
    object: 'setup_intent' as const,
    allowed_payment_method_types: intent.allowed,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: intent.cancelReason,
    client_secret: intent.secret,
    created: intent.created,
    customer: intent.customer,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: intent.failure && failureShape(intent.failure, failedMethod),
    latest_attempt: intent.attempt,
    livemode: false,
    mandate: intent.status === 'succeeded' && method !== undefined ? mandateOf(method) : null,
    metadata: intent.metadata,
    next_action: nextAction(intent, pages),
    on_behalf_of: null,
    payment_method: intent.method,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: intent.methodTypes,
    single_use_mandate: null,
    status: intent.status,
    usage: intent.usage,
  }
}

/** What Stripe says of a failed payment or attempt, wherever it says it. */
export function failureShape(failure: PaymentFailure, method: MethodRecord | undefined) {
  const card = method === undefined || method.type === 'card' || method.type === 'card_present'
  return {
    code: failure.code,
    ...(failure.declineCode !== null && { decline_code: failure.declineCode }),
    message: failure.message,
    ...(method && { payment_method: methodShape(method), payment_method_type: method.type }),
    type: card ? ('card_error' as const) : ('invalid_request_error' as const),
  }
}

export function setupAttemptShape(attempt: SetupAttemptRecord, method: MethodRecord | undefined) {
  return {
    id: attempt.id,
    object: 'setup_attempt' as const,
    application: null,
    created: attempt.created,
    customer: attempt.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: attempt.method,
    payment_method_details: attemptedWith(attempt, method),
    setup_error: attempt.failure && failureShape(attempt.failure, method),
    setup_intent: attempt.intent,
    status: attempt.status,
    usage: attempt.usage,
  }
}

function attemptedWith({ methodType: type, generatedCard }: SetupAttemptRecord, method: MethodRecord | undefined) {
  switch (type) {
    case 'card_present':
      return { card_present: { generated_card: generatedCard, offline: null }, type }
    case 'card':
      return {
        card: {
          brand: method?.brand ?? null,
          checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
          country: 'DE',
          exp_month: method?.expMonth ?? null,
          exp_year: method?.expYear ?? null,
          funding: 'debit',
          last4: method?.last4 ?? null,
          network: method?.brand ?? null,
          three_d_secure: null,
          wallet: null,
        },
        type,
      }
    default:
      return { [type]: {}, type }
  }
}

/** A bank account comes with its holder's word that it may be debited. */
export function mandateOf({ type, id }: MethodRecord): string | null {
  return type === 'sepa_debit' || type === 'us_bank_account' ? id.replace('pm_', 'mandate_') : null
}

export function mandateShape(method: MethodRecord) {
  const details =
    method.type === 'sepa_debit'
      ? {
          sepa_debit: { reference: method.id.slice(3, 19).toUpperCase(), url: `https://hooks.stripe.com/${method.id}` },
        }
      : { us_bank_account: {} }
  return {
    id: method.id.replace('pm_', 'mandate_'),
    object: 'mandate' as const,
    customer_acceptance: {
      accepted_at: method.created,
      online: { ip_address: '192.0.2.1', user_agent: 'sandbox' },
      type: 'online' as const,
    },
    livemode: false,
    multi_use: {},
    payment_method: method.id,
    payment_method_details: { ...details, type: method.type },
    status: 'active' as const,
    type: 'multi_use' as const,
  }
}
