// Numbers of cards that nobody has are dropped when they have been kept long enough, a few at a time between doors.
import { HOUR } from '../domain/time.ts'
import { dropUnknown } from '../store/unknown-cards.ts'
import type { AnswerDeps } from './answer.ts'

/** How soon the next few are dropped: whoever stands at a door comes first. */
const BREATH = 20

export type DropDeps = Omit<AnswerDeps, 'desk'> & { onFailure(what: string, error: unknown): void }

/** At once and then every hour. */
export function startDropping({ access, deskId, now, onFailure }: DropDeps): { stop(): void } {
  let next: NodeJS.Timeout
  const drop = () => {
    let more = false
    try {
      more = dropUnknown(access, deskId, now())
    } catch (error) {
      onFailure('Dropping the numbers of unknown cards', error)
    }
    next = setTimeout(drop, more ? BREATH : HOUR)
  }
  next = setTimeout(drop)
  return { stop: () => clearTimeout(next) }
}
