// One person's story, newest first: event, what was read of it, what that made of them, cards, doors, what staff did.
import type { Args, Reply } from '../../preload/contract.ts'
import { isReason } from '../domain/door-events.ts'
import { standingHistory } from '../domain/history.ts'
import { peopleRefusals } from '../domain/people-en.ts'
import { isGrant } from '../domain/reasons.ts'
import { sayDay } from '../domain/say.ts'
import { causeWords } from '../domain/standing-en.ts'
import { toIso } from '../domain/time.ts'
import { actionText, doorText, standingText } from '../domain/timeline-en.ts'
import { decisionsOfMember } from '../store/access-log.ts'
import { actionsAbout } from '../store/actions.ts'
import { allDoors } from '../store/doors.ts'
import { heldBy } from '../store/entitlement-versions.ts'
import { memberById } from '../store/members.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import type { ReadDeps } from './deps.ts'
import { planNames } from './member-history.ts'
import { activeCardsOf } from './member-views.ts'
import { done, type Result, refuse } from './result.ts'
import { voiceOf } from './sentences.ts'
import { type Step, stepsFromStripe } from './timeline-stripe.ts'

export function timeline(
  deps: ReadDeps,
  { id, limit = 200 }: Args<'members.timeline'>,
): Result<Reply<'members.timeline'>> {
  if (memberById(deps.desk, id) === null) return refuse('not-found', peopleRefusals.noMember)
  const ids = idsOfPerson(deps.desk, id)
  const steps = [
    ...stepsFromStripe(deps, id, limit),
    ...standings(deps, id),
    ...doings(deps, ids, limit),
    ...atDoors(deps, ids, limit),
  ]
  // A change is told below what it came from: the event, then the read, then what that made of them.
  const order = (step: Step) => ['event', 'fetched', 'standing', 'plan', 'card', 'action', 'door'].indexOf(step.kind)
  const sorted = steps.toSorted((a, b) => b.at - a.at || order(b) - order(a))
  return done(sorted.slice(0, limit).map((step) => ({ ...step, at: toIso(step.at) })))
}

function standings(deps: ReadDeps, id: string): Step[] {
  const named = planNames(deps.desk)
  const history = standingHistory(heldBy(deps.desk, id), deps.now())
  const voice = voiceOf(deps)
  return history.map(({ at, standing, planIds, cause, openUntil }) => {
    const plan = named(planIds)
    const opens = openUntil === null || openUntil > at
    const last = openUntil === null ? null : sayDay(openUntil - 1, voice)
    const cards = activeCardsOf(deps.desk, [id], at).get(id)?.length ?? 0
    const text = standingText({ standing, plan, why: causeWords[cause], opens, last }, cards)
    return { at, kind: 'standing', text, detail: null }
  })
}

function doings({ desk: db }: ReadDeps, ids: readonly string[], limit: number): Step[] {
  return ids.flatMap((id) =>
    actionsAbout(db, id, limit).map(
      ({ at, kind, operator }): Step => ({
        at,
        kind: kind.startsWith('card-') ? 'card' : 'action',
        text: actionText(kind),
        detail: `by ${operator}`,
      }),
    ),
  )
}

function atDoors({ desk, access }: ReadDeps, ids: readonly string[], limit: number): Step[] {
  if (access === null) return []
  const names = new Map(allDoors(desk).map((door) => [door.id, door.name]))
  return ids.flatMap((id) =>
    decisionsOfMember(access, id, limit).map(
      ({ at, doorId, reason, rule }): Step => ({
        at,
        kind: 'door',
        text: doorText(names.get(doorId) ?? doorId, isReason(reason) && isGrant(reason), rule === 'way-out'),
        detail: reason,
      }),
    ),
  )
}
