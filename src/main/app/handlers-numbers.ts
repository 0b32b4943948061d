// The contract's calls about membership numbers, each mapped to its use case.
import type { numberCalls } from '../../preload/calls-numbers.ts'
import type { HandlersOf } from './handler-type.ts'
import { membershipNumbers } from './membership-numbers.ts'
import { numbersCsv } from './numbers-csv.ts'
import { visitNumbers } from './visit-numbers.ts'

export const numberHandlers = {
  'numbers.membership': (deps, args) => membershipNumbers(deps, args),
  'numbers.visits': (deps) => visitNumbers(deps),
  'numbers.csv': (deps, args) => numbersCsv(deps, args),
} satisfies HandlersOf<typeof numberCalls>
