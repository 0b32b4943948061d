// The contract's calls about Stripe's card readers, each mapped to its use case.
import type { payReaderCalls } from '../../preload/calls-pay-readers.ts'
import type { HandlersOf } from './handler-type.ts'
import { addPayReader, listPayReaders, removePayReader, renamePayReader } from './pay-readers.ts'

export const payReaderHandlers = {
  'payReaders.list': (deps) => listPayReaders(deps),
  'payReaders.add': (deps, args) => addPayReader(deps, args),
  'payReaders.rename': (deps, args) => renamePayReader(deps, args),
  'payReaders.remove': (deps, { id }) => removePayReader(deps, id),
} satisfies HandlersOf<typeof payReaderCalls>
