// Opens a door once, to see that it does: a permission of its own, and in the log of actions.
import { deviceRefusals as refusals } from '../domain/devices-en.ts'
import { deviceOfDoor } from '../store/devices.ts'
import { doorById } from '../store/doors.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

export async function openDoor(deps: DeskDeps, id: string): Promise<Result<{ ok: true }>> {
  const door = doorById(deps.desk, id)
  if (door === null) return refuse('not-found', refusals.noDoor(id))
  const device = deviceOfDoor(deps.desk, id)
  if (device === null) return refuse('wrong-state', refusals.cannotOpen(door.name))
  if (device.adoptedAt === null) return refuse('wrong-state', refusals.notAdopted(door.name))
  // First what was meant, then the door: what opened it is never missing from the log.
  deps.live.db.transaction(() => recordAction(deps, 'door-opened', id)).immediate()
  const outcome = await deps.live.askDoors({ what: 'open', doorId: id })
  return outcome === 'done' ? done({ ok: true }) : refuse('wrong-state', refusals.silent(door.name))
}
