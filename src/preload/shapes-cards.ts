// Cards: what one is, in all its written forms, and what the desk waits for one for. Schemas first, types from them.
import { z } from 'zod'
import { cardRow } from './shapes.ts'
import { iso, isoOrNull } from './shapes-basic.ts'

/** What the next card that is presented at the desk is for. */
export const WAITS = ['enrol', 'replace', 'lend', 'back', 'stock', 'look', 'assign'] as const

/** One at a time owns the readers, for 60 s. */
export const cardWait = z.object({
  id: z.string(),
  what: z.enum(WAITS),
  /** Whom the card is for. */
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
  until: iso,
  state: z.enum(['waiting', 'done', 'refused', 'timed-out', 'cancelled']),
  /** Why it was refused ("This card belongs to …"), or what was said of the last card. */
  sentence: z.string().nullable(),
  /** The card that came: what became of it, or what is known of it. */
  card: cardRow.nullable(),
  /** How many cards were taken, where it goes on after each. */
  count: z.number(),
  /** "Is this the same card?": the one that was enrolled by a short number, and what it was read as now. */
  sameAs: z.object({ card: cardRow, whole: z.string() }).nullable(),
  /** True while at least one reader is ready to read. */
  readerReady: z.boolean(),
})

export const cardForms = z.object({
  matches: z.array(
    z.object({
      canonical: z.string(),
      forms: z.record(z.string(), z.string()),
      state: z.string().nullable(),
      member: z.string().nullable(),
    }),
  ),
  lossy: z.boolean(),
})

/** `in-use`: somebody's; `stock`: nobody's; `out`: loaners that somebody has; `lost`: stolen ones too. */
export const CARD_LISTS = ['in-use', 'stock', 'out', 'lost'] as const

export const cardHistory = z.object({
  card: cardRow,
  /** Who had it, newest first; `until` null: still. `loan`: to be given back. */
  holders: z.array(
    z.object({
      member: z.object({ id: z.string(), name: z.string() }),
      from: iso,
      until: isoOrNull,
      loan: z.boolean(),
    }),
  ),
  /** What was recorded, newest first, each one sentence. */
  facts: z.array(z.object({ at: iso, sentence: z.string(), by: z.string() })),
})

/** So many bytes and lines a file of cards may have. */
export const IMPORT_BYTES = 1_000_000
export const IMPORT_LINES = 5_000

/** A line of a file of cards: what will happen, or why nothing. */
const importLine = z.object({
  line: z.number(),
  /** As it is written in the file. */
  card: z.string(),
  fits: z.boolean(),
  sentence: z.string(),
  /** The written forms that it may have, where it does not fit because they are several. */
  forms: z.array(z.string()),
})

export const importPreview = z.object({
  lines: z.array(importLine),
  /** Columns that say nothing about cards. */
  unused: z.array(z.string()),
})

/** `id` null: no line could be done. */
export const importReceipt = z.object({
  id: z.string().nullable(),
  given: z.number(),
  stocked: z.number(),
  refused: z.array(importLine),
})

/** `kept`: cards that somebody has changed since. */
export const importUndone = z.object({ undone: z.number(), kept: z.array(cardRow) })

export type CardHistory = z.infer<typeof cardHistory>
export type ImportLine = z.infer<typeof importLine>
export type ImportPreview = z.infer<typeof importPreview>
export type ImportReceipt = z.infer<typeof importReceipt>
export type ImportUndone = z.infer<typeof importUndone>
export type CardList = (typeof CARD_LISTS)[number]
export type CardWait = z.infer<typeof cardWait>
