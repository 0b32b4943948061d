// The shapes that replies must have where the desk changes a subscription, as far as it reads them.
import { z } from 'zod'
import { maybeReference, maybeText, seconds } from './stripe-shapes.ts'

const maybeSeconds = z.nullish(seconds).transform((value) => value ?? null)
const reference = z
  .union([z.string(), z.object({ id: z.string() })])
  .transform((value) => (typeof value === 'string' ? value : value.id))
const method = z
  .nullish(z.union([z.string(), z.object({ type: z.string() })]))
  .transform((value) => (typeof value === 'object' ? (value?.type ?? null) : null))
const quantity = z.nullish(z.number()).transform((value) => value ?? 1)

const item = z
  .object({ id: z.string(), price: z.object({ id: z.string() }), quantity, current_period_end: maybeSeconds })
  .transform(({ id, price, quantity, current_period_end }) => ({
    id,
    priceId: price.id,
    quantity,
    periodEnd: current_period_end,
  }))

const phase = z.object({
  start_date: seconds,
  end_date: maybeSeconds,
  items: z.array(z.object({ price: reference, quantity })),
  discounts: z.nullish(
    z.array(z.object({ discount: maybeReference, coupon: maybeReference, promotion_code: maybeReference })),
  ),
})

export const schedule = z
  .object({
    object: z.literal('subscription_schedule'),
    id: z.string(),
    end_behavior: z.string(),
    phases: z.array(phase),
  })
  .transform(({ id, end_behavior, phases }) => ({
    id,
    endBehavior: end_behavior,
    phases: phases.map(({ start_date, end_date, items, discounts }) => ({
      start: start_date,
      end: end_date,
      items: items.map(({ price, quantity }) => ({ priceId: price, quantity })),
      discounts: (discounts ?? []).flatMap(({ discount }) => discount ?? []),
    })),
  }))

export const subscription = z
  .object({
    object: z.literal('subscription'),
    id: z.string(),
    customer: z.union([
      z.string(),
      z.object({ id: z.string(), invoice_settings: z.nullish(z.object({ default_payment_method: method })) }),
    ]),
    status: z.string(),
    collection_method: maybeText,
    default_payment_method: method,
    items: z.object({ has_more: z.literal(false), data: z.array(item) }),
    pending_update: z.nullish(z.object({ subscription_items: z.nullish(z.array(item)) })),
    cancel_at: maybeSeconds,
    cancel_at_period_end: z.nullish(z.boolean()),
    ended_at: maybeSeconds,
    pause_collection: z.nullish(z.object({})),
    schedule: z.nullish(schedule),
    latest_invoice: z.nullish(
      z.object({ id: z.string(), status: maybeText, amount_remaining: z.number(), currency: z.string() }),
    ),
  })
  .transform((read) => {
    const customer = typeof read.customer === 'string' ? { id: read.customer } : read.customer
    const method = read.default_payment_method ?? customer.invoice_settings?.default_payment_method ?? null
    const ends = read.items.data.flatMap(({ periodEnd }) => periodEnd ?? [])
    const periodEnd = ends.length > 0 ? Math.min(...ends) : null
    const atPeriodEnd = read.cancel_at_period_end === true
    const invoice = read.latest_invoice
    return {
      id: read.id,
      customerId: customer.id,
      status: read.status,
      byCard: read.collection_method !== 'send_invoice' && method === 'card',
      items: read.items.data.map(plain),
      pendingItems: read.pending_update?.subscription_items?.map(plain) ?? null,
      periodEnd,
      cancelAt: read.cancel_at ?? (atPeriodEnd ? periodEnd : null),
      atPeriodEnd,
      endedAt: read.ended_at,
      collectionPaused: read.pause_collection != null,
      schedule: read.schedule ?? null,
      invoice:
        invoice == null
          ? null
          : {
              id: invoice.id,
              status: invoice.status ?? 'draft',
              remaining: { minor: invoice.amount_remaining, currency: invoice.currency },
            },
    }
  })

const plain = ({ id, priceId, quantity }: z.output<typeof item>) => ({ id, priceId, quantity })

export const preview = z.object({
  object: z.literal('invoice'),
  currency: z.string(),
  amount_due: z.number(),
  total: z.number(),
  lines: z.object({
    data: z.array(z.object({ description: maybeText, amount: z.number(), period: z.object({ end: seconds }) })),
  }),
})
