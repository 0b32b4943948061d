// Which plans open a door and in which hours, and which inductions it asks for.
import type { Args } from '../../preload/contract.ts'
import type { Door } from '../../preload/shapes-doors.ts'
import { doorRefusals, inductionRefusals } from '../domain/access-en.ts'
import { doorById, setDoorPlans } from '../store/doors.ts'
import { allInductions, setDoorInductions } from '../store/inductions.ts'
import type { DeskDeps } from './deps.ts'
import { toldDoor } from './manage-doors.ts'
import { readPlans } from './plan-access.ts'
import { recordAction } from './record-action.ts'
import { type Result, refuse } from './result.ts'

/** `plans` null: every plan opens it, as far as the door itself goes. */
export function restrictDoor(deps: DeskDeps, { id, plans }: Args<'doors.setPlans'>): Result<Door> {
  const { db } = deps.live
  if (doorById(db, id) === null) return refuse('not-found', doorRefusals.noDoor(id))
  const read = readPlans(db, plans)
  if (!read.ok) return read
  db.transaction(() => {
    setDoorPlans(db, id, read.value)
    recordAction(deps, 'door-plans', id, { plans: read.value })
  }).immediate()
  return toldDoor(deps, id)
}

/** Of several inductions everybody needs each. */
export function askInductions(deps: DeskDeps, { id, inductions }: Args<'doors.setInductions'>): Result<Door> {
  const { db } = deps.live
  if (doorById(db, id) === null) return refuse('not-found', doorRefusals.noDoor(id))
  const known = new Set(allInductions(db).map((one) => one.id))
  if (inductions.some((one) => !known.has(one))) return refuse('not-found', inductionRefusals.noInduction)
  db.transaction(() => {
    setDoorInductions(db, id, inductions)
    recordAction(deps, 'door-inductions', id, { inductions })
  }).immediate()
  return toldDoor(deps, id)
}
