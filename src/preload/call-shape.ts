// What a call of the contract is made of: permission, arguments, reply.
import { z } from 'zod'

z.config({ jitless: true })

/** What a caller must be allowed to do; until operators with roles exist, everyone at the desk is `owner`. */
export const PERMISSIONS = [
  'desk.read',
  'members.read',
  'members.write',
  'visits.read',
  'memberships.write',
  'cash.write',
  'refunds.write',
  'gift-cards.write',
  'money.read',
  'money.write',
  'cards.write',
  'readers.write',
  'doors.read',
  'doors.write',
  'doors.open',
  'settings.write',
  'secrets.write',
  'sync.run',
  'audit.read',
  'backup.write',
  'sign-in.write',
  'demo.run',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** `reads`: answers from what is stored, so it also works where no desk runs. `aside`: reads much, so a running desk has it
 * answered by the report thread (app/handlers-aside.ts). */
export type CallShape = { permission: Permission; reads: boolean; aside?: true; args: z.ZodType; reply: z.ZodType }

export const text = z.string().max(4_000)
export const empty = z.strictObject({})
export const done = z.object({ ok: z.literal(true) })
/** A card as somebody writes it, and in which form where they know. */
export const cardArgs = { card: text, form: text.optional() }
