// Calls about who may come in beside paying: let in once, inductions, guests, people under age, what the space puts on.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { iso } from './shapes-basic.ts'
import { spaceEvent } from './shapes-company.ts'

const ids = z.array(text).max(1_000)

/** A day, `2026-12-03`, to its end in the space's zone; a time of day there, `2026-12-03T18:00`; or a moment in ISO 8601. */
const moment = text

export const companyCalls = {
  /** A permission for one pass, which runs out by itself after a short while; ended early by `access.end`. `door` null: at
   * whichever they come to first. */
  'access.letInOnce': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ member: text, door: text.nullable(), why: text }),
    reply: z.object({ id: z.string(), until: iso }),
  },
  /** Given again it holds anew. `until` null: for good. */
  'inductions.give': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ member: text, induction: text, until: moment.nullable() }),
    reply: done,
  },
  'inductions.take': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ member: text, induction: text }),
    reply: done,
  },
  /** The guest comes in while the host is in. Invited again by the same host, the new day holds. */
  'guests.invite': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ host: text, guest: text, until: moment }),
    reply: z.object({ id: z.string() }),
  },
  'guests.end': { permission: 'members.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  /** Rules for coming in, until the day `ofAge`. `hours`: the id of a schedule, null for all. */
  'members.setMinor': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({
      member: text,
      ofAge: text,
      guardianNeeded: z.boolean(),
      hours: text.nullable(),
      guardians: z.array(text).max(20),
    }),
    reply: done,
  },
  'members.clearMinor': {
    permission: 'members.write',
    reads: false,
    args: z.strictObject({ member: text }),
    reply: done,
  },
  /** Those that are on or still to come. */
  'events.list': { permission: 'members.read', reads: true, args: empty, reply: z.array(spaceEvent) },
  /** A new one, or with `id` one that is not over. Everything about it ends by itself. `doors` empty: every door; `members` null: everyone with a card. */
  'events.save': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({
      id: text.optional(),
      name: text,
      from: moment,
      until: moment,
      doors: ids,
      members: ids.nullable(),
      heads: z.number().int().min(1).max(100_000).nullable(),
    }),
    reply: z.array(spaceEvent),
  },
  'events.end': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text }),
    reply: z.array(spaceEvent),
  },
} as const satisfies Record<string, CallShape>
