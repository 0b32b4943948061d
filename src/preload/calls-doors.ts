// Calls about doors: what they are, what is ordered of them, who outranks payments at them, what happened there and why.
import { z } from 'zod'
import { type CallShape, cardArgs, done, empty, text } from './call-shape.ts'
import { iso } from './shapes-basic.ts'
import { door, doorAlarm, explanation, feedRow, why } from './shapes-doors.ts'

/** How a device is reached (docs/uhppote.md, docs/esp-rfid.md, docs/relay.md). */
export const where = {
  address: text.optional(),
  serial: z.number().optional(),
  output: z.number().optional(),
  listener: z.number().optional(),
  broker: text.optional(),
  /** PEM text. */
  ca: z.string().max(100_000).optional(),
  topic: text.optional(),
  url: text.optional(),
}

export const doorCalls = {
  'doors.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(door) },
  'doors.add': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({
      id: text,
      driver: text.optional(),
      name: text.optional(),
      format: text.optional(),
      ...where,
    }),
    /** `key` of a native door, `password` for our own broker: both are shown this once. */
    reply: z.object({
      id: z.string(),
      driver: z.string(),
      key: z.string().nullable(),
      password: z.string().optional(),
    }),
  },
  'doors.remove': { permission: 'doors.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'doors.rekey': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text }),
    /** `key` of a native door, `password` of a box for our own broker. */
    reply: z.object({
      id: z.string(),
      driver: z.string(),
      key: z.string().nullable(),
      password: z.string().optional(),
    }),
  },
  /** `id` null is every door; without `minutes` until somebody ends it. */
  'doors.lockdown': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({
      id: text.nullable(),
      withKeyholders: z.boolean().optional(),
      minutes: z.number().positive().max(525_600).optional(),
      why: text.optional(),
    }),
    reply: z.array(door),
  },
  'doors.holdOpen': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text.nullable(), minutes: z.number().positive(), why: text.optional() }),
    reply: z.array(door),
  },
  'doors.normal': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text.nullable() }),
    reply: z.array(door),
  },
  'members.setKeys': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ member: text, doors: z.array(text).max(1_000) }),
    reply: z.object({ doors: z.array(z.string()) }),
  },
  'members.bar': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ member: text, why: text, until: text.optional() }),
    reply: done,
  },
  'members.liftBar': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ member: text }),
    reply: done,
  },
  'doors.alarms': { permission: 'desk.read', reads: true, args: empty, reply: z.array(doorAlarm) },
  /** Somebody has looked: gone until it happens anew. */
  'doors.seen': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ door: text, kind: doorAlarm.shape.kind }),
    reply: done,
  },
  'feed.recent': {
    permission: 'visits.read',
    reads: false,
    args: z.strictObject({ limit: z.number().int().min(1).max(500) }),
    reply: z.array(feedRow),
  },
  'feed.why': { permission: 'members.read', reads: false, args: z.strictObject({ seq: z.number().int() }), reply: why },
  'feed.today': {
    permission: 'visits.read',
    reads: false,
    args: empty,
    reply: z.object({
      /** `in`: who is in, by doors with a reader on the way out. `today`: who came in, where nobody is seen to leave. */
      shows: z.enum(['in', 'today']),
      count: z.number(),
      people: z.array(z.object({ id: z.string(), name: z.string(), at: iso, door: z.string() })),
    }),
  },
  'decisions.explain': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ door: text, ...cardArgs, at: text.optional() }),
    reply: explanation,
  },
} as const satisfies Record<string, CallShape>
