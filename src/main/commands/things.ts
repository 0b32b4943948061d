// Cards and readers: what people hold, what reads it at the desk.

import { CARD_FORMS } from '../domain/card-identity.ts'
import { REVOKE_REASONS, type RevokeReason } from '../domain/credential.ts'
import { cardImportCommands } from './card-import.ts'
import { cardLine } from './card-line.ts'
import { cardCommands } from './cards.ts'
import { type Command, given, printed, text } from './command.ts'
import { readerCommands } from './readers.ts'

const FORM = { form: { type: 'string', oneOf: CARD_FORMS } } as const

const enrolling: Command[] = [
  {
    words: 'card add',
    args: 'MEMBER CARD [--form F] [--not-the-same]',
    about:
      'enrol a card; MEMBER is an id, or an email that only one person has; --not-the-same answers whether it is a short one',
    options: { ...FORM, 'not-the-same': { type: 'boolean' } },
    positionals: ['MEMBER', 'CARD'],
    async run({ desk, values, positionals: [member = '', card = ''] }) {
      const notTheSame = values['not-the-same'] === true
      const form = given({ form: text(values.form) })
      return printed(await desk.call('cards.add', { member, card, notTheSame, ...form }), cardLine)
    },
  },
  {
    words: 'card find',
    args: 'CARD [--form F]',
    about: `every written form of a card, and who has it; F is one of ${CARD_FORMS.join(' ')}`,
    options: FORM,
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      return printed(
        await desk.call('cards.find', { card, ...given({ form: text(values.form) }) }),
        ({ matches, lossy }) => {
          const lines = matches.flatMap(({ canonical, state, member, forms }) => [
            `${canonical}  ${state ?? 'not enrolled'}${member === null ? '' : `  ${member}`}`,
            ...Object.entries(forms).map(([form, written]) => `  ${form.padEnd(14)} ${written}`),
          ])
          return [...lines, ...(lossy ? ['This form has lost bytes: other cards may look the same.'] : [])].join('\n')
        },
      )
    },
  },
  {
    words: 'card revoke',
    args: `CARD --reason ${REVOKE_REASONS.join('|')} [--form F]`,
    about: 'make a card useless',
    options: { ...FORM, reason: { type: 'string', oneOf: REVOKE_REASONS } },
    needs: ['reason'],
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      const reason = text(values.reason) as RevokeReason
      return printed(await desk.call('cards.revoke', { card, reason, ...given({ form: text(values.form) }) }), cardLine)
    },
  },
  {
    words: 'card suspend',
    args: 'CARD [--why TEXT] [--form F]',
    about: 'put a card out of use for a while',
    options: { ...FORM, why: { type: 'string' } },
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      return printed(
        await desk.call('cards.suspend', { card, ...given({ form: text(values.form), why: text(values.why) }) }),
        cardLine,
      )
    },
  },
  {
    words: 'card reinstate',
    args: 'CARD [--form F]',
    about: 'let a suspended card, or one that was found again, work',
    options: FORM,
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      return printed(await desk.call('cards.reinstate', { card, ...given({ form: text(values.form) }) }), cardLine)
    },
  },
]

export const thingCommands: Command[] = [...enrolling, ...cardCommands, ...cardImportCommands, ...readerCommands]
