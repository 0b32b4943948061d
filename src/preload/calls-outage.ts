// Calls about what doors do while Stripe cannot be read: whom they will refuse, and how long a manager lets old data hold.
import { z } from 'zod'
import { type CallShape, done, text } from './call-shape.ts'
import { door } from './shapes-doors.ts'
import { outageForecast } from './shapes-outage.ts'

export const outageCalls = {
  /** With names, so it is asked for on purpose; whatever the public screen shows of it is a moment and a number. */
  'outage.forecast': { permission: 'members.read', reads: true, args: z.strictObject({}), reply: outageForecast },
  /** `door` null: every door that has no allowance of its own. `until`: a local day to its end, or a moment. */
  'outage.extend': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ door: text.nullable(), until: text, why: text }),
    reply: z.object({ id: z.string() }),
  },
  'outage.endExtension': { permission: 'doors.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  /** How long this door goes by old data; null: as long as the grace of each payment method. */
  'doors.setAllowance': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, days: z.number().min(0).max(365).nullable() }),
    reply: door,
  },
} as const satisfies Record<string, CallShape>
