// The contract's calls about cash at the desk, and about what can be printed.
import { z } from 'zod'
import { type CallShape, empty, text } from './call-shape.ts'
import { iso, money } from './shapes-basic.ts'
import { cashSheet, closedShift, receiptRow } from './shapes-cash.ts'

export const cashCalls = {
  /** What the open shift should hold, by currency; null where no cash was taken since the last was closed. */
  'cash.status': {
    permission: 'members.read',
    reads: true,
    args: empty,
    reply: z.object({
      shift: z
        .object({ id: z.string(), openedAt: iso, expected: z.array(money), payments: z.array(receiptRow) })
        .nullable(),
    }),
  },
  /** `counted`: each currency of the shift once; `note` where it is not what was taken. */
  'cash.close': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ shift: text, counted: z.array(money).max(50), note: text.optional() }),
    reply: closedShift,
  },
  'cash.shifts': { permission: 'members.read', reads: true, args: empty, reply: z.array(closedShift) },
  'cash.ofMember': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ member: text }),
    reply: z.array(receiptRow),
  },
  /** A receipt or a closed shift, to be printed: by the id of a cash payment, a shift, or a sign-up paid at Stripe. */
  'cash.sheet': { permission: 'members.read', reads: true, args: z.strictObject({ id: text }), reply: cashSheet },
} as const satisfies Record<string, CallShape>
