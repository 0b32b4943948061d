// Payments of one person that a bank questions or has taken back: told to managers, and nobody is locked out for it.
import type { DisputeRow } from '../../preload/shapes-changes.ts'
import { formatMoney } from '../domain/money.ts'
import { sayMoment, type Voice } from '../domain/say.ts'
import { disputeWords } from '../domain/standing-en.ts'
import { toIso } from '../domain/time.ts'
import { type Dispute, disputesToLookAt } from '../store/disputes.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result } from './result.ts'
import { voiceOf } from './sentences.ts'

export function memberDisputes(deps: ReadDeps, memberId: string): Result<DisputeRow[]> {
  const voice = voiceOf(deps)
  const own = disputesToLookAt(deps.desk, deps.now()).filter((dispute) => dispute.memberId === memberId)
  return done(
    own.map((dispute) => ({
      id: dispute.id,
      amount: dispute.amount,
      sentence: disputeSentence(dispute, voice),
      due: toIso(answerBy(dispute)),
    })),
  )
}

/** Until when the bank takes an answer; null where it takes none any more. */
export function answerBy({ lost, evidenceDue }: Dispute): number | null {
  return lost ? null : evidenceDue
}

export function disputeSentence(dispute: Dispute, voice: Voice, whose = 'The'): string {
  const amount = formatMoney(dispute.amount, voice.locale)
  if (dispute.lost) return disputeWords.lost(whose, amount)
  return disputeWords.open(whose, amount, dispute.evidenceDue === null ? null : sayMoment(dispute.evidenceDue, voice))
}
