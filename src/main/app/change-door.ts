// What a door is called and how it works: card form, seconds, which way its reader is, whether it lets anybody in twice.
import type { Args } from '../../preload/contract.ts'
import type { Door } from '../../preload/shapes-doors.ts'
import { doorRefusals } from '../domain/access-en.ts'
import { CARD_FORMS, isCardForm } from '../domain/card-identity.ts'
import { SECOND } from '../domain/time.ts'
import { allDoors, doorById, type Door as StoredDoor, setDoor } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'
import type { DeskDeps } from './deps.ts'
import { doorCalled, toldDoor } from './manage-doors.ts'
import { recordAction } from './record-action.ts'
import { type Result, refuse } from './result.ts'
import { goBy } from './ways-out.ts'

export function changeDoor(deps: DeskDeps, asked: Args<'doors.set'>): Result<Door> {
  const { db } = deps.live
  const door = doorById(db, asked.id)
  if (door === null) return refuse('not-found', doorRefusals.noDoor(asked.id))
  const direction = asked.direction === undefined ? door.direction : asked.direction
  const changed: StoredDoor = {
    ...door,
    name: asked.name === undefined ? door.name : asked.name.trim(),
    format: asked.format === undefined ? door.format : asked.format,
    openMs: asked.openMs ?? door.openMs,
    direction,
    antiPassback: direction !== 'out' && (asked.antiPassback ?? door.antiPassback),
  }
  const same = changed.name === door.name ? null : doorCalled(db, changed.name)
  if (same !== null && same.id !== door.id) return refuse('taken', doorRefusals.nameTaken(same.name))
  const fault = faultOf(changed) ?? wayOutFault(db, door, changed, asked.antiPassback)
  if (fault !== null) return fault
  db.transaction(() => {
    setDoor(db, changed)
    const { name, format, openMs, antiPassback } = changed
    recordAction(deps, 'door-changed', door.id, { name, format, openMs, direction, antiPassback })
  }).immediate()
  return toldDoor(deps, door.id)
}

function faultOf({ name, format, openMs }: StoredDoor) {
  if (name === '') return refuse('bad-request', doorRefusals.noName)
  if (format !== null && !isCardForm(format)) return refuse('bad-request', doorRefusals.noForm(format, CARD_FORMS))
  if (!Number.isInteger(openMs) || openMs < SECOND || openMs > 30 * SECOND)
    return refuse('bad-request', doorRefusals.openFor)
  return null
}

/** Who is let in only once has to be seen to leave. */
function wayOutFault(db: ReadDb, door: StoredDoor, changed: StoredDoor, asked: boolean | undefined) {
  const isOut = changed.direction === 'out'
  if (isOut && asked === true) return refuse('bad-request', doorRefusals.isWayOut)
  const others = allDoors(db).filter(({ id }) => id !== door.id)
  if (changed.antiPassback && !others.some(({ direction }) => direction === 'out'))
    return refuse('wrong-state', doorRefusals.noWayOut)
  const left = isOut ? [] : goBy(db, door)
  return left.length > 0 ? refuse('wrong-state', doorRefusals.lastWayOut(left)) : null
}
