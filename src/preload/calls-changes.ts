// The contract's calls about a membership that runs at Stripe: another plan, more people, an end, a pause. Each answers with
// what came of it in a sentence. What takes money or access at once needs a manager's right.
import { z } from 'zod'
import { type CallShape, type Permission, text } from './call-shape.ts'
import { money } from './shapes-basic.ts'
import { changeBill, changeMeaning, disputeRow } from './shapes-changes.ts'

const deed = <P extends Permission, A extends z.ZodRawShape>(permission: P, args: A) =>
  ({
    permission,
    reads: false,
    args: z.strictObject({ id: text, ...args }),
    reply: z.object({ says: z.string() }),
  }) as const satisfies CallShape

const when = z.enum(['now', 'period-end'])
const seats = z.number().int().min(1).max(10_000)
/** It stands in Stripe's own words about the cancellation, too. */
const reason = z.string().max(500)
/** As the preview showed it. */
const seen = { due: money, asOf: z.iso.datetime() }

export const changeCalls = {
  /** From what is stored: what can be chosen, and what it would mean. */
  'changes.meaning': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ id: text }),
    reply: changeMeaning,
  },
  /** Ask Stripe, and change nothing. */
  'changes.previewPlan': {
    permission: 'members.read',
    reads: false,
    args: z.strictObject({ id: text, plan: text, when }),
    reply: changeBill,
  },
  'changes.previewSeats': {
    permission: 'members.read',
    reads: false,
    args: z.strictObject({ id: text, seats }),
    reply: changeBill,
  },
  'changes.plan': deed('settings.write', { plan: text, when, ...seen }),
  /** `cover` and `uncover`: who comes with the seat, or goes with it. */
  'changes.seats': deed('memberships.write', { seats, cover: text.optional(), uncover: text.optional(), ...seen }),
  /** At the end of the period. */
  'changes.cancel': deed('memberships.write', { reason }),
  'changes.cancelNow': deed('settings.write', { reason }),
  /** Takes an agreed end back. */
  'changes.keep': deed('memberships.write', {}),
  /** `until`: a local day, on which Stripe goes on by itself; payments alone can be paused so. */
  'changes.pause': deed('settings.write', {
    way: z.enum(['collection', 'requested']),
    until: text.optional(),
    reason,
  }),
  'changes.resume': deed('settings.write', {}),
  'changes.takeBack': deed('settings.write', {}),
  /** Payments that a bank questions or took back: for managers alone. */
  'members.disputes': {
    permission: 'settings.write',
    reads: true,
    args: z.strictObject({ id: text }),
    reply: z.array(disputeRow),
  },
} as const satisfies Record<string, CallShape>
