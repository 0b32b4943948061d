// The devices at doors that speak a language of their own: which there are by desk.db, opened, changed and closed as that
// says, and found by the door that they serve.
import { deviceKey } from '../domain/device-config.ts'
import type { DeviceOutcome } from '../domain/door-questions.ts'
import { SECOND } from '../domain/time.ts'
import { allDevices, type StoredDevice } from '../store/devices.ts'
import { doorById } from '../store/doors.ts'
import { readRevision, readSettings } from '../store/settings.ts'
import type { DoorAnswer } from './answer.ts'
import { type DeviceDeps, type RunningDevice, runDevice } from './device.ts'

/** How soon a change at the desk is looked at. */
const LOOK_EVERY = 300
/** What could not be opened, such as a port that another program uses, is tried again after this. */
const OPEN_AGAIN = 5 * SECOND
/** Some speak every second and some hardly ever: that a door is there is told so often. */
const LAMP_EVERY = 20 * SECOND

export type Controllers = {
  /** Reads all that the device of a door holds, now. */
  read(doorId: string): Promise<DeviceOutcome>
  open(doorId: string): Promise<DeviceOutcome>
  /** A card shown at a reader of ours that belongs to a door. */
  present(doorId: string, canonical: string): Promise<DoorAnswer | null>
  close(): Promise<void>
}

/** `by` is what it was opened by: another one opens it anew. */
type Open = { by: string; device: RunningDevice }

/** `onSeen`: a device that serves this door is there. */
export function startControllers(deps: DeviceDeps & { onSeen(doorId: string): void }): Controllers {
  const { desk } = deps
  const open = new Map<string, Open>()
  const opening = new Map<string, Promise<void>>()
  let again: NodeJS.Timeout | undefined
  let seen = -1
  /** Said once, not three times a second. */
  let isBroken = false

  function look(): void {
    try {
      const revision = readRevision(desk)
      if (revision !== seen) follow()
      seen = revision
      isBroken = false
    } catch (error) {
      if (!isBroken) deps.onFailure('Looking at the devices', error)
      isBroken = true
    }
    for (const { device } of open.values()) void device.work()
  }

  function follow(): void {
    const stored = Map.groupBy(allDevices(desk), ({ config }) => deviceKey(config))
    for (const [key, { by, device }] of open) {
      if (by === byOf(stored.get(key) ?? [])) continue
      open.delete(key)
      device.close().catch((error) => deps.onFailure(`Closing ${key}`, error))
    }
    for (const [key, devices] of stored) {
      open.get(key)?.device.follow(devices)
      const [first, ...others] = devices
      if (open.has(key) || opening.has(key) || first === undefined) continue
      opening.set(
        key,
        begin(key, [first, ...others]).finally(() => opening.delete(key)),
      )
    }
  }

  function byOf(devices: readonly StoredDevice[]): string {
    const doors = devices.map(({ doorId, config }) => {
      const { openMs, format } = doorById(desk, doorId) ?? {}
      return [doorId, config, openMs, format]
    })
    return JSON.stringify([readSettings(desk).timeZone, doors])
  }

  async function begin(key: string, devices: readonly [StoredDevice, ...StoredDevice[]]): Promise<void> {
    try {
      const by = byOf(devices)
      open.set(key, { by, device: await runDevice(deps, key, devices) })
      // What changed meanwhile is looked at anew.
      seen = -1
    } catch (error) {
      deps.onFailure(`Opening ${key}`, error)
      again = setTimeout(() => {
        seen = -1
      }, OPEN_AGAIN)
    }
  }

  async function found(doorId: string): Promise<RunningDevice | undefined> {
    look()
    await Promise.all(opening.values())
    return [...open.values()].find(({ device }) => device.serves(doorId))?.device
  }

  look()
  const timer = setInterval(look, LOOK_EVERY)
  const lamp = setInterval(() => {
    for (const { doorId, config } of allDevices(desk))
      if (open.get(deviceKey(config))?.device.isOnline()) deps.onSeen(doorId)
  }, LAMP_EVERY)

  return {
    async read(doorId) {
      return (await found(doorId))?.readAgain(doorId) ?? 'none'
    },
    async open(doorId) {
      const device = await found(doorId)
      const door = doorById(desk, doorId)
      return device === undefined || door === null ? 'none' : device.open(door)
    },
    async present(doorId, canonical) {
      const device = await found(doorId)
      const door = doorById(desk, doorId)
      return device === undefined || door === null ? null : device.present(door, canonical)
    },
    async close() {
      clearInterval(timer)
      clearInterval(lamp)
      clearTimeout(again)
      await Promise.all(opening.values())
      await Promise.all([...open.values()].map(({ device }) => device.close().catch(() => {})))
    },
  }
}
