// The calls about devices at doors, each mapped to its use case.
import type { deviceCalls } from '../../preload/calls-devices.ts'
import { adoptDevice, lookAtDevice } from './adopt-door.ts'
import { setDeviceHours } from './device-hours.ts'
import { doorHealth } from './door-health.ts'
import type { HandlersOf } from './handler-type.ts'
import { openDoor } from './open-door.ts'
import { done } from './result.ts'
import { setDevice } from './set-device.ts'

export const deviceHandlers = {
  'doors.adoption': (deps, { id }) => lookAtDevice(deps, id),
  'doors.adopt': (deps, args) => adoptDevice(deps, args),
  'doors.setDevice': (deps, args) => setDevice(deps, args),
  'doors.setDeviceHours': (deps, args) => setDeviceHours(deps, args),
  'doors.open': (deps, { id }) => openDoor(deps, id),
  'doors.health': async (deps) => done(await doorHealth(deps)),
} satisfies HandlersOf<typeof deviceCalls>
