// A device that knows days but no hours: whom that concerns, and what a manager says is to become of them.
import type { Args } from '../../preload/contract.ts'
import { keepsHours } from '../domain/device-config.ts'
import { deviceRefusals as refusals } from '../domain/devices-en.ts'
import { deviceOfDoor, type StoredDevice, writeDevice } from '../store/devices.ts'
import { listedInHours } from '../store/door-list.ts'
import { doorById } from '../store/doors.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** People who come in certain hours only, at a device that keeps none, while nobody has said what then. */
export function countInHours({ access }: ReadDeps, doorId: string, { config, hours }: StoredDevice): number {
  return access === null || keepsHours(config) || hours !== null ? 0 : listedInHours(access, doorId)
}

export function setDeviceHours(deps: DeskDeps, { id, hours }: Args<'doors.setDeviceHours'>): Result<{ ok: true }> {
  const door = doorById(deps.desk, id)
  const device = deviceOfDoor(deps.desk, id)
  if (door === null) return refuse('not-found', refusals.noDoor(id))
  if (device === null || keepsHours(device.config)) return refuse('wrong-state', refusals.keepsHours(door.name))
  deps.live.db
    .transaction(() => {
      writeDevice(deps.live.db, { ...device, hours })
      recordAction(deps, 'door-hours-set', id, { hours })
    })
    .immediate()
  deps.live.pushLamps()
  return done({ ok: true })
}
