// The calls about who may come in beside paying, each mapped to its use case.
import type { companyCalls } from '../../preload/calls-company.ts'
import { giveInduction, takeInduction } from './give-induction.ts'
import type { HandlersOf } from './handler-type.ts'
import { endGuest, inviteGuest } from './invite-guest.ts'
import { letInOnce } from './let-in-once.ts'
import { done } from './result.ts'
import { clearMinor, setMinor } from './set-minor.ts'
import { endEvent, listEvents, saveEvent } from './space-events.ts'

export const companyHandlers = {
  'access.letInOnce': (deps, args) => letInOnce(deps, args),
  'inductions.give': (deps, args) => giveInduction(deps, args),
  'inductions.take': (deps, args) => takeInduction(deps, args),
  'guests.invite': (deps, args) => inviteGuest(deps, args),
  'guests.end': (deps, { id }) => endGuest(deps, id),
  'members.setMinor': (deps, args) => setMinor(deps, args),
  'members.clearMinor': (deps, { member }) => clearMinor(deps, member),
  'events.list': (deps) => done(listEvents(deps)),
  'events.save': (deps, args) => saveEvent(deps, args),
  'events.end': (deps, { id }) => endEvent(deps, id),
} satisfies HandlersOf<typeof companyCalls>
