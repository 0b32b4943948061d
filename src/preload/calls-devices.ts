// Calls about devices at doors that speak a language of their own, and how all doors are.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { where } from './calls-doors.ts'
import { adoption, doorHealth } from './shapes-devices.ts'

export const deviceCalls = {
  /** Reads what the device holds, and changes nothing. */
  'doors.adoption': { permission: 'doors.write', reads: false, args: z.strictObject({ id: text }), reply: adoption },
  /** From now on the device is ours. `replace` names the other desk that may be put aside. */
  'doors.adopt': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, replace: text.optional() }),
    reply: adoption,
  },
  /** It is reached another way now; one that is another device has to be taken over anew. */
  'doors.setDevice': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, ...where }),
    reply: done,
  },
  'doors.setDeviceHours': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, hours: z.enum(['days-only', 'leave-off']) }),
    reply: done,
  },
  /** Opens it once, to see that it does. */
  'doors.open': { permission: 'doors.open', reads: false, args: z.strictObject({ id: text }), reply: done },
  'doors.health': { permission: 'doors.read', reads: false, args: empty, reply: z.array(doorHealth) },
} as const satisfies Record<string, CallShape>
