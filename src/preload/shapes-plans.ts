// What plans cost and give, the template, and what is wrong with them, as the contract tells it.
import { z } from 'zod'
import { TERMS } from '../main/domain/plan-template.ts'
import { VISITS_PER } from './shapes.ts'
import { iso, money, named } from './shapes-basic.ts'

/** One of Stripe's prices. `amount` is null for tiered or custom ones, `interval` for what is charged once. */
const choice = z.object({
  price: z.string(),
  product: z.string(),
  nickname: z.string().nullable(),
  amount: money.nullable(),
  interval: z.string().nullable(),
})

const allowance = z.object({ id: z.string(), name: z.string(), amount: z.number(), per: z.enum(VISITS_PER) })

export const planSale = z.object({
  plan: z.string(),
  /** By a manager's word; null: the only one that it has. */
  price: z.string().nullable(),
  fee: z.string().nullable(),
  anchorDay: z.literal(1).nullable(),
  slug: z.string().nullable(),
  listed: z.boolean(),
  termsVersion: z.string().nullable(),
  termsUrl: z.string().nullable(),
  termDays: z.number().nullable(),
  /** As written down, in minor units. */
  should: z.object({ cost: z.number().nullable(), fee: z.number().nullable(), currency: z.string() }).nullable(),
  /** Stripe's prices: of this plan, charged again and again; and all that are charged once. */
  choices: z.object({ again: z.array(choice), once: z.array(choice) }),
  allowances: z.array(allowance),
})

const inStripe = z.object({ price: z.string(), amount: money.nullable(), interval: z.string().nullable() })

export const planTemplate = z.object({
  /** In which the amounts are; null where nothing tells and nobody has said. */
  currency: z.string().nullable(),
  terms: z.array(z.enum(TERMS)),
  plans: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      price: money,
      fee: money,
      fromFirst: z.boolean(),
      listed: z.boolean(),
      terms: z.enum(TERMS),
      /** The plan that is there already. */
      plan: named.nullable(),
      /** What Stripe has for it, and for its fee. */
      found: inStripe.nullable(),
      foundFee: inStripe.nullable(),
      /** Its plan is sold at a price and has its fee: nothing is missing. */
      complete: z.boolean(),
    }),
  ),
})

export const planLint = z.object({
  at: iso,
  findings: z.array(
    z.object({
      kind: z.string(),
      level: z.enum(['problem', 'hint']),
      plan: named.nullable(),
      /** What is so, and what to do. */
      sentence: z.string(),
      /** Its price or fee can be made in Stripe from what is written down. */
      canCreate: z.boolean(),
    }),
  ),
})

export const allowanceRow = z.object({
  membership: z.string(),
  plan: z.string(),
  allowance: z.string(),
  name: z.string(),
  of: z.number(),
  left: z.number(),
  /** "3 of 5 day passes left, new on 1 Dec". */
  says: z.string(),
  /** The membership holds now, so that one can be taken. */
  holds: z.boolean(),
})

export type PlanSaleView = z.infer<typeof planSale>
export type PriceChoice = z.infer<typeof choice>
export type PlanTemplate = z.infer<typeof planTemplate>
export type PlanLint = z.infer<typeof planLint>
export type AllowanceRow = z.infer<typeof allowanceRow>
