// Cards that a door which loses bytes would read as one: neither would open there, so the second is not handed out.
import { isCardForm, readCard } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import { credentialByCanonical, credentialsProjectingTo } from '../store/credentials.ts'
import { textAtDoor } from '../store/door-list.ts'
import { allDoors } from '../store/doors.ts'
import type { ReadDb } from '../store/open.ts'

export type Alike = { canonical: string; memberId: string }
export type Collision = Alike & { door: string }

/** The first door, by its configured form, at which this card reads as another one that somebody holds. `instead`: the
 * card that it is to replace. */
export function collisionOf(desk: ReadDb, canonical: string, now: Ms, instead?: string): Collision | null {
  for (const { name, format } of allDoors(desk)) {
    const other = alikeAt(desk, format, canonical, now).find((one) => one.canonical !== instead)
    if (other !== undefined) return { door: name, ...other }
  }
  return null
}

/** The other cards that somebody holds and a door of this form reads as the same. */
export function alikeAt(desk: ReadDb, format: string | null, canonical: string, now: Ms): Alike[] {
  const text = format === null ? undefined : textAtDoor(canonical, format)
  if (text === undefined || format === null || !isCardForm(format)) return []
  const read = readCard(text, format)
  // A door that reads the card whole can tell it from any other.
  if (!read.ok || read.canonical === canonical) return []
  const exact = credentialByCanonical(desk, read.canonical)
  const others = [...(exact === null ? [] : [exact]), ...credentialsProjectingTo(desk, read.canonical)]
  return others.flatMap((other) => {
    const { memberId, state } = credentialAt(other.facts, now)
    if (other.canonical === canonical || memberId === null || state === 'revoked') return []
    return [{ canonical: other.canonical, memberId }]
  })
}
