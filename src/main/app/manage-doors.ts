// Adds, removes and rekeys doors, and lists them.

import type { Args, Reply } from '../../preload/contract.ts'
import type { Door, DoorState } from '../../preload/shapes-doors.ts'
import { doorRefusals } from '../domain/access-en.ts'
import { CARD_FORMS, type CardForm, isCardForm } from '../domain/card-identity.ts'
import { holdsCards, isDeviceDriver, readDeviceConfig, sayDevice } from '../domain/device-config.ts'
import { deviceRefusals } from '../domain/devices-en.ts'
import { DAY, SECOND, toIso } from '../domain/time.ts'
import { lastPresentationAt } from '../store/access-log.ts'
import { deviceDoor, parityOf } from '../store/device-cards.ts'
import { allDevices, deviceOfDoor, type StoredDevice, writeDevice } from '../store/devices.ts'
import { orderAt } from '../store/door-orders.ts'
import { allDoors, DOOR_DRIVERS, doorById, insertDoor, plansOfDoor, removeDoor, setDoorKey } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { countInHours } from './device-hours.ts'
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
    const device = deps.live?.deviceState(id) ?? null
    const order = orderAt(deps.desk, id, deps.now())
    const last = seen?.at ?? (deps.access === null ? null : lastPresentationAt(deps.access, deps.deskId, id))
    return {
      id,
      name,
      driver,
      online: device === null ? seen !== null && seen.ago < ONLINE_FOR : device.online,
      lastSeenAt: toIso(last),
      mode: order?.mode ?? 'normal',
      modeSince: toIso(order?.at ?? null),
      modeUntil: toIso(order?.until ?? null),
      modeWhy: order?.why || null,
      modeBy: order?.operator ?? null,
      device: listOnDevice(deps, id),
    }
  })
}

function listOnDevice(deps: ReadDeps, id: string): DoorState['device'] {
  const device = deviceOfDoor(deps.desk, id)
  if (device === null || !holdsCards(device.config)) return null
  const adopted = device.adoptedAt !== null
  const behind = deps.access === null || !adopted ? null : parityOf(deps.access, id)
  return {
    adopted,
    otherDesk: deps.access === null ? null : deviceDoor(deps.access, id).otherDesk,
    toRemove: behind?.toRemove ?? 0,
    since: toIso(behind?.toRemoveSince ?? null),
    inHours: countInHours(deps, id, device),
  }
}

export function listDoors(deps: ReadDeps): Door[] {
  const states = new Map(doorStates(deps).map((state) => [state.id, state]))
  return allDoors(deps.desk).flatMap((door) => {
    const { id, format, openMs, restricted, allowance } = door
    const state = states.get(id)
    if (state === undefined) return []
    const plans = restricted ? plansOfDoor(deps.desk, id).map(({ plan }) => plan) : null
    const allowanceDays = allowance === null ? null : allowance / DAY
    return [{ ...state, format, openMs, allowanceDays, plans, ...accessOfDoor(deps, door) }]
  })
}

/** At the desk doors are told apart by their names alone. */
export function doorCalled(db: ReadDb, name: string) {
  const plain = (text: string) => text.trim().toLocaleLowerCase()
  return allDoors(db).find((door) => plain(door.name) === plain(name)) ?? null
}

/** How its cards are written where nobody says otherwise. */
const USUAL_FORM: Record<string, CardForm> = { uhppote: 'uhppote', 'esp-rfid': 'hex' }

export function addDoor(deps: DeskDeps, asked: Args<'doors.add'>): Result<Reply<'doors.add'>> {
  const { id, driver = 'native', name, format, ...where } = asked
  const { db, randomHex } = deps.live
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(id)) {
    return refuse(
      'bad-request',
      `"${id}" cannot be a door's id: use up to 32 small letters, digits and hyphens, such as front-door.`,
    )
  }
  if (!(DOOR_DRIVERS as readonly string[]).includes(driver))
    return refuse('bad-request', doorRefusals.noDriver(driver, DOOR_DRIVERS))
  if (format !== undefined && !isCardForm(format)) return refuse('bad-request', doorRefusals.noForm(format, CARD_FORMS))
  if (doorById(db, id) !== null)
    return refuse('taken', `There is a door "${id}" already: choose another id, or remove that one first.`)
  const same = name === undefined ? null : doorCalled(db, name)
  if (same !== null) return refuse('taken', doorRefusals.nameTaken(same.name))
  const config = isDeviceDriver(driver) ? readDeviceConfig(driver, where, () => randomHex(12)) : null
  if (typeof config === 'string') return refuse('bad-request', config)
  const option = config === null ? Object.keys(where)[0] : undefined
  if (option !== undefined) return refuse('bad-request', deviceRefusals.notForNative(option))
  const other = config === null ? undefined : allDevices(db).find((one) => sayDevice(one.config) === sayDevice(config))
  if (other !== undefined) return refuse('taken', deviceRefusals.taken(other.doorId))
  const key = config === null ? randomHex(32) : null
  const form = format ?? USUAL_FORM[driver] ?? null
  const at = deps.now()
  db.transaction(() => {
    insertDoor(db, { id, name: name?.trim() || id, driver, format: form, key, at })
    // What holds no list has nothing to lose.
    const adoptedAt = config !== null && holdsCards(config) ? null : at
    if (config !== null) writeDevice(db, { doorId: id, config, adoptedAt, replaces: null, hours: null })
    recordAction(deps, 'door-added', id, { driver, ...(config === null ? {} : { device: sayDevice(config) }) })
  }).immediate()
  deps.live.pushLamps()
  const password = config?.driver === 'esp-rfid' ? config.password : null
  return done({ id, driver, key, ...(password === null ? {} : { password }) })
}

export function dropDoor(deps: DeskDeps, id: string): Result<{ ok: true }> {
  const door = doorById(deps.desk, id)
  if (door === null) return noDoor(id)
  const left = goBy(deps.desk, door)
  if (left.length > 0) return refuse('wrong-state', doorRefusals.lastWayOut(left))
  deps.live.db
    .transaction(() => {
      removeDoor(deps.live.db, id, { at: deps.now(), operator: deps.live.operator, origin: deps.deskId })
      recordAction(deps, 'door-removed', id)
    })
    .immediate()
  deps.live.pushLamps()
  return done({ ok: true })
}

export function rekeyDoor(deps: DeskDeps, id: string): Result<Reply<'doors.rekey'>> {
  const door = doorById(deps.desk, id)
  if (door === null) return noDoor(id)
  const device = deviceOfDoor(deps.desk, id)
  if (device !== null) return newPassword(deps, device)
  const key = deps.live.randomHex(32)
  deps.live.db
    .transaction(() => {
      setDoorKey(deps.live.db, id, key)
      recordAction(deps, 'door-rekeyed', id)
    })
    .immediate()
  return done({ id, driver: door.driver, key })
}

/** For a box at our own broker; every other device has its password from elsewhere. */
function newPassword(deps: DeskDeps, device: StoredDevice): Result<Reply<'doors.rekey'>> {
  const { doorId: id, config } = device
  if (config.driver !== 'esp-rfid' || config.password === null)
    return refuse('wrong-state', deviceRefusals.noKey(id, config.driver))
  const password = deps.live.randomHex(12)
  deps.live.db
    .transaction(() => {
      writeDevice(deps.live.db, { ...device, config: { ...config, password } })
      recordAction(deps, 'door-rekeyed', id)
    })
    .immediate()
  return done({ id, driver: config.driver, key: null, password })
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
