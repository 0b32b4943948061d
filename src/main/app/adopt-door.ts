// Taking over a device that is in use: what it holds is shown first, and nothing on it is changed before somebody confirms.
import type { Args, Reply } from '../../preload/contract.ts'
import { holdsCards } from '../domain/device-config.ts'
import { deviceRefusals as refusals } from '../domain/devices-en.ts'
import { toIso } from '../domain/time.ts'
import { cardsOnDevice, deviceDoor } from '../store/device-cards.ts'
import { deviceOfDoor, type StoredDevice, writeDevice } from '../store/devices.ts'
import { type Door, doorById } from '../store/doors.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { countInHours } from './device-hours.ts'
import { whoseCards } from './device-people.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

type Adoption = Reply<'doors.adoption'>
type Found = { door: Door; device: StoredDevice }

export async function lookAtDevice(deps: DeskDeps, id: string): Promise<Result<Adoption>> {
  const found = await readNow(deps, id)
  return found.ok ? done(adoptionOf(deps, found.value)) : found
}

export async function adoptDevice(deps: DeskDeps, { id, replace }: Args<'doors.adopt'>): Promise<Result<Adoption>> {
  const found = await readNow(deps, id)
  if (!found.ok) return found
  const { door, device } = found.value
  const { otherDesk } = deps.access === null ? { otherDesk: null } : deviceDoor(deps.access, id)
  if (otherDesk !== null && replace !== otherDesk)
    return refuse('wrong-state', refusals.otherDesk(door.name, otherDesk), { otherDesk })
  const adoption = adoptionOf(deps, found.value)
  const adopted = { ...device, adoptedAt: device.adoptedAt ?? deps.now(), replaces: otherDesk ?? device.replaces }
  if (device.adoptedAt === null || otherDesk !== null) {
    const { matched, unknown, missing } = adoption
    const counts = { matched: matched.length, unknown: unknown.length, missing: missing.length, replaces: otherDesk }
    deps.live.db
      .transaction(() => {
        writeDevice(deps.live.db, adopted)
        recordAction(deps, 'door-adopted', id, counts)
      })
      .immediate()
    deps.live.pushLamps()
  }
  return done({ ...adoption, adoptedAt: toIso(adopted.adoptedAt) })
}

/** All that it holds, read a moment ago. */
async function readNow(deps: DeskDeps, id: string): Promise<Result<Found>> {
  const door = doorById(deps.desk, id)
  const device = deviceOfDoor(deps.desk, id)
  if (door === null) return refuse('not-found', refusals.noDoor(id))
  if (device === null || !holdsCards(device.config)) return refuse('wrong-state', refusals.needsNoAdoption(door.name))
  if ((await deps.live.askDoors({ what: 'read', doorId: id })) !== 'done')
    return refuse('wrong-state', refusals.silent(door.name))
  return done({ door, device })
}

function adoptionOf(deps: ReadDeps, { door, device }: Found): Adoption {
  const { access } = deps
  const whose = whoseCards(deps, door, device.config.driver)
  const rows = access === null ? [] : cardsOnDevice(access, door.id)
  const held = rows
    .filter((row) => row.held !== null)
    .map((row) => ({ ...whose(row.card), opens: row.wanted !== null }))
  return {
    door: { id: door.id, name: door.name },
    otherDesk: access === null ? null : deviceDoor(access, door.id).otherDesk,
    adoptedAt: toIso(device.adoptedAt),
    matched: held.filter(({ member }) => member !== null),
    unknown: held.filter(({ member }) => member === null).map(({ opens: _, ...card }) => card),
    missing: rows.filter((row) => row.held === null).map((row) => whose(row.card)),
    inHours: countInHours(deps, door.id, device),
  }
}
