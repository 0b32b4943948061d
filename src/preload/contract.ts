// The contract between the desk and everything that shows or steers it: screens, the command line, tests.
// Calls go in and are answered; pushes come out. Schemas first, types from them. Times are ISO 8601 UTC strings.
import { z } from 'zod'
import { REVOKE_REASONS } from '../main/domain/credential.ts'
import { type CallShape, cardArgs, done, empty, text } from './call-shape.ts'
import { accessCalls } from './calls-access.ts'
import { companyCalls } from './calls-company.ts'
import { demoCalls } from './calls-demo.ts'
import { deviceCalls } from './calls-devices.ts'
import { doorCalls } from './calls-doors.ts'
import { membershipCalls } from './calls-memberships.ts'
import { outageCalls } from './calls-outage.ts'
import { peopleCalls } from './calls-people.ts'
import { upkeepCalls } from './calls-upkeep.ts'
import {
  cardForms,
  cardRow,
  desk,
  enrolment,
  lamps,
  memberPanel,
  memberRow,
  plan,
  readerState,
  settings,
  status,
  syncCounts,
} from './shapes.ts'
import { standing } from './shapes-basic.ts'
import { feedRow } from './shapes-doors.ts'

z.config({ jitless: true })

/** Why a call was not done: the closed list; `sentence` is what a person reads. */
export const REFUSALS = [
  'bad-request',
  'not-allowed',
  'not-found',
  'ambiguous',
  'taken',
  'wrong-state',
  'unreadable',
  'not-running',
  'read-only',
  'not-demo',
  'stripe',
  'busy',
  'broken',
] as const
export const refusal = z.object({ code: z.enum(REFUSALS), sentence: z.string(), detail: z.unknown().optional() })
export type Refusal = z.infer<typeof refusal>

// ---- calls ----------------------------------------------------------------------------------------------------

export const calls = {
  ...peopleCalls,
  ...membershipCalls,
  ...doorCalls,
  ...deviceCalls,
  ...outageCalls,
  ...demoCalls,
  ...accessCalls,
  ...companyCalls,
  ...upkeepCalls,
  'desk.get': { permission: 'desk.read', reads: false, args: empty, reply: desk },
  'desk.status': { permission: 'desk.read', reads: true, args: empty, reply: status },
  'desk.lamps': { permission: 'desk.read', reads: false, args: empty, reply: lamps },
  'desk.signInLink': {
    permission: 'sign-in.write',
    reads: false,
    args: empty,
    reply: z.object({ url: z.string() }),
  },
  'desk.todo': {
    permission: 'desk.read',
    reads: false,
    args: empty,
    reply: z.object({
      /** Counts, not names: this list is in public view. */
      graceEndsSoon: z.number(),
      withoutCard: z.number(),
      pending: z.number(),
    }),
  },
  'members.list': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({
      query: text.optional(),
      standing: standing.optional(),
      /** Only those who may come in and hold no card. */
      withoutCard: z.boolean().optional(),
      limit: z.number().int().min(1).max(1_000_000).optional(),
    }),
    reply: z.object({ rows: z.array(memberRow), total: z.number() }),
  },
  'members.search': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ text }),
    reply: z.array(memberRow),
  },
  'members.get': { permission: 'members.read', reads: false, args: z.strictObject({ id: text }), reply: memberPanel },
  'sync.run': {
    permission: 'sync.run',
    reads: false,
    args: z.strictObject({
      full: z.boolean().optional(),
      wait: z.boolean().optional(),
      /** A file to record what is read into, personal data blanked. */
      record: text.optional(),
    }),
    /** null where nobody waits for it. */
    reply: syncCounts.nullable(),
  },
  'secret.state': {
    permission: 'desk.read',
    reads: false,
    args: empty,
    reply: z.object({
      source: z.enum(['environment', 'store', 'none', 'sandbox']),
      mode: z.enum(['live', 'test']).nullable(),
    }),
  },
  'secret.setStripe': {
    permission: 'secrets.write',
    reads: false,
    args: z.strictObject({ key: text }),
    reply: done,
  },
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
  'readers.profiles': {
    permission: 'desk.read',
    reads: true,
    args: empty,
    reply: z.array(z.object({ name: z.string(), about: z.string() })),
  },
  'readers.add': {
    permission: 'readers.write',
    reads: false,
    /** `door`: what its cards open while nothing is being enrolled. */
    args: z.strictObject({ port: text, profile: text, door: text.optional() }),
    reply: readerState,
  },
  'readers.remove': { permission: 'readers.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'plans.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(plan) },
  'cards.add': {
    permission: 'cards.write',
    reads: false,
    args: z.strictObject({ member: text, ...cardArgs }),
    reply: cardRow,
  },
  'cards.revoke': {
    permission: 'cards.write',
    reads: false,
    args: z.strictObject({ ...cardArgs, reason: z.enum(REVOKE_REASONS) }),
    reply: cardRow,
  },
  'cards.suspend': {
    permission: 'cards.write',
    reads: false,
    args: z.strictObject({ ...cardArgs, why: text.optional() }),
    reply: cardRow,
  },
  'cards.reinstate': { permission: 'cards.write', reads: false, args: z.strictObject(cardArgs), reply: cardRow },
  'cards.start': { permission: 'cards.write', reads: false, args: z.strictObject(cardArgs), reply: cardRow },
  /** `until` is a local day, to its end, or a moment. */
  'cards.extend': {
    permission: 'cards.write',
    reads: false,
    args: z.strictObject({ ...cardArgs, until: text }),
    reply: cardRow,
  },
  'cards.find': { permission: 'members.read', reads: true, args: z.strictObject(cardArgs), reply: cardForms },
  'cards.list': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ limit: z.number().int().min(1).max(5_000).optional() }),
    reply: z.array(cardRow),
  },
  'enrol.begin': { permission: 'cards.write', reads: false, args: z.strictObject({ member: text }), reply: enrolment },
  'enrol.cancel': { permission: 'cards.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'audit.verify': {
    permission: 'audit.read',
    reads: true,
    args: empty,
    reply: z.object({
      rows: z.number(),
      ok: z.boolean(),
      firstBad: z.object({ log: z.enum(['decisions', 'actions']), seq: z.number() }).nullable(),
    }),
  },
  'settings.get': { permission: 'desk.read', reads: true, args: empty, reply: settings },
  'settings.set': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({
      spaceName: text.optional(),
      timeZone: text.optional(),
      locale: text.optional(),
      endOfDay: z.boolean().optional(),
      graceDays: z
        .strictObject({
          card: z.number().int().min(0).max(365),
          'bank-debit': z.number().int().min(0).max(365),
          manual: z.number().int().min(0).max(365),
        })
        .optional(),
      pauseOpens: settings.shape.pauseOpens.partial().optional(),
    }),
    reply: settings,
  },
} as const satisfies Record<string, CallShape>

export type CallName = keyof typeof calls
export type Args<N extends CallName> = z.input<(typeof calls)[N]['args']>
export type Reply<N extends CallName> = z.infer<(typeof calls)[N]['reply']>

// ---- pushes ---------------------------------------------------------------------------------------------------

export const pushes = {
  lamps,
  feed: feedRow,
  enrol: enrolment,
  /** Standing, cards or names of people changed: read again what is on screen. */
  members: z.object({}),
} as const satisfies Record<string, z.ZodType>

export type PushName = keyof typeof pushes
export type Push<N extends PushName> = z.infer<(typeof pushes)[N]>
