// Doors: which there are, what is ordered of them, their keys.
import type { Reply } from '../../preload/contract.ts'
import type { Door } from '../../preload/shapes-doors.ts'
import { CARD_FORMS } from '../domain/card-identity.ts'
import { DEVICE_DRIVERS } from '../domain/device-config.ts'
import { type Command, given, OK, printed, table, text } from './command.ts'
import { WHERE, WHERE_HELP, whereOf } from './device-where.ts'

const DRIVERS = ['native', ...DEVICE_DRIVERS]
const SAY_WHICH = 'Say which door, by its id, or --all for every one.'
const SAY_HOW_LONG = 'Say how long, like --for 10m: s, m, h or d, and a year at most.'
const YEAR = 365 * 1_440
const MINUTES: Record<string, number> = { s: 1 / 60, m: 1, h: 60, d: 1_440 }

/** Null for all; undefined where neither or both were said. */
function whichDoors(id: string | undefined, all: unknown): string | null | undefined {
  if (all === true) return id === undefined ? null : undefined
  return id
}

/** Undefined where nothing was said, NaN where it was not understood or is no time to wait for. */
function minutesOf(span: string | undefined): number | undefined {
  if (span === undefined) return undefined
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(span) ?? []
  const minutes = Number(count) * (MINUTES[unit] ?? Number.NaN)
  return minutes > 0 && minutes <= YEAR ? minutes : Number.NaN
}

function sayAdded({ id, driver, key, password }: Reply<'doors.add'>): string {
  if (key !== null) return `Door ${id} is there. Its key, shown only now:\n${key}`
  const secret = password === undefined ? '' : ` Its password for our broker, shown only now:\n${password}\n`
  const next =
    driver === 'relay' ? '' : ` Nothing on it is changed yet: \`latchkey door adopt ${id}\` shows what it holds.`
  return `Door ${id} is there.${secret}${next}`
}

const modes = (doors: Door[]) =>
  table(doors.map(({ id, mode, modeUntil }) => [id, mode, modeUntil === null ? '' : `until ${modeUntil}`]))

export const doorCommands: Command[] = [
  {
    words: 'door add',
    args: `ID [--name NAME] [--format F] [--driver ${DRIVERS.join('|')}] ${WHERE_HELP}`,
    about: 'a new door; prints its key, once',
    options: {
      name: { type: 'string' },
      driver: { type: 'string', oneOf: DRIVERS },
      format: { type: 'string', oneOf: CARD_FORMS },
      ...WHERE,
    },
    positionals: ['ID'],
    async run({ desk, values, positionals: [id = ''] }) {
      const where = whereOf(values)
      if (typeof where === 'string') return { usage: where }
      const words = ['name', 'driver', 'format'] as const
      const options = given(Object.fromEntries(words.map((word) => [word, text(values[word])])))
      return printed(await desk.call('doors.add', { id, ...options, ...where }), sayAdded)
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
        ({ key, password }) =>
          `The new ${key === null ? 'password' : 'key'} of ${id}, shown only now:\n${key ?? password}`,
      )
    },
  },
]
