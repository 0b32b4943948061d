// What the contract says of membership numbers. Schemas first, types from them.
import { z } from 'zod'
import { iso, money, named } from './shapes-basic.ts'

z.config({ jitless: true })

/** People are counted over all currencies; `mrr` is of one. */
export const membershipNumbers = z.object({
  asOf: iso,
  currencies: z.array(z.string()),
  currency: z.string(),
  /** All that there are to choose from. */
  plans: z.array(named),
  plan: named.nullable(),
  /** The oldest first; the last is the one that runs. */
  months: z.array(
    z.object({
      /** YYYY-MM. */
      month: z.string(),
      members: z.number(),
      joined: z.number(),
      left: z.number(),
      net: z.number(),
      /** From 0 to 1; null where nobody could leave. */
      churn: z.number().nullable(),
      mrr: money,
      /** Memberships whose price a month is not known. */
      unpriced: z.number(),
    }),
  ),
  /** Now, those with most money first. Whoever has two plans stands in both. */
  byPlan: z.array(z.object({ plan: named, members: z.number(), memberships: z.number(), mrr: money })),
  /** `here`: members still at the end of the month in which they joined, and of each one after. */
  cohorts: z.array(z.object({ month: z.string(), joined: z.number(), here: z.array(z.number()) })),
  /** What each figure means, in one sentence. */
  definitions: z.record(z.string(), z.string()),
})

export const visitNumbers = z.object({
  /** YYYY-MM-DD: the first and the last of the days; null where no visit is known yet. */
  days: z.object({ from: z.string(), to: z.string(), count: z.number() }).nullable(),
  people: z.number(),
  /** By days on which they came; `to` null: and more. */
  bands: z.array(z.object({ from: z.number(), to: z.number().nullable(), people: z.number() })),
  mean: z.number().nullable(),
  median: z.number().nullable(),
  /** Seven rows from Monday, of 24 hours: people let through, on average. */
  hours: z.array(z.array(z.number())),
  definitions: z.record(z.string(), z.string()),
})

export const NUMBER_FILES = ['months', 'plans', 'cohorts', 'visits', 'hours'] as const

export type MembershipNumbers = z.infer<typeof membershipNumbers>
export type VisitNumbers = z.infer<typeof visitNumbers>
