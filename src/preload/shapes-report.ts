// What the contract says of late payments: sums, and the rows behind them. Schemas first, types from them.
import { z } from 'zod'
import { BUCKETS, LATE_LISTS } from '../main/domain/lapsed-report.ts'
import { iso, isoOrNull, money, named, standing } from './shapes-basic.ts'

z.config({ jitless: true })

export const bucket = z.enum(BUCKETS)

/** `amount` in the report's currency; `count` of rows. */
export const tile = z.object({ amount: money, count: z.number() })

/** One column of a chart; the three add up to what failed. Minor units of the report's currency. */
const stack = z.object({ recovered: z.number(), inRecovery: z.number(), lost: z.number(), count: z.number() })

/** Everything in one currency; money is never added over currencies. */
export const lapsedReport = z.object({
  asOf: iso,
  /** The first moment of the twelve months. */
  from: iso,
  /** Those in which anything was ever late. */
  currencies: z.array(z.string()),
  currency: z.string(),
  tiles: z.object({
    failed: tile,
    atRisk: tile,
    inGrace: tile,
    lapsed: tile,
    recovered: tile,
    lost: tile,
    toCollect: tile,
  }),
  /** From 0 to 1; null where nothing is decided yet. */
  rate: z.number().nullable(),
  /** Days from due to paid, on average; null where nothing was recovered. */
  daysToRecover: z.number().nullable(),
  /** People behind what is open. */
  people: z.number(),
  ageing: z.array(z.object({ bucket, amount: z.number(), count: z.number() })),
  /** Oldest first, twelve of them. `settling`: something of it is open still. */
  months: z.array(stack.extend({ month: z.string(), settling: z.boolean() })),
  reasons: z.array(stack.extend({ key: z.string(), words: z.string() })),
  methods: z.array(stack.extend({ key: z.string(), words: z.string() })),
  /** What each figure means, in one sentence. */
  definitions: z.record(z.string(), z.string()),
})

export const lateRow = z.object({
  /** The invoice's id, or that of a manual membership: what actions name. */
  id: z.string(),
  member: named,
  customer: z.string().nullable(),
  subscription: z.string().nullable(),
  membership: z.string(),
  /** `url`: Stripe's own page for paying it. */
  invoice: z.object({ id: z.string(), number: z.string().nullable(), url: z.string().nullable() }).nullable(),
  plan: z.string(),
  /** What is owed; where it was paid or given up, what it was about. */
  amount: money,
  dueAt: iso,
  /** Local days from the day it fell due to today, or to the day it was paid. */
  daysOverdue: z.number(),
  bucket,
  outcome: z.enum(['open', 'recovered', 'lost']),
  paidAt: isoOrNull,
  /** Of what was paid: given back or taken back. */
  returned: money,
  reason: z.string(),
  attempts: z.number().nullable(),
  nextRetryAt: isoOrNull,
  standing,
  /** What doors do, and until when or since when. */
  doors: z.object({ opens: z.boolean(), words: z.string() }),
  lastVisitAt: isoOrNull,
  /** Days on which they came since it fell due. */
  visitsSince: z.number(),
  contact: z.object({ email: z.string().nullable(), phone: z.string().nullable() }),
  note: z.string().nullable(),
  assignee: z.string().nullable(),
  snoozedUntil: isoOrNull,
})

/** Which rows: one list, narrowed by what a figure or a column of a chart stands for. */
export const lateList = {
  currency: z.string().max(3).optional(),
  list: z.enum(LATE_LISTS),
  bucket: bucket.optional(),
  /** YYYY-MM, local: in which it fell due. */
  month: z.string().max(7).optional(),
  /** Keys as the report gives them. */
  reason: z.string().max(200).optional(),
  method: z.string().max(200).optional(),
}

/** `putOff`: those of the list that are put off until a later day, whether they are among the rows or not; counted where all is open. */
export const lateRows = z.object({ rows: z.array(lateRow), total: z.number(), sum: money, putOff: tile })

/** As `latchkey report lapsed --json` prints it: every currency, and every row that is open. */
export const wholeReport = z.object({
  asOf: iso,
  totals: z.record(
    z.string(),
    z.object({
      failed: z.number(),
      atRisk: z.number(),
      inGrace: z.number(),
      lapsed: z.number(),
      recovered: z.number(),
      lost: z.number(),
    }),
  ),
  rows: z.array(
    z.object({
      member: z.string(),
      name: z.string(),
      customer: z.string().nullable(),
      subscription: z.string().nullable(),
      invoice: z.string().nullable(),
      amountDue: z.number(),
      currency: z.string(),
      dueAt: iso,
      daysOverdue: z.number(),
      bucket,
      reason: z.string(),
      attempts: z.number().nullable(),
      nextRetryAt: isoOrNull,
      standing,
      lastVisitAt: isoOrNull,
    }),
  ),
})

export type LapsedReport = z.infer<typeof lapsedReport>
export type LateRow = z.infer<typeof lateRow>
export type LateRows = z.infer<typeof lateRows>
export type WholeReport = z.infer<typeof wholeReport>
