// The life of a card: labels, stock and loaners, replacing, dates, history.
import { CARD_FORMS } from '../domain/card-identity.ts'
import { REVOKE_REASONS, type RevokeReason } from '../domain/credential.ts'
import { cardLine } from './card-line.ts'
import { type Command, given, printed, text } from './command.ts'

const FORM = { form: { type: 'string', oneOf: CARD_FORMS } } as const

export const cardCommands: Command[] = [
  {
    words: 'card label',
    args: 'CARD LABEL [--form F]',
    about: 'what is written on a card; "" takes it off',
    options: FORM,
    positionals: ['CARD', 'LABEL'],
    async run({ desk, values, positionals: [card = '', label = ''] }) {
      return printed(await desk.call('cards.label', { card, label, ...given({ form: text(values.form) }) }), cardLine)
    },
  },
  {
    words: 'card replace',
    args: `OLD NEW --reason ${REVOKE_REASONS.join('|')} [--not-the-same]`,
    about: 'the old card stops and the new one works, in one step; --not-the-same answers whether it is a short one',
    options: { reason: { type: 'string', oneOf: REVOKE_REASONS }, 'not-the-same': { type: 'boolean' } },
    needs: ['reason'],
    positionals: ['OLD', 'NEW'],
    async run({ desk, values, positionals: [card = '', by = ''] }) {
      const reason = text(values.reason) as RevokeReason
      const notTheSame = values['not-the-same'] === true
      return printed(await desk.call('cards.replace', { card, reason, by, notTheSame }), cardLine)
    },
  },
  {
    words: 'card stock',
    args: 'CARD [--loaner] [--label L] [--form F]',
    about: 'put a card into stock: ours and nobody’s; --loaner keeps it for lending',
    options: { ...FORM, loaner: { type: 'boolean' }, label: { type: 'string' } },
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      const more = given({ form: text(values.form), label: text(values.label) })
      return printed(await desk.call('cards.stock', { card, loaner: values.loaner === true, ...more }), cardLine)
    },
  },
  {
    words: 'card lend',
    args: 'CARD MEMBER [--due DAY] [--form F]',
    about: 'lend a loaner, to be back by the end of DAY, such as 2026-12-31',
    options: { ...FORM, due: { type: 'string', moment: true } },
    positionals: ['CARD', 'MEMBER'],
    async run({ desk, values, positionals: [card = '', member = ''] }) {
      const more = given({ form: text(values.form), due: text(values.due) })
      return printed(await desk.call('cards.lend', { card, member, ...more }), cardLine)
    },
  },
  {
    words: 'card back',
    args: 'CARD [--form F]',
    about: 'take a loaner back',
    options: FORM,
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      return printed(await desk.call('cards.takeBack', { card, ...given({ form: text(values.form) }) }), cardLine)
    },
  },
  {
    words: 'card upgrade',
    args: 'SHORT WHOLE',
    about: 'a card that was enrolled by a short number (w26, w34) was seen whole, and is the same',
    options: {},
    positionals: ['SHORT', 'WHOLE'],
    async run({ desk, positionals: [card = '', whole = ''] }) {
      return printed(await desk.call('cards.upgrade', { card, whole }), cardLine)
    },
  },
  {
    words: 'card start',
    args: 'CARD [--form F]',
    about: 'let a card work before its first day',
    options: FORM,
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      return printed(await desk.call('cards.start', { card, ...given({ form: text(values.form) }) }), cardLine)
    },
  },
  {
    words: 'card extend',
    args: 'CARD DAY [--form F]',
    about: 'let a card with a last day work to the end of a later one',
    options: FORM,
    positionals: ['CARD', 'DAY'],
    async run({ desk, values, positionals: [card = '', until = ''] }) {
      return printed(await desk.call('cards.extend', { card, until, ...given({ form: text(values.form) }) }), cardLine)
    },
  },
  {
    words: 'card history',
    args: 'CARD [--form F]',
    about: 'who had a card from when to when, and what was recorded about it',
    options: FORM,
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      return printed(
        await desk.call('cards.history', { card, ...given({ form: text(values.form) }) }),
        ({ card: row, holders, facts }) =>
          [
            cardLine(row),
            ...holders.map(
              ({ member, from, until, loan }) =>
                `  ${from} to ${until ?? 'now'}  ${member.name}${loan ? ' (lent)' : ''}`,
            ),
            ...facts.map(({ at, sentence, by }) => `  ${at}  ${sentence} (${by})`),
          ].join('\n'),
      )
    },
  },
]
