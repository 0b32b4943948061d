// What the fake desk answers about readers: their kinds as the real ones are, and a search that the test moves on.
import { READER_PROFILES } from '../../hardware/registry.ts'
import type { Lamps } from '../../src/preload/shapes.ts'
import type { ReaderGuess, ReaderProfile, ReaderSearch } from '../../src/preload/shapes-readers.ts'
import { type Handlers, no } from './fake-answers.ts'

export function readerHandlers(
  realNow: () => number,
  lamps: () => Lamps,
  setReaders: (readers: Lamps['readers']) => void,
): Handlers {
  let guesses: ReaderGuess[] = []
  const search = (port: string): ReaderSearch => ({
    id: 'search-1',
    port,
    until: new Date(realNow() + 60_000).toISOString(),
    state: 'asking',
    sentence: 'Asking whether it is a PN532. Hold the card ready.',
    heard: [],
    guesses: [],
  })
  let running = search('')
  return {
    'readers.list': () => lamps().readers,
    'readers.ports': () => ({
      ports: [
        { path: '/dev/ttyUSB0', label: 'FTDI USB serial' },
        { path: '/dev/ttyACM0', label: 'Arduino Nano' },
      ],
      sentence: null,
    }),
    'readers.profiles': () =>
      [...READER_PROFILES.values()].map(({ name, about, wiring, defaults, port }) => ({
        name,
        about,
        wiring,
        defaults: defaults as ReaderProfile['defaults'],
        port: port ?? null,
      })),
    'readers.find': ({ port }) => {
      if (lamps().readers.some((reader) => reader.port === port))
        return no('taken', `The reader on ${port} is in use already: remove it first, then find out what it is.`)
      running = search(port)
      return running
    },
    'readers.endFind': () => ({ ok: true }),
    'readers.learn': ({ printed }) => {
      if (printed.includes('9')) return no('unreadable', 'No reading of this card gives that number. Check the digits.')
      guesses = [
        {
          profile: 'wedge',
          about: 'A reader that types like a keyboard',
          settings: { form: 'iso14a-lsb-dec' },
          card: 'iso14a:1EA68671',
          short: '1E A6 86 71',
        },
      ]
      return { ...running, state: 'listening', sentence: 'This fits the printed number.', guesses }
    },
    'readers.typed': () => ({ ok: true }),
    'readers.add': ({ port, profile, settings = {}, door = null }) => {
      const reader = {
        id: `r-${profile}`,
        port,
        profile,
        settings,
        door,
        sentence: null,
        lastReadAt: null,
        refused: null,
      }
      setReaders([...lamps().readers, { ...reader, state: 'ready' }])
      return { ...reader, state: 'starting' }
    },
    'readers.remove': ({ id }) => {
      setReaders(lamps().readers.filter((reader) => reader.id !== id))
      return { ok: true }
    },
  }
}
