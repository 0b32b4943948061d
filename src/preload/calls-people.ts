// Calls about who people are: making, merging, keeping apart, archiving; Stripe's account behind them.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { memberRow } from './shapes.ts'
import { iso } from './shapes-basic.ts'
import { timelineRow } from './shapes-inbox.ts'
import { accountState, probableDuplicate } from './shapes-memberships.ts'

const pair = z.strictObject({ a: text, b: text })

export const peopleCalls = {
  /** Without `same`, people who share the email or phone come back as candidates and nobody is made. */
  'members.create': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({
      name: text,
      emails: z.array(text).max(20),
      phone: text.nullable(),
      /** An id: take this person. `new`: someone new, whoever shares the email. */
      same: text.optional(),
    }),
    reply: z.object({ member: memberRow.nullable(), candidates: z.array(memberRow) }),
  },
  'members.update': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({
      id: text,
      name: text.optional(),
      phone: text.nullable().optional(),
      addEmail: text.optional(),
      removeEmail: text.optional(),
    }),
    reply: memberRow,
  },
  'members.duplicates': {
    permission: 'members.read',
    reads: true,
    args: empty,
    reply: z.array(probableDuplicate),
  },
  /** `from` becomes part of `keep`. `merge` is what undoes it. */
  'members.merge': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ keep: text, from: text }),
    reply: z.object({ merge: z.string(), member: memberRow }),
  },
  'members.unmerge': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ merge: text }),
    reply: done,
  },
  'members.merges': {
    permission: 'members.read',
    reads: true,
    args: empty,
    reply: z.array(z.object({ merge: z.string(), at: iso, kept: memberRow, from: z.string(), by: z.string() })),
  },
  /** Remembered: they are never offered for merging again. */
  'members.different': { permission: 'members.write', reads: false, args: pair, reply: done },
  /** Refused while something of them is live; nobody who stands in a log is ever deleted. */
  'members.archive': { permission: 'members.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'members.restore': { permission: 'members.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  /** Answers "which of these, or someone new" for a Stripe customer: a person's id, or null for someone new. */
  'members.claimCustomer': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ customer: text, member: text.nullable() }),
    reply: z.object({ member: memberRow }),
  },
  /** In the list of who is in they count and are not named. */
  'members.setHidden': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ id: text, hidden: z.boolean() }),
    reply: done,
  },
  'members.timeline': {
    permission: 'visits.read',
    reads: false,
    args: z.strictObject({ id: text, limit: z.number().int().min(1).max(1_000).optional() }),
    reply: z.array(timelineRow),
  },
  'account.get': { permission: 'desk.read', reads: true, args: empty, reply: accountState },
  /** Freezes the account in use read-only, holds its rights to a date, and takes the waiting key's account. */
  'account.change': {
    permission: 'secrets.write',
    reads: false,
    args: z.strictObject({ holdUntil: text }),
    reply: accountState,
  },
} as const satisfies Record<string, CallShape>
