// Calls about the report of late payments by mail and on paper, and about files of what the desk knows.
import { z } from 'zod'
import { type CallShape, empty, text } from './call-shape.ts'
import { csvFile, madeFile, reportMail } from './shapes-report-mail.ts'

export const reportMailCalls = {
  'report.mail': { permission: 'money.read', reads: false, args: empty, reply: reportMail },
  'report.setMail': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({
      on: z.boolean(),
      weekday: z.number().int().min(1).max(7),
      hour: z.number().int().min(0).max(23),
      to: z.array(z.string().max(400)).max(20),
    }),
    reply: reportMail,
  },
  /** To those in the settings, now. */
  'report.sendMail': {
    permission: 'settings.write',
    reads: false,
    args: empty,
    reply: z.object({ sentence: z.string() }),
  },
  /** Who came on which of the last days. Whoever asks stands in the log. */
  'export.visits': {
    permission: 'visits.read',
    reads: false,
    args: z.strictObject({ days: z.number().int().min(1).max(400) }),
    reply: csvFile,
  },
} as const satisfies Record<string, CallShape>

/** Their answers are files. */
export const fileCalls = {
  /** The mail as it would go now, with its files. */
  'report.letter': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: empty,
    reply: z.object({ subject: z.string(), text: z.string(), html: z.string(), files: z.array(madeFile) }),
  },
  /** `currency`: left out, every one in which anything was late. */
  'report.pdf': {
    permission: 'money.read',
    reads: true,
    aside: true,
    args: z.strictObject({ currency: text.optional() }),
    reply: z.object({ name: z.string(), base64: z.string() }),
  },
  'export.members': { permission: 'members.read', reads: true, aside: true, args: empty, reply: csvFile },
  'export.memberships': { permission: 'members.read', reads: true, aside: true, args: empty, reply: csvFile },
  /** All that the report stands on, of every currency. */
  'export.latePayments': { permission: 'money.read', reads: true, aside: true, args: empty, reply: csvFile },
} as const satisfies Record<string, CallShape>
