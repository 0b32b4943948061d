// Calls of the demo alone: its clock, its reader, and what happens at its simulated doors.
import { z } from 'zod'
import { BANK_CARDS } from '../main/domain/bank-cards.ts'
import { DOOR_EVENTS } from '../main/domain/door-events.ts'
import { type CallShape, empty, text } from './call-shape.ts'
import { iso, isoOrNull, reason } from './shapes-basic.ts'

const demoDoor = z.object({
  id: z.string(),
  name: z.string(),
  /** Its cable is pulled. */
  cut: z.boolean(),
  /** Then it goes on by a list that it holds; any other door stays shut. */
  holdsList: z.boolean(),
  /** What it did on its own and could not tell yet. */
  waiting: z.number(),
})

export const demoCalls = {
  'demo.clock': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ by: text }),
    reply: z.object({ now: iso, lastCompleteAt: isoOrNull }),
  },
  'demo.swipe': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ door: text, card: text }),
    /** `offline`: the door's list decided; then there is no receipt yet. */
    reply: z.object({ grant: z.boolean(), reason, receipt: z.string().nullable(), offline: z.boolean() }),
  },
  'demo.doors': { permission: 'demo.run', reads: false, args: empty, reply: z.array(demoDoor) },
  /** Pulls a simulated door's cable, or plugs it in again. */
  'demo.cutDoor': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ door: text, cut: z.boolean() }),
    reply: demoDoor,
  },
  /** A sensor of a simulated door sees something. */
  'demo.tell': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ door: text, kind: z.enum(DOOR_EVENTS) }),
    reply: demoDoor,
  },
  /** Holds a card, by default a fresh one, to the simulated reader. */
  'demo.present': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ card: text.optional() }),
    reply: z.object({ card: z.string() }),
  },
  /** Somebody holds a bank card to the card reader that waits for one. */
  'demo.pay': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ card: z.enum(BANK_CARDS).optional() }),
    reply: z.object({ ok: z.literal(true) }),
  },
} as const satisfies Record<string, CallShape>
