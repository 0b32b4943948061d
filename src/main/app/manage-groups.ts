// Groups of doors, so that a plan need not name each of them.
import type { Args } from '../../preload/contract.ts'
import type { Group } from '../../preload/shapes-access.ts'
import { doorRefusals, groupRefusals } from '../domain/access-en.ts'
import { allGroups, type DoorGroup, removeGroup as deleteGroup, saveGroup as storeGroup } from '../store/door-groups.ts'
import { doorById } from '../store/doors.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { readPlans } from './plan-access.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfAccess } from './tell-of-access.ts'

export function listGroups({ desk }: ReadDeps): Group[] {
  return allGroups(desk).map(groupRow)
}

/** `plans` null: the group limits nothing. Where it names some, its doors open to those and to what the doors name. */
export function saveGroup(deps: DeskDeps, asked: Args<'groups.save'>): Result<Group> {
  const { db, newId } = deps.live
  const name = asked.name.trim()
  const groups = allGroups(db)
  if (asked.id !== undefined && !groups.some(({ id }) => id === asked.id))
    return refuse('not-found', groupRefusals.noGroup)
  if (name === '') return refuse('bad-request', groupRefusals.noName)
  const same = groups.find((one) => one.name.toLocaleLowerCase() === name.toLocaleLowerCase())
  if (same !== undefined && same.id !== asked.id) return refuse('taken', groupRefusals.nameTaken(same.name))
  if (asked.doors.length === 0) return refuse('bad-request', groupRefusals.noDoors)
  const unknown = asked.doors.find((door) => doorById(db, door) === null)
  if (unknown !== undefined) return refuse('not-found', doorRefusals.noDoor(unknown))
  const plans = readPlans(db, asked.plans)
  if (!plans.ok) return plans
  const group: DoorGroup = { id: asked.id ?? newId(), name, doors: asked.doors, plans: plans.value }
  db.transaction(() => {
    storeGroup(db, group, deps.now())
    recordAction(deps, 'group-saved', group.id, { name, doors: group.doors, plans: group.plans })
  }).immediate()
  tellOfAccess(deps)
  return done(groupRow(group))
}

/** Its doors stay as they are, and open to what they name themselves. */
export function removeGroup(deps: DeskDeps, id: string): Result<{ ok: true }> {
  const { db } = deps.live
  const group = allGroups(db).find((one) => one.id === id)
  if (group === undefined) return refuse('not-found', groupRefusals.noGroup)
  db.transaction(() => {
    deleteGroup(db, id)
    recordAction(deps, 'group-removed', id, { name: group.name })
  }).immediate()
  tellOfAccess(deps)
  return done({ ok: true })
}

function groupRow({ plans, ...group }: DoorGroup): Group {
  return { ...group, plans: plans?.map(({ plan, schedule }) => ({ plan, hours: schedule })) ?? null }
}
