// Rows of the inbox about cards that a door cannot tell apart: it opens to neither by its list.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { shortForm } from '../domain/card-identity.ts'
import { peopleInbox } from '../domain/people-en.ts'
import { heldSince } from '../store/credentials.ts'
import { lookAlikes } from '../store/door-list.ts'
import { allDoors } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { inboxRow } from './inbox-row.ts'

export function cardRows({ desk }: ReadDeps): InboxRow[] {
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
