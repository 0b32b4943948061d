// A world whose doors have devices of other makes: the real door thread on a real desk.db, simulated devices on real sockets,
// and the desk's own use cases.

import net from 'node:net'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { addDoor } from '../../src/main/app/manage-doors.ts'
import type { Doors } from '../../src/main/door/supervise.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { value } from '../app/agreed-desk.ts'
import { MIGRATIONS } from '../store/folder.ts'
import { deskDeps } from './desk-deps.ts'
import { type World, worldForTest } from './world.ts'

export type DeviceWorld = World & {
  deps: DeskDeps
  /** Where our own broker listens, once a door needs it. */
  mqttPort: number
  add(asked: Parameters<typeof addDoor>[1]): ReturnType<typeof added>
  /** The desk is gone. */
  down(): Promise<void>
  /** And back. */
  up(): Promise<void>
}

const added = (deps: DeskDeps, asked: Parameters<typeof addDoor>[1]) => value(addDoor(deps, asked))

export async function deviceWorld(): Promise<DeviceWorld> {
  const world = worldForTest()
  const mqttPort = await freePort()
  let doors: Doors = await world.start({ mqttPort })
  const plain = deskDeps(world)
  const now = () => Date.now() + (world.offset[0] ?? 0)
  const deps: DeskDeps = {
    ...plain,
    now,
    access: openForReading(world.dataDir, 'access', MIGRATIONS),
    live: {
      ...plain.live,
      askDoors: (question) => doors.ask(question),
      deviceState: (id) => world.devices.findLast(({ doorId }) => doorId === id) ?? null,
    },
  }
  return {
    ...world,
    deps,
    mqttPort,
    add: (asked) => added(deps, asked),
    down: () => doors.stop(),
    async up() {
      doors = await world.start({ mqttPort })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })
}
