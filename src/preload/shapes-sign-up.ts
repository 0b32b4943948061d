// A sign-up as the desk shows it. Schemas first, types from them.
import { z } from 'zod'
import { SIGN_UP_STEPS, WAYS } from '../main/domain/sign-up.ts'
import { iso, money } from './shapes-basic.ts'

const named = z.object({ id: z.string(), name: z.string() })

/** What is due now and next, as Stripe bills it. */
export const bill = z.object({
  due: money,
  lines: z.array(z.object({ text: z.string(), amount: money })),
  /** "50 % off until 3 March", and what that takes off what is due now: below zero. */
  discounts: z.array(z.object({ text: z.string(), amount: money })),
  /** What lies ready at Stripe, such as a gift card: it is used up first. */
  credit: money.nullable().optional(),
  /** `discounted`: less than this, for something is still taken off then. */
  next: z.object({ amount: money, at: iso, discounted: z.boolean() }).nullable(),
})

export const signUp = z.object({
  id: z.string(),
  step: z.enum(SIGN_UP_STEPS),
  startedAt: iso,
  by: z.string(),
  member: named.nullable(),
  /** While a plan is chosen: what they have already, a sentence each. */
  has: z.array(z.string()),
  plan: named.nullable(),
  quantity: z.number(),
  code: z.string().nullable(),
  terms: z.object({ version: z.string(), at: iso, by: z.string() }).nullable(),
  bill: bill.nullable(),
  way: z.enum(WAYS).nullable(),
  /** What the program does just now ("Waiting for the card at Front desk reader"); null while a person is asked. */
  doing: z.string().nullable(),
  /** What happened, whether anybody is charged, and what to do. */
  fault: z.string().nullable(),
  page: z.object({ url: z.string(), expiresAt: iso }).nullable(),
  /** A card before anything is paid: what one would open while Stripe cannot be reached, or what the one that was given
   * opens. */
  provisional: z.object({ given: z.boolean(), until: iso, sentence: z.string() }).nullable(),
  /** Settled, on its way, or agreed at the desk. */
  paid: z.enum(['paid', 'processing', 'agreed']).nullable(),
  /** What `cash.sheet` prints of it; null where nothing was paid yet, or not here. */
  receipt: z.string().nullable(),
  card: z.string().nullable(),
})

export const planOffer = z.object({
  id: z.string(),
  name: z.string(),
  listed: z.boolean(),
  /** Null where Stripe has no price for it, or a manager has to choose one. */
  price: z.object({ amount: money.nullable(), interval: z.string().nullable() }).nullable(),
  fee: money.nullable(),
  anchorDay: z.number().nullable(),
  /** It covers as many people as are paid for. */
  bySeat: z.boolean(),
  /** Of what is sold once, for how many local days; null where it is charged again and again. */
  termDays: z.number().nullable(),
  terms: z.object({ version: z.string(), url: z.string().nullable() }),
})

export const payReader = z.object({
  id: z.string(),
  label: z.string(),
  online: z.boolean(),
  /** Who has it just now. */
  busyWith: z.string().nullable(),
})

export type SignUp = z.infer<typeof signUp>
export type PlanOffer = z.infer<typeof planOffer>
export type PayReader = z.infer<typeof payReader>
