// The enrolment readers that stand at the desk: opened from what is stored, each with its state and last read.
import type {
  ReaderState as DriverState,
  PortInfo,
  Reader,
  ReaderEvents,
  ReaderProfile,
} from '../../../hardware/driver.ts'
import type { ReaderState } from '../../preload/shapes-readers.ts'
import type { PortIds, ReaderSettings } from '../domain/reader-settings.ts'
import { type Ms, toIso } from '../domain/time.ts'
import type { EnrolmentReader } from '../store/doors.ts'

/** What the hardware registry offers, as an argument: use cases know no devices. */
export type ReaderHardware = {
  profiles: readonly Pick<ReaderProfile, 'name' | 'about' | 'wiring' | 'defaults' | 'port'>[]
  open(
    profile: string,
    place: { path: string; settings: ReaderSettings; ids: PortIds | null },
    events: ReaderEvents,
  ): Reader
  listPorts(): Promise<{ ports: PortInfo[]; sentence: string | null }>
  listen: ListenToPort
}

/** Finding out what is on a port. */
export type ListenToPort = (
  path: string,
  events: {
    heard(heard: {
      at: Ms
      hex: string
      text: string
      found: { profile: string; settings: object; card: string }[]
    }): void
    state(state: DriverState, how: { asking: boolean; baud: number | null }): void
  },
) => { close(): Promise<void>; typed(text: string): void }

export type ReaderBench = {
  hardware: ReaderHardware
  states(): ReaderState[]
  open(reader: EnrolmentReader): void
  /** What a reader has typed into the page. */
  typed(text: string): void
  close(id: string): Promise<void>
  closeAll(): Promise<void>
}

type OpenReader = { reader: EnrolmentReader; device: Reader; state: DriverState; last: LastSeen }

/** The last card, and what could not be read since. */
type LastSeen = { readAt: Ms | null; refused: { at: Ms; why: string } | null }
const NOTHING_SEEN: LastSeen = { readAt: null, refused: null }

export type BenchEvents = {
  onRead: (canonical: string, reader: EnrolmentReader) => void
  onState: () => void
  onRejected: (why: string) => void
}

export function createReaderBench(hardware: ReaderHardware, events: BenchEvents): ReaderBench {
  const open = new Map<string, OpenReader>()
  let closed = false
  return {
    hardware,
    states: () => [...open.values()].map(({ reader, state, last }) => readerState(reader, state, last)),
    open(reader) {
      // One that is added while the desk ends would hold it up for ever; the next start opens it.
      if (closed) return
      const entry: OpenReader = {
        reader,
        state: { kind: 'starting' },
        last: NOTHING_SEEN,
        device: { close: async () => undefined },
      }
      open.set(reader.id, entry)
      entry.device = hardware.open(
        reader.profile,
        { path: reader.port, settings: reader.settings, ids: reader.ids },
        {
          read: ({ card, at }) => {
            entry.last = { readAt: at, refused: null }
            events.onRead(card, reader)
            events.onState()
          },
          rejected: ({ why, at }) => {
            entry.last = { ...entry.last, refused: { at, why } }
            events.onRejected(why)
            events.onState()
          },
          state: (state) => {
            entry.state = state
            events.onState()
          },
        },
      )
    },
    typed(text) {
      for (const { device } of open.values()) device.typed?.(text)
    },
    async close(id) {
      const entry = open.get(id)
      open.delete(id)
      await entry?.device.close()
      events.onState()
    },
    async closeAll() {
      closed = true
      const all = [...open.values()]
      open.clear()
      await Promise.all(all.map(({ device }) => device.close()))
    },
  }
}

export function readerState(reader: EnrolmentReader, state: DriverState, last = NOTHING_SEEN): ReaderState {
  const { id, profile, settings, door } = reader
  return {
    id,
    port: (state.kind === 'ready' ? state.path : undefined) ?? reader.port,
    profile,
    settings,
    door,
    state: state.kind,
    sentence: 'sentence' in state ? state.sentence : null,
    lastReadAt: toIso(last.readAt),
    refused: last.refused && { at: toIso(last.refused.at), why: last.refused.why },
  }
}
