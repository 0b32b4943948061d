// What a change of a running membership came to, in a sentence.
import { onDay, changeDone as words } from '../domain/changes-en.ts'
import { type Change, fulfilled, type SubscriptionNow } from '../domain/membership-change.ts'
import { formatMoney } from '../domain/money.ts'
import { sayDay, sayUntil } from '../domain/say.ts'
import type { DeskDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'
import { planNamed } from './sign-up-order.ts'

export function doneInWords(deps: DeskDeps, change: Change, now: SubscriptionNow): string {
  const voice = voiceOf(deps)
  const owed = now.invoice === null ? '' : formatMoney(now.invoice.remaining, voice.locale)
  const end = now.cancelAt ?? now.periodEnd ?? deps.now()
  switch (change.do) {
    case 'plan': {
      const plan = planNamed(deps, change.planId)
      if (change.when === 'period-end') return words.planComes(plan, onDay(sayDay(now.periodEnd ?? deps.now(), voice)))
      return fulfilled(change, now, true) === 'waits' ? words.planWaits(plan, owed) : words.planNow(plan)
    }
    case 'seats':
      return words.seats(change.quantity)
    case 'cancel':
      return change.when === 'now' ? words.cancelledNow : words.cancelled(onDay(sayUntil(end, voice)))
    case 'keep':
      return words.kept
    case 'pause':
      return change.until === null ? words.paused : words.pausedUntil(sayDay(change.until, voice))
    case 'resume':
      return fulfilled(change, now, true) === 'waits' ? words.resumesPaid(owed) : words.resumed
    case 'take-back':
      return words.takenBack
  }
}
