// Adds, removes and rekeys doors, and lists them.

import type { Reply } from '../../preload/contract.ts'
import type { Door, DoorState } from '../../preload/shapes-doors.ts'
import { doorRefusals } from '../domain/access-en.ts'
import { CARD_FORMS, isCardForm } from '../domain/card-identity.ts'
import { DAY, SECOND, toIso } from '../domain/time.ts'
import { lastPresentationAt } from '../store/access-log.ts'
import { orderAt } from '../store/door-orders.ts'
import { allDoors, DOOR_DRIVERS, doorById, insertDoor, plansOfDoor, removeDoor, setDoorKey } from '../store/doors.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { accessOfDoor } from './door-access.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'
import { tellOfAccess } from './tell-of-access.ts'
import { goBy } from './ways-out.ts'

/** Controllers ask for the time at least every 20 s; two missed questions make a door offline. */
const ONLINE_FOR = 45 * SECOND

export function doorStates(deps: ReadDeps): DoorState[] {
  return allDoors(deps.desk).map(({ id, name, driver }) => {
    const seen = deps.live?.doorSeen(id) ?? null
    const order = orderAt(deps.desk, id, deps.now())
    const last = seen?.at ?? (deps.access === null ? null : lastPresentationAt(deps.access, deps.deskId, id))
    return {
      id,
      name,
      driver,
      online: seen !== null && seen.ago < ONLINE_FOR,
      lastSeenAt: toIso(last),
      mode: order?.mode ?? 'normal',
      modeUntil: toIso(order?.until ?? null),
    }
  })
}

export function listDoors(deps: ReadDeps): Door[] {
  const states = new Map(doorStates(deps).map((state) => [state.id, state]))
  return allDoors(deps.desk).flatMap((door) => {
    const { id, format, openMs, restricted, allowance } = door
    const state = states.get(id)
    if (state === undefined) return []
    const order = orderAt(deps.desk, id, deps.now())
    const plans = restricted ? plansOfDoor(deps.desk, id).map(({ plan }) => plan) : null
    const allowanceDays = allowance === null ? null : allowance / DAY
    const ordered = { modeWhy: order?.why || null, modeBy: order?.operator ?? null }
    return [{ ...state, format, openMs, allowanceDays, plans, ...ordered, ...accessOfDoor(deps, door) }]
  })
}

export function addDoor(
  deps: DeskDeps,
  asked: { id: string; driver?: string | undefined; name?: string | undefined; format?: string | undefined },
): Result<Reply<'doors.add'>> {
  const { id, driver = 'native', name, format } = asked
  const { db, randomHex } = deps.live
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(id)) {
    return refuse(
      'bad-request',
      `"${id}" cannot be a door's id: use up to 32 small letters, digits and hyphens, such as front-door.`,
    )
  }
  if (!(DOOR_DRIVERS as readonly string[]).includes(driver))
    return refuse('bad-request', `"${driver}" is not a kind of door: use native.`)
  if (driver !== 'native')
    return refuse('bad-request', `Doors of the kind ${driver} come with a later version: use native.`)
  if (format !== undefined && !isCardForm(format)) return refuse('bad-request', doorRefusals.noForm(format, CARD_FORMS))
  if (doorById(db, id) !== null)
    return refuse('taken', `There is a door "${id}" already: choose another id, or remove that one first.`)
  const key = randomHex(32)
  db.transaction(() => {
    insertDoor(db, { id, name: name?.trim() || id, driver, format: format ?? null, key, at: deps.now() })
    recordAction(deps, 'door-added', id, { driver })
  }).immediate()
  deps.live.pushLamps()
  return done({ id, driver, key })
}

export function dropDoor(deps: DeskDeps, id: string): Result<{ ok: true }> {
  const door = doorById(deps.desk, id)
  if (door === null) return noDoor(id)
  const left = goBy(deps.desk, door)
  if (left.length > 0) return refuse('wrong-state', doorRefusals.lastWayOut(left))
  deps.live.db
    .transaction(() => {
      removeDoor(deps.live.db, id, deps.now())
      recordAction(deps, 'door-removed', id)
    })
    .immediate()
  deps.live.pushLamps()
  return done({ ok: true })
}

export function rekeyDoor(deps: DeskDeps, id: string): Result<Reply<'doors.rekey'>> {
  const door = doorById(deps.desk, id)
  if (door === null) return noDoor(id)
  if (door.driver !== 'native')
    return refuse('wrong-state', `Only native doors have a key, and ${id} is of the kind ${door.driver}.`)
  const key = deps.live.randomHex(32)
  deps.live.db
    .transaction(() => {
      setDoorKey(deps.live.db, id, key)
      recordAction(deps, 'door-rekeyed', id)
    })
    .immediate()
  return done({ id, driver: door.driver, key })
}

/** After a change: the door as it is now, and a word to every screen. */
export function toldDoor(deps: DeskDeps, id: string): Result<Door> {
  tellOfAccess(deps)
  const door = listDoors(deps).find((one) => one.id === id)
  return door === undefined ? noDoor(id) : done(door)
}

function noDoor(id: string) {
  return refuse('not-found', doorRefusals.noDoor(id))
}
