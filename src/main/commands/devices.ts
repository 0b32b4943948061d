// Devices at doors: what they hold, taking them over, opening them once, how they are.
import type { Adoption, DoorHealth } from '../../preload/shapes-devices.ts'
import { type Command, given, OK, printed, table, text } from './command.ts'
import { WHERE, WHERE_HELP, whereOf } from './device-where.ts'

const whose = ({ card, member }: { card: string; member: { name: string } | null }) =>
  `  ${card}  ${member?.name ?? ''}`

function sayAdoption({ door, otherDesk, adoptedAt, matched, unknown, missing, inHours }: Adoption): string {
  const part = (title: string, cards: readonly { card: string; member: { name: string } | null }[]) =>
    cards.length === 0 ? [] : [`${title} (${cards.length})`, ...cards.map(whose)]
  return [
    ...part(
      'On it and known here',
      matched.filter(({ opens }) => opens),
    ),
    ...part(
      'On it, known here, but with no right to this door: taken off',
      matched.filter(({ opens }) => !opens),
    ),
    ...part("On it and nobody's: taken off", unknown),
    ...part('Not on it yet: put on', missing),
    ...(inHours === 0
      ? []
      : [`${inHours} come in certain hours only, which it does not know: \`latchkey door hours\`.`]),
    ...(otherDesk === null ? [] : [`It tells ${otherDesk} of its swipes.`]),
    adoptedAt === null
      ? `Nothing on it was changed. \`latchkey door adopt ${door.id} --confirm\` takes it over.`
      : `It was taken over on ${adoptedAt}.`,
  ].join('\n')
}

function sayHealth(doors: DoorHealth[]): string {
  return table(
    doors.map(({ id, online, firmware, trouble, parity }) => [
      id,
      online ? 'online' : 'offline',
      firmware ?? '',
      parity === null
        ? ''
        : !parity.adopted
          ? 'only looked at'
          : parity.toRemove > 0
            ? `${parity.toRemove} to take off since ${parity.toRemoveSince}`
            : parity.differing > 0
              ? `${parity.differing} behind`
              : `holds ${parity.held.cards}, as it should`,
      trouble ?? '',
    ]),
  )
}

export const deviceCommands: Command[] = [
  {
    words: 'door adopt',
    args: 'ID [--confirm] [--replace ADDRESS]',
    about: 'what a board or box holds already; --confirm takes it over, and until then nothing on it is changed',
    options: { confirm: { type: 'boolean' }, replace: { type: 'string' } },
    positionals: ['ID'],
    async run({ desk, values, positionals: [id = ''] }) {
      const asked = { id, ...given({ replace: text(values.replace) }) }
      return printed(
        values.confirm === true ? await desk.call('doors.adopt', asked) : await desk.call('doors.adoption', { id }),
        sayAdoption,
      )
    },
  },
  {
    words: 'door device',
    args: `ID ${WHERE_HELP}`,
    about: 'a device that is reached another way now, such as at a new address; what is not said stays',
    options: WHERE,
    positionals: ['ID'],
    async run({ desk, values, positionals: [id = ''] }) {
      const where = whereOf(values)
      if (typeof where === 'string') return { usage: where }
      return printed(
        await desk.call('doors.setDevice', { id, ...where }),
        () => 'Done.',
        () => OK,
      )
    },
  },
  {
    words: 'door hours',
    args: 'ID days-only|leave-off',
    about: 'at a box that knows no hours: let people with hours in at any hour of their days, or leave them off it',
    options: {},
    positionals: ['ID', 'WHAT'],
    async run({ desk, positionals: [id = '', what] }) {
      if (what !== 'days-only' && what !== 'leave-off')
        return { usage: `"${what}" is neither days-only nor leave-off.` }
      return printed(
        await desk.call('doors.setDeviceHours', { id, hours: what }),
        () => 'Done.',
        () => OK,
      )
    },
  },
  {
    words: 'door open',
    args: 'ID',
    about: 'open a door once, to see that it does',
    options: {},
    positionals: ['ID'],
    async run({ desk, positionals: [id = ''] }) {
      return printed(
        await desk.call('doors.open', { id }),
        () => `${id} was opened.`,
        () => OK,
      )
    },
  },
  {
    words: 'door health',
    args: '',
    about: 'how every door is, and what each device holds beside what it should',
    options: {},
    positionals: [],
    async run({ desk }) {
      return printed(await desk.call('doors.health', {}), sayHealth)
    },
  },
]
