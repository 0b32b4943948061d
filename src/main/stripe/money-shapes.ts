// The shapes that replies must have where the desk takes money or gives it back, as far as it reads them.
import { z } from 'zod'
import { maybeReference, maybeText, seconds } from './stripe-shapes.ts'

const metadata = z.nullish(z.record(z.string(), z.string())).transform((value) => value ?? {})

/** Under which our own id stands in the metadata of what is made here. */
export const OURS = 'latchkey_money'

const payment = z.object({
  status: maybeText,
  payment: z.nullish(
    z.object({ payment_intent: z.nullish(z.union([z.string(), z.object({ id: z.string(), status: z.string() })])) }),
  ),
})

export const invoice = z
  .object({
    object: z.literal('invoice'),
    id: z.string(),
    number: maybeText,
    status: maybeText,
    customer: maybeReference,
    currency: z.string(),
    amount_due: z.number(),
    amount_remaining: z.number(),
    amount_paid_off_stripe: z.nullish(z.number()),
    hosted_invoice_url: maybeText,
    payments: z.nullish(z.object({ data: z.array(payment) })),
  })
  .transform(
    ({
      id,
      number,
      status,
      customer,
      currency,
      amount_due,
      amount_remaining,
      amount_paid_off_stripe: off,
      hosted_invoice_url,
      payments,
    }) => ({
      id,
      number,
      status: status ?? 'draft',
      customerId: customer ?? '',
      due: { minor: amount_due, currency },
      remaining: { minor: amount_remaining, currency },
      processing: (payments?.data ?? []).some(({ payment: one }) => {
        const intent = one?.payment_intent
        return typeof intent === 'object' && intent?.status === 'processing'
      }),
      offStripe: (off ?? 0) > 0,
      url: hosted_invoice_url,
    }),
  )

const digits = z.nullish(z.object({ last4: maybeText }))

export const charge = z
  .object({
    object: z.literal('charge'),
    id: z.string(),
    created: seconds,
    customer: maybeReference,
    payment_intent: maybeReference,
    amount: z.number(),
    amount_captured: z.nullish(z.number()),
    amount_refunded: z.number(),
    currency: z.string(),
    status: z.string(),
    disputed: z.nullish(z.boolean()),
    payment_method_details: z.nullish(
      z.object({ type: maybeText, card: digits, card_present: digits, sepa_debit: digits, us_bank_account: digits }),
    ),
  })
  .transform(({ id, created, customer, payment_intent, currency, status, disputed, ...charge }) => {
    const money = (minor: number) => ({ minor, currency })
    const details = charge.payment_method_details ?? null
    const plastic = details?.card ?? details?.card_present ?? details?.sepa_debit ?? details?.us_bank_account
    const captured = charge.amount_captured ?? charge.amount
    return {
      id,
      at: created,
      customerId: customer,
      intentId: payment_intent,
      amount: money(charge.amount),
      refunded: money(charge.amount_refunded),
      left: money(status === 'succeeded' ? captured - charge.amount_refunded : 0),
      succeeded: status === 'succeeded',
      disputed: disputed === true,
      method: details?.type ?? null,
      last4: plastic?.last4 ?? null,
    }
  })

export const refund = z
  .object({
    object: z.literal('refund'),
    id: z.string(),
    created: seconds,
    charge: maybeReference,
    amount: z.number(),
    currency: z.string(),
    status: maybeText,
    metadata,
  })
  .transform(({ id, created, charge: chargeId, amount, currency, status, metadata: ours }) => ({
    id,
    at: created,
    chargeId,
    amount: { minor: amount, currency },
    status: status ?? 'pending',
    ours: ours[OURS] ?? null,
  }))

export const customer = z.object({ object: z.literal('customer'), id: z.string(), currency: maybeText })

export const credit = z.object({ object: z.literal('customer_balance_transaction'), id: z.string(), metadata })
