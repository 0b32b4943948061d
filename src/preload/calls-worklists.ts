// The contract's calls about worklists. `limit`: how many rows; totals and sums are of all.
import { z } from 'zod'
import { type CallShape, text } from './call-shape.ts'
import { expiring, leaks, recoveredAtDoor, WORKLISTS, weekend } from './shapes-worklists.ts'

const limit = z.number().int().min(1).max(100_000).optional()

export const worklistCalls = {
  /** `until`: a local day, to its end; where none is given, the coming Monday is the end. */
  'worklists.weekend': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ until: text.optional(), limit }),
    reply: weekend,
  },
  'worklists.leaks': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ limit }),
    reply: leaks,
  },
  /** Local days; the last 90 where none are given. */
  'worklists.recovered': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ from: text.optional(), until: text.optional(), limit }),
    reply: recoveredAtDoor,
  },
  'worklists.expiring': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ limit }),
    reply: expiring,
  },
  /** All rows of a list as a file that spreadsheets open. `until`: of the first alone. */
  'worklists.csv': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ list: z.enum(WORKLISTS), until: text.optional() }),
    reply: z.object({ name: z.string(), csv: z.string() }),
  },
} as const satisfies Record<string, CallShape>
