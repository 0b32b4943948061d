// How many people each plan covers, for the list of plans.
import type { Reply } from '../../preload/contract.ts'
import { entitlementsByMember } from '../store/entitlements.ts'
import { allPlans, type Plan } from '../store/plans.ts'
import type { ReadDeps } from './deps.ts'

export function membersByPlan(deps: ReadDeps): Map<string, number> {
  const counts = new Map<string, number>()
  for (const covering of entitlementsByMember(deps.desk, deps.now()).values()) {
    for (const planId of new Set(covering.map((entitlement) => entitlement.planId)))
      counts.set(planId, (counts.get(planId) ?? 0) + 1)
  }
  return counts
}

export function listPlans(deps: ReadDeps): Reply<'plans.list'> {
  const counts = membersByPlan(deps)
  return allPlans(deps.desk).map((plan) => planRow(plan, counts))
}

export function planRow({ scheduleId, ...plan }: Plan, counts: ReadonlyMap<string, number>): Reply<'plans.save'> {
  return { ...plan, hours: scheduleId, members: counts.get(plan.id) ?? 0 }
}
