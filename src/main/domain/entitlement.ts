// From Stripe's words to what is stored of a membership: pure, the heart of flow 2. The table is docs/standing.md.
import type { Cause, Flag, PauseKind } from './cause.ts'
import {
  type Billed,
  debitProcessing,
  firstPaymentOutstanding,
  lastPaidServiceEnd,
  methodOf,
  oldestDue,
  openInvoices,
  paidDaysEnd,
} from './invoice-facts.ts'
import type { Entitlement, Policy } from './standing.ts'
import type { Ms } from './time.ts'

export type SubscriptionFacts = Billed & {
  membershipId: string
  planId: string
  policy: Policy
  /** How long the plan lets people in while the first bank debit is on its way; 0 for not at all. */
  provisional: Ms
  /** What was stored before: a status that nobody knows keeps it. */
  previous: Entitlement | null
}

/** `flag` is a word for staff when something needs a person's eye. */
export type Entitled = { entitlement: Entitlement; flag: Flag | null }

export function entitle(facts: SubscriptionFacts): Entitled {
  const { subscription, policy } = facts
  const method = methodOf(facts)
  const owed = oldestDue(facts)
  const base: Entitlement = {
    membershipId: facts.membershipId,
    planId: facts.planId,
    phase: 'pending',
    paidUntil: null,
    graceStart: null,
    graceUntil: null,
    debitProcessing: false,
    knownEnd: subscription.cancelAt,
    allowance: policy.grace[method],
    unpaid: false,
    method,
    frozenOpen: false,
    pauseUnreviewed: false,
    provisionalUntil: null,
    cause: 'first-payment',
  }
  const plain = (cause: Cause, change: Partial<Entitlement>, flag: Flag | null = null): Entitled => ({
    entitlement: { ...base, cause, ...change },
    flag,
  })
  const grace = { graceStart: owed, graceUntil: owed === null ? null : owed + policy.grace[method] }
  const lapsed = () =>
    plain('unpaid', { phase: 'lapsed', unpaid: true, paidUntil: lastPaidServiceEnd(facts), ...grace })
  const frozen = (kind: PauseKind) =>
    plain(
      `paused-${kind}`,
      {
        phase: 'frozen',
        paidUntil: lastPaidServiceEnd(facts),
        frozenOpen: policy.pauseOpens[kind],
      },
      kind === 'system' ? 'paused-by-system' : null,
    )
  const pending = () => {
    if (!debitProcessing(facts)) return plain('first-payment', {})
    const provisionalUntil = facts.provisional > 0 ? subscription.created + facts.provisional : null
    return plain('first-debit', { debitProcessing: true, provisionalUntil })
  }

  switch (subscription.status) {
    case 'active':
    case 'trialing': {
      if (subscription.pauseCollection) return frozen('collection')
      if (firstPaymentOutstanding(facts)) return pending()
      const trial = subscription.status === 'trialing'
      // Without an item there is no period of Stripe's to go by.
      const paidUntil = (trial ? subscription.trialEnd : null) ?? subscription.periodEnd ?? lastPaidServiceEnd(facts)
      const cause = subscription.cancelAt !== null ? 'ending' : trial ? 'trial' : 'paid'
      return plain(cause, { phase: 'paid', paidUntil })
    }
    case 'past_due': {
      if (subscription.pauseCollection) return frozen('collection')
      const onItsWay = debitProcessing(facts)
      return plain(onItsWay ? 'late-debit' : 'late', {
        phase: 'owing',
        paidUntil: lastPaidServiceEnd(facts),
        ...grace,
        debitProcessing: onItsWay,
      })
    }
    case 'unpaid':
      return lapsed()
    case 'incomplete':
      return pending()
    case 'incomplete_expired':
      return plain('never-completed', { phase: 'ended' })
    case 'canceled': {
      const unpaid = subscription.cancelReason === 'payment_failed' && openInvoices(facts).length > 0
      const { cancelAt, endedAt } = subscription
      // Carried out at the agreed moment, not at once: the day on which it ends is still theirs.
      const agreed = cancelAt !== null && endedAt !== null && endedAt >= cancelAt && !unpaid
      if (agreed)
        return plain('cancelled-as-agreed', { phase: 'paid', paidUntil: lastPaidServiceEnd(facts) ?? cancelAt })
      const change = { phase: 'ended', unpaid, knownEnd: endedAt ?? cancelAt } as const
      return unpaid
        ? plain('cancelled-unpaid', { ...change, paidUntil: lastPaidServiceEnd(facts), ...grace })
        : plain('cancelled', { ...change, paidUntil: paidDaysEnd(facts) })
    }
    case 'paused': {
      // Stripe goes on by itself only where the account says so: what was paid since is a pause until somebody resumes it.
      const unlessPaid = (failed: () => Entitled) => () => (isPaidToItsEnd(facts) ? frozen('system') : failed())
      const failedFirst = unlessPaid(() => plain('first-payment', {}))
      return paused(subscription.pausedType, { lapsed: unlessPaid(lapsed), frozen, failedFirst })
    }
    default: {
      const { membershipId, planId } = facts
      const kept = { ...(facts.previous ?? base), membershipId, planId, cause: 'unknown-status' } as const
      return { entitlement: kept, flag: 'unknown-status' }
    }
  }
}

/** Nothing is owed, and the period that Stripe stopped in is paid. */
function isPaidToItsEnd(facts: SubscriptionFacts): boolean {
  const { periodEnd } = facts.subscription
  const paidTo = lastPaidServiceEnd(facts)
  return openInvoices(facts).length === 0 && periodEnd !== null && paidTo !== null && paidTo >= periodEnd
}

/** `status_details.paused`: the same word of Stripe's stands for six different things. */
function paused(
  type: string | null,
  as: { lapsed: () => Entitled; frozen: (kind: PauseKind) => Entitled; failedFirst: () => Entitled },
): Entitled {
  switch (type) {
    case 'first_payment_failure':
      return as.failedFirst()
    case 'final_payment_failure':
      return as.lapsed()
    case 'trial_end_without_payment_method':
      return as.frozen('trial-end')
    case 'pause_requested':
      return as.frozen('requested')
    default:
      return as.frozen('system')
  }
}

/** What is left where a manager has said that what is sold is no membership: nothing, whatever was paid for it. */
export function entitleNothing(entitlement: Entitlement): Entitlement {
  return {
    ...entitlement,
    phase: 'ended',
    paidUntil: null,
    graceStart: null,
    graceUntil: null,
    debitProcessing: false,
    knownEnd: null,
    unpaid: false,
    frozenOpen: false,
    pauseUnreviewed: false,
    provisionalUntil: null,
    cause: 'no-membership',
  }
}

/** What is stored of a manual membership (cash, invoice, company): a term and its grace, or that it was ended here. */
export function entitleManual(
  membership: { id: string; planId: string; termEnd: Ms; endedAt?: Ms | null },
  policy: Policy,
): Entitlement {
  const endedAt = membership.endedAt ?? null
  return {
    membershipId: membership.id,
    planId: membership.planId,
    phase: endedAt === null ? 'term' : 'ended',
    paidUntil: membership.termEnd,
    graceStart: membership.termEnd,
    graceUntil: membership.termEnd + policy.grace.manual,
    debitProcessing: false,
    knownEnd: endedAt,
    allowance: policy.grace.manual,
    unpaid: false,
    method: 'manual',
    frozenOpen: false,
    pauseUnreviewed: false,
    provisionalUntil: null,
    cause: endedAt === null ? 'term' : 'cancelled',
  }
}
