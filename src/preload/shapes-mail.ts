// Mail as the contract speaks of it. Schemas first, types from them.
import { z } from 'zod'
import { MAIL_SECURITY } from '../main/domain/mail.ts'
import { STUCK_STATES } from '../main/domain/outbox.ts'
import { iso } from './shapes-basic.ts'

export const mailState = z.object({
  /** Null while no mail is set up. The password is never told. */
  settings: z
    .object({
      host: z.string(),
      port: z.number(),
      security: z.enum(MAIL_SECURITY),
      user: z.string().nullable(),
      senderName: z.string(),
      senderAddress: z.string(),
      staff: z.array(z.string()),
    })
    .nullable(),
  hasPassword: z.boolean(),
  /** The demo sends none. */
  demo: z.boolean(),
})

/** What a person can do about mail that did not go. */
export const MAIL_ACTIONS = [
  'send-mail-again',
  /** It may have been sent: send it again, or say that it arrived. */
  'ask-whether-arrived',
  'told-at-desk',
] as const

export const outboxItem = z.object({
  id: z.string(),
  kind: z.enum(['welcome', 'receipt', 'payment-link', 'reminder', 'report', 'staff']),
  state: z.enum(['waiting', ...STUCK_STATES]),
  /** Null of what only waits. */
  action: z.enum(MAIL_ACTIONS).nullable(),
  since: iso,
  /** Whom it is about. */
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Where it goes now. */
  to: z.string().nullable(),
  /** What happened, then what to do. */
  sentence: z.string(),
  /** Small print: what the server said. */
  detail: z.string().nullable(),
})

export type MailState = z.infer<typeof mailState>
export type MailAction = (typeof MAIL_ACTIONS)[number]
export type OutboxItem = z.infer<typeof outboxItem>
