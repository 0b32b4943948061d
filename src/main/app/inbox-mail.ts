// Rows of the inbox about mail that did not go, or of which nobody knows.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { outboxWords } from '../domain/mail-en.ts'
import type { ReadDeps } from './deps.ts'
import { listOutbox } from './outbox.ts'

export function mailRows(deps: ReadDeps): InboxRow[] {
  return listOutbox(deps).flatMap(({ id, action, since, member, sentence, to, detail }) =>
    action === null
      ? []
      : [
          {
            id: `mail-undelivered:${id}`,
            kind: 'mail-undelivered' as const,
            since,
            member,
            sentence,
            step: outboxWords.step,
            detail: [to, detail].filter((part) => part !== null).join(' · ') || null,
            action,
            subject: id,
            candidates: [],
            until: null,
          },
        ],
  )
}
