// Which readers Latchkey can speak with, what each makes of bytes, and what the desk needs of them.
import type { PortIds, ReadCard, Reader, ReaderEvents, ReaderProfile, ReaderSettings } from './driver.ts'
import { createDebounce } from './frames/debounce.ts'
import { type ListenEvents, type Listener, listenTo } from './listen.ts'
import { listPorts, OWN_PORTS, type PortSources, portNow } from './ports.ts'
import { listeningReaders } from './readers/listening.ts'
import { pcsc } from './readers/pcsc.ts'
import { pn532 } from './readers/pn532.ts'
import { wedge } from './readers/wedge.ts'
import { simulated, simulatedPorts } from './sim/reader.ts'

/** By the name that `--profile` takes. */
export const READER_PROFILES: ReadonlyMap<string, ReaderProfile> = new Map(
  [...listeningReaders, pn532, pcsc, wedge].map((profile) => [profile.name, profile]),
)

/** What a profile makes of bytes that came at once and were followed by silence; null where it speaks no frames. */
export function decode(
  profile: ReaderProfile,
  bytes: Uint8Array,
  readCard: ReadCard,
  settings: ReaderSettings = {},
): { reads: string[]; rejected: { bytes: string; why: string }[] } | null {
  const parser = profile.parser?.({ ...profile.defaults, ...settings }, readCard)
  if (!parser) return null
  const results = [parser.feed(bytes, 0), parser.silence(parser.quiet)]
  const isNew = createDebounce()
  return {
    reads: results.flatMap(({ reads }) => reads.filter((read) => isNew({ ...read, at: 0 })).map(({ card }) => card)),
    rejected: results.flatMap(({ rejected }) => rejected.map(({ bytes: part, why }) => ({ bytes: part, why }))),
  }
}

export type ReaderPlace = { path: string; settings: ReaderSettings; ids: PortIds | null }

/** What the desk needs of the readers at it; the simulated one is for the demo alone. */
export function readerHardware(now: () => number, demo: boolean, readCard: ReadCard, sources: PortSources = OWN_PORTS) {
  const all = new Map([...READER_PROFILES, [simulated.name, simulated]])
  return {
    profiles: [...all.values()].filter(({ name }) => demo || name !== simulated.name),
    open(name: string, { path, settings, ids }: ReaderPlace, events: ReaderEvents): Reader {
      const profile = all.get(name)
      if (profile === undefined) throw new Error(`Opening the reader on ${path}: no profile ${name}`)
      const where = ids === null ? {} : { where: async () => portNow(path, ids, (await listPorts(sources)).ports) }
      return profile.open({ path, now, events, readCard, settings, ...where })
    },
    async listPorts() {
      const { ports, sentence } = await listPorts(sources)
      return { ports: [...simulatedPorts(), ...ports], sentence }
    },
    listen: (path: string, events: ListenEvents): Listener => listenTo(path, { now, readCard, events, profiles: all }),
  }
}
