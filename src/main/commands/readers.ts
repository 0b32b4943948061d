// Readers at the desk: adding one, finding out what one is, and what each kind makes of bytes.
import { readerSettings } from '../../preload/shapes-readers.ts'
import { CARD_FORMS, readCardInForm } from '../domain/card-identity.ts'
import { READER_BAUDS, READER_LINE_ENDS, type ReaderSettings } from '../domain/reader-settings.ts'
import { type Command, given, OK, printed, table, text, type Values } from './command.ts'

const SETTINGS = {
  form: { type: 'string', oneOf: CARD_FORMS },
  baud: { type: 'string' },
  prefix: { type: 'string' },
  end: { type: 'string' },
  turned: { type: 'boolean' },
} as const
const SETTING_ARGS = '[--form F] [--baud N] [--prefix TEXT] [--end E] [--turned]'

/** What was given of them, or what is wrong with it. */
function settingsIn(values: Values): { settings: ReaderSettings } | { usage: string } {
  const { form, baud, prefix, end, turned } = values
  const parsed = readerSettings.safeParse(
    given({
      form,
      baud: baud === undefined ? undefined : Number(baud),
      prefix,
      end,
      turned,
    }),
  )
  if (parsed.success) return { settings: parsed.data }
  return {
    usage: `Use --form with one of ${CARD_FORMS.join(' ')}; --baud with one of ${READER_BAUDS.join(' ')}; --end with one of ${READER_LINE_ENDS.join(' ')}.`,
  }
}

type Decoded = { profile: string; reads: string[]; rejected: { bytes: string; why: string }[] }

const decodedLines = ({ profile, reads, rejected }: Decoded) => [
  ...reads.map((card) => `${profile}  ${card}`),
  ...rejected.map(({ bytes, why }) => `${profile}  refused: ${why} (${bytes})`),
  ...(reads.length + rejected.length === 0 ? [`${profile}  nothing`] : []),
]

export const readerCommands: Command[] = [
  {
    words: 'reader add',
    args: `[--port PATH] --profile P [--door ID] ${SETTING_ARGS}`,
    about:
      'an enrolment reader at the desk, such as --port /dev/ttyUSB0 --profile rdm6300; with --door it opens that door too',
    options: { port: { type: 'string' }, profile: { type: 'string' }, door: { type: 'string' }, ...SETTINGS },
    needs: ['profile'],
    positionals: [],
    async run({ desk, values }) {
      const set = settingsIn(values)
      if ('usage' in set) return set
      const profile = text(values.profile) ?? ''
      const { READER_PROFILES } = await import('../../../hardware/registry.ts')
      // The demo has one of its own.
      if (!READER_PROFILES.has(profile) && profile !== 'simulated')
        return { usage: `"${profile}" is none of --profile: ${[...READER_PROFILES.keys()].join(' ')}.` }
      const outcome = await desk.call('readers.add', {
        port: text(values.port) ?? '',
        profile,
        ...given({ door: text(values.door) }),
        ...(Object.keys(set.settings).length === 0 ? {} : { settings: set.settings }),
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
  {
    words: 'reader profiles',
    args: '',
    about: 'the kinds of reader, how each is connected, and what may be set',
    options: {},
    positionals: [],
    alone: true,
    async run() {
      const { READER_PROFILES } = await import('../../../hardware/registry.ts')
      const json = [...READER_PROFILES.values()].map(({ name, about, wiring, defaults, port }) => ({
        name,
        about,
        wiring,
        defaults,
        port: port ?? null,
      }))
      const set = (defaults: object) =>
        Object.entries(defaults)
          .filter(([, value]) => value !== '' && value !== false)
          .map(([what, value]) => `${what} ${value}`)
          .join(', ')
      const lines = json.map(({ name, about, defaults }) => [name, about, set(defaults)])
      return { ok: true, value: { json, text: table(lines) } }
    },
  },
  {
    words: 'reader decode',
    args: `[--hex HEX | --text TEXT] [--profile P] ${SETTING_ARGS}`,
    about: 'what a kind of reader, or each, makes of bytes; their end counts as silence',
    options: { hex: { type: 'string' }, text: { type: 'string' }, profile: { type: 'string' }, ...SETTINGS },
    positionals: [],
    alone: true,
    async run({ values }) {
      const { decode, READER_PROFILES } = await import('../../../hardware/registry.ts')
      const set = settingsIn(values)
      if ('usage' in set) return set
      const hex = text(values.hex)?.replace(/[\s:]/g, '')
      const written = text(values.text)
      if ((hex === undefined) === (written === undefined)) return { usage: 'Give the bytes, with --hex or --text.' }
      if (hex !== undefined && !/^([0-9A-Fa-f]{2})*$/.test(hex))
        return { usage: 'The bytes after --hex are two hex digits each.' }
      const bytes = hex === undefined ? Buffer.from(`${written}\r`, 'latin1') : Buffer.from(hex, 'hex')
      const named = text(values.profile)
      if (named !== undefined && READER_PROFILES.get(named)?.parser == null)
        return { usage: `"${named}" is no profile that speaks in frames: \`latchkey reader profiles\` lists them.` }
      const decoded = [...READER_PROFILES.values()].flatMap((profile): Decoded[] => {
        if (named !== undefined && profile.name !== named) return []
        const result = decode(profile, bytes, readCardInForm, set.settings)
        return result === null ? [] : [{ profile: profile.name, ...result }]
      })
      const { profile: _name, ...only } = decoded[0] ?? { profile: '' }
      const readable = decoded.filter(({ reads }) => reads.length > 0)
      const shown = named !== undefined || readable.length === 0 ? decoded : readable
      return {
        ok: true,
        value: { json: named === undefined ? decoded : only, text: shown.flatMap(decodedLines).join('\n') },
      }
    },
  },
]
