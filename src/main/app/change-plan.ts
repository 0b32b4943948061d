// What a plan is called and what it allows: people, days before the first payment, hours, visits.
import type { Args, Reply } from '../../preload/contract.ts'
import { hoursRefusals } from '../domain/access-en.ts'
import { mappingRefusals } from '../domain/memberships-en.ts'
import { type Plan, planById, planCalled, savePlan } from '../store/plans.ts'
import { scheduleById } from '../store/schedules.ts'
import type { DeskDeps } from './deps.ts'
import { membersByPlan, planRow } from './plan-members.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export async function changePlan(deps: DeskDeps, asked: Args<'plans.save'>): Promise<Result<Reply<'plans.save'>>> {
  const { db, sync } = deps.live
  const plan = planById(db, asked.id)
  if (plan === null) return refuse('not-found', mappingRefusals.noPlan)
  const name = asked.name === undefined ? plan.name : asked.name.trim()
  if (name === '') return refuse('bad-request', mappingRefusals.noName)
  // Two products may have one name: then their plans do, until a person renames one.
  if (name !== plan.name && (planCalled(db, name)?.id ?? plan.id) !== plan.id)
    return refuse('taken', mappingRefusals.nameTaken(name))
  if (asked.hours != null && scheduleById(db, asked.hours) === null) return refuse('not-found', hoursRefusals.noHours)
  const changed: Plan = {
    id: plan.id,
    name,
    seats: asked.seats === undefined ? plan.seats : asked.seats,
    provisionalDays: asked.provisionalDays ?? plan.provisionalDays,
    scheduleId: asked.hours === undefined ? plan.scheduleId : asked.hours,
    visits: asked.visits === undefined ? plan.visits : asked.visits,
    visitsPer: asked.visitsPer ?? plan.visitsPer,
  }
  db.transaction(() => {
    savePlan(db, changed, name === plan.name ? null : deps.now())
    const { id, ...detail } = changed
    recordAction(deps, 'plan-changed', id, detail)
  }).immediate()
  if (changed.provisionalDays === plan.provisionalDays) deps.live.push('members', {})
  else await sync.deriveAll()
  return done(planRow(changed, membersByPlan(deps)))
}
