// What waits for a person: the inbox, diagnostics, the timeline. Schemas first, types from them.
import { z } from 'zod'
import { iso, isoOrNull } from './shapes-basic.ts'
import { MAIL_ACTIONS } from './shapes-mail.ts'

/** What a row of the inbox is about; each kind has one sentence and one next action. */
export const INBOX_KINDS = [
  /** Here, and Stripe knows nothing of them. */
  'here-without-stripe',
  /** A live subscription in Stripe that belongs to nobody here. */
  'stripe-without-person',
  'two-subscriptions',
  'paid-without-card',
  'card-without-plan',
  'sign-up-unfinished',
  /** A price that nobody has said what it is. */
  'price-unmapped',
  /** An object that could not be taken in after several tries. */
  'dead-letter',
  /** A customer whose email, phone or card several people have: which of them, or someone new? */
  'who-is-this',
  'probable-duplicate',
  /** Two customers with one email and different names became two people. */
  'shared-email',
  /** Paused in Stripe when the desk first looked. */
  'paused-at-import',
  /** Cancelled at once with days left that were paid. */
  'paid-days-left',
  /** Cancelled for non-payment, and the invoice is still open. */
  'cancelled-unpaid',
  'seats-over',
  'dispute',
  'unknown-status',
  'paused-by-system',
  'term-ends-soon',
  /** In the former Stripe account, and in the present one without a subscription. */
  'not-in-new-account',
  /** Cards of several people that a door reads as one. */
  'cards-alike',
  /** Mail that did not go, or of which nobody knows whether it did. */
  'mail-undelivered',
  /** Lent, and not back by the day that was agreed. */
  'loaner-overdue',
  /** Something speaks for a copy of somebody's card. */
  'card-copied',
  /** Signed a waiver once, and not the one that is in force. */
  'waiver-older',
  /** Under age by their birth date, and doors know of no rule. */
  'minor-without-rules',
] as const

export const INBOX_ACTIONS = [
  'open-member',
  /** Where one row stands for many people: the members whom `subject` names. */
  'open-list',
  'open-invoice',
  'map-price',
  'try-again',
  'choose-person',
  'merge',
  'enrol-card',
  'add-membership',
  'renew-term',
  'give-access-until',
  'review-pauses',
  'free-a-seat',
  'put-away',
  ...MAIL_ACTIONS,
] as const

const person = z.object({ id: z.string(), name: z.string() })

export const inboxRow = z.object({
  /** Stable for the same trouble of the same subject. */
  id: z.string(),
  kind: z.enum(INBOX_KINDS),
  since: iso,
  /** Whom it is about, where that is one person. */
  member: person.nullable(),
  /** What happened, then what to do. */
  sentence: z.string(),
  /** The step that failed or is missing, in words. */
  step: z.string(),
  /** Small print: amounts, Stripe's id, the trouble in words. */
  detail: z.string().nullable(),
  action: z.enum(INBOX_ACTIONS),
  /** What the action needs: a price, a customer, a membership, a dead object, the address of an invoice, a filter of the members. */
  subject: z.string(),
  /** For `choose-person` and `merge`: who it may be. */
  candidates: z.array(person.extend({ email: z.string().nullable(), plan: z.string().nullable() })),
  /** For `give-access-until`: until when they have paid. */
  until: isoOrNull,
})

export const DIAGNOSTIC_STATES = ['good', 'look', 'bad', 'unknown'] as const
export const diagnosticLine = z.object({
  id: z.string(),
  group: z.enum(['stripe', 'sync', 'computer', 'readers', 'doors']),
  label: z.string(),
  state: z.enum(DIAGNOSTIC_STATES),
  /** How it is. */
  says: z.string(),
  /** What to do; null where nothing is to do. */
  todo: z.string().nullable(),
})

export const TIMELINE_KINDS = ['event', 'fetched', 'standing', 'plan', 'card', 'door', 'action'] as const
export const timelineRow = z.object({
  at: iso,
  kind: z.enum(TIMELINE_KINDS),
  /** One sentence. */
  text: z.string(),
  /** Small print: Stripe's id, rule, who did it. */
  detail: z.string().nullable(),
})

export type InboxRow = z.infer<typeof inboxRow>
export type InboxKind = (typeof INBOX_KINDS)[number]
export type InboxAction = (typeof INBOX_ACTIONS)[number]
export type DiagnosticLine = z.infer<typeof diagnosticLine>
export type TimelineRow = z.infer<typeof timelineRow>
