// What a person was, when and why, as the panel and the timeline tell it.
import type { MemberPanel } from '../../preload/shapes.ts'
import { standingHistory } from '../domain/history.ts'
import { causeWords } from '../domain/standing-en.ts'
import { toIso } from '../domain/time.ts'
import { heldBy } from '../store/entitlement-versions.ts'
import { allPlans } from '../store/plans.ts'
import type { ReadDeps } from './deps.ts'

/** Newest first; also what the clock did, such as a grace that ran out while nothing was read. */
export function historyOf(deps: ReadDeps, memberId: string): MemberPanel['history'] {
  const plans = new Map(allPlans(deps.desk).map(({ id, name }) => [id, name]))
  return standingHistory(heldBy(deps.desk, memberId), deps.now()).map(({ at, standing, planId, cause }) => ({
    at: toIso(at),
    standing,
    plan: planId === null ? null : (plans.get(planId) ?? null),
    why: causeWords[cause],
  }))
}
