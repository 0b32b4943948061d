// What a person was, when and why, as the panel and the timeline tell it.
import type { MemberPanel } from '../../preload/shapes.ts'
import { standingHistory } from '../domain/history.ts'
import { allOf, causeWords } from '../domain/standing-en.ts'
import { toIso } from '../domain/time.ts'
import { heldBy } from '../store/entitlement-versions.ts'
import type { ReadDb } from '../store/open.ts'
import { allPlans } from '../store/plans.ts'
import type { ReadDeps } from './deps.ts'

/** Newest first; also what the clock did, such as a grace that ran out while nothing was read. */
export function historyOf(deps: ReadDeps, memberId: string): MemberPanel['history'] {
  const named = planNames(deps.desk)
  return standingHistory(heldBy(deps.desk, memberId), deps.now()).map(({ at, standing, planIds, cause }) => ({
    at: toIso(at),
    standing,
    plan: named(planIds),
    why: causeWords[cause],
  }))
}

/** The plans of a step in one phrase; null for none. */
export function planNames(db: ReadDb): (ids: readonly string[]) => string | null {
  const plans = new Map(allPlans(db).map(({ id, name }) => [id, name]))
  return (ids) => allOf(ids.flatMap((id) => plans.get(id) ?? [])) || null
}
