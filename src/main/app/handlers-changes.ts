// The calls about a membership that runs at Stripe, each mapped to its use case.
import type { changeCalls } from '../../preload/calls-changes.ts'
import { previewPlan, previewSeats } from './change-bill.ts'
import { changeMeaning } from './change-options.ts'
import { buySeats, cancelAtEnd, cancelNow, keepGoing, pauseIt, putOnPlan, resumeIt, takeBack } from './change-steps.ts'
import type { HandlersOf } from './handler-type.ts'
import { memberDisputes } from './member-disputes.ts'

export const changeHandlers = {
  'changes.meaning': (deps, { id }) => changeMeaning(deps, id),
  'changes.previewPlan': (deps, args) => previewPlan(deps, args),
  'changes.previewSeats': (deps, args) => previewSeats(deps, args),
  'changes.plan': (deps, args) => putOnPlan(deps, args),
  'changes.seats': (deps, args) => buySeats(deps, args),
  'changes.cancel': (deps, args) => cancelAtEnd(deps, args),
  'changes.cancelNow': (deps, args) => cancelNow(deps, args),
  'changes.keep': (deps, args) => keepGoing(deps, args),
  'changes.pause': (deps, args) => pauseIt(deps, args),
  'changes.resume': (deps, args) => resumeIt(deps, args),
  'changes.takeBack': (deps, args) => takeBack(deps, args),
  'members.disputes': (deps, { id }) => memberDisputes(deps, id),
} satisfies HandlersOf<typeof changeCalls>
