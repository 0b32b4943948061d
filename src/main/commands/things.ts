// Cards and readers: what people hold, what reads it at the desk.

import type { CardRow } from '../../preload/shapes.ts'
import { CARD_FORMS } from '../domain/card-identity.ts'
import { REVOKE_REASONS, type RevokeReason } from '../domain/credential.ts'
import { type Command, given, OK, printed, table, text } from './command.ts'

const FORM = { form: { type: 'string' } } as const
const cardLine = (card: CardRow) =>
  `${card.canonical}  ${card.state}${card.member === null ? '' : `  ${card.member.name}`}`

const cardCommands: Command[] = [
  {
    words: 'card add',
    args: 'MEMBER CARD [--form F]',
    about: 'enrol a card; MEMBER is an id, or an email that only one person has',
    options: FORM,
    positionals: ['MEMBER', 'CARD'],
    async run({ desk, values, positionals: [member = '', card = ''] }) {
      return printed(await desk.call('cards.add', { member, card, ...given({ form: text(values.form) }) }), cardLine)
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
    options: { ...FORM, reason: { type: 'string' } },
    needs: ['reason'],
    positionals: ['CARD'],
    async run({ desk, values, positionals: [card = ''] }) {
      const reason = text(values.reason) as RevokeReason
      if (!REVOKE_REASONS.includes(reason))
        return { usage: `"${reason}" is not a reason: use --reason ${REVOKE_REASONS.join('|')}.` }
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

const readerCommands: Command[] = [
  {
    words: 'reader add',
    args: '--port PATH --profile P [--door ID]',
    about:
      'an enrolment reader at the desk, such as --port /dev/ttyUSB0 --profile rdm6300; with --door it opens that door too',
    options: { port: { type: 'string' }, profile: { type: 'string' }, door: { type: 'string' } },
    needs: ['port', 'profile'],
    positionals: [],
    async run({ desk, values }) {
      const outcome = await desk.call('readers.add', {
        port: text(values.port) ?? '',
        profile: text(values.profile) ?? '',
        ...given({ door: text(values.door) }),
      })
      return printed(
        outcome,
        ({ port, profile }) => `The reader on ${port} (${profile}) is added; \`latchkey reader list\` shows how it is.`,
      )
    },
  },
  {
    words: 'reader list',
    args: '',
    about: 'enrolment readers and how they are',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('readers.list', {}), (readers) =>
        readers.length === 0
          ? 'No readers yet: `latchkey reader add` makes one.'
          : table(
              readers.map((reader) => [
                reader.port,
                reader.profile,
                desk.running ? reader.state : 'the desk is not running',
                reader.sentence ?? '',
              ]),
            ),
      )
    },
  },
  {
    words: 'reader remove',
    args: 'PORT',
    about: 'forget a reader, by its port or id',
    options: {},
    positionals: ['PORT'],
    async run({ desk, positionals: [id = ''] }) {
      return printed(
        await desk.call('readers.remove', { id }),
        () => `The reader ${id} is removed.`,
        () => OK,
      )
    },
  },
]

export const thingCommands: Command[] = [...cardCommands, ...readerCommands]
