// The enrolment readers that stand at the desk: opened from what is stored, each with its state and last read.
import type { ReaderState as DriverState, PortInfo, Reader, ReaderEvents } from '../../../hardware/driver.ts'
import type { ReaderState } from '../../preload/contract.ts'
import { type Ms, toIso } from '../domain/time.ts'
import { allReaders, deleteReader, type EnrolmentReader, insertReader } from '../store/doors.ts'
import { type DeskDeps, done, type ReadDeps, type Result, refuse } from './deps.ts'
import { recordAction } from './record-action.ts'

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
  onRead: (canonical: string) => void
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
          events.onRead(card)
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

function readerState(reader: EnrolmentReader, state: DriverState, lastReadAt: Ms | null): ReaderState {
  return {
    ...reader,
    state: state.kind,
    sentence: 'sentence' in state ? state.sentence : null,
    lastReadAt: toIso(lastReadAt),
  }
}

/** Where no desk runs a reader is known, but nobody listens to it. */
export function listReaders(deps: ReadDeps): ReaderState[] {
  return (
    deps.live?.readers.states() ??
    allReaders(deps.desk).map((reader) => readerState(reader, { kind: 'starting' }, null))
  )
}

export function addReader(deps: DeskDeps, port: string, profile: string): Result<ReaderState> {
  const { db, readers, newId } = deps.live
  const path = port.trim()
  if (path === '') return refuse('bad-request', 'Say which port the reader is on, such as /dev/ttyUSB0.')
  const known = readers.hardware.profiles.map(({ name }) => name)
  if (!known.includes(profile))
    return refuse('bad-request', `"${profile}" is not a reader profile. Use one of: ${known.join(' ')}`)
  if (allReaders(db).some((reader) => reader.port === path))
    return refuse('taken', `There is a reader on ${path} already: remove it first to change its profile.`)
  const reader = { id: newId(), port: path, profile }
  db.transaction(() => {
    insertReader(db, reader, deps.now())
    recordAction(deps, 'reader-added', reader.id, { port: path, profile })
  }).immediate()
  readers.open(reader)
  const state = readers.states().find(({ id }) => id === reader.id)
  return state === undefined ? refuse('broken', 'The reader could not be opened: try again.') : done(state)
}

/** By id or by port, as a person would name it. */
export async function removeReader(deps: DeskDeps, idOrPort: string): Promise<Result<{ ok: true }>> {
  const { db, readers } = deps.live
  const reader = allReaders(db).find(({ id, port }) => id === idOrPort || port === idOrPort)
  if (reader === undefined)
    return refuse('not-found', `There is no reader "${idOrPort}": \`latchkey reader list\` shows them.`)
  db.transaction(() => {
    deleteReader(db, reader.id)
    recordAction(deps, 'reader-removed', reader.id, { port: reader.port })
  }).immediate()
  await readers.close(reader.id)
  return done({ ok: true })
}
