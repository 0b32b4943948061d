// One membership, several people: whom it covers and how many it may.
import type { Args, Reply } from '../../preload/contract.ts'
import { seatRefusals } from '../domain/memberships-en.ts'
import { planOfMembership } from '../store/entitlements.ts'
import { termStart } from '../store/manual-memberships.ts'
import { memberById } from '../store/members.ts'
import { cover, coversOf, payerOf, seatsOf, setSeats, uncover } from '../store/membership-seats.ts'
import type { DeskDeps } from './deps.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

type Asked = Args<'memberships.cover'>

export function coverPerson(deps: DeskDeps, { id, member }: Asked): Result<Reply<'memberships.cover'>> {
  const { db } = deps.live
  const person = memberById(db, member)
  const seats = seatsOf(db, id)
  const covered = coversOf(db, id)
  if (planOfMembership(db, id) === null) return refuse('not-found', seatRefusals.noMembership)
  if (person === null) return refuse('not-found', seatRefusals.noMember)
  if (person.archivedAt !== null) return refuse('wrong-state', seatRefusals.away(person.name))
  if (covered.some((one) => one.id === member)) return refuse('taken', seatRefusals.already(person.name))
  if (seats !== null && covered.length >= seats) return refuse('wrong-state', seatRefusals.full(seats))
  const from = Math.max(deps.now(), termStart(db, id) ?? 0)
  db.transaction(() => {
    cover(db, id, member, from)
    recordAction(deps, 'covered', member, { membership: id })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}

/** The rights of this person alone end; cards stay theirs. */
export function uncoverPerson(deps: DeskDeps, { id, member }: Asked): Result<Reply<'memberships.uncover'>> {
  const { db } = deps.live
  const person = memberById(db, member)
  if (person === null) return refuse('not-found', seatRefusals.noMember)
  const ended = db
    .transaction(() => {
      const some = uncover(db, id, member, deps.now())
      if (some) recordAction(deps, 'uncovered', member, { membership: id })
      return some
    })
    .immediate()
  if (!ended) return refuse('wrong-state', seatRefusals.notCovered(person.name))
  deps.live.push('members', {})
  return done({ ok: true })
}

export function changeSeats(
  deps: DeskDeps,
  { id, seats }: Args<'memberships.setSeats'>,
): Result<Reply<'memberships.setSeats'>> {
  const { db } = deps.live
  if (planOfMembership(db, id) === null) return refuse('not-found', seatRefusals.noMembership)
  const covered = coversOf(db, id).length
  if (seats !== null && seats < covered) return refuse('wrong-state', seatRefusals.covered(covered))
  db.transaction(() => {
    setSeats(db, id, seats)
    recordAction(deps, 'seats-changed', payerOf(db, id)?.id ?? id, { membership: id, seats })
  }).immediate()
  deps.live.push('members', {})
  return done({ ok: true })
}
