// What takes a large space long to work out: the report thread keeps it and works it out anew each minute, a little at a
// time, while anybody asks. Whoever is told of it hears of which moment it is.
import { DAY, MINUTE, type Ms } from '../domain/time.ts'
import type { ReadDb } from '../store/open.ts'
import type { ReadDeps } from './deps.ts'
import { atOnce } from './in-steps.ts'

export type Kept<T> = {
  /** Of this moment, or in a large space of up to two minutes ago. */
  of(deps: ReadDeps): T
  /** To be asked for each minute: in a large space worked out anew, for a day after a start or after anybody asked. */
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
  /** Of a small space it is known that there is nothing to keep. */
  const all = new WeakMap<ReadDb, { last: T | null; askedAt: Ms }>()

  function keep(desk: ReadDb, fresh: T, askedAt: Ms): T {
    all.set(desk, { last: isLarge(fresh) ? fresh : null, askedAt })
    return fresh
  }

  return {
    of(deps) {
      const now = deps.now()
      const before = all.get(deps.desk)
      const last = before?.last ?? null
      if (last === null || now < last.at || now - last.at >= OLD) return keep(deps.desk, atOnce(make(deps)), now)
      all.set(deps.desk, { last, askedAt: now })
      return last
    },
    *renew(deps) {
      const { last, askedAt } = all.get(deps.desk) ?? { last: undefined, askedAt: deps.now() }
      if (last === null || deps.now() - askedAt >= UNASKED) return
      keep(deps.desk, yield* make(deps), askedAt)
    },
  }
}
