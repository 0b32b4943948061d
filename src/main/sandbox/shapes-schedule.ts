// Stripe's full subscription schedule (API 2026-10-28.endive).
import type { PhaseRecord, ScheduleRecord } from './records-schedule.ts'

const NO_TERMS = {
  application_fee_percent: null,
  billing_thresholds: null,
  default_payment_method: null,
  description: null,
  on_behalf_of: null,
  transfer_data: null,
}

/** `clock` is the test clock of its customer, `currency` that of its subscription. */
export function scheduleShape(schedule: ScheduleRecord, clock: string | null, currency: string) {
  const { status, phases, current } = schedule
  const phase = status === 'active' ? phases[current] : undefined
  return {
    id: schedule.id,
    object: 'subscription_schedule' as const,
    application: null,
    billing_mode: { flexible: { proration_discounts: 'included' as const }, type: 'flexible' as const },
    canceled_at: schedule.canceledAt,
    completed_at: schedule.completedAt,
    created: schedule.created,
    current_phase: phase ? { start_date: phase.start, end_date: phase.end } : null,
    customer: schedule.customer,
    customer_account: null,
    default_settings: {
      ...NO_TERMS,
      automatic_tax: { disabled_reason: null, enabled: false, liability: null },
      billing_cycle_anchor: 'automatic' as const,
      collection_method: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: 'self' as const },
      },
    },
    end_behavior: schedule.endBehavior,
    livemode: false,
    metadata: schedule.metadata,
    pause_schedules: [],
    phases: phases.map((one) => phaseShape(one, currency)),
    released_at: schedule.releasedAt,
    released_subscription: schedule.released,
    status,
    subscription: schedule.subscription,
    test_clock: clock,
  }
}

function phaseShape({ start, end, items, proration }: PhaseRecord, currency: string) {
  return {
    ...NO_TERMS,
    add_invoice_items: [],
    billing_cycle_anchor: null,
    collection_method: null,
    currency,
    default_tax_rates: [],
    discounts: [],
    end_date: end,
    invoice_settings: null,
    items: items.map(({ price, quantity, metadata }) => ({
      billing_thresholds: null,
      discounts: [],
      metadata,
      plan: price,
      price,
      quantity,
      tax_rates: [],
    })),
    metadata: {},
    proration_behavior: proration,
    start_date: start,
    trial_end: null,
  }
}
