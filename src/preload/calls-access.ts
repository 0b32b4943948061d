// Calls about who may open what and when: hours, holidays, groups of doors, inductions, what a door is.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { group, holiday, hours, induction } from './shapes-access.ts'
import { door } from './shapes-doors.ts'

const id = z.strictObject({ id: text })
const ids = z.array(text).max(1_000)
/** A plan by its id alone, or with hours in place of its own; null: in its own. */
export const plansArg = z.array(z.union([text, z.strictObject({ plan: text, hours: text.nullable() })])).max(1_000)

export const accessCalls = {
  'hours.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(hours) },
  /** Without `id` new ones. */
  'hours.save': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({
      id: text.optional(),
      name: text,
      windows: z.array(z.strictObject({ days: z.array(z.number()).max(7), from: text, to: text })).max(50),
    }),
    reply: hours,
  },
  /** Refused while something goes by them. */
  'hours.remove': { permission: 'settings.write', reads: false, args: id, reply: done },
  'holidays.get': { permission: 'desk.read', reads: true, args: empty, reply: z.array(holiday) },
  /** All of them: what is not named is none any more. */
  'holidays.set': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({ holidays: z.array(z.strictObject({ day: text, name: text })).max(1_000) }),
    reply: z.array(holiday),
  },
  'groups.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(group) },
  /** Without `id` a new one; `plans` null: the group limits nothing. */
  'groups.save': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text.optional(), name: text, doors: ids, plans: plansArg.nullable() }),
    reply: group,
  },
  'groups.remove': { permission: 'doors.write', reads: false, args: id, reply: done },
  'inductions.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(induction) },
  /** Without `id` a new one. */
  'inductions.save': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text.optional(), name: text }),
    reply: induction,
  },
  /** Refused while a door asks for it. */
  'inductions.remove': { permission: 'doors.write', reads: false, args: id, reply: done },
  /** What is left out stays as it is. */
  'doors.set': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({
      id: text,
      name: text.optional(),
      /** null: cards as they are, without a form. */
      format: text.nullable().optional(),
      openMs: z.number().optional(),
      direction: z.enum(['in', 'out']).nullable().optional(),
      antiPassback: z.boolean().optional(),
    }),
    reply: door,
  },
  'doors.setPlans': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, plans: plansArg.nullable() }),
    reply: door,
  },
  'doors.setInductions': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, inductions: ids }),
    reply: door,
  },
} as const satisfies Record<string, CallShape>
