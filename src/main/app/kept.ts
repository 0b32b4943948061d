// What takes a large space long to work out: the report thread keeps it and works it out anew each minute, a little at a
// time, for a day after a start and after anybody asked. Whoever is told of it hears of which moment it is.
import { DAY, MINUTE, type Ms } from '../domain/time.ts'
import type { ReadDb } from '../store/open.ts'
import type { ReadDeps } from './deps.ts'
import { atOnce } from './in-steps.ts'

export type Kept<T> = {
  /** Of this moment, or in a large space of up to two minutes ago. */
  of(deps: ReadDeps): T
  /** To be asked for each minute: in a large space works it out anew. */
  renew(deps: ReadDeps): Generator<void, void>
}

/** A space of more people or memberships than this. */
export const LARGE = 5_000
const OLD = 2 * MINUTE
const UNASKED = DAY

/** `make` yields where others may have their turn. */
export function kept<T extends { at: Ms }>(
  make: (deps: ReadDeps) => Generator<void, T>,
  isLarge: (made: T) => boolean,
): Kept<T> {
  /** `last` null: nothing is kept, of a small space or because nobody asks. */
  const all = new WeakMap<ReadDb, { last: T | null; askedAt: Ms }>()

  function keep(desk: ReadDb, fresh: T, askedAt: Ms): T {
    all.set(desk, { last: isLarge(fresh) ? fresh : null, askedAt })
    return fresh
  }

  return {
    of(deps) {
      const now = deps.now()
      const last = all.get(deps.desk)?.last ?? null
      if (last === null || now < last.at || now - last.at >= OLD) return keep(deps.desk, atOnce(make(deps)), now)
      all.set(deps.desk, { last, askedAt: now })
      return last
    },
    *renew(deps) {
      const started = all.get(deps.desk) ?? { last: undefined, askedAt: deps.now() }
      if (started.last === null) return
      if (deps.now() - started.askedAt >= UNASKED) {
        all.set(deps.desk, { ...started, last: null })
        return
      }
      const fresh = yield* make(deps)
      // Somebody may have asked between the steps, and have had it made at once.
      const { last, askedAt } = all.get(deps.desk) ?? started
      if (last === started.last) keep(deps.desk, fresh, askedAt)
    },
  }
}
