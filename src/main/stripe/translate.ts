// From Stripe's objects to the columns that rules read: pure, and a reply of another shape is refused here.
import { z } from 'zod'
import type { BillingEvent, BillingKind, MirrorRow } from '../domain/billing.ts'

z.config({ jitless: true })

const seconds = z.number().transform((value) => value * 1_000)
const maybeSeconds = z.nullish(seconds).transform((value) => value ?? null)
const maybeText = z.nullish(z.string()).transform((value) => value ?? null)
/** A reference that is an id, or the object itself where it was expanded. */
const reference = z
  .union([z.string(), z.looseObject({ id: z.string() })])
  .transform((value) => (typeof value === 'string' ? value : value.id))
const maybeReference = z.nullish(reference).transform((value) => value ?? null)
/** The type of a payment method, known only where it was expanded. */
const methodType = z
  .nullish(z.union([z.string(), z.looseObject({ type: z.string() })]))
  .transform((value) => (value === null || value === undefined || typeof value === 'string' ? null : value.type))

const product = z.object({ object: z.literal('product'), id: z.string(), created: seconds, name: z.string() })

const price = z.object({
  object: z.literal('price'),
  id: z.string(),
  created: seconds,
  product: reference,
  recurring: z.nullish(z.object({ interval: z.string() })),
  unit_amount: z.nullish(z.number()),
  currency: z.string(),
})

const customer = z.object({
  object: z.literal('customer'),
  id: z.string(),
  created: seconds,
  name: maybeText,
  email: maybeText,
  phone: maybeText,
  invoice_settings: z.nullish(z.object({ default_payment_method: methodType })),
})

const subscription = z.object({
  object: z.literal('subscription'),
  id: z.string(),
  created: seconds,
  customer: reference,
  status: z.string(),
  items: z.object({
    data: z.array(
      z.object({
        current_period_end: maybeSeconds,
        price: z.object({ id: z.string(), product: reference }),
      }),
    ),
  }),
  // Where API versions before 2025-03-31 had it; a Stripe-compatible host may still answer so.
  current_period_end: maybeSeconds,
  trial_end: maybeSeconds,
  cancel_at: maybeSeconds,
  cancel_at_period_end: z.nullish(z.boolean()),
  ended_at: maybeSeconds,
  pause_collection: z.nullish(z.unknown()),
  status_details: z.nullish(
    z.object({
      paused: z.nullish(z.object({ type: maybeText, subscription: z.nullish(z.object({ type: maybeText })) })),
    }),
  ),
  cancellation_details: z.nullish(z.object({ reason: maybeText })),
  default_payment_method: methodType,
})

const invoice = z.object({
  object: z.literal('invoice'),
  id: z.string(),
  created: seconds,
  customer: maybeReference,
  parent: z.nullish(z.object({ subscription_details: z.nullish(z.object({ subscription: maybeReference })) })),
  number: maybeText,
  status: z.nullish(z.string()).transform((value) => value ?? 'draft'),
  billing_reason: maybeText,
  currency: z.string(),
  amount_due: z.number(),
  amount_remaining: z.number(),
  due_date: maybeSeconds,
  status_transitions: z.nullish(z.object({ finalized_at: maybeSeconds })),
  attempt_count: z.number(),
  next_payment_attempt: maybeSeconds,
  hosted_invoice_url: maybeText,
  lines: z.object({
    data: z.array(
      z.object({
        period: z.object({ end: seconds }),
        parent: z.nullish(z.object({ subscription_item_details: z.nullish(z.unknown()) })),
      }),
    ),
  }),
  payments: z.nullish(z.object({ data: z.array(z.object({ payment: z.object({ payment_intent: maybeReference }) })) })),
})

const paymentIntent = z.object({
  object: z.literal('payment_intent'),
  id: z.string(),
  created: seconds,
  customer: maybeReference,
  status: z.string(),
  amount: z.number(),
  currency: z.string(),
  payment_method_types: z.nullish(z.array(z.string())),
  last_payment_error: z.nullish(z.object({ decline_code: maybeText, code: maybeText })),
})

/** Throws a ZodError where the object is not of the kind's shape. */
export function translate(kind: BillingKind, object: unknown): MirrorRow {
  switch (kind) {
    case 'product': {
      const { id, created, name } = product.parse(object)
      return { kind, row: { id, created, name } }
    }
    case 'price': {
      const read = price.parse(object)
      return {
        kind,
        row: {
          id: read.id,
          created: read.created,
          productId: read.product,
          recurring: Boolean(read.recurring),
          interval: read.recurring?.interval ?? null,
          unitAmount: read.unit_amount ?? null,
          currency: read.currency,
        },
      }
    }
    case 'customer': {
      const { id, created, name, email, phone, invoice_settings } = customer.parse(object)
      return {
        kind,
        row: { id, created, name, email, phone, defaultMethod: invoice_settings?.default_payment_method ?? null },
      }
    }
    case 'subscription':
      return { kind, row: subscriptionRow(subscription.parse(object)) }
    case 'invoice':
      return { kind, row: invoiceRow(invoice.parse(object)) }
    case 'payment_intent': {
      const read = paymentIntent.parse(object)
      return {
        kind,
        row: {
          id: read.id,
          created: read.created,
          customerId: read.customer,
          status: read.status,
          amount: { minor: read.amount, currency: read.currency },
          method: read.payment_method_types?.[0] ?? null,
          declineCode: read.last_payment_error?.decline_code ?? read.last_payment_error?.code ?? null,
        },
      }
    }
  }
}

function subscriptionRow(read: z.output<typeof subscription>) {
  const ends = read.items.data.flatMap((item) => (item.current_period_end === null ? [] : [item.current_period_end]))
  const periodEnd = ends.length > 0 ? Math.min(...ends) : read.current_period_end
  const item = read.items.data[0]
  return {
    id: read.id,
    created: read.created,
    customerId: read.customer,
    status: read.status,
    priceId: item?.price.id ?? null,
    productId: item?.price.product ?? null,
    periodEnd,
    trialEnd: read.trial_end,
    cancelAt: read.cancel_at ?? (read.cancel_at_period_end ? periodEnd : null),
    endedAt: read.ended_at,
    pauseCollection: Boolean(read.pause_collection),
    // The pause's own type only says whose it is (`subscription`); the reason stands one level deeper.
    pausedType: read.status_details?.paused?.subscription?.type ?? read.status_details?.paused?.type ?? null,
    cancelReason: read.cancellation_details?.reason ?? null,
    defaultMethod: read.default_payment_method,
  }
}

function invoiceRow(read: z.output<typeof invoice>) {
  const ends = read.lines.data.filter((line) => line.parent?.subscription_item_details).map((line) => line.period.end)
  return {
    id: read.id,
    created: read.created,
    customerId: read.customer,
    subscriptionId: read.parent?.subscription_details?.subscription ?? null,
    number: read.number,
    status: read.status,
    billingReason: read.billing_reason,
    due: { minor: read.amount_due, currency: read.currency },
    remaining: { minor: read.amount_remaining, currency: read.currency },
    dueAt: read.due_date,
    finalizedAt: read.status_transitions?.finalized_at ?? null,
    attemptCount: read.attempt_count,
    nextAttemptAt: read.next_payment_attempt,
    serviceEnd: ends.length > 0 ? Math.max(...ends) : null,
    paymentIntents: (read.payments?.data ?? []).flatMap(({ payment }) =>
      payment.payment_intent === null ? [] : [payment.payment_intent],
    ),
    url: read.hosted_invoice_url,
  }
}

const event = z.object({
  id: z.string(),
  type: z.string(),
  created: seconds,
  api_version: maybeText,
  data: z.nullish(
    z.object({ object: z.nullish(z.object({ object: maybeText, id: maybeText, customer: maybeReference })) }),
  ),
})

/** An event as a signal: which object changed, and whose it may be. Its payload is kept, and no state is taken from it. */
export function translateEvent(value: unknown): BillingEvent {
  const { id, type, created, api_version, data } = event.parse(value)
  const changed = data?.object
  const objectType = changed?.object ?? null
  const objectId = changed?.id ?? null
  const customerId = objectType === 'customer' ? objectId : (changed?.customer ?? null)
  return {
    id,
    type,
    created,
    apiVersion: api_version,
    objectType,
    objectId,
    customerId,
    payload: JSON.stringify(value),
  }
}
