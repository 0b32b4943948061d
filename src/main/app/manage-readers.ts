// Adds, removes and lists the enrolment readers at the desk.
import type { Args } from '../../preload/contract.ts'
import type { ReaderState } from '../../preload/shapes.ts'
import { doorRefusals } from '../domain/access-en.ts'
import { readerRefusals } from '../domain/devices-en.ts'
import { deviceOfDoor } from '../store/devices.ts'
import { allReaders, deleteReader, doorById, insertReader } from '../store/doors.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { readerState } from './reader-bench.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** Where no desk runs a reader is known, but nobody listens to it. */
export function listReaders(deps: ReadDeps): ReaderState[] {
  return (
    deps.live?.readers.states() ??
    allReaders(deps.desk).map((reader) => readerState(reader, { kind: 'starting' }, null))
  )
}

export function addReader(deps: DeskDeps, { port, profile, door }: Args<'readers.add'>): Result<ReaderState> {
  const { db, readers, newId } = deps.live
  const path = port.trim()
  if (path === '') return refuse('bad-request', 'Say which port the reader is on, such as /dev/ttyUSB0.')
  const known = readers.hardware.profiles.map(({ name }) => name)
  if (!known.includes(profile))
    return refuse('bad-request', `"${profile}" is not a reader profile. Use one of: ${known.join(' ')}`)
  if (allReaders(db).some((reader) => reader.port === path))
    return refuse('taken', `There is a reader on ${path} already: remove it first to change its profile.`)
  if (door !== undefined && doorById(db, door) === null) return refuse('not-found', doorRefusals.noDoor(door))
  if (door !== undefined && deviceOfDoor(db, door) === null)
    return refuse('wrong-state', readerRefusals.asksItself(door))
  const reader = { id: newId(), port: path, profile, door: door ?? null }
  db.transaction(() => {
    insertReader(db, reader, deps.now())
    recordAction(deps, 'reader-added', reader.id, { port: path, profile, ...(door === undefined ? {} : { door }) })
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
