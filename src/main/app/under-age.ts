// People who are under age by their birth date and for whom no rule holds at the doors: they come in like everybody else,
// and whether that is meant is for a person to say.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { isMinor, stillUnderAge } from '../domain/details.ts'
import { peopleInbox } from '../domain/people-en.ts'
import { minorAt } from '../store/companions.ts'
import { askedDetails, detailsOf, unruledMinors } from '../store/details.ts'
import type { ReadDeps } from './deps.ts'
import { localDay } from './details.ts'
import { fewAlone, inboxRow } from './inbox-row.ts'

export function isUnruledMinor(deps: ReadDeps, memberId: string): boolean {
  const { birthDate } = detailsOf(deps.desk, memberId)
  const isUnderAge = isMinor(birthDate, askedDetails(deps.desk).ofAge, localDay(deps))
  return isUnderAge && minorAt(deps.desk, memberId, deps.now()) === null
}

/** Those who have a card or are to have one; who was told of last comes first. */
export function allUnruledMinors(deps: ReadDeps): { id: string; name: string; since: number }[] {
  return unruledMinors(deps.desk, stillUnderAge(askedDetails(deps.desk).ofAge, localDay(deps)), deps.now())
}

export function underAgeRows(deps: ReadDeps): InboxRow[] {
  const { few, newest, others } = fewAlone(allUnruledMinors(deps), deps.now())
  const rows = few.map(({ id, name, since }) =>
    inboxRow('minor-without-rules', id, since, {
      member: { id, name },
      sentence: peopleInbox['minor-without-rules'](name),
      action: 'open-member',
    }),
  )
  if (newest === undefined) return rows
  const together = inboxRow('minor-without-rules', 'all', newest.since, {
    sentence: peopleInbox['many-minors'](others, few.length > 0),
    action: 'open-list',
    subject: 'unruled-minors',
  })
  return [...rows, together]
}
