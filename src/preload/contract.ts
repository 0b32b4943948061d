// The contract between the desk and everything that shows or steers it: screens, the command line, tests.
// Calls go in and are answered; pushes come out. Schemas first, types from them. Times are ISO 8601 UTC strings.
import { z } from 'zod'
import { type CallShape, done, empty, text } from './call-shape.ts'
import { accessCalls } from './calls-access.ts'
import { cardDoctorCalls } from './calls-card-doctor.ts'
import { cardCalls } from './calls-cards.ts'
import { cashCalls } from './calls-cash.ts'
import { changeCalls } from './calls-changes.ts'
import { companyCalls } from './calls-company.ts'
import { demoCalls } from './calls-demo.ts'
import { detailCalls } from './calls-details.ts'
import { deviceCalls } from './calls-devices.ts'
import { doorCalls } from './calls-doors.ts'
import { lateActionCalls } from './calls-late-actions.ts'
import { mailCalls } from './calls-mail.ts'
import { membershipCalls } from './calls-memberships.ts'
import { moneyCalls } from './calls-money.ts'
import { numberCalls } from './calls-numbers.ts'
import { outageCalls } from './calls-outage.ts'
import { payReaderCalls } from './calls-pay-readers.ts'
import { peopleCalls } from './calls-people.ts'
import { photoCalls } from './calls-photos.ts'
import { planCalls } from './calls-plans.ts'
import { readerCalls } from './calls-readers.ts'
import { reportCalls } from './calls-report.ts'
import { fileCalls, reportMailCalls } from './calls-report-mail.ts'
import { signUpCalls } from './calls-sign-up.ts'
import { upkeepCalls } from './calls-upkeep.ts'
import { whatIfCalls } from './calls-what-if.ts'
import { worklistCalls } from './calls-worklists.ts'
import { cardRow, desk, lamps, memberPanel, memberRow, plan, settings, status, syncCounts } from './shapes.ts'
import { standing } from './shapes-basic.ts'
import { cardWait } from './shapes-cards.ts'
import { feedRow } from './shapes-doors.ts'
import { readerSearch } from './shapes-readers.ts'

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
  ...cardCalls,
  ...cardDoctorCalls,
  ...doorCalls,
  ...readerCalls,
  ...deviceCalls,
  ...outageCalls,
  ...photoCalls,
  ...mailCalls,
  ...signUpCalls,
  ...moneyCalls,
  ...reportCalls,
  ...reportMailCalls,
  ...fileCalls,
  ...numberCalls,
  ...worklistCalls,
  ...lateActionCalls,
  ...cashCalls,
  ...payReaderCalls,
  ...planCalls,
  ...changeCalls,
  ...detailCalls,
  ...demoCalls,
  ...accessCalls,
  ...companyCalls,
  ...upkeepCalls,
  ...whatIfCalls,
  'desk.get': { permission: 'desk.read', reads: false, args: empty, reply: desk },
  'desk.status': { permission: 'desk.read', reads: true, args: empty, reply: status },
  'desk.lamps': { permission: 'desk.read', reads: false, args: empty, reply: lamps },
  'desk.signInLink': {
    permission: 'sign-in.write',
    reads: false,
    args: empty,
    reply: z.object({ url: z.string() }),
  },
  /** Every browser, and every link that was made and not used. */
  'desk.signOut': { permission: 'sign-in.write', reads: false, args: empty, reply: done },
  'desk.todo': {
    permission: 'desk.read',
    reads: false,
    args: empty,
    reply: z.object({
      /** Counts, not names: this list is in public view. */
      graceEndsSoon: z.number(),
      withoutCard: z.number(),
      pending: z.number(),
      /** Sign-ups that somebody at the desk has to go on with. */
      signUps: z.number(),
      /** Whoever has a provisional card and has not paid: go on with the payment. */
      unpaid: z.number(),
      /** Paid, and a card is to be handed over. */
      handOver: z.number(),
      /** Cash payments in the shift that is open. */
      cash: z.number(),
      /** Mail that did not go, or of which nobody knows. */
      undelivered: z.number(),
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
      /** Only those who signed a waiver once, and not the one that is in force. */
      olderWaiver: z.boolean().optional(),
      /** Only those under age for whom no rule holds at the doors. */
      unruledMinors: z.boolean().optional(),
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
  'plans.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(plan) },
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
      website: text.nullable().optional(),
      provisional: z
        .strictObject({ days: z.number().int().min(0).max(60), doors: z.array(text).min(1).max(200).nullable() })
        .optional(),
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
  readerSearch,
  cardWait,
  /** A card was presented at the desk while nobody waited for one. */
  cardShown: cardRow,
  /** Standing, cards or names of people changed: read again what is on screen. */
  members: z.object({}),
  /** What the space is called, its time zone or how it decides: all that is on screen may read otherwise. */
  settings: z.object({}),
  /** Cash was taken, or a shift was closed. */
  cash: z.object({}),
  /** A payment, a refund or a gift card went on: read again what is on screen of it. */
  payments: z.object({}),
  /** A sign-up went on: read again what is on screen of it. */
  signUps: z.object({}),
  /** How far a call is that reads much: `id` is the one that it was asked with. */
  'report.progress': z.object({ id: z.string(), done: z.number(), of: z.number() }),
} as const satisfies Record<string, z.ZodType>

export type PushName = keyof typeof pushes
export type Push<N extends PushName> = z.infer<(typeof pushes)[N]>
