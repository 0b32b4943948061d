// The calls about inbox, diagnostics, backup, each mapped to its use case.
import type { upkeepCalls } from '../../preload/calls-upkeep.ts'
import type { HandlersOf } from './handler-type.ts'

export const upkeepHandlers = {} satisfies HandlersOf<typeof upkeepCalls>
