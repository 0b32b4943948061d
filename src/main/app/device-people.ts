// Whose card it is that a device stores: told by every card that was ever enrolled, as that device would write it.
import { writtenBy } from '../../../hardware/controllers/written.ts'
import type { DeviceCard } from '../../preload/shapes-devices.ts'
import { type CredentialNow, credentialAt } from '../domain/credential.ts'
import type { DeviceDriver } from '../domain/device-config.ts'
import { allCredentials } from '../store/credentials.ts'
import { textAtDoor } from '../store/door-list.ts'
import type { Door } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'

export type WhoseCard = (card: string) => DeviceCard

/** Where two cards look alike there, the one in use is named. */
export function whoseCards({ desk, now }: ReadDeps, door: Door, driver: DeviceDriver): WhoseCard {
  const known = new Map<string, { canonical: string; credential: CredentialNow }>()
  for (const { canonical, facts } of allCredentials(desk)) {
    const text = textAtDoor(canonical, door.format)
    if (text === undefined) continue
    const written = writtenBy(driver, text, door.format)
    const credential = credentialAt(facts, now())
    if (known.get(written)?.credential.state !== 'active') known.set(written, { canonical, credential })
  }
  return (card) => {
    const found = known.get(card)
    const id = found?.credential.memberId ?? null
    const member = id === null ? null : memberById(desk, id)
    return {
      card,
      canonical: found?.canonical ?? null,
      member: member === null ? null : { id: member.id, name: member.name },
      state: found?.credential.state ?? null,
    }
  }
}
