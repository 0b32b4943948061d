// The calls about memberships, plans and prices, each mapped to its use case.
import type { membershipCalls } from '../../preload/calls-memberships.ts'
import { endAccess, giveAccess } from './access-override.ts'
import { changePlan } from './change-plan.ts'
import type { HandlersOf } from './handler-type.ts'
import { addManual, endMembership, listTerms, renewManual } from './manual-membership.ts'
import { confirmPlans, readMapping, setMapping } from './mapping.ts'
import { done } from './result.ts'
import { changeSeats, coverPerson, uncoverPerson } from './seats.ts'

export const membershipHandlers = {
  'mapping.get': (deps) => done(readMapping(deps)),
  'mapping.set': (deps, args) => setMapping(deps, args),
  'mapping.confirm': (deps) => confirmPlans(deps),
  'plans.save': (deps, args) => changePlan(deps, args),
  'memberships.addManual': (deps, args) => addManual(deps, args),
  'memberships.renew': (deps, args) => renewManual(deps, args),
  'memberships.terms': (deps, { id }) => listTerms(deps, id),
  'memberships.end': (deps, { id }) => endMembership(deps, id),
  'memberships.cover': (deps, args) => coverPerson(deps, args),
  'memberships.uncover': (deps, args) => uncoverPerson(deps, args),
  'memberships.setSeats': (deps, args) => changeSeats(deps, args),
  'access.give': (deps, args) => giveAccess(deps, args),
  'access.end': (deps, { id }) => endAccess(deps, id),
} satisfies HandlersOf<typeof membershipCalls>
