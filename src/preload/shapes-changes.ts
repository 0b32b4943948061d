// Changes of a running membership as the contract tells them. Schemas first, types from them.
import { z } from 'zod'
import { iso, money } from './shapes-basic.ts'

/** What can be done to a membership now, in the order of the menu. */
export const CHANGE_ACTS = ['plan', 'pause', 'resume', 'cancel', 'keep', 'cancel-now', 'take-back', 'renew'] as const

/** By Stripe's previews alone. `due`: taken now; `credit`: kept for the invoices to come; `asOf` is given back with the
 * wish, so that what was shown is what is billed. */
export const changeBill = z.object({
  due: money,
  lines: z.array(z.object({ text: z.string(), amount: money })),
  credit: money.nullable(),
  next: z.object({ amount: money, at: iso }).nullable(),
  asOf: iso,
})

/** What each change would mean, in words. */
export const changeMeaning = z.object({
  plans: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      price: z.object({ amount: money.nullable(), interval: z.string().nullable() }),
    }),
  ),
  cancel: z.string(),
  cancelNow: z.string(),
  pause: z.object({ collection: z.string(), requested: z.string() }),
})

export const disputeRow = z.object({
  id: z.string(),
  amount: money,
  sentence: z.string(),
  /** Until when the bank takes an answer. */
  due: iso.nullable(),
})

export type ChangeAct = (typeof CHANGE_ACTS)[number]
export type ChangeBill = z.infer<typeof changeBill>
export type ChangeMeaning = z.infer<typeof changeMeaning>
export type DisputeRow = z.infer<typeof disputeRow>
