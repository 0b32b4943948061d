// The calls about memberships, plans and prices, each mapped to its use case.
import type { membershipCalls } from '../../preload/calls-memberships.ts'
import type { HandlersOf } from './handler-type.ts'

export const membershipHandlers = {} satisfies HandlersOf<typeof membershipCalls>
