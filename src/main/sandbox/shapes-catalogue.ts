// Stripe's full objects for whom and what is billed: account, customer, product, price (API 2026-10-28.endive).
import type { CustomerRecord, DiscountRecord, PriceRecord, ProductRecord } from './records.ts'
import { discountShape } from './shapes-discount.ts'

export const ACCOUNT_ID = 'acct_1SandboxLatchkey'

export function listShape<T>(data: T[], url: string, hasMore = false) {
  return { object: 'list' as const, data, has_more: hasMore, url }
}

/** A list inside an object: the first ten, and where the rest is. */
export function nestedShape<T>(all: T[], url: string) {
  return listShape(all.slice(0, 10), url, all.length > 10)
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

export function customerShape(customer: CustomerRecord, discount: DiscountRecord | null) {
  return {
    id: customer.id,
    object: 'customer' as const,
    address: null,
    balance: customer.balance,
    created: customer.created,
    currency: customer.currency,
    customer_account: null,
    default_source: null,
    delinquent: customer.delinquent,
    description: customer.description,
    discount: discount && discountShape(discount),
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
    test_clock: customer.testClock,
  }
}

export function deletedCustomerShape(id: string) {
  return { id, object: 'customer' as const, deleted: true as const }
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
    lookup_key: price.lookupKey ?? null,
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
