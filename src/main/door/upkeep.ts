// What access.db needs now and then: done a little at a time, for whoever stands at a door comes first.
import { HOUR, type Ms, SECOND } from '../domain/time.ts'
import { indexPresentations } from '../store/presentations.ts'
import { dropUnknown } from '../store/unknown-cards.ts'
import type { AnswerDeps } from './answer.ts'

/** How soon the next little is done where there is more. */
const BREATH = 20

export type UpkeepDeps = Omit<AnswerDeps, 'desk'> & { onFailure(what: string, error: unknown): void }

/** Each at once and then again and again. */
export function startUpkeep({ access, deskId, now, onFailure }: UpkeepDeps): { stop(): void } {
  const chores = [
    repeat('Dropping the numbers of unknown cards', HOUR, () => dropUnknown(access, deskId, now())),
    repeat('Indexing presentations', SECOND, () => indexPresentations(access)),
  ]
  return {
    stop() {
      for (const chore of chores) chore.stop()
    },
  }

  /** `step` says whether there is more to do at once. */
  function repeat(what: string, every: Ms, step: () => boolean): { stop(): void } {
    let next: NodeJS.Timeout
    const go = () => {
      let more = false
      try {
        more = step()
      } catch (error) {
        onFailure(what, error)
      }
      next = setTimeout(go, more ? BREATH : every)
    }
    next = setTimeout(go)
    return { stop: () => clearTimeout(next) }
  }
}
