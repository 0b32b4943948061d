// The contract's calls about cash, each mapped to its use case.
import type { cashCalls } from '../../preload/calls-cash.ts'
import { cashOfMember, cashStatus, closeShift, listShifts, printable } from './cash.ts'
import type { HandlersOf } from './handler-type.ts'
import { done } from './result.ts'

export const cashHandlers = {
  'cash.status': (deps) => done(cashStatus(deps)),
  'cash.close': (deps, args) => closeShift(deps, args),
  'cash.shifts': (deps) => done(listShifts(deps)),
  'cash.ofMember': (deps, { member }) => done(cashOfMember(deps, member)),
  'cash.sheet': (deps, { id }) => printable(deps, id),
} satisfies HandlersOf<typeof cashCalls>
