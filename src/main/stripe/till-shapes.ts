// The shapes that replies to what the desk does at Stripe must have, as far as it reads them.
import { z } from 'zod'
import { discount, maybeReference, maybeText, seconds } from './stripe-shapes.ts'

const metadata = z.nullish(z.record(z.string(), z.string())).transform((value) => value ?? {})

export const list = <T>(item: z.ZodType<T>) =>
  z.object({ object: z.literal('list'), has_more: z.boolean(), data: z.array(item) })

export const customer = z.object({ object: z.literal('customer'), id: z.string(), metadata })
export const promotion = z.object({ object: z.literal('promotion_code'), id: z.string() })

const amounts = z.nullish(z.array(z.object({ amount: z.number() }))).transform((list) => list ?? [])

/** What an invoice says of itself, for a receipt. */
const invoice = z.object({
  id: z.string(),
  status: maybeText,
  number: maybeText,
  created: seconds,
  currency: z.string(),
  amount_paid: z.number(),
  starting_balance: z.number(),
  ending_balance: z.nullish(z.number()),
  total_discount_amounts: amounts,
  total_taxes: z
    .nullish(z.array(z.object({ amount: z.number(), tax_behavior: maybeText })))
    .transform((list) => (list ?? []).filter(({ tax_behavior }) => tax_behavior === 'exclusive')),
  lines: z.object({ data: z.array(z.object({ description: maybeText, amount: z.number() })) }),
})

export const subscription = z.object({
  object: z.literal('subscription'),
  id: z.string(),
  status: z.string(),
  latest_invoice: z.nullable(invoice),
  metadata,
})

export const preview = z.object({
  object: z.literal('invoice'),
  currency: z.string(),
  amount_due: z.number(),
  /** Below nothing is credit. */
  starting_balance: z.nullish(z.number()),
  /** What is taken off, by whole discount. */
  total_discount_amounts: z
    .nullish(z.array(z.object({ amount: z.number(), discount: z.union([z.string(), discount]) })))
    .transform((list) => list ?? []),
  lines: z.object({
    data: z.array(
      z
        .object({
          description: maybeText,
          amount: z.number(),
          quantity: z.nullish(z.number()),
          period: z.object({ end: seconds }),
          pricing: z.nullish(z.object({ unit_amount_decimal: z.nullish(z.string()) })),
          parent: z.nullish(z.object({ subscription_item_details: z.nullish(z.unknown()) })),
        })
        .transform(({ description, amount, period, pricing, parent }) => ({
          description: description ?? '',
          amount,
          end: period.end,
          unit: Number(pricing?.unit_amount_decimal ?? amount),
          recurring: parent?.subscription_item_details != null,
        })),
    ),
  }),
})

/** A wallet leaves no card that could be charged later: then there is no payment method. */
export const intent = z
  .object({
    object: z.literal('setup_intent'),
    id: z.string(),
    status: z.string(),
    last_setup_error: z.nullish(z.object({ code: maybeText, decline_code: maybeText })),
    payment_method: z.nullish(z.union([z.string(), z.object({ id: z.string(), type: z.string() })])),
    latest_attempt: z.nullish(
      z.union([
        z.string(),
        z.object({
          payment_method_details: z.nullish(
            z.object({ card_present: z.nullish(z.object({ generated_card: maybeReference })) }),
          ),
        }),
      ]),
    ),
  })
  .transform(({ id, status, last_setup_error, latest_attempt, payment_method: saved }) => {
    const attempt = typeof latest_attempt === 'object' ? latest_attempt : null
    const atReader = attempt?.payment_method_details?.card_present
    const direct = typeof saved === 'object' && saved != null ? saved : null
    return {
      id,
      status,
      // What was held to a reader cannot be charged again; what was made of it can.
      paymentMethodId: atReader === undefined || atReader === null ? (direct?.id ?? null) : atReader.generated_card,
      method: direct?.type ?? null,
      failure: last_setup_error?.decline_code ?? last_setup_error?.code ?? null,
    }
  })

export const reader = z
  .object({
    object: z.literal('terminal.reader'),
    id: z.string(),
    label: maybeText,
    status: maybeText,
    action: z.nullish(
      z.object({
        status: z.string(),
        failure_code: maybeText,
        process_setup_intent: z.nullish(z.object({ setup_intent: maybeReference })),
      }),
    ),
  })
  .transform(({ id, label, status, action }) => ({
    id,
    label: label ?? id,
    online: status === 'online',
    action:
      action == null
        ? null
        : {
            status: action.status,
            intentId: action.process_setup_intent?.setup_intent ?? null,
            failure: action.failure_code,
          },
  }))

export const page = z
  .object({
    object: z.literal('checkout.session'),
    id: z.string(),
    url: maybeText,
    status: maybeText,
    expires_at: seconds,
    setup_intent: maybeReference,
  })
  .transform(({ id, url, status, expires_at, setup_intent: intentId }) => ({
    id,
    url: url ?? '',
    status: status ?? 'open',
    expiresAt: expires_at,
    intentId,
  }))
