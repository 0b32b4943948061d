// Doors whose device was not yet made to forget a card: it opens them still whenever the device decides by itself.
import { writtenBy } from '../../../hardware/controllers/written.ts'
import type { CardRow } from '../../preload/shapes.ts'
import { holdsCards } from '../domain/device-config.ts'
import { toIso } from '../domain/time.ts'
import { cardOnDevice } from '../store/device-cards.ts'
import { allDevices } from '../store/devices.ts'
import { textAtDoor } from '../store/door-list.ts'
import { doorById } from '../store/doors.ts'
import type { ReadDeps } from './deps.ts'

export function stillOpens({ access, desk, now }: ReadDeps, canonical: string): CardRow['stillOpens'] {
  if (access === null) return []
  return allDevices(desk).flatMap(({ doorId, config, adoptedAt }) => {
    const door = doorById(desk, doorId)
    const text = door === null ? undefined : textAtDoor(canonical, door.format)
    if (door === null || text === undefined || adoptedAt === null || !holdsCards(config)) return []
    const row = cardOnDevice(access, doorId, writtenBy(config.driver, text, door.format))
    if (row === null || row.held === null || row.wanted !== null) return []
    return [{ door: door.name, since: toIso(row.since ?? now()) }]
  })
}
