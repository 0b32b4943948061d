// Calls about plans beyond their names: what they cost at the desk, what they give, the template, what is wrong with them.
import { z } from 'zod'
import { TERMS } from '../main/domain/plan-template.ts'
import { type CallShape, text } from './call-shape.ts'
import { plan, VISITS_PER } from './shapes.ts'
import { allowanceRow, planLint, planSale, planTemplate } from './shapes-plans.ts'

const settings = <A extends z.ZodRawShape, R extends z.ZodType>(args: A, reply: R) =>
  ({ permission: 'settings.write', reads: false, args: z.strictObject(args), reply }) as const satisfies CallShape
const takes = {
  permission: 'memberships.write',
  reads: false,
  args: z.strictObject({ member: text, membership: text, allowance: text }),
  reply: z.array(allowanceRow),
} as const satisfies CallShape

export const planCalls = {
  /** A plan behind no product of Stripe's, such as a pass that is sold once. */
  'plans.add': settings({ name: text }, plan),
  'plans.sale': { permission: 'desk.read', reads: true, args: z.strictObject({ plan: text }), reply: planSale },
  /** These and no others; one with an `id` is one that is there. */
  'plans.setAllowances': settings(
    {
      plan: text,
      allowances: z
        .array(
          z.strictObject({
            id: text.optional(),
            name: text,
            amount: z.number().int().min(1).max(1_000),
            per: z.enum(VISITS_PER),
          }),
        )
        .max(20),
    },
    planSale,
  ),
  /** What starting from the template would make, and what Stripe has of it: asks Stripe. */
  'plans.template': {
    permission: 'desk.read',
    reads: false,
    args: z.strictObject({ currency: text.optional() }),
    reply: planTemplate,
  },
  /** Makes what is not there, and fills in what nobody has said. Without `slugs`: all of them. */
  'plans.fromTemplate': settings(
    {
      currency: text.optional(),
      slugs: z.array(text).max(20).optional(),
      /** Version and address of each document of terms. */
      terms: z.partialRecord(z.enum(TERMS), z.strictObject({ version: text, url: text.optional() })).optional(),
    },
    planTemplate,
  ),
  /** Product, price and fee as written down, where Stripe has none. */
  'plans.createInStripe': settings({ plan: text }, planSale),
  /** Asks Stripe. */
  'plans.lint': { permission: 'desk.read', reads: false, args: z.strictObject({}), reply: planLint },
  'allowances.list': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ member: text }),
    reply: z.array(allowanceRow),
  },
  'allowances.use': takes,
  /** The last one that was taken. */
  'allowances.giveBack': takes,
} as const satisfies Record<string, CallShape>
