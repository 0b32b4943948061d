// Calls about readers at the desk: which there are, adding one, and finding out what one is.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { readerProfile, readerSearch, readerSettings, readerState } from './shapes-readers.ts'

export const readerCalls = {
  'readers.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(readerState) },
  'readers.ports': {
    permission: 'desk.read',
    reads: false,
    args: empty,
    reply: z.object({
      ports: z.array(z.object({ path: z.string(), label: z.string() })),
      /** Set where the computer cannot list ports. */
      sentence: z.string().nullable(),
    }),
  },
  'readers.profiles': { permission: 'desk.read', reads: false, args: empty, reply: z.array(readerProfile) },
  'readers.add': {
    permission: 'readers.write',
    reads: false,
    /** `door`: what its cards open while nothing is being enrolled. */
    args: z.strictObject({ port: text, profile: text, door: text.optional(), settings: readerSettings.optional() }),
    reply: readerState,
  },
  'readers.remove': { permission: 'readers.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  /** Listens to a port; what is heard comes as the push `readerSearch`. */
  'readers.find': {
    permission: 'readers.write',
    reads: false,
    args: z.strictObject({ port: text }),
    reply: readerSearch,
  },
  'readers.endFind': { permission: 'readers.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  /** `printed` is a number on the card that was presented last: leaves the guesses that fit it. */
  'readers.learn': {
    permission: 'readers.write',
    reads: false,
    args: z.strictObject({ id: text, printed: z.string().max(80) }),
    reply: readerSearch,
  },
  /** What the page has caught from a reader that types. */
  'readers.typed': {
    permission: 'desk.read',
    reads: false,
    args: z.strictObject({ text: z.string().min(1).max(80) }),
    reply: done,
  },
} as const satisfies Record<string, CallShape>
