// What devices at doors hold, for the fake desk: a board that is only looked at, and one that is behind.
import type { Adoption, DoorHealth } from '../../src/preload/shapes-devices.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'

type DeviceCalls = 'doors.adoption' | 'doors.adopt' | 'doors.setDeviceHours' | 'doors.open' | 'doors.health'

export function deviceHandlers(world: World): Pick<Handlers, DeviceCalls> {
  const person = (n: number) => {
    const { id = '', name = '' } = world.members[n] ?? {}
    return { id, name }
  }
  const card = (n: number) => ({
    card: String(12_314_706 + n * 31),
    canonical: `em:${(0x0100a1b200 + n).toString(16).toUpperCase().padStart(10, '0')}`,
    member: person(n),
    state: 'active' as const,
  })
  const nobodys = (n: number) => ({ card: String(4_511_023 + n), canonical: null, member: null, state: null })
  const adoptionOf = (id: string): Adoption => ({
    door: { id, name: world.doors.find((door) => door.id === id)?.name ?? id },
    otherDesk: id === 'workshop' ? '192.168.1.20:60001' : null,
    adoptedAt: world.doors.find((door) => door.id === id)?.device?.adopted ? world.iso(0) : null,
    matched: [0, 1, 2, 3, 9, 10, 11, 12, 17].map((n) => ({ ...card(n), opens: n !== 4 && n !== 9 })),
    unknown: [1, 2, 3].map(nobodys),
    missing: [card(20), card(21)],
    inHours: 0,
  })
  const health = ({ id, name, driver, online, device }: World['doors'][number]): DoorHealth => ({
    id,
    name,
    driver,
    online,
    lastSeenAt: world.iso(0),
    device: device === null ? null : 'board 405419896 at 192.168.1.50:60000, its door 1',
    firmware: device === null ? null : '8.92',
    clockOffSeconds: device === null ? null : 0,
    trouble: null,
    times: { count: 214, p50: 0.9, p99: 3.4 },
    keyholders: id === 'front' ? 3 : 1,
    fewKeyholders: id !== 'front',
    amiss: id !== 'front',
    canOpen: device?.adopted === true,
    parity:
      device === null
        ? null
        : {
            adopted: device.adopted,
            otherDesk: device.otherDesk,
            readAt: world.iso(-0.01),
            wanted: { cards: 212, hash: 'a1b2c3d4e5f6' },
            held: { cards: 214, hash: device.toRemove === 0 ? 'a1b2c3d4e5f6' : '0f9e8d7c6b5a' },
            toRemove: device.toRemove,
            toRemoveSince: device.since,
            differing: device.toRemove,
            differences:
              device.since === null
                ? []
                : [
                    { ...card(4), state: 'lost', change: 'remove', since: device.since },
                    { ...card(5), state: 'revoked', change: 'remove', since: device.since },
                  ],
            receipts: [{ ...card(7), state: 'lost', since: world.iso(-1), landedAt: world.iso(-0.999) }],
          },
    triedAt: world.iso(-0.2),
    overnight: { came: 14, refused: 2, told: 1 },
    lastEvents: world.feed.slice(0, 3),
  })
  return {
    'doors.adoption': ({ id }) => adoptionOf(id),
    'doors.adopt': ({ id, replace }) => {
      const adoption = adoptionOf(id)
      if (adoption.otherDesk !== null && replace !== adoption.otherDesk)
        return no('wrong-state', 'Another program hears of its swipes.')
      const door = world.doors.find((one) => one.id === id)
      if (door?.device) door.device = { ...door.device, adopted: true }
      return { ...adoption, adoptedAt: world.iso(0) }
    },
    'doors.setDeviceHours': ({ id }) => {
      const door = world.doors.find((one) => one.id === id)
      if (door?.device) door.device = { ...door.device, inHours: 0 }
      return { ok: true }
    },
    'doors.open': () => ({ ok: true }),
    'doors.health': () => world.doors.map(health),
  }
}
