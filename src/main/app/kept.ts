// What takes a large space long to work out: the report thread keeps it and works it out anew each minute, a little at a
// time, while anybody asks. Whoever is told of it hears of which moment it is.
import { DAY, MINUTE, type Ms } from '../domain/time.ts'
import type { ReadDb } from '../store/open.ts'
import type { ReadDeps } from './deps.ts'
import { atOnce } from './in-steps.ts'

export type Kept<T> = {
  /** Of this moment, or in a large space of up to two minutes ago. */
  of(deps: ReadDeps): T
  /** To be asked for each minute: in a large space where anybody asked within a day, worked out anew. */
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
  const all = new WeakMap<ReadDb, { last: T; askedAt: Ms }>()

  function keep(desk: ReadDb, fresh: T, askedAt: Ms): T {
    if (isLarge(fresh)) all.set(desk, { last: fresh, askedAt })
    else all.delete(desk)
    return fresh
  }

  return {
    of(deps) {
      const now = deps.now()
      const before = all.get(deps.desk)
      if (before !== undefined && now >= before.last.at && now - before.last.at < OLD) {
        before.askedAt = now
        return before.last
      }
      return keep(deps.desk, atOnce(make(deps)), now)
    },
    *renew(deps) {
      const before = all.get(deps.desk)
      if (before === undefined || deps.now() - before.askedAt >= UNASKED) return
      keep(deps.desk, yield* make(deps), before.askedAt)
    },
  }
}
