// What the card doctor tells: what each door makes of a card, where it was shown, and whether there may be a copy of it.
import { z } from 'zod'
import { cardRow } from './shapes.ts'
import { iso, isoOrNull, named, reason } from './shapes-basic.ts'

/** `two-doors`: at two doors at once. `after-end`: after it was lost, stolen or taken back. `first-byte`: another card differs
 * from it in the first byte alone. */
export const SUSPICIONS = ['two-doors', 'after-end', 'first-byte'] as const

/** What speaks for a copy, and what to do. */
const suspicion = z.object({ kind: z.enum(SUSPICIONS), at: isoOrNull, sentence: z.string() })

/** What a device that keeps a list of its own has of a card; `off`: it is not on it and is not to be. */
export const ON_DEVICE = ['holds', 'to-load', 'to-change', 'to-remove', 'off'] as const

const doorExam = z.object({
  ...named.shape,
  /** How its reader writes cards; null: as the card is. */
  form: z.string().nullable(),
  /** What its reader shows of this card; null where it can show nothing of it. */
  shows: z.string().nullable(),
  /** It loses bytes of the card. */
  part: z.boolean(),
  /** Who else has a card that this door reads as the same. */
  alike: z.array(z.object({ canonical: z.string(), member: named.nullable() })),
  grant: z.boolean(),
  reason: reason.nullable(),
  /** What the door would say now, or why it cannot. */
  sentence: z.string(),
  /** Null where no device keeps a list that we write; `since`: how long the difference waits. */
  device: z.object({ state: z.enum(ON_DEVICE), since: isoOrNull }).nullable(),
})

export const cardExam = z.object({
  /** `since` null: nothing was ever recorded of it. */
  card: cardRow,
  forms: z.record(z.string(), z.string()),
  /** It is a short number, for which several cards may stand. */
  lossy: z.boolean(),
  /** The cards that are known to show this short number. */
  mayBe: z.array(cardRow),
  /** "Is this the same card?": one that somebody has by a short number. */
  sameAs: z.object({ card: cardRow, sentence: z.string() }).nullable(),
  doors: z.array(doorExam),
  suspicions: z.array(suspicion),
})

export const cardUses = z.object({
  /** Newest first. */
  uses: z.array(
    z.object({
      seq: z.number(),
      at: iso,
      door: named,
      grant: z.boolean(),
      reason,
      sentence: z.string(),
      /** Where only a part of the number was read, and nobody was known by it: that part. */
      part: z.string().nullable(),
    }),
  ),
  suspicions: z.array(suspicion),
  /** The number of the newest row of the log, to ask on from. */
  newest: z.number(),
})

export type CardExam = z.infer<typeof cardExam>
export type DoorExam = CardExam['doors'][number]
export type CardUses = z.infer<typeof cardUses>
export type Suspicion = z.infer<typeof suspicion>
export type OnDevice = (typeof ON_DEVICE)[number]
