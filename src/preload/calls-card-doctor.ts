// The contract's calls of the card doctor.
import { z } from 'zod'
import { type CallShape, cardArgs } from './call-shape.ts'
import { cardExam, cardUses } from './shapes-card-doctor.ts'

export const cardDoctorCalls = {
  'cards.examine': { permission: 'members.read', reads: true, args: z.strictObject(cardArgs), reply: cardExam },
  /** Who was where is personal: that it was read stands in the log. `after`: only rows of the log after this one. */
  'cards.uses': {
    permission: 'visits.read',
    reads: false,
    args: z.strictObject({ ...cardArgs, after: z.number().int().min(0).optional() }),
    reply: cardUses,
  },
} as const satisfies Record<string, CallShape>
