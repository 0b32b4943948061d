// Objects as Stripe sends them (API 2026-10-28.endive), written by hand: neither our sandbox nor our code made them.

export const AT = 1_773_824_400 // 18 March 2026, 09:00 UTC
const DAY = 86_400

type Json = { [field: string]: unknown }

export const product = (change: Json = {}): Json => ({
  id: 'prod_Full',
  object: 'product',
  active: true,
  created: AT - 900 * DAY,
  default_price: 'price_Full',
  description: null,
  images: [],
  livemode: false,
  marketing_features: [],
  metadata: {},
  name: 'Full member',
  package_dimensions: null,
  shippable: null,
  statement_descriptor: null,
  tax_code: null,
  type: 'service',
  unit_label: null,
  updated: AT - 10 * DAY,
  url: null,
  ...change,
})

export const price = (change: Json = {}): Json => ({
  id: 'price_Full',
  object: 'price',
  active: true,
  billing_scheme: 'per_unit',
  created: AT - 800 * DAY,
  currency: 'eur',
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  metadata: {},
  nickname: null,
  product: 'prod_Full',
  recurring: { interval: 'month', interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed' },
  tax_behavior: 'unspecified',
  tiers_mode: null,
  transform_quantity: null,
  type: 'recurring',
  unit_amount: 6500,
  unit_amount_decimal: '6500',
  ...change,
})

export const paymentMethod = (type: string): Json => ({
  id: `pm_${type}`,
  object: 'payment_method',
  allow_redisplay: 'unspecified',
  billing_details: { address: null, email: null, name: 'Ada Lovelace', phone: null, tax_id: null },
  created: AT - 500 * DAY,
  customer: 'cus_Ada',
  livemode: false,
  metadata: {},
  type,
})

export const customer = (change: Json = {}): Json => ({
  id: 'cus_Ada',
  object: 'customer',
  address: null,
  balance: 0,
  created: AT - 700 * DAY,
  currency: 'eur',
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: 'Ada@Example.org',
  invoice_prefix: 'ABCD1234',
  invoice_settings: {
    custom_fields: null,
    default_payment_method: paymentMethod('sepa_debit'),
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: {},
  name: 'Ada Lovelace',
  next_invoice_sequence: 24,
  phone: '+49 30 23125 001',
  preferred_locales: [],
  shipping: null,
  tax_exempt: 'none',
  test_clock: null,
  ...change,
})

export const item = (change: Json = {}): Json => ({
  id: 'si_1',
  object: 'subscription_item',
  billing_thresholds: null,
  created: AT - 700 * DAY,
  current_period_end: AT + 12 * DAY,
  current_period_start: AT - 18 * DAY,
  discounts: [],
  metadata: {},
  plan: { id: 'price_Full', object: 'plan', amount: 6500, currency: 'eur', interval: 'month', product: 'prod_Full' },
  price: price(),
  quantity: 1,
  subscription: 'sub_Ada',
  tax_rates: [],
  ...change,
})

const list = (data: Json[], url: string): Json => ({ object: 'list', data, has_more: false, url })

export const subscription = (change: Json = {}, items: Json[] = [item()]): Json => ({
  id: 'sub_Ada',
  object: 'subscription',
  application: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor: AT - 700 * DAY,
  billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, reason: null },
  collection_method: 'charge_automatically',
  created: AT - 700 * DAY,
  currency: 'eur',
  customer: 'cus_Ada',
  days_until_due: null,
  default_payment_method: paymentMethod('card'),
  default_source: null,
  description: null,
  discounts: [],
  ended_at: null,
  items: list(items, '/v1/subscription_items?subscription=sub_Ada'),
  latest_invoice: 'in_Ada',
  livemode: false,
  metadata: {},
  pause_collection: null,
  pending_setup_intent: null,
  schedule: null,
  start_date: AT - 700 * DAY,
  status: 'active',
  test_clock: null,
  trial_end: null,
  trial_start: null,
  ...change,
})

export const line = (change: Json = {}): Json => ({
  id: 'il_1',
  object: 'line_item',
  amount: 6500,
  currency: 'eur',
  description: '1 × Full member',
  discount_amounts: [],
  invoice: 'in_Ada',
  livemode: false,
  metadata: {},
  parent: {
    invoice_item_details: null,
    subscription_item_details: { proration: false, subscription: 'sub_Ada', subscription_item: 'si_1' },
    type: 'subscription_item_details',
  },
  period: { start: AT - 18 * DAY, end: AT + 12 * DAY },
  pricing: { price_details: { price: 'price_Full', product: 'prod_Full' }, type: 'price_details' },
  quantity: 1,
  taxes: [],
  ...change,
})

/** A line of something sold once, such as a day pass: it has no subscription under its parent. */
export const oneOffLine = (end: number): Json =>
  line({
    id: 'il_once',
    parent: { invoice_item_details: { invoice_item: 'ii_1' }, subscription_item_details: null },
    period: { start: end, end },
  })

export const invoicePayment = (intent: unknown): Json => ({
  id: 'inpay_1',
  object: 'invoice_payment',
  amount_paid: null,
  amount_requested: 6500,
  created: AT - 18 * DAY,
  currency: 'eur',
  invoice: 'in_Ada',
  is_default: true,
  payment: { payment_intent: intent, type: 'payment_intent' },
  status: 'open',
})

export const invoice = (change: Json = {}, lines: Json[] = [line()]): Json => ({
  id: 'in_Ada',
  object: 'invoice',
  amount_due: 6500,
  amount_paid: 0,
  amount_remaining: 6500,
  attempt_count: 2,
  attempted: true,
  auto_advance: true,
  billing_reason: 'subscription_cycle',
  collection_method: 'charge_automatically',
  created: AT - 18 * DAY,
  currency: 'eur',
  customer: 'cus_Ada',
  customer_email: 'Ada@Example.org',
  default_payment_method: null,
  due_date: null,
  hosted_invoice_url: 'https://invoice.stripe.com/i/acct_1/test_in_Ada',
  lines: list(lines, '/v1/invoices/in_Ada/lines'),
  livemode: false,
  metadata: {},
  next_payment_attempt: AT + DAY,
  number: 'ABCD1234-0023',
  parent: {
    quote_details: null,
    subscription_details: { metadata: {}, subscription: 'sub_Ada' },
    type: 'subscription_details',
  },
  payments: list([invoicePayment('pi_Ada')], '/v1/invoice_payments?invoice=in_Ada'),
  period_end: AT - 18 * DAY,
  period_start: AT - 48 * DAY,
  status: 'open',
  status_transitions: {
    finalized_at: AT - 18 * DAY + 3_600,
    marked_uncollectible_at: null,
    paid_at: null,
    voided_at: null,
  },
  subtotal: 6500,
  total: 6500,
  ...change,
})

export const paymentIntent = (change: Json = {}): Json => ({
  id: 'pi_Ada',
  object: 'payment_intent',
  amount: 6500,
  amount_received: 0,
  capture_method: 'automatic',
  client_secret: 'pi_Ada_secret',
  created: AT - 18 * DAY,
  currency: 'eur',
  customer: 'cus_Ada',
  last_payment_error: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
    type: 'card_error',
  },
  latest_charge: 'ch_1',
  livemode: false,
  metadata: {},
  payment_method: null,
  payment_method_types: ['card'],
  status: 'requires_payment_method',
  ...change,
})

export const dispute = (change: Json = {}): Json => ({
  id: 'du_Ada',
  object: 'dispute',
  amount: 6500,
  charge: 'ch_Ada',
  created: AT - 2 * 86_400,
  currency: 'eur',
  evidence_details: { due_by: AT + 7 * DAY, has_evidence: false, past_due: false, submission_count: 0 },
  payment_intent: 'pi_Ada',
  reason: 'fraudulent',
  status: 'needs_response',
  ...change,
})

export const schedule = (change: Json = {}): Json => ({
  id: 'sub_sched_Ada',
  object: 'subscription_schedule',
  created: AT - 86_400,
  customer: 'cus_Ada',
  end_behavior: 'release',
  phases: [
    { start_date: AT - 18 * 86_400, end_date: AT + 12 * 86_400, items: [{ price: 'price_Full', quantity: 1 }] },
    { start_date: AT + 12 * 86_400, end_date: AT + 42 * 86_400, items: [{ price: 'price_Studio', quantity: 1 }] },
  ],
  released_subscription: null,
  status: 'active',
  subscription: 'sub_Ada',
  ...change,
})

export const account = (): Json => ({ id: 'acct_1', object: 'account', country: 'DE', email: 'desk@example.org' })

export const listOf = (data: Json[], has_more = false): Json => ({ object: 'list', data, has_more, url: '/v1/x' })
