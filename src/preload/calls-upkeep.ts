// Calls that keep the desk well: inbox, diagnostics, backup, trying again.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { iso } from './shapes-basic.ts'
import { diagnosticLine, INBOX_KINDS, inboxRow } from './shapes-inbox.ts'

export const upkeepCalls = {
  'inbox.list': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ kind: z.enum(INBOX_KINDS).optional() }),
    reply: z.object({
      rows: z.array(inboxRow),
      counts: z.array(z.object({ kind: z.enum(INBOX_KINDS), count: z.number() })),
    }),
  },
  /** Gone until it happens anew: to others it is no secret, the log says who did it. */
  'inbox.putAway': { permission: 'members.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'inbox.bringBack': { permission: 'members.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  /** One dead object, or all of them. */
  'sync.tryAgain': {
    permission: 'sync.run',
    reads: false,
    args: z.strictObject({ subject: text.optional() }),
    reply: z.object({ objects: z.number() }),
  },
  'diagnostics.get': {
    permission: 'desk.read',
    reads: false,
    args: empty,
    reply: z.object({ at: iso, lines: z.array(diagnosticLine) }),
  },
  /** A path that is free and near the data, for whoever has no better one. */
  'backup.suggest': { permission: 'backup.write', reads: false, args: empty, reply: z.object({ file: z.string() }) },
  'backup.make': {
    permission: 'backup.write',
    reads: true,
    args: z.strictObject({ file: text }),
    reply: z.object({ file: z.string(), bytes: z.number() }),
  },
  'secret.setWebhook': {
    permission: 'secrets.write',
    reads: false,
    args: z.strictObject({ secret: text }),
    reply: done,
  },
} as const satisfies Record<string, CallShape>
