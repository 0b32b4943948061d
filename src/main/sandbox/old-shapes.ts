// Events as an account tells them that has stayed on an API version from before March 2025: the payload is in the shapes of that day.
// What moved is in Stripe's changelog: docs.stripe.com/changelog/basil.
import type { Rendered } from './render.ts'

const OLD_VERSION = '2024-06-20'

export function oldEvent(event: Rendered): Rendered {
  const { object, previous_attributes: before } = event.data as { object: Rendered; previous_attributes?: Rendered }
  const data = {
    object: oldFields(object.object, object),
    ...(before && { previous_attributes: oldFields(object.object, before) }),
  }
  return { ...event, api_version: OLD_VERSION, data }
}

/** Of a whole object, or of those of its fields that were something else before. */
function oldFields(kind: unknown, fields: Rendered): Rendered {
  if (kind === 'subscription') return oldSubscription(fields)
  return kind === 'invoice' ? oldInvoice(fields) : fields
}

/** The period stood at the top. */
function oldSubscription(fields: Rendered): Rendered {
  const items = fields.items as { data: Rendered[] } | undefined
  if (items === undefined) return fields
  const [first, ...more] = items.data
  const { current_period_start, current_period_end } = first ?? {}
  const single = more.length === 0 ? first : undefined
  return {
    ...fields,
    current_period_end,
    current_period_start,
    items: { ...items, data: items.data.map(({ current_period_start: _, current_period_end: __, ...item }) => item) },
    plan: single?.plan ?? null,
    quantity: single?.quantity ?? null,
  }
}

/** The subscription stood at the top, and `paid` said what `status` says. */
function oldInvoice({ parent, ...fields }: Rendered): Rendered {
  const details = (parent as { subscription_details?: Rendered } | null | undefined)?.subscription_details
  return {
    ...fields,
    ...(fields.status !== undefined && { paid: fields.status === 'paid' }),
    ...(parent !== undefined && {
      charge: null,
      payment_intent: null,
      subscription: details?.subscription ?? null,
      subscription_details: { metadata: details?.metadata ?? null },
    }),
  }
}
