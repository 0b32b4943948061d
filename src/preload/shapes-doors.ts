// What the contract says of doors: their state, what happened there, and why.
import { z } from 'zod'
import { ALARMS } from '../main/domain/door-alarms.ts'
import { TOLD_WORDS } from '../main/domain/door-events.ts'
import { doorAccess } from './shapes-access.ts'
import { iso, isoOrNull, reason } from './shapes-basic.ts'

z.config({ jitless: true })

export const doorState = z.object({
  id: z.string(),
  name: z.string(),
  driver: z.string(),
  online: z.boolean(),
  lastSeenAt: isoOrNull,
  /** What a manager has ordered, who, since when and why; `modeUntil` null where somebody has to end it. */
  mode: z.enum(['normal', 'lockdown', 'held-open']),
  modeSince: isoOrNull,
  modeUntil: isoOrNull,
  modeWhy: z.string().nullable(),
  modeBy: z.string().nullable(),
  /** Of a device that holds a list of its own; null for a door that asks us. `toRemove` are cards that it still opens for,
   * `since` since when the first of them; `inHours` are people who come in hours that it does not know, and nobody has said
   * what then. */
  device: z
    .object({
      adopted: z.boolean(),
      /** Who else it is set to tell of its swipes. */
      otherDesk: z.string().nullable(),
      toRemove: z.number(),
      since: isoOrNull,
      inHours: z.number(),
    })
    .nullable(),
})

export const door = doorState.extend({
  format: z.string().nullable(),
  /** Ids of the plans that it names itself; null: every plan. */
  plans: z.array(z.string()).nullable(),
  openMs: z.number(),
  /** Days for which this door goes by old data; null: as many as the grace of each payment method. */
  allowanceDays: z.number().nullable(),
  ...doorAccess.shape,
})

const verdict = z.enum(['granted', 'grace', 'refused', 'note', 'told'])

/** A decision as the public screen may show it: no reason, no money. `card` is a short printed form. */
export const feedRow = z.object({
  seq: z.number(),
  at: iso,
  door: z.object({ id: z.string(), name: z.string() }),
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
  card: z.string(),
  /** What the door itself told, where the row is no swipe. */
  event: z.enum(TOLD_WORDS).nullable(),
  verdict,
  /** By a reader on the way out. */
  wentOut: z.boolean(),
  /** Whoever shows this card is to be compared with the photo: it stands out, and stays until somebody has. */
  compare: z.boolean(),
})

/** What a door told that somebody has to go and look at; `seq` is its row of the log. */
export const doorAlarm = z.object({
  seq: z.number(),
  at: iso,
  door: z.object({ id: z.string(), name: z.string() }),
  kind: z.enum(ALARMS),
})

/** What the button of a sentence does; only those that this version can do. */
export const remedy = z.enum([
  'assign-card',
  'same-card',
  'sync-now',
  'reinstate-card',
  'found-again',
  'keep-lost',
  'start-card',
  'extend-card',
  'enrol-card',
  'give-access',
  'give-induction',
  'let-in-once',
  'renew-term',
  'sign-up',
  'finish-sign-up',
  'resume',
  'see-person',
  'take-payment',
  'release-door',
  'close-door',
])

const receiptLine = z.object({ label: z.string(), value: z.string() })

export const why = z.object({
  seq: z.number(),
  /** Null where the row is no swipe. */
  reason: reason.nullable(),
  detail: z.string().nullable(),
  sentence: z.string(),
  /** The best first. */
  remedies: z.array(remedy),
  /** What the decision stood on: rule, inputs, age of the data, version of the rules. */
  receipt: z.array(receiptLine),
  /** The whole card identity, for the remedies that need it. */
  card: z.string().nullable(),
  /** For `same-card`: the card that somebody holds by a short number which this one would show. */
  sameAs: z.string().nullable(),
  billingAgeSeconds: z.number().nullable(),
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

export type DoorState = z.infer<typeof doorState>
export type Door = z.infer<typeof door>
export type FeedRow = z.infer<typeof feedRow>
export type DoorAlarm = z.infer<typeof doorAlarm>
export type Why = z.infer<typeof why>
export type Explanation = z.infer<typeof explanation>
export type ReceiptLine = z.infer<typeof receiptLine>
export type Remedy = z.infer<typeof remedy>
