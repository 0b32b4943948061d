// A card that was reported lost or stolen and is tried: it stays on the desk's screens until the card is found again, or
// somebody says that they have looked at who holds it.
import type { Reply } from '../../preload/contract.ts'
import { credentialAt } from '../domain/credential.ts'
import { lostCardSettled } from '../domain/photos-en.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { putAwayAt, writePutAway } from '../store/inbox.ts'
import { type LostCardTry, lostCardTries, lostCardTry } from '../store/lost-card-tries.ts'
import type { DeskDeps, ReadDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** More than these at once nobody would look through; the newest of each card are among them. */
const LOOKED_AT = 100

const rowOf = (canonical: string) => `lost-card:${canonical}`

/** Newest first. */
export function openTries(deps: ReadDeps): LostCardTry[] {
  if (deps.access === null) return []
  return lostCardTries(deps.access, deps.deskId, LOOKED_AT).filter((one) => isOpen(deps, one))
}

/** Whether this row of the log still waits for somebody. */
export function waitsForALook(deps: ReadDeps, seq: number): boolean {
  const one = deps.access === null ? null : lostCardTry(deps.access, deps.deskId, seq)
  return one !== null && isOpen(deps, one)
}

function isOpen({ desk, now }: ReadDeps, { canonical, heardAt }: LostCardTry): boolean {
  const card = canonical === null ? null : credentialByCanonical(desk, canonical)
  if (card === null) return false
  const { state, since } = credentialAt(card.facts, now())
  if ((state !== 'lost' && state !== 'stolen') || heardAt < (since ?? 0)) return false
  const seen = putAwayAt(desk, rowOf(card.canonical))
  return seen === null || heardAt > seen
}

/** All tries of that card until now are dealt with; it stays what it was. */
export function keepLost(deps: DeskDeps, seq: number): Result<Reply<'feed.keepLost'>> {
  const { db, operator } = deps.live
  const one = openTries(deps).find((row) => row.seq === seq)
  const { canonical = null, memberId = null, heardAt = 0 } = one ?? {}
  if (canonical === null) return refuse('wrong-state', lostCardSettled)
  db.transaction(() => {
    writePutAway(db, { id: rowOf(canonical), since: heardAt, at: deps.now(), operator })
    recordAction(deps, 'card-kept-lost', canonical, { member: memberId, seq })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}
