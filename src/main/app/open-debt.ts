// What is owed for a membership: how much, since when, and how its payment stands in words.
import type { Invoice, PaymentIntent } from '../domain/billing.ts'
import { declinedInWords } from '../domain/declines-en.ts'
import { dueMoment, oldestOpen } from '../domain/invoice-facts.ts'
import { formatMoney } from '../domain/money.ts'
import { sayDay, type Voice } from '../domain/say.ts'
import { paymentStates } from '../domain/standing-en.ts'
import { invoicesOfSubscription, paymentIntents } from '../store/billing-objects.ts'
import { subscriptionOf } from '../store/entitlements.ts'
import type { ReadDeps } from './deps.ts'

export type OpenDebt = {
  amount: string | null
  since: string | null
  /** Why the bank said no; null where it did not. */
  declined: string | null
  /** How the payment stands, whether or not somebody said no. */
  state: string | null
  /** Stripe's own page for paying it. */
  url: string | null
}

/** The oldest open invoice of a membership, in its own currency. */
export function openDebtOf(deps: ReadDeps, membershipId: string | null, voice: Voice): OpenDebt {
  const { account, open } = oldestOpenOf(deps, membershipId)
  if (open === undefined) return { amount: null, declined: null, since: null, state: null, url: null }
  return {
    amount: formatMoney(open.remaining, voice.locale),
    since: sayDay(dueMoment(open), voice),
    ...stateOfDebt(deps, account, open),
    url: open.url,
  }
}

/** How the payment of an open invoice stands, and why the bank said no. */
export function stateOfDebt(deps: ReadDeps, account: string, open: Invoice): Pick<OpenDebt, 'declined' | 'state'> {
  const intents = [...paymentIntents(deps.desk, account, open.paymentIntents).values()]
  // A payment that is under way speaks before the one that failed earlier.
  const latest = intents.toSorted((a, b) => b.created - a.created)[0]
  const waiting = latest !== undefined && ['requires_action', 'requires_confirmation'].includes(latest.status)
  const code = waiting || latest?.status === 'processing' ? null : latest?.declineCode
  const state = code ? declinedInWords(code) : stateOf(latest)
  return { declined: code || waiting ? state : null, state }
}

/** Whether something is owed for a membership that Stripe has a page for. */
export function isPayable(deps: ReadDeps, membershipId: string | null): boolean {
  return (oldestOpenOf(deps, membershipId).open?.url ?? null) !== null
}

function oldestOpenOf({ desk }: ReadDeps, membershipId: string | null): { account: string; open: Invoice | undefined } {
  const stripe = membershipId === null ? null : subscriptionOf(desk, membershipId)
  if (stripe === null) return { account: '', open: undefined }
  return {
    account: stripe.account,
    open: oldestOpen(invoicesOfSubscription(desk, stripe.account, stripe.subscriptionId)),
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
