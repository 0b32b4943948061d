// From Stripe's words to what is stored of a membership: pure, the heart of flow 2. The table is docs/standing.md.
import type { Invoice, PaymentIntent, Subscription } from './billing.ts'
import type { Entitlement, PaymentMethodKind, Policy } from './standing.ts'
import type { Ms } from './time.ts'

export type SubscriptionFacts = {
  membershipId: string
  planId: string
  subscription: Subscription
  /** This subscription's invoices; others, and those that were deleted, are left out by the caller. */
  invoices: readonly Invoice[]
  /** The payment intents of those invoices, by id. */
  intents: ReadonlyMap<string, PaymentIntent>
  customerMethod: string | null
  /** First-seen due moments by invoice id, and by the subscription's id where it owed without an open invoice. */
  dueSeen: ReadonlyMap<string, Ms>
  policy: Policy
  /** What was stored before: a status that nobody knows keeps it. */
  previous: Entitlement | null
}

/** `flag` is a word for staff when something needs a person's eye. */
export type Entitled = { entitlement: Entitlement; flag: string | null }

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
  }
  const plain = (change: Partial<Entitlement>, flag: string | null = null): Entitled => ({
    entitlement: { ...base, ...change },
    flag,
  })
  const grace = { graceStart: owed, graceUntil: owed === null ? null : owed + policy.grace[method] }
  const lapsed = () => plain({ phase: 'lapsed', unpaid: true, paidUntil: lastPaidServiceEnd(facts), ...grace })
  const frozen = (flag: string | null = null) => plain({ phase: 'frozen', paidUntil: lastPaidServiceEnd(facts) }, flag)

  switch (subscription.status) {
    case 'active':
    case 'trialing':
      if (subscription.pauseCollection) return frozen()
      if (firstPaymentOutstanding(facts)) return plain({})
      return plain({
        phase: 'paid',
        paidUntil: subscription.status === 'trialing' ? subscription.trialEnd : subscription.periodEnd,
      })
    case 'past_due':
      if (subscription.pauseCollection) return frozen()
      return plain({
        phase: 'owing',
        paidUntil: lastPaidServiceEnd(facts),
        ...grace,
        debitProcessing: debitProcessing(facts),
      })
    case 'unpaid':
      return lapsed()
    case 'incomplete':
      return plain({})
    case 'incomplete_expired':
      return plain({ phase: 'ended' })
    case 'canceled': {
      const unpaid = subscription.cancelReason === 'payment_failed' && openInvoices(facts).length > 0
      const { cancelAt, endedAt } = subscription
      const paidUntil = lastPaidServiceEnd(facts)
      // Carried out at the agreed moment, not at once: the day on which it ends is still theirs.
      const agreed = cancelAt !== null && endedAt !== null && endedAt >= cancelAt && !unpaid
      if (agreed) return plain({ phase: 'paid', paidUntil: paidUntil ?? cancelAt })
      return plain({ phase: 'ended', unpaid, paidUntil, knownEnd: endedAt ?? cancelAt, ...(unpaid ? grace : {}) })
    }
    case 'paused':
      switch (subscription.pausedType) {
        case 'first_payment_failure':
          return plain({})
        case 'final_payment_failure':
          return lapsed()
        case 'trial_end_without_payment_method':
        case 'pause_requested':
          return frozen()
        default:
          return frozen('paused-by-system')
      }
    default:
      return { entitlement: facts.previous ?? base, flag: 'unknown-status' }
  }
}

const BANK_DEBITS = ['sepa_debit', 'us_bank_account', 'bacs_debit', 'au_becs_debit', 'acss_debit', 'nz_bank_account']

/** The payment method that the next charge will use, as far as grace goes. */
function methodOf({ subscription, customerMethod, intents }: SubscriptionFacts): PaymentMethodKind {
  const latestIntent = [...intents.values()].toSorted((a, b) => b.created - a.created)[0]
  const type = subscription.defaultMethod ?? customerMethod ?? latestIntent?.method ?? 'card'
  return BANK_DEBITS.includes(type) ? 'bank-debit' : 'card'
}

function openInvoices({ invoices }: SubscriptionFacts): Invoice[] {
  return invoices.filter((invoice) => invoice.status === 'open')
}

/** When an invoice fell due: its due date, else the moment it was finalised, else when it was made. */
export function dueMoment(invoice: Invoice): Ms {
  return invoice.dueAt ?? invoice.finalizedAt ?? invoice.created
}

function oldestDue(facts: SubscriptionFacts): Ms | null {
  const dues = openInvoices(facts).map((invoice) => facts.dueSeen.get(invoice.id) ?? dueMoment(invoice))
  return dues.length > 0 ? Math.min(...dues) : (facts.dueSeen.get(facts.subscription.id) ?? null)
}

function debitProcessing(facts: SubscriptionFacts): boolean {
  return openInvoices(facts).some((invoice) =>
    invoice.paymentIntents.some((id) => facts.intents.get(id)?.status === 'processing'),
  )
}

/** Stripe may say `active` while the very first bank debit is still on its way (cashier-stripe 1689). */
function firstPaymentOutstanding(facts: SubscriptionFacts): boolean {
  const paid = facts.invoices.some((invoice) => invoice.status === 'paid')
  return !paid && debitProcessing(facts)
}

/** End of the service period of the last paid membership invoice; zero-amount invoices renew like any other. */
function lastPaidServiceEnd({ invoices }: SubscriptionFacts): Ms | null {
  const ends = invoices
    .filter((invoice) => invoice.status === 'paid')
    .flatMap((invoice) => (invoice.serviceEnd === null ? [] : [invoice.serviceEnd]))
  return ends.length > 0 ? Math.max(...ends) : null
}

/** What is stored of a manual membership (cash, invoice, company): a term and its grace. */
export function entitleManual(membership: { id: string; planId: string; termEnd: Ms }, policy: Policy): Entitlement {
  return {
    membershipId: membership.id,
    planId: membership.planId,
    phase: 'term',
    paidUntil: membership.termEnd,
    graceStart: membership.termEnd,
    graceUntil: membership.termEnd + policy.grace.manual,
    debitProcessing: false,
    knownEnd: null,
    allowance: policy.grace.manual,
    unpaid: false,
    method: 'manual',
    frozenOpen: false,
  }
}
