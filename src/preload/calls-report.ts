// The contract's calls about late payments: the report, the rows behind each figure, and files of them.
import { z } from 'zod'
import { type CallShape, text } from './call-shape.ts'
import { lapsedReport, lateList, lateRows, wholeReport } from './shapes-report.ts'

export const reportCalls = {
  /** `currency`: the one with most at risk, where none is asked for. */
  'report.lapsed': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ currency: text.optional() }),
    reply: lapsedReport,
  },
  'report.rows': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({
      ...lateList,
      sort: z.enum(['days', 'amount', 'name']).optional(),
      /** Without those that are put off until a later day, in lists in which everything is open. */
      hideSnoozed: z.boolean().optional(),
      /** Only those that this one is on. */
      assignee: text.optional(),
      offset: z.number().int().min(0).optional(),
      limit: z.number().int().min(1).max(1_000).optional(),
    }),
    reply: lateRows,
  },
  'report.whole': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({}),
    reply: wholeReport,
  },
  /** All rows of a list as a file that spreadsheets open. */
  'report.csv': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject(lateList),
    reply: z.object({ name: z.string(), csv: z.string() }),
  },
} as const satisfies Record<string, CallShape>
