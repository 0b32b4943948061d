// The shapes that Stripe's locations and readers must have, as far as Settings shows them.
import { z } from 'zod'
import { maybeReference, maybeText } from './stripe-shapes.ts'

/** Where we write by which deed something was made. */
export const MARK = 'latchkey_deed'

const mark = z.nullish(z.record(z.string(), z.string())).transform((metadata) => metadata?.[MARK] ?? null)

export const location = z
  .object({
    object: z.literal('terminal.location'),
    id: z.string(),
    display_name: maybeText,
    address: z.object({ line1: maybeText, city: maybeText, postal_code: maybeText, country: maybeText }),
    metadata: mark,
  })
  .transform(({ id, display_name, address, metadata }) => ({
    id,
    name: display_name ?? id,
    address: {
      line1: address.line1 ?? '',
      city: address.city,
      postalCode: address.postal_code,
      country: address.country ?? '',
    },
    mark: metadata,
  }))

export const reader = z
  .object({
    object: z.literal('terminal.reader'),
    id: z.string(),
    label: maybeText,
    device_type: z.string(),
    status: maybeText,
    location: maybeReference,
    metadata: mark,
    action: z.nullish(z.object({ type: z.string(), status: z.string() })),
  })
  .transform(({ id, label, device_type, status, location: locationId, metadata, action }) => ({
    id,
    label: label ?? id,
    device: device_type,
    online: status === 'online',
    locationId,
    mark: metadata,
    action: action?.status === 'in_progress' ? action.type : null,
  }))

export const removed = z.object({ object: z.literal('terminal.reader'), id: z.string(), deleted: z.literal(true) })
