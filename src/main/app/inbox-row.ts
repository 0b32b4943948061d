// The parts of an inbox row that most rows share.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { peopleSteps } from '../domain/people-en.ts'
import { type Ms, toIso } from '../domain/time.ts'

export type PeopleKind = keyof typeof peopleSteps

export function inboxRow(
  kind: PeopleKind,
  subject: string,
  since: Ms,
  row: Pick<InboxRow, 'sentence' | 'action'> & Partial<InboxRow>,
): InboxRow {
  return {
    id: `${kind}:${subject}`,
    kind,
    since: toIso(since),
    member: null,
    step: peopleSteps[kind],
    detail: null,
    subject,
    candidates: [],
    until: null,
    ...row,
  }
}
