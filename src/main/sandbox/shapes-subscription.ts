// Stripe's full subscription (API 2026-10-28.endive): the periods stand on its ITEMS, never at the top.
import type { ItemRecord, PriceRecord, SubscriptionRecord } from './records.ts'
import { nestedShape, planShape, priceShape } from './shapes-catalogue.ts'

export type PriceOf = (id: string) => PriceRecord

/** `clock` is the test clock of its customer. */
export function subscriptionShape(subscription: SubscriptionRecord, priceOf: PriceOf, clock: string | null) {
  const { id, paused, anchorConfig, pendingUpdate } = subscription
  const items = subscription.items.map((item) => itemShape(subscription, item, priceOf))
  return {
    id,
    object: 'subscription' as const,
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: subscription.anchor,
    billing_cycle_anchor_config: anchorConfig && {
      day_of_month: anchorConfig.day,
      hour: anchorConfig.hour,
      minute: anchorConfig.minute,
      month: anchorConfig.month,
      second: anchorConfig.second,
    },
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: subscription.cancelAt,
    cancel_at_period_end: subscription.cancelAtPeriodEnd,
    canceled_at: subscription.canceledAt,
    cancellation_details: {
      comment: subscription.cancelComment,
      feedback: subscription.cancelFeedback,
      feedback_option: null,
      reason: subscription.cancelReason,
    },
    collection_method: subscription.collection,
    created: subscription.created,
    currency: subscription.currency,
    customer: subscription.customer,
    customer_account: null,
    days_until_due: subscription.daysUntilDue,
    default_payment_method: subscription.paymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: subscription.description,
    discounts: subscription.discounts,
    ended_at: subscription.endedAt,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: nestedShape(items, `/v1/subscription_items?subscription=${id}`),
    latest_invoice: subscription.latestInvoice,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: subscription.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: subscription.pause && {
      behavior: subscription.pause.behavior,
      resumes_at: subscription.pause.resumesAt,
    },
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: pendingUpdate && {
      billing_cycle_anchor: null,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: pendingUpdate.expiresAt,
      metadata: null,
      subscription_items: pendingUpdate.items.map((item) => itemShape(subscription, item, priceOf)),
      trial_end: null,
      trial_from_plan: null,
    },
    // States that were saved before there were schedules have none.
    schedule: subscription.schedule ?? null,
    start_date: subscription.created,
    status: subscription.status,
    ...(paused && {
      status_details: {
        paused: { subscription: { type: paused.type }, transitioned_at: paused.at, type: 'subscription' },
      },
    }),
    test_clock: clock,
    transfer_data: null,
    trial_end: subscription.trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: subscription.withoutMethod },
    },
    trial_start: subscription.trialStart,
  }
}

export function itemShape(subscription: SubscriptionRecord, item: ItemRecord, priceOf: PriceOf) {
  const price = priceOf(item.price)
  return {
    id: item.id,
    object: 'subscription_item' as const,
    billing_thresholds: null,
    created: item.created,
    current_period_end: subscription.periodEnd,
    current_period_start: subscription.periodStart,
    current_trial: null,
    discounts: item.discounts,
    metadata: item.metadata,
    plan: planShape(price),
    price: priceShape(price),
    quantity: item.quantity,
    subscription: subscription.id,
    tax_rates: [],
  }
}
