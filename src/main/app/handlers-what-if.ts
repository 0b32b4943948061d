// The contract's calls about rules that are tried on past swipes, each mapped to its use case.
import type { whatIfCalls } from '../../preload/calls-what-if.ts'
import type { HandlersOf } from './handler-type.ts'
import { couldEnter } from './what-if-could.ts'
import { whatIfCsv } from './what-if-csv.ts'
import { replaySwipes, stopReplay } from './what-if-replay.ts'

export const whatIfHandlers = {
  'whatIf.replay': (deps, args) => replaySwipes(deps, args),
  'whatIf.stop': (deps) => stopReplay(deps),
  'whatIf.csv': (deps, args) => whatIfCsv(deps, args),
  'whatIf.could': (deps, args) => couldEnter(deps, args),
} satisfies HandlersOf<typeof whatIfCalls>
