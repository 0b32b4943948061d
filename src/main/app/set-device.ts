// A device that is reached another way now: at a new address, by another broker, with another password.
import type { Args } from '../../preload/contract.ts'
import {
  type DeviceConfig,
  deviceKey,
  holdsCards,
  isDeviceDriver,
  readDeviceConfig,
  sayDevice,
} from '../domain/device-config.ts'
import { deviceRefusals as refusals } from '../domain/devices-en.ts'
import { allDevices, deviceOfDoor, writeDevice } from '../store/devices.ts'
import { orderAt } from '../store/door-orders.ts'
import { doorById } from '../store/doors.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** What is not said stays as it is. */
export function setDevice(deps: DeskDeps, { id, ...said }: Args<'doors.setDevice'>): Result<{ ok: true }> {
  const door = doorById(deps.desk, id)
  const device = deviceOfDoor(deps.desk, id)
  if (door === null) return refuse('not-found', refusals.noDoor(id))
  if (device === null || !isDeviceDriver(door.driver)) return refuse('wrong-state', refusals.cannotOpen(door.name))
  const config = readDeviceConfig(door.driver, { ...asGiven(device.config), ...said }, () => deps.live.randomHex(12))
  if (typeof config === 'string') return refuse('bad-request', config)
  // The same box keeps its password for our broker.
  const before = device.config
  if (
    config.driver === 'esp-rfid' &&
    before.driver === 'esp-rfid' &&
    before.password !== null &&
    config.broker === null
  )
    config.password = before.password
  const other = allDevices(deps.desk).find((one) => one.doorId !== id && sayDevice(one.config) === sayDevice(config))
  if (other !== undefined) return refuse('taken', refusals.taken(other.doorId))
  const same = !holdsCards(config) || placeOf(config) === placeOf(before)
  // An order would hold no more there, and what the device holds would be compared with a list that is short by it.
  if (!same && orderAt(deps.desk, id, deps.now()) !== null) return refuse('wrong-state', refusals.ordered(door.name))
  deps.live.db
    .transaction(() => {
      writeDevice(deps.live.db, { ...device, config, adoptedAt: same ? device.adoptedAt : null })
      recordAction(deps, 'door-device-set', id, { device: sayDevice(config) })
    })
    .immediate()
  deps.live.pushLamps()
  return done({ ok: true })
}

/** What was taken over: a device, and at a board which of its doors. */
function placeOf(config: DeviceConfig): string {
  return `${deviceKey(config)} ${config.driver === 'uhppote' ? config.output : ''}`
}

function asGiven(config: DeviceConfig): Omit<Args<'doors.setDevice'>, 'id'> {
  switch (config.driver) {
    case 'uhppote': {
      const { host, port, serial, output, listener } = config
      return { address: `${host}:${port}`, serial, output, listener }
    }
    case 'esp-rfid': {
      const { broker, ca, topic, address } = config
      return { broker: broker ?? 'own', topic, address, ...(ca === null ? {} : { ca }) }
    }
    case 'relay':
      return { url: config.url }
  }
}
