// The contract's calls about money at the desk: what is owed, refunds, gift cards, and what refusals at doors brought in.
import { z } from 'zod'
import { type CallShape, done, text } from './call-shape.ts'
import { money } from './shapes-basic.ts'
import {
  debt,
  GIFT_PAID_BY,
  giftCard,
  madeRefund,
  paidPayment,
  payment,
  REFUND_REASONS,
  recovered,
} from './shapes-money.ts'

export const moneyCalls = {
  /** What is owed for whatever covers this person, the oldest first; and what is under way. */
  'payments.owed': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({ member: text }),
    reply: z.object({ debts: z.array(debt), open: payment.nullable() }),
  },
  /** `invoice` null: nothing is owed, only another way to pay is saved. What was under way is ended first. */
  'payments.start': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({
      member: text,
      invoice: text.nullable(),
      way: z.enum(['reader', 'page', 'invoice-page']),
      reader: text.optional(),
    }),
    reply: payment,
  },
  /** Marks the invoice paid at Stripe, and gives a receipt number. */
  'payments.cash': {
    permission: 'cash.write',
    reads: false,
    args: z.strictObject({ member: text, invoice: text }),
    reply: payment,
  },
  /** Stripe's page of the invoice, by mail. */
  'payments.mail': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ member: text, invoice: text }),
    reply: done,
  },
  'payments.get': { permission: 'members.read', reads: true, args: z.strictObject({ id: text }), reply: payment },
  /** Ends what is under way; the truth is read before anything else. */
  'payments.stop': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ id: text }),
    reply: payment,
  },
  /** As Stripe has it at this moment. */
  'refunds.payments': {
    permission: 'members.read',
    reads: false,
    args: z.strictObject({ member: text }),
    reply: z.array(paidPayment),
  },
  /** `left`: what could still be given back when they looked. */
  'refunds.make': {
    permission: 'refunds.write',
    reads: false,
    args: z.strictObject({
      member: text,
      payment: text,
      amount: money,
      left: money,
      reason: z.enum(REFUND_REASONS),
      why: text,
    }),
    reply: madeRefund,
  },
  /** `code` is told once and kept nowhere. `mailed`: how the mail went, null where none was asked for. */
  'giftCards.sell': {
    permission: 'gift-cards.write',
    reads: false,
    args: z.strictObject({
      amount: money,
      paidBy: z.enum(GIFT_PAID_BY),
      /** Whoever pays for it, a person here; cash needs one. */
      buyer: text.optional(),
      note: text.optional(),
      mailTo: text.optional(),
    }),
    reply: z.object({ card: giftCard, code: z.string(), mailed: z.string().nullable() }),
  },
  'giftCards.list': {
    permission: 'gift-cards.write',
    reads: true,
    args: z.strictObject({}),
    reply: z.array(giftCard),
  },
  'giftCards.redeem': {
    permission: 'memberships.write',
    reads: false,
    args: z.strictObject({ member: text, code: text }),
    reply: giftCard,
  },
  'giftCards.withdraw': {
    permission: 'gift-cards.write',
    reads: false,
    args: z.strictObject({ id: text, why: text }),
    reply: giftCard,
  },
  /** Paid here by somebody whom a door had refused, or let in late, in the 24 hours before. Days are local. */
  'money.recovered': {
    permission: 'money.read',
    reads: true,
    args: z.strictObject({ from: text.optional(), until: text.optional() }),
    reply: z.array(recovered),
  },
} as const satisfies Record<string, CallShape>
