// The contract's calls about worklists, each mapped to its use case.
import type { worklistCalls } from '../../preload/calls-worklists.ts'
import type { HandlersOf } from './handler-type.ts'
import { done } from './result.ts'
import { worklistCsv } from './worklist-csv.ts'
import { expiringList } from './worklist-expiring.ts'
import { leaksList } from './worklist-leaks.ts'
import { recoveredList } from './worklist-recovered.ts'
import { weekendList } from './worklist-weekend.ts'

export const worklistHandlers = {
  'worklists.weekend': (deps, args) => weekendList(deps, args),
  'worklists.leaks': async (deps, args) => done(await leaksList(deps, args)),
  'worklists.recovered': (deps, args) => recoveredList(deps, args),
  'worklists.expiring': (deps, args) => done(expiringList(deps, args)),
  'worklists.csv': (deps, args) => worklistCsv(deps, args),
} satisfies HandlersOf<typeof worklistCalls>
