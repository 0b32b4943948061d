// Stripe's payment methods, as they are saved and as a charge shows what it was made with (API 2026-10-28.endive).
import type { MethodRecord } from './records.ts'
import type { ChargeRecord } from './records-money.ts'

export function methodShape(method: MethodRecord) {
  const common = {
    id: method.id,
    object: 'payment_method' as const,
    allow_redisplay: method.allowRedisplay ?? 'unspecified',
    billing_details: {
      address: { city: null, country: 'DE', line1: null, line2: null, postal_code: null, state: null },
      email: method.email,
      name: method.name,
      phone: null,
      tax_id: null,
    },
    created: method.created,
    customer: method.customer,
    customer_account: null,
    livemode: false,
    metadata: method.metadata ?? {},
    type: method.type,
  }
  switch (method.type) {
    case 'card':
      return { ...common, card: cardShape(method) }
    case 'card_present':
      return {
        ...common,
        card_present: {
          ...presentShape(method),
          networks: { available: [method.brand], preferred: null },
        },
      }
    case 'sepa_debit':
      return {
        ...common,
        sepa_debit: { ...sepaShape(method), generated_from: { charge: null, setup_attempt: null } },
      }
    case 'us_bank_account':
      return {
        ...common,
        us_bank_account: {
          ...bankShape(method),
          financial_connections_account: null,
          networks: { preferred: 'ach' as const, supported: ['ach' as const] },
          status_details: null,
        },
      }
  }
}

function presentShape(method: MethodRecord) {
  return {
    brand: method.brand,
    brand_product: null,
    cardholder_name: method.name,
    country: 'DE',
    exp_month: method.expMonth,
    exp_year: method.expYear,
    fingerprint: fingerprint(method),
    funding: 'debit',
    last4: method.last4,
    offline: null,
    preferred_locales: null,
    read_method: 'contactless_emv' as const,
    ...(method.wallet && { wallet: { type: method.wallet } }),
  }
}

function cardShape(method: MethodRecord) {
  return {
    brand: method.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'DE',
    display_brand: method.brand,
    exp_month: method.expMonth,
    exp_year: method.expYear,
    fingerprint: method.id.slice(3, 19),
    funding: 'debit',
    generated_from: method.generatedFrom
      ? {
          charge: method.generatedFrom.charge,
          payment_method_details: null,
          setup_attempt: method.generatedFrom.attempt,
        }
      : null,
    last4: method.last4,
    networks: { available: [method.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  }
}

function fingerprint({ id }: MethodRecord): string {
  return id.slice(3, 19)
}

function sepaShape(method: MethodRecord) {
  const bank = { bank_code: '37040044', branch_code: '', country: 'DE' }
  return { ...bank, fingerprint: fingerprint(method), last4: method.last4 }
}

function bankShape(method: MethodRecord) {
  return {
    account_holder_type: 'individual' as const,
    account_type: 'checking' as const,
    bank_name: 'STRIPE TEST BANK',
    fingerprint: fingerprint(method),
    last4: method.last4,
    routing_number: '110000000',
  }
}

/** A charge's `payment_method_details`. */
export function chargedWith(method: MethodRecord, charge?: Pick<ChargeRecord, 'amount' | 'reader' | 'generatedCard'>) {
  switch (method.type) {
    case 'card_present':
      return {
        card_present: {
          ...presentShape(method),
          amount_authorized: charge?.amount ?? null,
          emv_auth_data: null,
          generated_card: charge?.generatedCard ?? null,
          incremental_authorization_supported: false,
          network: method.brand,
          network_transaction_id: null,
          overcapture_supported: false,
          ...(charge?.reader !== undefined && { reader: charge.reader }),
          receipt: null,
        },
        type: method.type,
      }
    case 'sepa_debit':
      return { sepa_debit: { ...sepaShape(method), mandate: method.id.replace('pm_', 'mandate_') }, type: method.type }
    case 'us_bank_account':
      return { us_bank_account: { ...bankShape(method), payment_reference: null }, type: method.type }
    case 'card':
      return {
        card: {
          amount_authorized: null,
          authorization_code: null,
          brand: method.brand,
          checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
          country: 'DE',
          electronic_commerce_indicator: null,
          exp_month: method.expMonth,
          exp_year: method.expYear,
          fingerprint: fingerprint(method),
          funding: 'debit',
          installments: null,
          last4: method.last4,
          mandate: null,
          network: method.brand,
          network_transaction_id: null,
          regulated_status: 'unregulated' as const,
          three_d_secure: null,
          transaction_link_id: null,
          wallet: null,
        },
        type: method.type,
      }
  }
}
