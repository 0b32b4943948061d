// Stripe's full object for what a payer disputes at their bank (API 2026-10-28.endive).
import type { MethodRecord } from './records.ts'
import type { DisputeRecord } from './records-money.ts'

const NO_EVIDENCE = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}
/** How long one has to answer a dispute. */
const ANSWER_TIME = 18 * 86_400

export function disputeShape(dispute: DisputeRecord, method: MethodRecord | undefined) {
  const card = method?.type === 'card' || method?.type === 'card_present' ? method : undefined
  return {
    id: dispute.id,
    object: 'dispute' as const,
    amount: dispute.amount,
    balance_transactions: [],
    charge: dispute.charge,
    created: dispute.created,
    currency: dispute.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: dispute.status === 'needs_response' ? dispute.created + ANSWER_TIME : null,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: dispute.status === 'under_review' ? 1 : 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: dispute.metadata,
    payment_intent: dispute.intent,
    ...(card && {
      payment_method_details: {
        card: {
          brand: card.brand,
          case_type: 'chargeback' as const,
          network: card.brand,
          network_reason_code: null,
        },
        type: 'card' as const,
      },
    }),
    reason: dispute.reason,
    status: dispute.status,
  }
}
