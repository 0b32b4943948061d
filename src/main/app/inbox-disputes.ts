// Rows of the inbox about payments that a bank took back or questions. Nobody is locked out for it.
import type { InboxRow } from '../../preload/shapes-inbox.ts'
import { inboxSteps } from '../domain/standing-en.ts'
import { toIso } from '../domain/time.ts'
import { disputesToLookAt } from '../store/disputes.ts'
import { memberById } from '../store/members.ts'
import type { ReadDeps } from './deps.ts'
import { answerBy, disputeSentence } from './member-disputes.ts'
import { voiceOf } from './sentences.ts'

/** Of people who are here; what a stranger bought is not ours to watch. */
export function disputeRows(deps: ReadDeps): InboxRow[] {
  const voice = voiceOf(deps)
  return disputesToLookAt(deps.desk, deps.now()).flatMap((dispute) => {
    const member = memberById(deps.desk, dispute.memberId)
    if (member === null) return []
    const { id, name } = member
    return [
      {
        id: `dispute:${dispute.id}`,
        kind: 'dispute' as const,
        since: toIso(dispute.created),
        member: { id, name },
        sentence: disputeSentence(dispute, voice, `${name}'s`),
        step: inboxSteps.dispute,
        detail: dispute.id,
        action: 'open-member' as const,
        subject: id,
        candidates: [],
        until: toIso(answerBy(dispute)),
      },
    ]
  })
}
