// The parts of an inbox row that most rows share.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { peopleSteps } from '../domain/people-en.ts'
import { DAY, type Ms, toIso } from '../domain/time.ts'

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

/** So many people have a row of their own each, beyond that only those who came so lately. */
const ALONE = 10
const NEW_FOR = 14 * DAY

/** Two hundred rows would hide all others. `people`: the newest first; `newest` of the `others`, who share one row. */
export function fewAlone<P extends { since: Ms }>(people: readonly P[], now: Ms) {
  const few = people.length <= ALONE ? people : people.slice(0, ALONE).filter(({ since }) => since > now - NEW_FOR)
  return { few, newest: people[few.length], others: people.length - few.length }
}
