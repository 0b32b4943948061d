// The contract's calls that do something about late payments, one or many: each answers line by line.
import { z } from 'zod'
import { type CallShape, text } from './call-shape.ts'
import { money } from './shapes-basic.ts'
import { acted, callList, lateHistory, mailPreview, template } from './shapes-late.ts'

/** As many as a list shows at most. */
const lines = z.array(text).min(1).max(1_000)
const short = z.string().max(200)
const mailText = { subject: short, text }

export const lateActionCalls = {
  /** Stripe's page of the invoice, by mail. `again`: also to those who were mailed within a day. */
  'late.link': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ lines, again: z.boolean().optional() }),
    reply: acted,
  },
  /** `{name}`, `{amount}`, `{plan}`, `{due}` and `{link}` stand for what is theirs. */
  'late.mail': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ lines, ...mailText, again: z.boolean().optional() }),
    reply: acted,
  },
  'late.preview': {
    permission: 'money.read',
    reads: true,
    args: z.strictObject({ line: text, ...mailText }),
    reply: mailPreview,
  },
  'late.templates': {
    permission: 'money.read',
    reads: true,
    args: z.strictObject({}),
    reply: z.array(template),
  },
  /** In the place of the one that has this name. */
  'late.keepTemplate': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ name: short, ...mailText }),
    reply: z.array(template),
  },
  'late.dropTemplate': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ name: short }),
    reply: z.array(template),
  },
  'late.callList': {
    permission: 'money.read',
    reads: true,
    args: z.strictObject({ lines }),
    reply: callList,
  },
  /** Everybody whom the memberships cover, at the doors of their plan, to the end of a local day. */
  'late.extend': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ lines, until: text, why: text }),
    reply: acted,
  },
  /** The person whom the line names. */
  'late.bar': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ lines, why: text }),
    reply: acted,
  },
  /** Empty: nobody is on it. */
  'late.assign': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ lines, to: short }),
    reply: acted,
  },
  /** Empty: the note is taken off. */
  'late.note': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ lines, text }),
    reply: acted,
  },
  /** `until`: the local day on which it is there again; null: now. */
  'late.snooze': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ lines, until: text.nullable() }),
    reply: acted,
  },
  /** Paid in another way than by Stripe, which is told. Cannot be taken back. `amount` and `due` as the list showed them. */
  'late.paid': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({
      lines: z
        .array(z.strictObject({ id: text, amount: money, due: text }))
        .min(1)
        .max(1_000),
      how: z.enum(['transfer', 'other']),
      text: short.optional(),
    }),
    reply: acted,
  },
  'late.history': {
    permission: 'money.read',
    reads: true,
    args: z.strictObject({ line: text }),
    reply: lateHistory,
  },
  /** Takes back what was done with one choice, and nothing else. */
  'late.undo': {
    permission: 'money.write',
    reads: false,
    args: z.strictObject({ act: text }),
    reply: acted,
  },
} as const satisfies Record<string, CallShape>
