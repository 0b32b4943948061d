// The contract's calls about what people tell of themselves, what a space asks for, and the waiver that they sign.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import {
  askedDetails,
  detailChanges,
  memberDetails,
  memberWaiver,
  SIGNED_AS,
  strokes,
  waiver,
} from './shapes-details.ts'

const one = z.strictObject({ id: text })

export const detailCalls = {
  'details.asked': { permission: 'desk.read', reads: true, args: empty, reply: askedDetails },
  'details.setAsked': { permission: 'settings.write', reads: false, args: askedDetails, reply: askedDetails },
  /** By the space's own age; false for what is no day. */
  'details.isMinor': {
    permission: 'desk.read',
    reads: true,
    args: z.strictObject({ birthDate: text }),
    reply: z.object({ isMinor: z.boolean() }),
  },
  /** Opened on purpose: it is in no list, no feed and no panel. */
  'members.details': { permission: 'members.read', reads: true, args: one, reply: memberDetails },
  /** Refused with a sentence for each field that cannot be so. */
  'members.setDetails': {
    permission: 'members.write',
    reads: false,
    args: one.extend({ changes: detailChanges }),
    reply: memberDetails,
  },
  'waiver.get': { permission: 'desk.read', reads: true, args: empty, reply: waiver.nullable() },
  /** `version` null: from now on there is none. */
  'waiver.set': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({
      version: text.nullable(),
      text: z.string().max(50_000).nullable(),
      url: text.nullable(),
    }),
    reply: waiver.nullable(),
  },
  'members.waiver': { permission: 'members.read', reads: true, args: one, reply: memberWaiver },
  /** `version` is the one that they have read. `strokes` null: the name was typed instead of drawn. */
  'members.signWaiver': {
    permission: 'members.write',
    reads: false,
    args: one.extend({ version: text, as: z.enum(SIGNED_AS), name: text, strokes: strokes.nullable() }),
    reply: done,
  },
} as const satisfies Record<string, CallShape>
