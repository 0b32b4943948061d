// Adds, removes and lists the enrolment readers at the desk.
import type { Args, Reply } from '../../preload/contract.ts'
import type { ReaderState } from '../../preload/shapes-readers.ts'
import { doorRefusals } from '../domain/access-en.ts'
import { readerRefusals } from '../domain/devices-en.ts'
import type { ReaderSettings } from '../domain/reader-settings.ts'
import { readerWords } from '../domain/readers-en.ts'
import { deviceOfDoor } from '../store/devices.ts'
import { allReaders, deleteReader, doorById, insertReader } from '../store/doors.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { readerState } from './reader-bench.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** Where no desk runs a reader is known, but nobody listens to it. */
export function listReaders(deps: ReadDeps): ReaderState[] {
  return deps.live?.readers.states() ?? allReaders(deps.desk).map((reader) => readerState(reader, { kind: 'starting' }))
}

export function readerProfiles(deps: DeskDeps): Reply<'readers.profiles'> {
  return deps.live.readers.hardware.profiles.map(({ name, about, wiring, defaults, port }) => ({
    name,
    about,
    wiring,
    defaults: defaults as ReaderSettings,
    port: port ?? null,
  })) as Reply<'readers.profiles'>
}

export async function addReader(deps: DeskDeps, args: Args<'readers.add'>): Promise<Result<ReaderState>> {
  const { db, readers, newId } = deps.live
  const { profile, door, settings = {} } = args
  const kind = readers.hardware.profiles.find(({ name }) => name === profile)
  if (kind === undefined) {
    const known = readers.hardware.profiles.map(({ name }) => name)
    return refuse('bad-request', readerWords.noProfile(profile, known))
  }
  const path = args.port.trim() || (kind.port ?? '')
  if (path === '') return refuse('bad-request', readerWords.noPort)
  if (kind.port !== undefined && path.split(':')[0] !== kind.port)
    return refuse('bad-request', readerWords.onlyPort(profile, kind.port))
  const foreign = Object.keys(settings).find((what) => !(what in kind.defaults))
  if (foreign !== undefined) return refuse('bad-request', readerWords.notSet(profile, foreign))
  if (door !== undefined && doorById(db, door) === null) return refuse('not-found', doorRefusals.noDoor(door))
  if (door !== undefined && deviceOfDoor(db, door) === null)
    return refuse('wrong-state', readerRefusals.asksItself(door))

  const { ports } = kind.port === undefined ? await readers.hardware.listPorts() : { ports: [] }
  const ids = ports.find((port) => port.path === path)?.ids ?? null
  if ([...allReaders(db), ...readers.states()].some(({ port }) => port === path))
    return refuse('taken', readerWords.taken(path))
  const reader = { id: newId(), port: path, profile, door: door ?? null, settings, ids }
  db.transaction(() => {
    insertReader(db, reader, deps.now())
    recordAction(deps, 'reader-added', reader.id, {
      port: path,
      profile,
      settings,
      ...(door === undefined ? {} : { door }),
    })
  }).immediate()
  readers.open(reader)
  deps.live.pushLamps()
  const state = readers.states().find(({ id }) => id === reader.id)
  return state === undefined ? refuse('broken', readerWords.notOpened) : done(state)
}

/** By id or by port, as a person would name it. */
export async function removeReader(deps: DeskDeps, idOrPort: string): Promise<Result<{ ok: true }>> {
  const { db, readers } = deps.live
  const now = readers.states().find(({ port }) => port === idOrPort)?.id
  const reader = allReaders(db).find(({ id, port }) => id === idOrPort || id === now || port === idOrPort)
  if (reader === undefined) return refuse('not-found', readerWords.noReader(idOrPort))
  db.transaction(() => {
    deleteReader(db, reader.id)
    recordAction(deps, 'reader-removed', reader.id, { port: reader.port })
  }).immediate()
  await readers.close(reader.id)
  return done({ ok: true })
}
