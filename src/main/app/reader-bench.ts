// The enrolment readers that stand at the desk: opened from what is stored, each with its state and last read.
import type { ReaderState as DriverState, PortInfo, Reader, ReaderEvents } from '../../../hardware/driver.ts'
import type { ReaderState } from '../../preload/shapes.ts'
import { type Ms, toIso } from '../domain/time.ts'
import type { EnrolmentReader } from '../store/doors.ts'

/** What the hardware registry offers, as an argument: use cases know no devices. */
export type ReaderHardware = {
  profiles: readonly { name: string; about: string }[]
  open(profile: string, path: string, events: ReaderEvents): Reader
  listPorts(): Promise<{ ports: PortInfo[]; sentence: string | null }>
}

export type ReaderBench = {
  hardware: ReaderHardware
  states(): ReaderState[]
  open(reader: EnrolmentReader): void
  close(id: string): Promise<void>
  closeAll(): Promise<void>
}

type OpenReader = { reader: EnrolmentReader; device: Reader; state: DriverState; lastReadAt: Ms | null }

export type BenchEvents = {
  onRead: (canonical: string, reader: EnrolmentReader) => void
  onState: () => void
  onRejected: (why: string) => void
}

export function createReaderBench(hardware: ReaderHardware, events: BenchEvents): ReaderBench {
  const open = new Map<string, OpenReader>()
  return {
    hardware,
    states: () => [...open.values()].map(({ reader, state, lastReadAt }) => readerState(reader, state, lastReadAt)),
    open(reader) {
      const entry: OpenReader = {
        reader,
        state: { kind: 'starting' },
        lastReadAt: null,
        device: { close: async () => undefined },
      }
      open.set(reader.id, entry)
      entry.device = hardware.open(reader.profile, reader.port, {
        read: ({ card, at }) => {
          entry.lastReadAt = at
          events.onRead(card, reader)
          events.onState()
        },
        rejected: ({ why }) => events.onRejected(why),
        state: (state) => {
          entry.state = state
          events.onState()
        },
      })
    },
    async close(id) {
      const entry = open.get(id)
      open.delete(id)
      await entry?.device.close()
      events.onState()
    },
    async closeAll() {
      const all = [...open.values()]
      open.clear()
      await Promise.all(all.map(({ device }) => device.close()))
    },
  }
}

export function readerState(reader: EnrolmentReader, state: DriverState, lastReadAt: Ms | null): ReaderState {
  return {
    ...reader,
    state: state.kind,
    sentence: 'sentence' in state ? state.sentence : null,
    lastReadAt: toIso(lastReadAt),
  }
}
