// What the contract says of the worklists: people to do something about, each with why, when and how to reach them.
import { z } from 'zod'
import { LOCK_OUTS } from '../main/domain/worklists.ts'
import { iso, isoOrNull, money, named, reason, standing } from './shapes-basic.ts'

z.config({ jitless: true })

/** What can be done about a row with one click; `look`: at the person, whose panel has it. */
const next = z.discriminatedUnion('do', [
  z.object({ do: z.literal('send-link'), invoice: z.string() }),
  z.object({ do: z.literal('take-payment') }),
  z.object({ do: z.literal('renew'), membership: z.string(), plan: z.string(), paidUntil: isoOrNull }),
  z.object({ do: z.literal('extend'), until: iso }),
  z.object({ do: z.literal('end-permission'), permission: z.string() }),
  z.object({ do: z.literal('look-at-door'), door: named }),
  /** `mailto`: an address that opens a mail to them, written already where it is known about what. */
  z.object({ do: z.literal('write'), mailto: z.string() }),
  z.object({ do: z.literal('look') }),
])

const row = {
  id: z.string(),
  member: named,
  sentence: z.string(),
  contact: z.object({ email: z.string().nullable(), phone: z.string().nullable() }),
  next,
}

const weekendRow = z.object({
  ...row,
  /** `may`: not known yet, such as a charge on a bank card that has run out. */
  kind: z.enum([...LOCK_OUTS, 'may']),
  /** When doors close; of one that may fail, when Stripe charges. */
  at: iso,
  owed: money.nullable(),
  retryAt: isoOrNull,
  /** Days on which they came in the last 90; null where they are not to be named in lists of visits. */
  visits: z.number().nullable(),
})

export const weekend = z.object({
  asOf: iso,
  until: iso,
  total: z.number(),
  /** Of those how many are certain to be refused. */
  certain: z.number(),
  owed: z.array(money),
  rows: z.array(weekendRow),
  definition: z.string(),
})

const enteringRow = z.object({
  ...row,
  standing,
  /** When access ended. */
  since: iso,
  times: z.number(),
  lastAt: iso,
})

const idleRow = z.object({
  ...row,
  plan: z.string(),
  /** When they were last let in, else since when they are covered. */
  since: iso,
  perMonth: money.nullable(),
})

export const leaks = z.object({
  asOf: iso,
  entering: z.object({
    total: z.number(),
    /** Left out, for they are not to be named in lists of visits. */
    hidden: z.number(),
    rows: z.array(enteringRow),
    definition: z.string(),
  }),
  idle: z.object({
    total: z.number(),
    hidden: z.number(),
    perMonth: z.array(money),
    /** Why it cannot be told yet; null where it can. */
    notYet: z.string().nullable(),
    rows: z.array(idleRow),
    definition: z.string(),
  }),
})

const atDoorRow = z.object({
  id: z.string(),
  member: named,
  sentence: z.string(),
  at: iso,
  amount: money,
  way: z.string(),
  by: z.string(),
  /** The row of the log that the payment followed; null where it is not there. */
  swipe: z.object({ at: iso, door: z.string(), reason }).nullable(),
  minutesToPay: z.number().nullable(),
  backAt: isoOrNull,
  minutesToBack: z.number().nullable(),
})

export const recoveredAtDoor = z.object({
  from: iso,
  until: iso,
  total: z.number(),
  sums: z.array(z.object({ amount: money, count: z.number(), minutes: z.number().nullable() })),
  rows: z.array(atDoorRow),
  definition: z.string(),
})

const expiringRow = z.object({
  ...row,
  plan: z.string(),
  chargeAt: iso,
  /** YYYY-MM: the last good month. */
  expires: z.string(),
})

export const expiring = z.object({ asOf: iso, total: z.number(), rows: z.array(expiringRow), definition: z.string() })

export const WORKLISTS = ['weekend', 'entering', 'idle', 'recovered', 'expiring'] as const

export type NextAction = z.infer<typeof next>
export type WeekendRow = z.infer<typeof weekendRow>
export type Weekend = z.infer<typeof weekend>
export type EnteringRow = z.infer<typeof enteringRow>
export type IdleRow = z.infer<typeof idleRow>
export type Leaks = z.infer<typeof leaks>
export type AtDoorRow = z.infer<typeof atDoorRow>
export type RecoveredAtDoor = z.infer<typeof recoveredAtDoor>
export type ExpiringRow = z.infer<typeof expiringRow>
export type Expiring = z.infer<typeof expiring>
export type Worklist = (typeof WORKLISTS)[number]
