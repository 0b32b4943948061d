// What stands in the contract's replies and pushes: schemas first, types from them. Times are ISO 8601 UTC strings.
import { z } from 'zod'
import { STANDINGS } from '../main/domain/standing.ts'

import { iso, isoOrNull, money, person, reason, standing } from './shapes-basic.ts'
import { CHANGE_ACTS } from './shapes-changes.ts'
import { companyParts } from './shapes-company.ts'
import { doorState, remedy } from './shapes-doors.ts'
import { readerState } from './shapes-readers.ts'

z.config({ jitless: true })

export const desk = z.object({
  version: z.string(),
  demo: z.boolean(),
  spaceName: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  /** In which most memberships are. */
  currency: z.string(),
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
  /** Days without a look at Stripe that made a full read necessary; null unless one is running for that. */
  gapDays: z.number().nullable(),
  /** Differences that the last full read found; null before the first. */
  drift: z.number().nullable(),
  /** Objects that were given up on until someone says "try again". */
  dead: z.number(),
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

/** The three lamps of the top bar; the page computes nothing but the passing seconds. */
export const lamps = z.object({
  now: iso,
  sync: syncState,
  readers: z.array(readerState),
  doors: z.array(doorState),
  /** Rows that wait in the inbox. */
  inbox: z.number(),
  /** A live key, and nobody has yet confirmed which prices open doors. */
  confirmPlans: z.boolean(),
  /** People found paused by the first import whom doors let in until somebody has decided about pauses. */
  pausesToReview: z.number(),
})

export const memberRow = z.object({
  id: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  standing,
  /** No door opens to them, whatever their standing. */
  barred: z.boolean(),
  paidUntil: isoOrNull,
  graceUntil: isoOrNull,
  plans: z.array(z.string()),
  credentials: z.array(z.string()),
  stripeCustomers: z.array(z.string()),
})

export const cardRow = z.object({
  canonical: z.string(),
  /** The number most often printed on such a card. */
  short: z.string(),
  state: z.enum(['active', 'unassigned', 'stolen', 'lost', 'revoked', 'suspended', 'not-yet-active', 'expired']),
  since: isoOrNull,
  why: z.string().nullable(),
  /** What is written on it, by the desk. */
  label: z.string().nullable(),
  /** Kept for lending. */
  loaner: z.boolean(),
  validUntil: isoOrNull,
  /** When a loaner that is out is to be back. */
  dueAt: isoOrNull,
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Doors whose device was not yet made to forget it. */
  stillOpens: z.array(z.object({ door: z.string(), since: iso })),
})

export const memberPanel = z.object({
  id: z.string(),
  name: z.string(),
  emails: z.array(z.string()),
  phone: z.string().nullable(),
  standing,
  /** "paid until 3 December", "access ends Sat 18:00": what stands beside the standing word. */
  standingDate: z.string().nullable(),
  /** The sentence that matters now and its buttons, the best first. */
  sentence: z.string().nullable(),
  remedies: z.array(remedy),
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
      /** Who pays, where that is somebody else. */
      payer: person.nullable(),
      covers: z.array(person),
      /** How many it may cover; null where nothing limits it. */
      seats: z.number().nullable(),
      /** "20 % off until 3 March", "50 % off for good". */
      discount: z.string().nullable(),
      /** "Studio from 1 December, once its invoice is paid". */
      pendingChange: z.string().nullable(),
      /** Something for staff to look at, in words. */
      flag: z.string().nullable(),
      /** Its price is for each person: more people cost more. */
      bySeat: z.boolean(),
      can: z.array(z.enum(CHANGE_ACTS)),
    }),
  ),
  /** Money that Stripe keeps for them, such as from a gift card, by currency. */
  balances: z.array(money),
  ...companyParts,
  /** Doors whose key they hold, by id; `*` is every door. */
  keys: z.array(z.string()),
  /** `until` null: until somebody lifts it. */
  bar: z.object({ since: iso, until: isoOrNull, why: z.string(), by: z.string() }).nullable(),
  /** What they were, when and why; newest first. */
  history: z.array(z.object({ at: iso, standing, plan: z.string().nullable(), why: z.string() })),
  archivedAt: isoOrNull,
  /** Not named in the list of who is in. */
  hidden: z.boolean(),
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

export const VISITS_PER = ['month', 'term'] as const

export const plan = z.object({
  id: z.string(),
  name: z.string(),
  members: z.number(),
  seats: z.number().nullable(),
  provisionalDays: z.number(),
  /** Id of its hours; null: at all hours. */
  hours: z.string().nullable(),
  /** Local days on which it lets somebody in; null: as many as wanted. */
  visits: z.number().nullable(),
  visitsPer: z.enum(VISITS_PER),
})

/** Kinds of pause for which a space may say that doors stay open beyond the paid days. */
export const PAUSE_KINDS = ['collection', 'requested', 'trial-end', 'system'] as const

export const settings = z.object({
  spaceName: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  endOfDay: z.boolean(),
  graceDays: z.object({ card: z.number(), 'bank-debit': z.number(), manual: z.number() }),
  pauseOpens: z.object({
    collection: z.boolean(),
    requested: z.boolean(),
    'trial-end': z.boolean(),
    system: z.boolean(),
  }),
  /** Where a page of Stripe's returns to. */
  website: z.string().nullable(),
  /** Cards before anything is paid: for how many days after today, 0 for none; `doors` null: those of the plan. */
  provisional: z.object({ days: z.number(), doors: z.array(z.string()).nullable() }),
})

export const syncCounts = z.object({
  customers: z.number(),
  products: z.number(),
  prices: z.number(),
  subscriptions: z.number(),
  invoices: z.number(),
  paymentIntents: z.number(),
  disputes: z.number(),
  subscriptionSchedules: z.number(),
  drift: z.number().nullable(),
  lastCompleteAt: isoOrNull,
})

export type Desk = z.infer<typeof desk>
export type Status = z.infer<typeof status>
export type SyncState = z.infer<typeof syncState>
export type Lamps = z.infer<typeof lamps>
export type MemberRow = z.infer<typeof memberRow>
export type MemberPanel = z.infer<typeof memberPanel>
export type CardRow = z.infer<typeof cardRow>
export type Plan = z.infer<typeof plan>
export type Settings = z.infer<typeof settings>
