// Stripe's full objects for hosted pages: Checkout session, its lines, a session of the customer portal (API 2026-10-28.endive).
import type { CustomerRecord, PriceRecord } from './records.ts'
import type { SessionLine, SessionRecord } from './records-checkout.ts'
import { priceShape } from './shapes-catalogue.ts'

const NO_TAX = { enabled: false, liability: null, provider: null, status: null }
const NO_TEXT = { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null }

/** `pages` is where the page stands that it leads to. */
export function sessionShape(session: SessionRecord, pages: string) {
  const discount = session.lines.reduce((sum, line) => sum + line.discount, 0)
  const paid = session.mode !== 'setup'
  return {
    id: session.id,
    object: 'checkout.session' as const,
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: session.allowCodes,
    allowed_payment_method_types: session.allowed,
    amount_subtotal: session.subtotal,
    amount_total: session.total,
    automatic_tax: NO_TAX,
    billing_address_collection: null,
    cancel_url: session.cancelUrl,
    client_reference_id: session.reference,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: session.created,
    currency: session.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: NO_TEXT,
    customer: session.customer,
    customer_account: null,
    customer_creation: session.customerCreation,
    customer_details: payerShape(session),
    customer_email: session.customerEmail,
    discounts: session.discounts.map(({ coupon, promotion }) => ({ coupon, promotion_code: promotion })),
    expires_at: session.expiresAt,
    integration_identifier: null,
    invoice: session.invoice,
    invoice_creation: session.mode === 'payment' ? NO_INVOICE : null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: session.metadata,
    mode: session.mode,
    origin_context: null,
    payment_intent: session.intent,
    payment_link: null,
    payment_method_collection: session.mode === 'subscription' ? ('always' as const) : null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: session.methodTypes,
    payment_status: session.paymentStatus,
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: session.setupIntent,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: session.status,
    submit_type: null,
    subscription: session.subscription,
    success_url: session.successUrl,
    total_details: paid ? { amount_discount: discount, amount_shipping: 0, amount_tax: 0 } : null,
    ui_mode: 'hosted_page' as const,
    url: session.status === 'open' ? `${pages}/c/pay/${session.id}` : null,
    wallet_options: null,
  }
}

const NO_INVOICE = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
}

function payerShape({ payer, customerEmail }: SessionRecord) {
  const who = payer ?? (customerEmail === null ? null : { email: customerEmail, name: null })
  if (who === null) return null
  const rest = { address: null, business_name: null, individual_name: null, phone: null, tax_ids: [] }
  return { ...rest, email: who.email, name: who.name, tax_exempt: 'none' as const }
}

export function sessionLineShape(line: SessionLine, price: PriceRecord, product: string) {
  return {
    id: line.id,
    object: 'item' as const,
    adjustable_quantity: null,
    amount_discount: line.discount,
    amount_subtotal: line.amount,
    amount_tax: 0,
    amount_total: line.amount - line.discount,
    currency: price.currency,
    description: product,
    metadata: line.metadata,
    price: priceShape(price),
    quantity: line.quantity,
  }
}

export function portalShape(
  id: string,
  created: number,
  { id: customer }: CustomerRecord,
  back: string | null,
  pages: string,
) {
  return {
    id,
    object: 'billing_portal.session' as const,
    after_expiration: null,
    configuration: 'bpc_1SandboxLatchkey',
    created,
    customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: back,
    url: `${pages}/p/session/${id}`,
  }
}
