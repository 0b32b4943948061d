// The contract's calls about sign-ups. Each answers with the sign-up as it stands then.
import { z } from 'zod'
import { type CallShape, text } from './call-shape.ts'
import { memberRow } from './shapes.ts'
import { money } from './shapes-basic.ts'
import { detailChanges } from './shapes-details.ts'
import { payReader, planOffer, signUp } from './shapes-sign-up.ts'

const change = <A extends z.ZodRawShape>(args: A) =>
  ({
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ id: text, ...args }),
    reply: signUp,
  }) as const satisfies CallShape

export const signUpCalls = {
  /** For somebody who is here, or a new person: `candidates` are those who share an email or the phone, and nothing is
   * made before `same` says which of them it is, or that it is someone new. One that is open already goes on. */
  'signUps.start': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({
      member: text.optional(),
      name: text.optional(),
      emails: z.array(text).max(20).optional(),
      phone: text.optional(),
      same: text.optional(),
      details: detailChanges.optional(),
    }),
    reply: z.object({
      signUp: signUp.nullable(),
      candidates: z.array(memberRow),
      /** Those of them who are in the middle of signing up and have not paid. */
      begun: z.array(z.object({ member: z.string(), sentence: z.string() })),
    }),
  },
  'signUps.list': { permission: 'members.read', reads: true, args: z.strictObject({}), reply: z.array(signUp) },
  'signUps.get': { permission: 'members.read', reads: true, args: z.strictObject({ id: text }), reply: signUp },
  'signUps.plans': { permission: 'members.read', reads: true, args: z.strictObject({}), reply: z.array(planOffer) },
  /** What is left out stays; null takes it away. `price` and `fee` are Stripe's ids; `anchorDay` null: from today. */
  'plans.setSale': {
    permission: 'settings.write',
    reads: false,
    args: z.strictObject({
      plan: text,
      price: text.nullable().optional(),
      fee: text.nullable().optional(),
      anchorDay: z.literal(1).nullable().optional(),
      slug: text.nullable().optional(),
      listed: z.boolean().optional(),
      termsVersion: text.nullable().optional(),
      termsUrl: text.nullable().optional(),
      /** Of what is sold once: for how many local days, the day of the sale counted. */
      termDays: z.number().int().min(1).max(1_000).nullable().optional(),
      /** What it should cost, in minor units: written down to be compared with Stripe's. */
      should: z
        .strictObject({
          cost: z.number().int().min(1).nullable(),
          fee: z.number().int().min(1).nullable(),
          currency: text,
        })
        .nullable()
        .optional(),
    }),
    reply: planOffer,
  },
  'signUps.readers': {
    permission: 'members.read',
    reads: false,
    args: z.strictObject({}),
    reply: z.array(payReader),
  },
  /** What this space asks for and is not known of them yet. */
  'signUps.details': change({ email: text.optional(), phone: text.optional(), details: detailChanges.optional() }),
  /** `again`: they have this plan already, and are to have it a second time. */
  'signUps.plan': change({
    plan: text,
    quantity: z.number().int().min(1).max(100).optional(),
    code: text.optional(),
    again: z.boolean().optional(),
  }),
  /** `by` is the name of whoever accepts them. */
  'signUps.terms': change({ version: text, by: text }),
  /** Asks Stripe what would be due. */
  'signUps.bill': change({}),
  /** An open page is ended first, and it is read whether it was just paid. */
  'signUps.pay': change({ way: z.enum(['reader', 'page', 'link']), reader: text.optional() }),
  /** A card before anything is paid, where Stripe cannot be reached: for the doors and days that the space has set. */
  'signUps.provisional': change({}),
  /** Cash, invoice or company: to the end of a local day. */
  'signUps.agree': change({
    way: z.enum(['cash', 'invoice', 'company']),
    until: text,
    amount: money.optional(),
    note: text.optional(),
  }),
  /** Ends what is under way at the card reader or on the page; the truth is read before anything else. */
  'signUps.stop': change({}),
  /** `card` null: to be enrolled later. */
  'signUps.finish': change({ card: text.nullable() }),
  'signUps.giveUp': change({}),
} as const satisfies Record<string, CallShape>
