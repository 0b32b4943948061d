// What the contract says of an outage: whom doors will refuse if nothing more is heard of Stripe, and when.
import { z } from 'zod'
import { iso, isoOrNull } from './shapes-basic.ts'

z.config({ jitless: true })

/** `doors`: their names; null for every door that was open to the person. */
const affected = z.object({ id: z.string(), name: z.string(), doors: z.array(z.string()).nullable() })

/** `count` is of all of them, `people` holds the first so many. */
const group = z.object({ count: z.number(), people: z.array(affected) })

export const outageForecast = z.object({
  /** Null while Stripe is reached; the forecast then says what would be if it were not from now on. */
  offlineSince: isoOrNull,
  /** Those whom a door refuses already, though they may have paid. */
  refused: group,
  /** The next whom it will refuse; null where nobody is. */
  first: group.extend({ at: iso }).nullable(),
  /** Who follows after them, soonest first, as far as a short list goes. */
  next: z.array(z.object({ at: iso, count: z.number() })),
  extensions: z.array(
    z.object({
      id: z.string(),
      door: z.object({ id: z.string(), name: z.string() }).nullable(),
      until: iso,
      why: z.string(),
      by: z.string(),
    }),
  ),
})

export type OutageForecast = z.infer<typeof outageForecast>
