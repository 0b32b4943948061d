// What people say and do about late payments: the one way in which it is written down, and what stands beside each line.
import { type Followed, followedAt, UNFOLLOWED } from '../domain/follow-up.ts'
import { followUpsOf, insertFollowUp, type NewFollowUp } from '../store/follow-ups.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'

/** To be called inside the transaction of what is done. */
export function writeFollowUp(deps: DeskDeps, fact: NewFollowUp): void {
  const { db, newId, operator } = deps.live
  insertFollowUp(db, { ...fact, id: newId(), at: deps.now(), operator, origin: deps.deskId })
}

/** What stands beside each of these lines, in one question. */
export function followedOf(deps: ReadDeps, ids: readonly string[]): (id: string) => Followed {
  const now = deps.now()
  const facts = followUpsOf(deps.desk, ids, ['note', 'assigned', 'snoozed'])
  return (id) => {
    const of = facts.get(id)
    return of === undefined ? UNFOLLOWED : followedAt(of, now)
  }
}
