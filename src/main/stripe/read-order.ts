// The order in which reads began, in milliseconds that never go back, whatever becomes of this computer's clock.
import type { Ms } from '../domain/time.ts'
import { readSyncState } from '../store/billing-inbox.ts'
import type { ReadDb } from '../store/open.ts'

/** A place in the order, for a request that begins now: past all that were given before, also by a desk that is gone. */
export type ReadOrder = () => Ms

export function readOrder(db: ReadDb, now: () => Ms): ReadOrder {
  let last = readSyncState(db).lastRead ?? 0
  return () => {
    last = Math.max(now(), last + 1)
    return last
  }
}
