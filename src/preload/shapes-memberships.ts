// Memberships, plans and prices as the contract tells them. Schemas first, types from them.
import { z } from 'zod'
import { memberRow } from './shapes.ts'
import { iso, isoOrNull, money } from './shapes-basic.ts'

export const MANUAL_METHODS = ['cash', 'invoice', 'company'] as const

export const mappedPrice = z.object({
  price: z.string(),
  product: z.string(),
  productName: z.string(),
  nickname: z.string().nullable(),
  /** Null for tiered or custom prices. */
  amount: money.nullable(),
  /** "month", "year"; null for a one-time price. */
  interval: z.string().nullable(),
  active: z.boolean(),
  /** Live subscriptions that use it. */
  subscriptions: z.number(),
  decision: z.enum(['membership', 'other', 'undecided']),
  plan: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** A plan that fits, such as that of the product's other prices. */
  suggestion: z.string().nullable(),
})

export const mapping = z.object({
  /** Since when a manager has confirmed it; null: every recurring price opens doors, as one plan a product. */
  confirmedAt: isoOrNull,
  /** True where the strip "what opens doors now" is to be shown: a live key, not confirmed. */
  askToConfirm: z.boolean(),
  prices: z.array(mappedPrice),
})

export const manualTerm = z.object({
  from: iso,
  until: iso,
  method: z.enum(MANUAL_METHODS),
  amount: money.nullable(),
  note: z.string().nullable(),
})

export const probableDuplicate = z.object({
  a: memberRow,
  b: memberRow,
  /** In words: "same phone", "same name and card". */
  because: z.array(z.string()),
})

export const stripeAccount = z.object({
  account: z.string(),
  livemode: z.boolean(),
  since: iso,
  /** Null for the one in use. */
  frozenAt: isoOrNull,
  /** Rights from a frozen account hold until then. */
  holdUntil: isoOrNull,
})

export const accountState = z.object({
  accounts: z.array(stripeAccount),
  /** A key of another account was put in and waits for the guided step. */
  waiting: z.object({ account: z.string(), livemode: z.boolean() }).nullable(),
  /** Members of frozen accounts who have no live subscription in the present one. */
  missing: z.array(memberRow),
})

export type Mapping = z.infer<typeof mapping>
export type MappedPrice = z.infer<typeof mappedPrice>
export type AccountState = z.infer<typeof accountState>
export type ProbableDuplicate = z.infer<typeof probableDuplicate>
