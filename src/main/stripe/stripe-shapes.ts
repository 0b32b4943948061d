// The shapes that replies of Stripe must have, as far as we read them. What stands here is all that a reply is held to.
import { z } from 'zod'

z.config({ jitless: true })

export const seconds = z.number().transform((value) => value * 1_000)
const maybeSeconds = z.nullish(seconds).transform((value) => value ?? null)
export const maybeText = z.nullish(z.string()).transform((value) => value ?? null)
const maybeNumber = z.nullish(z.number()).transform((value) => value ?? null)
/** A reference that is an id, or the object itself where it was expanded. */
const reference = z
  .union([z.string(), z.looseObject({ id: z.string() })])
  .transform((value) => (typeof value === 'string' ? value : value.id))
export const maybeReference = z.nullish(reference).transform((value) => value ?? null)

const plastic = z.nullish(z.object({ fingerprint: maybeText }))
const savedCard = z.nullish(z.object({ fingerprint: maybeText, exp_month: maybeNumber, exp_year: maybeNumber }))
/** YYYY-MM: the last month in which a bank card is good. */
function expiryOf(card: z.output<typeof savedCard>): string | null {
  if (!card?.exp_month || !card.exp_year) return null
  return `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}`
}

/** A payment method's type and plastic, known only where it was expanded. */
const method = z
  .nullish(z.union([z.string(), z.object({ type: z.string(), card: savedCard })]))
  .transform((value) =>
    value === null || value === undefined || typeof value === 'string'
      ? { type: null, fingerprint: null, expires: null }
      : { type: value.type, fingerprint: value.card?.fingerprint ?? null, expires: expiryOf(value.card) },
  )

export const product = z.object({
  object: z.literal('product'),
  id: z.string(),
  created: seconds,
  name: z.string(),
  active: z.nullish(z.boolean()),
})

export const price = z.object({
  object: z.literal('price'),
  id: z.string(),
  created: seconds,
  product: reference,
  recurring: z.nullish(z.object({ interval: z.string() })),
  nickname: maybeText,
  active: z.nullish(z.boolean()),
  unit_amount: maybeNumber,
  currency: z.string(),
})

/** Our own id of a person, in the metadata of customers and subscriptions that we make. */
export const OUR_ID = 'latchkey_member'

const coupon = z.object({
  name: maybeText,
  percent_off: maybeNumber,
  amount_off: maybeNumber,
  currency: maybeText,
  duration: maybeText,
})
export const discount = z.object({
  end: maybeSeconds,
  source: z.nullish(z.object({ coupon: z.nullish(z.union([z.string(), coupon])) })),
})
const discounts = z.nullish(z.array(z.union([z.string(), discount])))

export const customer = z.object({
  object: z.literal('customer'),
  id: z.string(),
  created: seconds,
  name: maybeText,
  email: maybeText,
  phone: maybeText,
  balance: maybeNumber,
  currency: maybeText,
  invoice_credit_balance: z.nullish(z.record(z.string(), z.number())),
  discount: z.nullish(discount),
  metadata: z.nullish(z.record(z.string(), z.string())),
  invoice_settings: z.nullish(z.object({ default_payment_method: method })),
})

export const subscription = z.object({
  object: z.literal('subscription'),
  id: z.string(),
  created: seconds,
  customer: reference,
  status: z.string(),
  currency: maybeText,
  items: z.object({
    has_more: z.boolean(),
    data: z.array(
      z.object({
        id: z.string(),
        current_period_end: maybeSeconds,
        quantity: maybeNumber,
        price: z.object({
          id: z.string(),
          product: reference,
          recurring: z.nullish(z.object({ interval_count: maybeNumber })),
        }),
        discounts,
      }),
    ),
  }),
  discounts,
  collection_method: maybeText,
  pending_update: z.nullish(
    z.object({
      subscription_items: z.nullish(z.array(z.object({ price: z.object({ id: z.string() }) }))),
    }),
  ),
  // Where API versions before 2025-03-31 had it; a Stripe-compatible host may still answer so.
  current_period_end: maybeSeconds,
  trial_end: maybeSeconds,
  cancel_at: maybeSeconds,
  cancel_at_period_end: z.nullish(z.boolean()),
  ended_at: maybeSeconds,
  pause_collection: z.nullish(z.object({ resumes_at: maybeSeconds })),
  status_details: z.nullish(
    z.object({
      paused: z.nullish(z.object({ type: maybeText, subscription: z.nullish(z.object({ type: maybeText })) })),
    }),
  ),
  cancellation_details: z.nullish(z.object({ reason: maybeText })),
  default_payment_method: method,
})

export const invoice = z.object({
  object: z.literal('invoice'),
  id: z.string(),
  created: seconds,
  customer: maybeReference,
  parent: z.nullish(z.object({ subscription_details: z.nullish(z.object({ subscription: maybeReference })) })),
  number: maybeText,
  status: maybeText,
  billing_reason: maybeText,
  currency: z.string(),
  total: maybeNumber,
  amount_due: z.number(),
  amount_remaining: z.number(),
  due_date: maybeSeconds,
  status_transitions: z.nullish(z.object({ finalized_at: maybeSeconds, paid_at: maybeSeconds })),
  attempt_count: z.number(),
  next_payment_attempt: maybeSeconds,
  hosted_invoice_url: maybeText,
  lines: z.object({
    has_more: z.boolean(),
    data: z.array(
      z.object({
        amount: maybeNumber,
        period: z.object({ start: maybeSeconds, end: seconds }),
        pricing: z.nullish(z.object({ price_details: z.nullish(z.object({ price: maybeReference })) })),
        parent: z.nullish(z.object({ subscription_item_details: z.nullish(z.unknown()) })),
      }),
    ),
  }),
  payments: z.nullish(
    z.object({
      has_more: z.boolean(),
      data: z.array(z.object({ payment: z.object({ payment_intent: maybeReference }) })),
    }),
  ),
})

const charge = z.object({
  amount_refunded: maybeNumber,
  payment_method_details: z.nullish(z.object({ type: maybeText, card: plastic, card_present: plastic })),
})

export const paymentIntent = z.object({
  object: z.literal('payment_intent'),
  id: z.string(),
  created: seconds,
  customer: maybeReference,
  status: z.string(),
  amount: z.number(),
  currency: z.string(),
  payment_method_types: z.nullish(z.array(z.string())),
  latest_charge: z.nullish(z.union([z.string(), charge])),
  next_action: z.nullish(z.object({ type: maybeText })),
  last_payment_error: z.nullish(
    z.object({ decline_code: maybeText, code: maybeText, payment_method: z.nullish(z.object({ type: maybeText })) }),
  ),
})

export const dispute = z.object({
  object: z.literal('dispute'),
  id: z.string(),
  created: seconds,
  payment_intent: maybeReference,
  status: z.string(),
  reason: maybeText,
  amount: z.number(),
  currency: z.string(),
  evidence_details: z.nullish(z.object({ due_by: maybeSeconds })),
})

export const subscriptionSchedule = z.object({
  object: z.literal('subscription_schedule'),
  id: z.string(),
  created: seconds,
  customer: maybeReference,
  subscription: maybeReference,
  released_subscription: maybeText,
  status: z.string(),
  phases: z.array(
    z.object({ start_date: seconds, end_date: maybeSeconds, items: z.array(z.object({ price: reference })) }),
  ),
})

export const balanceTransaction = z.object({
  object: z.literal('customer_balance_transaction'),
  id: z.string(),
  created: seconds,
  customer: reference,
  amount: z.number(),
  currency: z.string(),
  ending_balance: z.number(),
  type: z.string(),
})

export const event = z.object({
  id: z.string(),
  type: z.string(),
  created: seconds,
  api_version: maybeText,
  data: z.nullish(
    z.object({
      object: z.nullish(
        z.object({ object: maybeText, id: maybeText, customer: maybeReference, payment_intent: maybeReference }),
      ),
    }),
  ),
})
