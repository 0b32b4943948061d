// Cards, doors, readers: what people hold, what they stand before, what reads it at the desk.

import type { CardRow } from '../../preload/shapes.ts'
import type { Door } from '../../preload/shapes-doors.ts'
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

const SAY_WHICH = 'Say which door, by its id, or --all for every one.'
const SAY_HOW_LONG = 'Say how long, like --for 10m: s, m, h or d.'
const MINUTES: Record<string, number> = { s: 1 / 60, m: 1, h: 60, d: 1_440 }

/** Null for all; undefined where neither or both were said. */
function whichDoors(id: string | undefined, all: unknown): string | null | undefined {
  if (all === true) return id === undefined ? null : undefined
  return id
}

/** Undefined where nothing was said, NaN where it was not understood. */
function minutesOf(span: string | undefined): number | undefined {
  if (span === undefined) return undefined
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(span) ?? []
  return count === undefined ? Number.NaN : Number(count) * (MINUTES[unit] ?? Number.NaN)
}

const modes = (doors: Door[]) =>
  table(doors.map(({ id, mode, modeUntil }) => [id, mode, modeUntil === null ? '' : `until ${modeUntil}`]))

const doorCommands: Command[] = [
  {
    words: 'door add',
    args: 'ID [--name NAME] [--driver native] [--format F]',
    about: 'a new door; prints its key, once',
    options: { name: { type: 'string' }, driver: { type: 'string' }, format: { type: 'string' } },
    positionals: ['ID'],
    async run({ desk, values, positionals: [id = ''] }) {
      const options = given({ name: text(values.name), driver: text(values.driver), format: text(values.format) })
      return printed(
        await desk.call('doors.add', { id, ...options }),
        ({ key }) => `Door ${id} is there. Its key, shown only now:\n${key}`,
      )
    },
  },
  {
    words: 'door list',
    args: '',
    about: 'doors and when they were last seen',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('doors.list', {}), (doors) =>
        doors.length === 0
          ? 'No doors yet: `latchkey door add ID` makes one.'
          : table(
              doors.map((door) => [
                door.id,
                door.name,
                door.driver,
                door.online ? 'online' : `last seen ${door.lastSeenAt ?? 'never'}`,
              ]),
            ),
      )
    },
  },
  {
    words: 'door remove',
    args: 'ID',
    about: 'forget a door; its controller gets no answer any more',
    options: {},
    positionals: ['ID'],
    async run({ desk, positionals: [id = ''] }) {
      return printed(
        await desk.call('doors.remove', { id }),
        () => `Door ${id} is removed.`,
        () => OK,
      )
    },
  },
  {
    words: 'door lockdown',
    args: 'ID|--all [--for 2h] [--including-keyholders] [--why TEXT]',
    about: 'let nobody in but keyholders; the way out stays free',
    options: {
      all: { type: 'boolean' },
      for: { type: 'string' },
      'including-keyholders': { type: 'boolean' },
      why: { type: 'string' },
    },
    optional: ['ID'],
    positionals: [],
    async run({ desk, values, positionals: [id] }) {
      const which = whichDoors(id, values.all)
      const minutes = minutesOf(text(values.for))
      if (which === undefined) return { usage: SAY_WHICH }
      if (Number.isNaN(minutes)) return { usage: SAY_HOW_LONG }
      const withKeyholders = values['including-keyholders'] === true
      const options = given({ minutes, why: text(values.why) })
      return printed(await desk.call('doors.lockdown', { id: which, withKeyholders, ...options }), modes)
    },
  },
  {
    words: 'door hold-open',
    args: 'ID|--all --for 10m [--why TEXT]',
    about: 'leave it unlocked for a while; without the desk it locks within a minute',
    options: { all: { type: 'boolean' }, for: { type: 'string' }, why: { type: 'string' } },
    needs: ['for'],
    optional: ['ID'],
    positionals: [],
    async run({ desk, values, positionals: [id] }) {
      const which = whichDoors(id, values.all)
      const minutes = minutesOf(text(values.for)) ?? Number.NaN
      if (which === undefined) return { usage: SAY_WHICH }
      if (Number.isNaN(minutes)) return { usage: SAY_HOW_LONG }
      return printed(
        await desk.call('doors.holdOpen', { id: which, minutes, ...given({ why: text(values.why) }) }),
        modes,
      )
    },
  },
  {
    words: 'door normal',
    args: 'ID|--all',
    about: 'end a lockdown or a hold',
    options: { all: { type: 'boolean' } },
    optional: ['ID'],
    positionals: [],
    async run({ desk, values, positionals: [id] }) {
      const which = whichDoors(id, values.all)
      if (which === undefined) return { usage: SAY_WHICH }
      return printed(await desk.call('doors.normal', { id: which }), modes)
    },
  },
  {
    words: 'door rekey',
    args: 'ID',
    about: 'a new key for a door; the old one stops working at once',
    options: {},
    positionals: ['ID'],
    async run({ desk, positionals: [id = ''] }) {
      return printed(
        await desk.call('doors.rekey', { id }),
        ({ key }) => `The new key of ${id}, shown only now:\n${key}`,
      )
    },
  },
]

const readerCommands: Command[] = [
  {
    words: 'reader add',
    args: '--port PATH --profile P',
    about: 'an enrolment reader at the desk, such as --port /dev/ttyUSB0 --profile rdm6300',
    options: { port: { type: 'string' }, profile: { type: 'string' } },
    needs: ['port', 'profile'],
    positionals: [],
    async run({ desk, values }) {
      const outcome = await desk.call('readers.add', {
        port: text(values.port) ?? '',
        profile: text(values.profile) ?? '',
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

export const thingCommands: Command[] = [...cardCommands, ...doorCommands, ...readerCommands]
