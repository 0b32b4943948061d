// Adds, removes and rekeys doors, and says which plans open them.

import type { Reply } from '../../preload/contract.ts'
import type { Door, DoorState } from '../../preload/shapes-doors.ts'
import { CARD_FORMS, isCardForm } from '../domain/card-identity.ts'
import { DAY, SECOND, toIso } from '../domain/time.ts'
import { lastPresentationAt } from '../store/access-log.ts'
import { orderAt } from '../store/door-orders.ts'
import {
  allDoors,
  DOOR_DRIVERS,
  doorById,
  insertDoor,
  plansOfDoor,
  removeDoor,
  setDoorKey,
  setDoorPlans,
} from '../store/doors.ts'
import { allPlans } from '../store/plans.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** Controllers ask for the time at least every 20 s; two missed questions make a door offline. */
const ONLINE_FOR = 45 * SECOND

export function doorStates(deps: ReadDeps): DoorState[] {
  return allDoors(deps.desk).map(({ id, name, driver }) => {
    const seen = deps.live?.doorSeen(id) ?? null
    const order = orderAt(deps.desk, id, deps.now())
    const last = seen?.at ?? (deps.access === null ? null : lastPresentationAt(deps.access, id))
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
  return allDoors(deps.desk).flatMap(({ id, format, openMs, restricted, allowance }) => {
    const state = states.get(id)
    if (state === undefined) return []
    const order = orderAt(deps.desk, id, deps.now())
    const plans = restricted ? plansOfDoor(deps.desk, id).map(({ plan }) => plan) : null
    const allowanceDays = allowance === null ? null : allowance / DAY
    const ordered = { modeWhy: order?.why || null, modeBy: order?.operator ?? null }
    return [{ ...state, format, openMs, allowanceDays, plans, ...ordered }]
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
  if (format !== undefined && !isCardForm(format))
    return refuse(
      'bad-request',
      `"${format}" is not a form in which cards are written. Use one of: ${CARD_FORMS.join(' ')}`,
    )
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
  if (doorById(deps.desk, id) === null) return noDoor(id)
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

export function restrictDoor(deps: DeskDeps, id: string, plans: string[] | null): Result<Door> {
  if (doorById(deps.desk, id) === null) return noDoor(id)
  const known = new Set(allPlans(deps.desk).map((plan) => plan.id))
  if (plans?.some((plan) => !known.has(plan)))
    return refuse('not-found', 'One of these plans is not here any more: look at the list again.')
  deps.live.db
    .transaction(() => {
      setDoorPlans(deps.live.db, id, plans?.map((plan) => ({ plan, schedule: null })) ?? null)
      recordAction(deps, 'door-plans', id, { plans })
    })
    .immediate()
  const door = listDoors(deps).find((one) => one.id === id)
  return door === undefined ? noDoor(id) : done(door)
}

function noDoor(id: string) {
  return refuse('not-found', `There is no door "${id}": \`latchkey door list\` shows them.`)
}
