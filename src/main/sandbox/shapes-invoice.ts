// Stripe's full objects for what is owed: invoice, its lines and payments, invoice items (API 2026-10-28.endive).
// The subscription stands under the invoice's `parent`; there is no `paid` and no `payment_intent` on it any more.
import type { InvoiceLine, InvoicePaymentRecord, InvoiceRecord, PendingItemRecord } from './records-money.ts'
import { ACCOUNT_ID, nestedShape } from './shapes-catalogue.ts'

/** `clock` is the test clock of its customer. */
export function invoiceShape(invoice: InvoiceRecord, clock: string | null) {
  const taken = Map.groupBy(
    invoice.lines.flatMap((line) => line.discountAmounts),
    ({ discount }) => discount,
  )
  const discountAmounts = Array.from(taken, ([discount, parts]) => ({
    amount: parts.reduce((sum, part) => sum + part.amount, 0),
    discount,
  }))
  // Not at the sandbox, whose address may be another after each start: that would be news about every invoice.
  const page = invoice.finalizedAt === null ? null : `https://invoice.stripe.com/i/${ACCOUNT_ID}/test_${invoice.id}`
  return {
    id: invoice.id,
    object: 'invoice' as const,
    account_country: 'DE',
    account_name: 'Sandbox Makerspace',
    account_tax_ids: null,
    amount_due: invoice.amountDue,
    amount_overpaid: 0,
    amount_paid: invoice.amountPaid,
    amount_paid_off_stripe: invoice.offStripe ? invoice.amountPaid : 0,
    amount_remaining: invoice.amountRemaining,
    amount_shipping: 0,
    application: null,
    attempt_count: invoice.attemptCount,
    attempted: invoice.attempted,
    auto_advance: invoice.autoAdvance,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: invoice.finalizesAt,
    billing_reason: invoice.billingReason,
    collection_method: invoice.collection,
    created: invoice.created,
    currency: invoice.currency,
    custom_fields: null,
    customer: invoice.customer,
    customer_account: null,
    customer_address: null,
    customer_email: invoice.customerEmail,
    customer_name: invoice.customerName,
    customer_phone: invoice.customerPhone,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: invoice.paymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: invoice.description,
    discounts: invoice.discounts,
    due_date: invoice.dueDate,
    effective_at: invoice.finalizedAt,
    ending_balance: invoice.endingBalance,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: page,
    invoice_pdf: page && `${page}/pdf`,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: nestedShape(
      invoice.lines.map((line) => lineShape(invoice, line)),
      `/v1/invoices/${invoice.id}/lines`,
    ),
    livemode: false,
    metadata: invoice.metadata,
    next_payment_attempt: invoice.nextAttempt,
    number: invoice.number,
    on_behalf_of: null,
    parent: invoice.subscription && {
      quote_details: null,
      subscription_details: { metadata: invoice.subscription.metadata, subscription: invoice.subscription.id },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: invoice.periodEnd,
    period_start: invoice.periodStart,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: invoice.startingBalance,
    statement_descriptor: null,
    status: invoice.status,
    status_transitions: {
      finalized_at: invoice.finalizedAt,
      marked_uncollectible_at: invoice.uncollectibleAt,
      paid_at: invoice.paidAt,
      voided_at: invoice.voidedAt,
    },
    subtotal: invoice.subtotal,
    subtotal_excluding_tax: invoice.subtotal,
    test_clock: clock,
    total: invoice.total,
    total_discount_amounts: discountAmounts,
    total_excluding_tax: invoice.total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: invoice.created,
  }
}

function pricingOf({ price, product, unitAmount }: InvoiceLine) {
  if (price === null || product === null) return null
  const unit = { type: 'price_details' as const, unit_amount_decimal: String(unitAmount) }
  return { price_details: { price, product }, ...unit }
}

export function lineShape({ id, currency }: InvoiceRecord, line: InvoiceLine) {
  return {
    id: line.id,
    object: 'line_item' as const,
    amount: line.amount,
    currency,
    description: line.description,
    discount_amounts: line.discountAmounts,
    discountable: line.discountable,
    discounts: line.discounts,
    invoice: id,
    livemode: false,
    metadata: line.metadata,
    parent: {
      invoice_item_details:
        line.item === null
          ? {
              invoice_item: line.pending ?? line.id.replace('il_', 'ii_'),
              proration: line.proration,
              proration_details: null,
              subscription: line.subscription,
            }
          : null,
      subscription_item_details:
        line.item === null
          ? null
          : {
              invoice_item: line.pending,
              proration: line.proration,
              proration_details: { credited_items: null },
              subscription: line.subscription,
              subscription_item: line.item,
            },
      type: line.item === null ? 'invoice_item_details' : 'subscription_item_details',
    },
    period: { end: line.end, start: line.start },
    pretax_credit_amounts: [],
    pricing: pricingOf(line),
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    subscription: line.subscription,
    subtotal: line.amount,
    taxes: [],
  }
}

export function pendingItemShape({ line, ...item }: PendingItemRecord, clock: string | null) {
  return {
    id: item.id,
    object: 'invoiceitem' as const,
    amount: line.amount,
    currency: item.currency,
    customer: item.customer,
    customer_account: null,
    date: item.created,
    description: line.description,
    discountable: line.discountable,
    discounts: line.discounts,
    invoice: item.invoice,
    livemode: false,
    metadata: line.metadata,
    net_amount: line.amount,
    parent: line.subscription === null ? null : pendingParent(line.subscription, line.item),
    period: { end: line.end, start: line.start },
    pricing: pricingOf(line),
    proration: line.proration,
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    tax_rates: [],
    test_clock: clock,
  }
}

function pendingParent(subscription: string, item: string | null) {
  const details = { subscription, ...(item !== null && { subscription_item: item }) }
  return { subscription_details: details, type: 'subscription_details' as const }
}

export function invoicePaymentShape(payment: InvoicePaymentRecord) {
  return {
    id: payment.id,
    object: 'invoice_payment' as const,
    amount_paid: payment.amountPaid,
    amount_requested: payment.amount,
    created: payment.created,
    currency: payment.currency,
    invoice: payment.invoice,
    is_default: true,
    livemode: false,
    payment: { payment_intent: payment.intent, type: 'payment_intent' },
    status: payment.status,
    status_transitions: { canceled_at: payment.canceledAt, paid_at: payment.paidAt },
  }
}
