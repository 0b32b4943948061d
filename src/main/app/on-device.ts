// What a device at a door that keeps a list of its own has of a card, beside what it should have.
import { writtenBy } from '../../../hardware/controllers/written.ts'
import type { DoorExam } from '../../preload/shapes-card-doctor.ts'
import { holdsCards } from '../domain/device-config.ts'
import { toIso } from '../domain/time.ts'
import { cardOnDevice } from '../store/device-cards.ts'
import { deviceOfDoor } from '../store/devices.ts'
import type { Door } from '../store/doors.ts'
import type { ReadDeps } from './deps.ts'

/** `text`: as the door's reader writes the card. Null where no device keeps a list that we write. */
export function onDevice({ access, desk }: ReadDeps, { id, format }: Door, text: string): DoorExam['device'] {
  const device = deviceOfDoor(desk, id)
  if (access === null || device === null || device.adoptedAt === null || !holdsCards(device.config)) return null
  const row = cardOnDevice(access, id, writtenBy(device.config.driver, text, format))
  if (row === null) return { state: 'off', since: null }
  const { wanted, held, since } = row
  if (wanted === held) return { state: 'holds', since: null }
  if (wanted === null) return { state: 'to-remove', since: toIso(since) }
  return { state: held === null ? 'to-load' : 'to-change', since: toIso(since) }
}
