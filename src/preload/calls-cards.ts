// The contract's calls about cards: their life, the box at the desk, and waiting for one to be presented.
import { z } from 'zod'
import { REVOKE_REASONS } from '../main/domain/credential.ts'
import { type CallShape, cardArgs, done, text } from './call-shape.ts'
import { cardRow } from './shapes.ts'
import {
  CARD_LISTS,
  cardForms,
  cardHistory,
  cardWait,
  IMPORT_BYTES,
  importPreview,
  importReceipt,
  importUndone,
} from './shapes-cards.ts'

/** One that is too long still gets a sentence. */
const file = z.strictObject({ name: text, text: z.string().max(IMPORT_BYTES + 1) })

/** Changes what a card is, and answers with what it is now. */
const changing = <A extends z.ZodRawShape>(args: A) =>
  ({
    permission: 'cards.write',
    reads: false,
    args: z.strictObject({ ...cardArgs, ...args }),
    reply: cardRow,
  }) as const satisfies CallShape

export const cardCalls = {
  /** `notTheSame`: asked whether it is a card of theirs that was enrolled by a short number, somebody said no. */
  'cards.add': changing({ member: text, notTheSame: z.boolean().optional() }),
  'cards.revoke': changing({ reason: z.enum(REVOKE_REASONS) }),
  'cards.suspend': changing({ why: text.optional() }),
  'cards.reinstate': changing({}),
  'cards.start': changing({}),
  /** `until` is a local day, to its end, or a moment. */
  'cards.extend': changing({ until: text }),
  /** The same; null: it lasts until it is taken back. */
  'cards.setLastDay': changing({ until: text.nullable() }),
  /** `by` is written as canonical, or so that it can be one card alone. */
  'cards.replace': changing({ reason: z.enum(REVOKE_REASONS), by: text, notTheSame: z.boolean().optional() }),
  /** `whole` is the card as it was read now, canonical. */
  'cards.upgrade': changing({ whole: text }),
  'cards.label': changing({ label: text }),
  'cards.stock': changing({ loaner: z.boolean(), label: text.optional() }),
  /** `due` is a local day, to its end, or a moment. */
  'cards.lend': changing({ member: text, due: text.optional() }),
  'cards.takeBack': changing({}),
  'cards.find': { permission: 'members.read', reads: true, args: z.strictObject(cardArgs), reply: cardForms },
  'cards.list': {
    permission: 'members.read',
    reads: true,
    args: z.strictObject({
      show: z.enum(CARD_LISTS).optional(),
      limit: z.number().int().min(1).max(5_000).optional(),
    }),
    reply: z.array(cardRow),
  },
  'cards.history': { permission: 'members.read', reads: true, args: z.strictObject(cardArgs), reply: cardHistory },
  /** A file of cards, lines of values with commas, semicolons or tabs between them: what it would do. */
  'cards.previewImport': { permission: 'cards.write', reads: true, args: file, reply: importPreview },
  /** Does what can be done. */
  'cards.import': { permission: 'cards.write', reads: false, args: file, reply: importReceipt },
  'cards.undoImport': {
    permission: 'cards.write',
    reads: false,
    args: z.strictObject({ id: text }),
    reply: importUndone,
  },
  /** The next card at the desk is for this; `assign`: for the one that the swipe `seq` was refused with. */
  'cards.await': {
    permission: 'cards.write',
    reads: false,
    args: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('enrol'), member: text }),
      z.strictObject({ what: z.literal('replace'), card: text, reason: z.enum(REVOKE_REASONS) }),
      z.strictObject({ what: z.literal('lend'), member: text, due: text.optional() }),
      z.strictObject({ what: z.literal('back') }),
      z.strictObject({ what: z.literal('stock'), loaner: z.boolean(), label: text.optional() }),
      z.strictObject({ what: z.literal('look') }),
      z.strictObject({ what: z.literal('assign'), member: text, seq: z.number().int() }),
    ]),
    reply: cardWait,
  },
  'cards.stopWaiting': { permission: 'cards.write', reads: false, args: z.strictObject({ id: text }), reply: done },
} as const satisfies Record<string, CallShape>
