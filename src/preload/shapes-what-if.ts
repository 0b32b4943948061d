// What the contract says of rules that are tried on past swipes. Schemas first, types from them.
import { z } from 'zod'
import { PAUSE_KINDS } from '../main/domain/cause.ts'
import { iso, named, reason } from './shapes-basic.ts'

z.config({ jitless: true })

const days = z.number().int().min(0).max(365)
const id = z.string().max(200)

/** What is left out stays as it was at each swipe. */
export const ruleChange = z.strictObject({
  graceDays: z
    .strictObject({ card: days.optional(), 'bank-debit': days.optional(), manual: days.optional() })
    .optional(),
  endOfDay: z.boolean().optional(),
  pauseOpens: z
    .strictObject(Object.fromEntries(PAUSE_KINDS.map((kind) => [kind, z.boolean()])) as PauseSchemas)
    .partial()
    .optional(),
  /** How long a door goes by old data; `door` null: each. `days` null: the grace of the payment method. */
  allowance: z.strictObject({ door: id.nullable(), days: z.number().min(0).max(365).nullable() }).optional(),
  /** The plan opens the door in these hours; `schedule` null: at all. */
  planHours: z.strictObject({ plan: id, door: id, schedule: id.nullable() }).optional(),
})
type PauseSchemas = Record<(typeof PAUSE_KINDS)[number], z.ZodBoolean>

/** Swipes of the log are kept apart for reports for a little longer. */
export const whatIfAsked = {
  days: z.number().int().min(1).max(90).optional(),
  change: ruleChange,
}

const verdict = z.object({ grant: z.boolean(), reason, words: z.string() })

/** One person at one door, in one direction. */
export const whatIfRow = z.object({
  member: named,
  door: named,
  first: iso,
  last: iso,
  count: z.number(),
  was: verdict,
  would: verdict,
  sentence: z.string(),
})

export const whatIf = z.object({
  from: iso,
  until: iso,
  /** Swipes that a rule about payments could have decided otherwise, and were decided anew. */
  swipes: z.number(),
  /** Rows of the log of that time. */
  logged: z.number(),
  /** Swipes and people that would have been let in more, and refused. */
  letIn: z.object({ people: z.number(), swipes: z.number() }),
  refused: z.object({ people: z.number(), swipes: z.number() }),
  rows: z.array(whatIfRow),
  /** Of rows; those of the list are the first. */
  total: z.number(),
  /** Swipes that cannot be decided anew, and why. */
  unknown: z.object({ count: z.number(), why: z.array(z.object({ count: z.number(), words: z.string() })) }),
  /** Decided by a controller alone: they stay as they were. */
  byThemselves: z.number(),
  /** The fewest days of grace with which anybody more would have been let in; null where none would. */
  needs: z.array(z.object({ method: z.enum(['card', 'bank-debit', 'manual']), days: z.number() })),
  definition: z.string(),
})

export const could = z.object({
  at: iso,
  past: z.boolean(),
  member: named,
  door: named,
  grant: z.boolean(),
  reason,
  /** The answer, and why. */
  sentence: z.string(),
  /** What it stood on, as a row of the log keeps it. */
  inputs: z.record(z.string(), z.unknown()),
  /** What is not known of that moment, or taken to have been so. */
  notes: z.array(z.string()),
  /** The nearest swipe of that person at that door within the hour. */
  swipe: z
    .object({ at: iso, grant: z.boolean(), reason, agrees: z.boolean(), words: z.string(), sentence: z.string() })
    .nullable(),
})

export type RuleChangeAsked = z.infer<typeof ruleChange>
export type WhatIf = z.infer<typeof whatIf>
export type WhatIfRow = z.infer<typeof whatIfRow>
export type Could = z.infer<typeof could>
