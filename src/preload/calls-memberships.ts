// Calls about memberships: which sales are some, manual ones, whom they cover, access by a person's word.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { plan, VISITS_PER } from './shapes.ts'
import { money } from './shapes-basic.ts'
import { MANUAL_METHODS, manualTerm, mapping } from './shapes-memberships.ts'

const seats = z.number().int().min(1).max(10_000)

export const membershipCalls = {
  'mapping.get': { permission: 'desk.read', reads: true, args: empty, reply: mapping },
  /** `plan`: an id; null for a sale that is no membership. `newPlan`: the name of a plan to make for it. */
  'mapping.set': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({ price: text, plan: text.nullable().optional(), newPlan: text.optional() }),
    reply: mapping,
  },
  'mapping.confirm': { permission: 'settings.write', reads: false, args: empty, reply: mapping },
  'plans.save': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({
      id: text,
      name: text.optional(),
      /** People that one membership may cover; null: as many as Stripe's quantity. */
      seats: seats.nullable().optional(),
      /** Days of access while the first payment is on its way; 0 is none. */
      provisionalDays: z.number().int().min(0).max(60).optional(),
      /** Id of hours; null: at all hours. */
      hours: text.nullable().optional(),
      /** Local days of a calendar month or a term on which it lets somebody in; null: as many as wanted. */
      visits: z.number().int().min(1).max(1_000).nullable().optional(),
      visitsPer: z.enum(VISITS_PER).optional(),
    }),
    reply: plan,
  },
  /** Days are local, `YYYY-MM-DD`; a term runs to the end of `until`. */
  'memberships.addManual': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({
      member: text,
      plan: text,
      method: z.enum(MANUAL_METHODS),
      from: text,
      until: text,
      amount: money.nullable().optional(),
      seats: seats.optional(),
      note: text.optional(),
      /** They have this plan for some of that time already, and are to have it a second time. */
      again: z.boolean().optional(),
      /** Cash that goes into the box just now, with a receipt; left out, where the term begins today or later. */
      taken: z.boolean().optional(),
    }),
    reply: z.object({ id: z.string() }),
  },
  'memberships.renew': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({
      id: text,
      until: text,
      method: z.enum(MANUAL_METHODS),
      amount: money.nullable().optional(),
      note: text.optional(),
    }),
    reply: done,
  },
  /** Of a manual one: what was agreed and how it was paid, the newest first. */
  'memberships.terms': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ id: text }),
    reply: z.array(manualTerm),
  },
  /** Manual ones only: Stripe's end at Stripe. */
  'memberships.end': { permission: 'memberships.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'memberships.cover': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ id: text, member: text }),
    reply: done,
  },
  /** Ends the rights of this person alone; their cards stay theirs. */
  'memberships.uncover': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ id: text, member: text }),
    reply: done,
  },
  /** Null: by the plan, or by Stripe's quantity. */
  'memberships.setSeats': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ id: text, seats: seats.nullable() }),
    reply: done,
  },
  /** Without `door` at every door. */
  'access.give': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ member: text, until: text, why: text, door: text.optional() }),
    reply: z.object({ id: z.string() }),
  },
  'access.end': { permission: 'memberships.write', reads: false, args: z.strictObject({ id: text }), reply: done },
} as const satisfies Record<string, CallShape>
