// Rows of the inbox about cards: those that a door cannot tell apart, so that it opens to neither by its list, and
// loaners that are not back.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { shortForm } from '../domain/card-identity.ts'
import { credentialAt } from '../domain/credential.ts'
import { peopleInbox } from '../domain/people-en.ts'
import { sayDay, sayUntil } from '../domain/say.ts'
import { cardsDue } from '../store/card-history.ts'
import { credentialByCanonical, heldSince } from '../store/credentials.ts'
import { lookAlikes } from '../store/door-list.ts'
import { allDoors } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { inboxRow } from './inbox-row.ts'
import { voiceOf } from './sentences.ts'

export function cardRows(deps: ReadDeps): InboxRow[] {
  return [...alikeRows(deps), ...overdueRows(deps)]
}

function alikeRows({ desk }: ReadDeps): InboxRow[] {
  return allDoors(desk).flatMap(({ id, name, format }) =>
    format === null
      ? []
      : lookAlikes(desk, format).map(({ text, cards }) => {
          const holders = [...new Set(cards.map(({ memberId }) => memberId))].map((holder) => memberById(desk, holder))
          const [first, ...others] = holders.map((holder) => holder?.name ?? 'somebody')
          const [card] = cards
          return inboxRow(
            'cards-alike',
            `${id}:${text}`,
            Math.max(...cards.map((one) => heldSince(desk, one.canonical))),
            {
              sentence: peopleInbox['cards-alike'](name, [first ?? '', ...others]),
              detail: card === undefined ? null : cards.map(({ canonical }) => shortForm(canonical)).join(', '),
              action: 'open-member',
              member: holders[0] ? { id: holders[0].id, name: holders[0].name } : null,
            },
          )
        }),
  )
}

function overdueRows(deps: ReadDeps): InboxRow[] {
  const now = deps.now()
  const voice = voiceOf(deps)
  return cardsDue(deps.desk, now).flatMap((canonical) => {
    const { memberId, dueAt, since, label } = credentialAt(
      credentialByCanonical(deps.desk, canonical)?.facts ?? [],
      now,
    )
    const member = memberId === null ? null : memberById(deps.desk, memberId)
    if (member === null || dueAt === null || dueAt > now) return []
    const days = [sayDay(since ?? dueAt, voice), sayUntil(dueAt, voice)] as const
    return [
      inboxRow('loaner-overdue', canonical, dueAt, {
        sentence: peopleInbox['loaner-overdue'](member.name, label, ...days),
        detail: shortForm(canonical),
        action: 'open-member',
        member: { id: member.id, name: member.name },
      }),
    ]
  })
}
