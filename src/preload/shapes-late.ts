// What the contract says of things done about late payments. Schemas first, types from them.
import { z } from 'zod'
import { FOLLOW_UP_KINDS } from '../main/domain/follow-up.ts'
import { iso, money, named } from './shapes-basic.ts'

z.config({ jitless: true })

const about = z.object({ line: z.string(), member: named })

/** What became of each line: one that was not done says why, and the others were done all the same. */
export const acted = z.object({
  /** What `late.undo` names; null where nothing can be taken back. */
  act: z.string().nullable(),
  done: z.array(about),
  /** `again`: it is done when it is asked for again, with `again`. */
  not: z.array(about.extend({ sentence: z.string(), again: z.boolean() })),
})

export const template = z.object({ name: z.string(), subject: z.string(), text: z.string() })

/** As the first of them gets it; `to` null: no address is known. */
export const mailPreview = z.object({
  name: z.string(),
  to: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
})

/** One person; `amount` is all that is late of what was asked about, in one currency. */
const caller = z.object({
  member: named,
  phone: z.string().nullable(),
  /** Whom to ask for, where that is somebody else: the guardian of somebody under age. */
  ask: z.string().nullable(),
  amount: money,
  plan: z.string(),
  daysOverdue: z.number(),
  reason: z.string(),
  note: z.string().nullable(),
})

/** `desk`: those without a number. */
export const callList = z.object({
  call: z.array(caller),
  desk: z.array(caller),
  file: z.object({ name: z.string(), csv: z.string() }),
})

/** The newest first. `act`: what `late.undo` names, where it can be taken back; that takes back the whole of it. */
export const lateHistory = z.array(
  z.object({
    id: z.string(),
    kind: z.enum(FOLLOW_UP_KINDS),
    at: iso,
    by: z.string(),
    words: z.string(),
    act: z.string().nullable(),
    /** Of how many lines that is. */
    lines: z.number(),
    withdrawn: z.object({ at: iso, by: z.string() }).nullable(),
  }),
)

export type Acted = z.infer<typeof acted>
export type NotActed = Acted['not'][number]
export type CallList = z.infer<typeof callList>
export type Caller = z.infer<typeof caller>
export type LateHistory = z.infer<typeof lateHistory>
