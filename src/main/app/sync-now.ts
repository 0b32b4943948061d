// "Sync now", from a button or the command line.

import type { Args, Reply } from '../../preload/contract.ts'
import { reviveDead } from '../store/billing-dirty.ts'
import { deadEvents } from '../store/billing-inbox.ts'
import type { DeskDeps } from './deps.ts'
import { recordSync } from './record-sync.ts'
import { done, type Result, refuse } from './result.ts'
import { countsOf, orRefusal } from './sync-counts.ts'

export function syncNow(
  deps: DeskDeps,
  { full = false, wait = false, record }: Args<'sync.run'>,
): Result<Reply<'sync.run'>> | Promise<Result<Reply<'sync.run'>>> {
  if (record !== undefined) return recordSync(deps, record)
  const run = deps.live.sync.run({ full })
  if (!wait) {
    // Its outcome shows on the lamp; here it only must not go unheard.
    run.catch(() => undefined)
    return done(null)
  }
  return orRefusal(async () => countsOf(deps, await run))
}

/** What was given up on gets a new chance: one by Stripe's id, or all. What an event told that nobody can read, only a
 * look at everything finds. */
export async function tryAgain(deps: DeskDeps, subject: string | undefined): Promise<Result<Reply<'sync.tryAgain'>>> {
  const { db, sync } = deps.live
  const events = deadEvents(db).filter(({ id }) => subject === undefined || id === subject).length
  const objects = reviveDead(db, subject ?? null) + events
  if (objects === 0)
    return refuse('not-found', 'Nothing of Stripe waits to be tried again: the list is up to date now.')
  sync.run({ full: events > 0 }).catch(() => undefined)
  return done({ objects })
}
