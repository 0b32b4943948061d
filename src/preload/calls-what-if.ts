// The contract's calls about rules that are tried on past swipes, and what a door would have said at some moment.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { could, whatIf, whatIfAsked } from './shapes-what-if.ts'

export const whatIfCalls = {
  /** `id`: by which the push `report.progress` speaks of it. A second one ends the first. */
  'whatIf.replay': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ id: z.string().max(64).optional(), ...whatIfAsked }),
    reply: whatIf,
  },
  'whatIf.stop': { permission: 'money.read', reads: true, aside: true, args: empty, reply: done },
  /** All rows as a file that spreadsheets open. */
  'whatIf.csv': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject(whatIfAsked),
    reply: z.object({ name: z.string(), csv: z.string() }),
  },
  /** `at`: a time of day in the space's zone, YYYY-MM-DDTHH:MM, or a moment in ISO 8601. */
  'whatIf.could': {
    permission: 'visits.read',
    reads: true,
    aside: true,
    args: z.strictObject({ member: text, door: text, at: text }),
    reply: could,
  },
} as const satisfies Record<string, CallShape>
