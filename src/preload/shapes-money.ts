// What the contract says of money at the desk: what is owed, payments of it, refunds, gift cards. Schemas first, types from them.
import { z } from 'zod'
import { PAY_WAYS } from '../main/domain/payment.ts'
import { iso, isoOrNull, money, named, reason } from './shapes-basic.ts'

z.config({ jitless: true })

export const payment = z.object({
  id: z.string(),
  member: named,
  /** Null: nothing was owed, only another way to pay is saved. */
  invoice: z.object({ id: z.string(), number: z.string().nullable() }).nullable(),
  way: z.enum(PAY_WAYS).nullable(),
  /** What the program does just now; null while a person is asked. */
  doing: z.string().nullable(),
  /** What happened, whether anybody is charged, and what to do. */
  fault: z.string().nullable(),
  /** To scan or to open; `expiresAt` null where it stays. */
  page: z.object({ url: z.string(), expiresAt: isoOrNull }).nullable(),
  /** `processing`: a bank debit is on its way. `saved`: the way to pay, where nothing was owed. */
  state: z.enum(['open', 'paid', 'processing', 'saved', 'left']),
  paid: money.nullable(),
  /** Of cash. */
  receipt: z.string().nullable(),
})

export const debt = z.object({
  invoice: z.string(),
  number: z.string().nullable(),
  amount: money,
  since: iso,
  plan: z.string(),
  /** Why the bank said no, or how the payment stands. */
  state: z.string().nullable(),
  url: z.string().nullable(),
})

export const REFUND_REASONS = ['requested', 'duplicate', 'other'] as const

export const madeRefund = z.object({
  id: z.string(),
  at: iso,
  amount: money,
  /** Stripe's word: `pending`, `succeeded`, `failed`, `canceled`, `requires_action`. */
  status: z.string(),
  /** Null where it was made elsewhere, such as in Stripe's dashboard. */
  by: z.string().nullable(),
  why: z.string().nullable(),
})

export const paidPayment = z.object({
  id: z.string(),
  at: iso,
  amount: money,
  refunded: money,
  left: money,
  disputed: z.boolean(),
  /** "card 4242". */
  with: z.string().nullable(),
  invoice: z.string().nullable(),
  /** The membership that it paid for. */
  membership: z.string().nullable(),
  refunds: z.array(madeRefund),
})

export const GIFT_PAID_BY = ['cash', 'card', 'invoice', 'given'] as const

export const giftCard = z.object({
  id: z.string(),
  number: z.number(),
  soldAt: iso,
  by: z.string(),
  amount: money,
  paidBy: z.enum(GIFT_PAID_BY),
  receipt: z.string().nullable(),
  note: z.string().nullable(),
  state: z.enum(['unused', 'going', 'redeemed', 'withdrawn']),
  since: iso,
  member: named.nullable(),
})

export const recovered = z.object({
  at: iso,
  member: named,
  amount: money,
  way: z.enum(PAY_WAYS),
  by: z.string(),
  invoice: z.string(),
  /** The swipe that it followed. */
  swipe: z.object({ seq: z.number(), at: iso, door: z.string(), reason }).nullable(),
})

export type Payment = z.infer<typeof payment>
export type Debt = z.infer<typeof debt>
export type PaidPayment = z.infer<typeof paidPayment>
export type GiftCard = z.infer<typeof giftCard>
