// The contract's calls about Stripe's card readers.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'

const row = z.object({
  id: z.string(),
  label: z.string(),
  device: z.string(),
  online: z.boolean(),
  place: z.string().nullable(),
  /** What it shows just now, or why it shows nothing. */
  shows: z.string(),
})

export const payReaderCalls = {
  /** As Stripe has them at this moment; who stands at one is named. */
  'payReaders.list': {
    permission: 'members.read',
    reads: false,
    args: empty,
    reply: z.object({
      readers: z.array(row),
      places: z.array(z.object({ id: z.string(), name: z.string(), address: z.string() })),
    }),
  },
  /** `code`: the words on the reader's display. Where it stands: a `place` that is there, by Stripe's id, or a new one. */
  'payReaders.add': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({
      code: text,
      label: text,
      place: text.optional(),
      newPlace: z
        .strictObject({
          name: text,
          line1: text,
          city: text.optional(),
          postalCode: text.optional(),
          /** In two letters. */
          country: text,
        })
        .optional(),
    }),
    reply: row,
  },
  'payReaders.rename': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({ id: text, label: text }),
    reply: row,
  },
  'payReaders.remove': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({ id: text }),
    reply: done,
  },
} as const satisfies Record<string, CallShape>
