// The contract between the desk and everything that shows or steers it: screens, the command line, tests.
// Calls go in and are answered; pushes come out. Schemas first, types from them. Times are ISO 8601 UTC strings.
import { z } from 'zod'
import { REVOKE_REASONS } from '../main/domain/credential.ts'
import { REASONS } from '../main/domain/reasons.ts'
import { STANDINGS } from '../main/domain/standing.ts'

z.config({ jitless: true })

export const iso = z.string()
const isoOrNull = z.string().nullable()
const text = z.string().max(4_000)
export const reason = z.enum(REASONS)
export const standing = z.enum(STANDINGS)
export const verdict = z.enum(['granted', 'grace', 'refused', 'note'])
const empty = z.strictObject({})

/** What a caller must be allowed to do; until operators with roles exist, everyone at the desk is `owner`. */
export const PERMISSIONS = [
  'desk.read',
  'members.read',
  'visits.read',
  'cards.write',
  'readers.write',
  'doors.write',
  'settings.write',
  'secrets.write',
  'sync.run',
  'audit.read',
  'sign-in.write',
  'demo.run',
] as const
export type Permission = (typeof PERMISSIONS)[number]

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

// ---- shapes ---------------------------------------------------------------------------------------------------

const money = z.object({ minor: z.number().int(), currency: z.string() })

export const desk = z.object({
  version: z.string(),
  demo: z.boolean(),
  spaceName: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  operator: z.object({ name: z.string(), role: z.literal('owner') }),
  now: iso,
})

/** `phase`: no-key, first-load, syncing, idle, offline (Stripe not reached), failed (key refused and the like), stopped. */
export const SYNC_PHASES = ['no-key', 'first-load', 'syncing', 'idle', 'offline', 'failed', 'stopped'] as const
export const syncState = z.object({
  phase: z.enum(SYNC_PHASES),
  lastCompleteAt: isoOrNull,
  ageSeconds: z.number().nullable(),
  /** What is wrong and what to do, in one sentence; null when nothing is. */
  error: z.string().nullable(),
  /** Since when Stripe has not been reached, null while it is. */
  offlineSince: isoOrNull,
  /** Objects read so far in a running first load or full sync; null when none runs. */
  progress: z.object({ step: z.string(), read: z.number() }).nullable(),
})

export const doorState = z.object({
  id: z.string(),
  name: z.string(),
  driver: z.string(),
  online: z.boolean(),
  lastSeenAt: isoOrNull,
})

export const status = z.object({
  version: z.string(),
  sync: syncState,
  members: z.object({ total: z.number(), ...Object.fromEntries(STANDINGS.map((word) => [word, z.number()])) } as {
    total: z.ZodNumber
  } & Record<(typeof STANDINGS)[number], z.ZodNumber>),
  credentials: z.number(),
  doors: z.array(doorState),
  audit: z.object({
    rows: z.number(),
    head: z.object({ decisions: z.string().nullable(), actions: z.string().nullable() }),
  }),
  signups: z.object({ open: z.number() }),
  outbox: z.object({ waiting: z.number(), dead: z.number() }),
})

export const readerState = z.object({
  id: z.string(),
  port: z.string(),
  profile: z.string(),
  state: z.enum(['starting', 'ready', 'missing', 'busy', 'denied']),
  /** What to do about it, null when ready. */
  sentence: z.string().nullable(),
  lastReadAt: isoOrNull,
})

/** The three lamps of the top bar; the page computes nothing but the passing seconds. */
export const lamps = z.object({
  now: iso,
  sync: syncState,
  readers: z.array(readerState),
  doors: z.array(doorState),
})

export const memberRow = z.object({
  id: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  standing,
  paidUntil: isoOrNull,
  graceUntil: isoOrNull,
  plans: z.array(z.string()),
  credentials: z.array(z.string()),
  stripeCustomers: z.array(z.string()),
})

/** A decision as the public screen may show it: no reason, no money. `card` is a short printed form. */
export const feedRow = z.object({
  seq: z.number(),
  at: iso,
  door: z.object({ id: z.string(), name: z.string() }),
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
  card: z.string(),
  verdict,
})

/** What the one button of a sentence does; only those that this version can do. */
export const remedy = z.enum(['assign-card', 'sync-now', 'reinstate-card', 'enrol-card', 'give-access'])

export const why = z.object({
  seq: z.number(),
  reason,
  sentence: z.string(),
  remedy: remedy.nullable(),
  /** The whole card identity, for the remedies that need it. */
  card: z.string().nullable(),
  billingAgeSeconds: z.number().nullable(),
})

export const cardRow = z.object({
  canonical: z.string(),
  /** The number most often printed on such a card. */
  short: z.string(),
  state: z.enum(['active', 'unassigned', 'stolen', 'lost', 'revoked', 'suspended', 'not-yet-active', 'expired']),
  since: isoOrNull,
  why: z.string().nullable(),
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
})

export const memberPanel = z.object({
  id: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  phone: z.string().nullable(),
  standing,
  /** "paid until 3 December", "access ends Sat 18:00": what stands beside the standing word. */
  standingDate: z.string().nullable(),
  /** The sentence that matters now and its one button. */
  sentence: z.string().nullable(),
  remedy: remedy.nullable(),
  memberships: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['stripe', 'manual']),
      plan: z.string(),
      standing,
      status: z.string(),
      price: money.nullable(),
      interval: z.string().nullable(),
      paidUntil: isoOrNull,
      graceUntil: isoOrNull,
      endsAt: isoOrNull,
      customer: z.string().nullable(),
    }),
  ),
  cards: z.array(cardRow),
  /** Where the first active card would open now; without a card, where it would once there is one. */
  doors: z.array(z.object({ id: z.string(), name: z.string(), grant: z.boolean(), reason, sentence: z.string() })),
  invoices: z.array(
    z.object({
      id: z.string(),
      number: z.string().nullable(),
      status: z.string(),
      due: money,
      remaining: money,
      createdAt: iso,
      dueAt: isoOrNull,
      url: z.string().nullable(),
    }),
  ),
  visits: z.array(
    z.object({ seq: z.number(), at: iso, door: z.string(), grant: z.boolean(), reason, sentence: z.string() }),
  ),
})

export const explanation = z.object({
  grant: z.boolean(),
  reason,
  detail: z.string().nullable(),
  rule: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  billingAgeSeconds: z.number().nullable(),
  sentence: z.string(),
})

/** One enrolment at a time owns the readers, for 60 s. */
export const enrolment = z.object({
  id: z.string(),
  member: z.object({ id: z.string(), name: z.string() }),
  until: iso,
  state: z.enum(['waiting', 'done', 'refused', 'timed-out', 'cancelled']),
  /** Why it was refused ("This card belongs to …"), or what was done. */
  sentence: z.string().nullable(),
  card: cardRow.nullable(),
  /** True while at least one reader is ready to read. */
  readerReady: z.boolean(),
})

export const door = doorState.extend({
  format: z.string().nullable(),
  /** Ids of the plans that open it; null: every plan. */
  plans: z.array(z.string()).nullable(),
  openMs: z.number(),
})

export const plan = z.object({ id: z.string(), name: z.string(), members: z.number() })

export const settings = z.object({
  spaceName: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  endOfDay: z.boolean(),
  graceDays: z.object({ card: z.number(), 'bank-debit': z.number(), manual: z.number() }),
})

export const cardForms = z.object({
  matches: z.array(
    z.object({
      canonical: z.string(),
      forms: z.record(z.string(), z.string()),
      state: z.string().nullable(),
      member: z.string().nullable(),
    }),
  ),
  lossy: z.boolean(),
})

const syncCounts = z.object({
  customers: z.number(),
  products: z.number(),
  prices: z.number(),
  subscriptions: z.number(),
  invoices: z.number(),
  paymentIntents: z.number(),
  drift: z.number().nullable(),
  lastCompleteAt: isoOrNull,
})

// ---- calls ----------------------------------------------------------------------------------------------------

type CallShape = { permission: Permission; reads: boolean; args: z.ZodType; reply: z.ZodType }

const cardArgs = { card: text, form: text.optional() }
const done = z.object({ ok: z.literal(true) })

/** `reads`: answers from what is stored, so it also works where no desk runs. */
export const calls = {
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
    args: z.strictObject({ full: z.boolean().optional(), wait: z.boolean().optional() }),
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
    args: z.strictObject({ port: text, profile: text }),
    reply: readerState,
  },
  'readers.remove': { permission: 'readers.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'doors.list': { permission: 'desk.read', reads: true, args: empty, reply: z.array(door) },
  'doors.add': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, driver: text.optional(), name: text.optional(), format: text.optional() }),
    reply: z.object({ id: z.string(), driver: z.string(), key: z.string() }),
  },
  'doors.remove': { permission: 'doors.write', reads: false, args: z.strictObject({ id: text }), reply: done },
  'doors.rekey': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text }),
    reply: z.object({ id: z.string(), driver: z.string(), key: z.string() }),
  },
  'doors.setPlans': {
    permission: 'doors.write',
    reads: false,
    args: z.strictObject({ id: text, plans: z.array(text).nullable() }),
    reply: door,
  },
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
  'cards.find': { permission: 'members.read', reads: true, args: z.strictObject(cardArgs), reply: cardForms },
  'cards.list': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ limit: z.number().int().min(1).max(5_000).optional() }),
    reply: z.array(cardRow),
  },
  'enrol.begin': { permission: 'cards.write', reads: false, args: z.strictObject({ member: text }), reply: enrolment },
  'enrol.cancel': { permission: 'cards.write', reads: false, args: z.strictObject({ id: text }), reply: done },
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
    }),
    reply: settings,
  },
  'demo.clock': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ by: text }),
    reply: z.object({ now: iso, lastCompleteAt: isoOrNull }),
  },
  'demo.swipe': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ door: text, card: text }),
    reply: z.object({ grant: z.boolean(), reason, receipt: z.string() }),
  },
  /** Holds a card, by default a fresh one, to the simulated reader. */
  'demo.present': {
    permission: 'demo.run',
    reads: false,
    args: z.strictObject({ card: text.optional() }),
    reply: z.object({ card: z.string() }),
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

export type Desk = z.infer<typeof desk>
export type Status = z.infer<typeof status>
export type SyncState = z.infer<typeof syncState>
export type DoorState = z.infer<typeof doorState>
export type Door = z.infer<typeof door>
export type ReaderState = z.infer<typeof readerState>
export type Lamps = z.infer<typeof lamps>
export type MemberRow = z.infer<typeof memberRow>
export type MemberPanel = z.infer<typeof memberPanel>
export type FeedRow = z.infer<typeof feedRow>
export type Why = z.infer<typeof why>
export type CardRow = z.infer<typeof cardRow>
export type Explanation = z.infer<typeof explanation>
export type Enrolment = z.infer<typeof enrolment>
export type Plan = z.infer<typeof plan>
export type Settings = z.infer<typeof settings>
export type Remedy = z.infer<typeof remedy>
