// Stripe's full objects for whom and what is billed: account, customer, payment method, product, price (API 2026-10-28.endive).
import type { CustomerRecord, MethodRecord, PriceRecord, ProductRecord } from './records.ts'

export const ACCOUNT_ID = 'acct_1SandboxLatchkey'

export function listShape<T>(data: T[], url: string, hasMore = false) {
  return { object: 'list' as const, data, has_more: hasMore, url }
}

export function accountShape() {
  return {
    id: ACCOUNT_ID,
    object: 'account' as const,
    business_profile: {
      mcc: '7997',
      minority_owned_business_designation: null,
      name: 'Sandbox Makerspace',
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: 'desk@example.org',
      support_phone: null,
      support_url: null,
      url: 'https://makerspace.example.org',
    },
    business_type: 'non_profit',
    capabilities: { card_payments: 'active', sepa_debit_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    controller: { type: 'account' },
    country: 'DE',
    created: 1_600_000_000,
    default_currency: 'eur',
    details_submitted: true,
    email: 'desk@example.org',
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
  }
}

export function customerShape(customer: CustomerRecord) {
  return {
    id: customer.id,
    object: 'customer' as const,
    address: null,
    balance: 0,
    created: customer.created,
    currency: customer.currency,
    customer_account: null,
    default_source: null,
    delinquent: customer.delinquent,
    description: customer.description,
    discount: null,
    email: customer.email,
    invoice_prefix: customer.invoicePrefix,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: customer.paymentMethod,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: customer.metadata,
    name: customer.name,
    next_invoice_sequence: customer.nextInvoice,
    phone: customer.phone,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  }
}

export function deletedCustomerShape(id: string) {
  return { id, object: 'customer' as const, deleted: true as const }
}

export function methodShape(method: MethodRecord) {
  const common = {
    id: method.id,
    object: 'payment_method' as const,
    allow_redisplay: 'unspecified',
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
    metadata: {},
    type: method.type,
  }
  return method.type === 'card'
    ? { ...common, card: cardShape(method) }
    : {
        ...common,
        sepa_debit: {
          bank_code: '37040044',
          branch_code: '',
          country: 'DE',
          fingerprint: method.id.slice(3, 19),
          generated_from: { charge: null, setup_attempt: null },
          last4: method.last4,
        },
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
    generated_from: null,
    last4: method.last4,
    networks: { available: [method.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  }
}

export function productShape(product: ProductRecord) {
  return {
    id: product.id,
    object: 'product' as const,
    active: product.active,
    created: product.created,
    default_price: product.defaultPrice,
    description: product.description,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: product.metadata,
    name: product.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: product.updated,
    url: null,
  }
}

export function priceShape(price: PriceRecord) {
  return {
    id: price.id,
    object: 'price' as const,
    active: price.active,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: price.metadata,
    nickname: price.nickname,
    product: price.product,
    recurring: price.recurring && {
      interval: price.recurring.interval,
      interval_count: price.recurring.count,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: price.recurring === null ? 'one_time' : 'recurring',
    unit_amount: price.unitAmount,
    unit_amount_decimal: String(price.unitAmount),
  }
}

/** Subscription items still carry the older `plan` beside the price. */
export function planShape(price: PriceRecord) {
  return {
    id: price.id,
    object: 'plan' as const,
    active: price.active,
    amount: price.unitAmount,
    amount_decimal: String(price.unitAmount),
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}
