// The calls about who people are, each mapped to its use case.
import type { peopleCalls } from '../../preload/calls-people.ts'
import type { HandlersOf } from './handler-type.ts'

export const peopleHandlers = {} satisfies HandlersOf<typeof peopleCalls>
