// What is owed for a membership: how much, since when, and how its payment stands in words.
import type { PaymentIntent } from '../domain/billing.ts'
import { declinedInWords } from '../domain/declines-en.ts'
import { dueMoment, oldestOpen } from '../domain/invoice-facts.ts'
import { formatMoney } from '../domain/money.ts'
import { sayDay, type Voice } from '../domain/say.ts'
import { paymentStates } from '../domain/standing-en.ts'
import { invoicesOfSubscription, paymentIntents } from '../store/billing-objects.ts'
import type { Membership } from '../store/entitlements.ts'
import type { ReadDeps } from './deps.ts'

export type OpenDebt = {
  amount: string | null
  since: string | null
  /** Why the bank said no; null where it did not. */
  declined: string | null
  /** How the payment stands, whether or not somebody said no. */
  state: string | null
}

/** The oldest open invoice of a membership, in its own currency. */
export function openDebt(deps: ReadDeps, membership: Membership | undefined, voice: Voice): OpenDebt {
  const nothing = { amount: null, declined: null, since: null, state: null }
  if (!membership?.account || !membership.subscriptionId) return nothing
  const open = oldestOpen(invoicesOfSubscription(deps.desk, membership.account, membership.subscriptionId))
  if (open === undefined) return nothing
  const intents = [...paymentIntents(deps.desk, membership.account, open.paymentIntents).values()]
  // A payment that is under way speaks before the one that failed earlier.
  const latest = intents.toSorted((a, b) => b.created - a.created)[0]
  const waiting = latest !== undefined && ['requires_action', 'requires_confirmation'].includes(latest.status)
  const code = waiting || latest?.status === 'processing' ? null : latest?.declineCode
  const state = code ? declinedInWords(code) : stateOf(latest)
  return {
    amount: formatMoney(open.remaining, voice.locale),
    declined: code || waiting ? state : null,
    since: sayDay(dueMoment(open), voice),
    state,
  }
}

function stateOf(intent: PaymentIntent | undefined): string {
  switch (intent?.status) {
    case 'processing':
      return paymentStates.processing
    case 'requires_action':
    case 'requires_confirmation':
      return intent.nextAction === 'verify_with_microdeposits' ? paymentStates.verify : paymentStates.confirm
    default:
      return paymentStates.none
  }
}
