// Shapes of the contract about readers at the desk: what they are set to, how they are, and finding out what one is.
import { z } from 'zod'
import { CARD_FORMS } from '../main/domain/card-identity.ts'
import { READER_BAUDS, READER_LINE_ENDS } from '../main/domain/reader-settings.ts'
import { iso, isoOrNull } from './shapes-basic.ts'

export const readerSettings = z.strictObject({
  baud: z.literal(READER_BAUDS).optional(),
  form: z.enum(CARD_FORMS).optional(),
  turned: z.boolean().optional(),
  prefix: z.string().max(40).optional(),
  end: z.enum(READER_LINE_ENDS).optional(),
})

export const readerState = z.object({
  id: z.string(),
  /** Where it is now. */
  port: z.string(),
  profile: z.string(),
  settings: readerSettings,
  door: z.string().nullable(),
  state: z.enum(['starting', 'ready', 'missing', 'busy', 'denied']),
  /** What to do about it, null when ready. */
  sentence: z.string().nullable(),
  lastReadAt: isoOrNull,
  /** What it could not read since its last card. */
  refused: z.object({ at: iso, why: z.string() }).nullable(),
})

export const readerProfile = z.object({
  name: z.string(),
  about: z.string(),
  wiring: z.string(),
  /** What may be set, and what holds where nothing is. */
  defaults: readerSettings,
  /** Its one port, null where it has a serial one. */
  port: z.string().nullable(),
})

/** A way to read what was heard, and the card that it makes of it. */
export const readerGuess = z.object({
  profile: z.string(),
  about: z.string(),
  settings: readerSettings,
  card: z.string(),
  short: z.string(),
})

/** One port is listened to at a time, for a minute from the last card. */
export const readerSearch = z.object({
  id: z.string(),
  port: z.string(),
  until: iso,
  state: z.enum(['asking', 'listening', 'trouble', 'ended']),
  /** What is done or to be done just now. */
  sentence: z.string(),
  /** The last bursts, the newest first. */
  heard: z.array(z.object({ at: iso, hex: z.string(), text: z.string() })),
  /** What the last card may be, the surest first; one alone is sure. */
  guesses: z.array(readerGuess),
})

export type ReaderState = z.infer<typeof readerState>
export type ReaderSearch = z.infer<typeof readerSearch>
export type ReaderGuess = z.infer<typeof readerGuess>
export type ReaderProfile = z.infer<typeof readerProfile>
