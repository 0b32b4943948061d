// The calls about readers at the desk, each mapped to its use case.
import type { readerCalls } from '../../preload/calls-readers.ts'
import type { HandlersOf } from './handler-type.ts'
import { addReader, listReaders, readerProfiles, removeReader } from './manage-readers.ts'
import { done } from './result.ts'

export const readerHandlers = {
  'readers.list': (deps) => done(listReaders(deps)),
  'readers.ports': async (deps) => done(await deps.live.readers.hardware.listPorts()),
  'readers.profiles': (deps) => done(readerProfiles(deps)),
  'readers.add': (deps, args) => addReader(deps, args),
  'readers.remove': (deps, { id }) => removeReader(deps, id),
  'readers.find': (deps, { port }) => deps.live.readerSearch.begin(port),
  'readers.endFind': async (deps, { id }) => {
    await deps.live.readerSearch.end(id)
    return done({ ok: true as const })
  },
  'readers.learn': (deps, { id, printed }) => deps.live.readerSearch.learn(id, printed),
  'readers.typed': (deps, { text }) => {
    // Whoever finds out what a reader is gets what it types, as with any other port.
    if (!deps.live.readerSearch.typed(text)) deps.live.readers.typed(text)
    return done({ ok: true as const })
  },
} satisfies HandlersOf<typeof readerCalls>
