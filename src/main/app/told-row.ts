// A decision of the log as it is told later: by what its row keeps, whatever has become of things since.
import { credentialAt } from '../domain/credential.ts'
import { isDetail, type Reason } from '../domain/reasons.ts'
import type { DecisionRow } from '../store/access-log.ts'
import { credentialByCanonical } from '../store/credentials.ts'
import { personNow } from '../store/people-merge.ts'
import type { ReadDeps } from './deps.ts'
import { sentenceFor } from './sentences.ts'

export function sentenceOfRow(deps: ReadDeps, row: DecisionRow, reason: Reason, doorName: string): string {
  const { canonical, cardText, memberId, detail, rule, inputs, at } = row
  const credential = canonical === null ? null : credentialByCanonical(deps.desk, canonical)
  return sentenceFor(deps, {
    reason,
    detail: isDetail(detail) ? detail : null,
    rule,
    receipt: inputs,
    tense: 'past',
    memberId: memberId === null ? null : personNow(deps.desk, memberId),
    doorName,
    canonical,
    cardText,
    credential: credential === null ? null : credentialAt(credential.facts, at),
    at,
  })
}
