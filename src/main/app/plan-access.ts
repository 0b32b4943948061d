// Plans as somebody names them for a door or a group: by id alone, or with hours in place of their own.
import type { Args } from '../../preload/contract.ts'
import { doorRefusals, hoursRefusals } from '../domain/access-en.ts'
import type { PlanAccess } from '../store/door-groups.ts'
import type { ReadDb } from '../store/open.ts'
import { planById } from '../store/plans.ts'
import { scheduleById } from '../store/schedules.ts'
import { done, type Result, refuse } from './result.ts'

/** null: every plan. */
export function readPlans(db: ReadDb, asked: Args<'doors.setPlans'>['plans']): Result<PlanAccess[] | null> {
  if (asked === null) return done(null)
  const plans = asked.map((one) =>
    typeof one === 'string' ? { plan: one, schedule: null } : { plan: one.plan, schedule: one.hours },
  )
  for (const { plan, schedule } of plans) {
    if (planById(db, plan) === null) return refuse('not-found', doorRefusals.noPlan)
    if (schedule !== null && scheduleById(db, schedule) === null) return refuse('not-found', hoursRefusals.noHours)
  }
  return done(plans)
}
