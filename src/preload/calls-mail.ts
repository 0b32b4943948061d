// Calls about mail: by which server it goes, and what of it did not.
import { z } from 'zod'
import { MAIL_SECURITY } from '../main/domain/mail.ts'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { mailState, outboxItem } from './shapes-mail.ts'

const short = z.string().max(400)

export const mailCalls = {
  'mail.get': { permission: 'settings.write', reads: false, args: empty, reply: mailState },
  'mail.set': {
    permission: 'secrets.write',
    reads: false,
    args: z.strictObject({
      host: short,
      port: z.number().int().min(1).max(65_535),
      security: z.enum(MAIL_SECURITY),
      user: short.nullable(),
      /** Left out: the one that is kept. */
      password: z.string().max(1_000).optional(),
      senderName: short,
      senderAddress: short,
      staff: z.array(short).max(50),
    }),
    reply: mailState,
  },
  /** What waits is put aside: switching it on later sends nothing old. */
  'mail.off': { permission: 'secrets.write', reads: false, args: empty, reply: mailState },
  /** `to`: left out, the sender's own address. */
  'mail.test': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({ to: short.optional() }),
    reply: z.object({ sent: z.boolean(), sentence: z.string(), detail: z.string().nullable() }),
  },
  'outbox.list': { permission: 'members.read', reads: true, args: empty, reply: z.array(outboxItem) },
  'outbox.retry': { permission: 'members.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'outbox.putAside': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ id: text, arrived: z.boolean().optional() }),
    reply: done,
  },
} as const satisfies Record<string, CallShape>
