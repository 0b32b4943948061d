// People who are under age by their birth date and for whom no rule holds at the doors: they come in like everybody else,
// and whether that is meant is for a person to say.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { isMinor, ofAgeOn, stillUnderAge } from '../domain/details.ts'
import { peopleInbox } from '../domain/people-en.ts'
import { minorAt } from '../store/companions.ts'
import { askedDetails, bornAfter, detailsOf } from '../store/details.ts'
import { memberById } from '../store/members.ts'
import { hasLiveMembership } from '../store/membership-seats.ts'
import { personNow } from '../store/people-merge.ts'
import type { ReadDeps } from './deps.ts'
import { localDay } from './details.ts'
import { inboxRow } from './inbox-row.ts'
import { activeCardsOf } from './member-views.ts'

/** The first day on which they are of age, YYYY-MM-DD; null for everybody of age, of unknown age, or with rules. */
export function unruledUntil(deps: ReadDeps, memberId: string): string | null {
  const { birthDate } = detailsOf(deps.desk, memberId)
  const { ofAge } = askedDetails(deps.desk)
  if (!isMinor(birthDate, ofAge, localDay(deps)) || minorAt(deps.desk, memberId, deps.now()) !== null) return null
  return ofAgeOn(birthDate, ofAge)
}

/** Of those who have a card or are to have one. */
export function underAgeRows(deps: ReadDeps): InboxRow[] {
  const { desk: db } = deps
  const now = deps.now()
  const told = bornAfter(db, stillUnderAge(askedDetails(db).ofAge, localDay(deps)))
  const since = new Map(told.map(({ memberId, at }) => [personNow(db, memberId) ?? memberId, at]))
  return [...since].flatMap(([id, at]) => {
    const person = memberById(db, id)
    if (person === null || person.archivedAt !== null || unruledUntil(deps, id) === null) return []
    if (!hasLiveMembership(db, id, now) && !activeCardsOf(db, [id], now).has(id)) return []
    const { name } = person
    const sentence = peopleInbox['minor-without-rules'](name)
    return [inboxRow('minor-without-rules', id, at, { member: { id, name }, sentence, action: 'open-member' })]
  })
}
