// The contract's calls about membership numbers: who joined and left, what memberships bring, how often people come.
import { z } from 'zod'
import { type CallShape, empty, text } from './call-shape.ts'
import { membershipNumbers, NUMBER_FILES, visitNumbers } from './shapes-numbers.ts'

const about = {
  /** Three letters; the one that most memberships are in, where none is asked for. */
  currency: text.optional(),
  /** Only memberships of this plan. */
  plan: text.optional(),
  /** How many, with the one that runs. */
  months: z.number().int().min(1).max(60).optional(),
}

export const numberCalls = {
  'numbers.membership': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject(about),
    reply: membershipNumbers,
  },
  'numbers.visits': { permission: 'money.read', reads: true, aside: true, args: empty, reply: visitNumbers },
  /** One of the tables as a file that spreadsheets open. */
  'numbers.csv': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ what: z.enum(NUMBER_FILES), ...about }),
    reply: z.object({ name: z.string(), csv: z.string() }),
  },
} as const satisfies Record<string, CallShape>
