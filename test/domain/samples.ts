// Sample facts for tests of the rules: a plain case, and whatever a test says is different.
import type { Invoice, PaymentIntent, Subscription } from '../../src/main/domain/billing.ts'
import type { SubscriptionFacts } from '../../src/main/domain/entitlement.ts'
import type { Entitlement, Policy } from '../../src/main/domain/standing.ts'
import { DAY } from '../../src/main/domain/time.ts'

/** Wednesday 18 March 2026, 10:00 in Berlin. */
export const NOW = Date.parse('2026-03-18T09:00:00Z')

export const policy: Policy = {
  grace: { card: 7 * DAY, 'bank-debit': 14 * DAY, manual: 7 * DAY },
  pauseOpens: { collection: false, requested: false, 'trial-end': false, system: false },
  endOfDay: false,
  zone: 'Europe/Berlin',
}

export function entitlement(change: Partial<Entitlement> = {}): Entitlement {
  return {
    membershipId: 'm1',
    planId: 'full',
    phase: 'paid',
    paidUntil: NOW + 10 * DAY,
    graceStart: null,
    graceUntil: null,
    debitProcessing: false,
    knownEnd: null,
    allowance: 7 * DAY,
    unpaid: false,
    method: 'card',
    frozenOpen: false,
    pauseUnreviewed: false,
    provisionalUntil: null,
    cause: 'paid',
    ...change,
  }
}

export function subscription(change: Partial<Subscription> = {}): Subscription {
  return {
    id: 'sub_1',
    created: NOW - 100 * DAY,
    customerId: 'cus_1',
    status: 'active',
    currency: 'eur',
    items: [{ id: 'si_1', priceId: 'price_1', productId: 'prod_1', quantity: 1, discounts: [] }],
    discounts: [],
    collectionMethod: 'charge_automatically',
    pendingPrices: [],
    pauseResumesAt: null,
    periodEnd: NOW + 10 * DAY,
    trialEnd: null,
    cancelAt: null,
    endedAt: null,
    pauseCollection: false,
    pausedType: null,
    cancelReason: null,
    defaultMethod: 'card',
    cardExpires: null,
    ...change,
  }
}

export function invoice(change: Partial<Invoice> = {}): Invoice {
  return {
    id: 'in_1',
    created: NOW - 20 * DAY,
    customerId: 'cus_1',
    subscriptionId: 'sub_1',
    number: 'A-1',
    status: 'paid',
    billingReason: 'subscription_cycle',
    total: { minor: 6_500, currency: 'eur' },
    due: { minor: 6_500, currency: 'eur' },
    remaining: { minor: 0, currency: 'eur' },
    paidAt: NOW - 20 * DAY,
    dueAt: null,
    finalizedAt: NOW - 20 * DAY,
    attemptCount: 1,
    nextAttemptAt: null,
    serviceStart: NOW - 20 * DAY,
    serviceEnd: NOW + 10 * DAY,
    priceIds: ['price_1'],
    paymentIntents: ['pi_1'],
    url: null,
    ...change,
  }
}

export function intent(change: Partial<PaymentIntent> = {}): PaymentIntent {
  return {
    id: 'pi_1',
    created: NOW - 20 * DAY,
    customerId: 'cus_1',
    status: 'succeeded',
    amount: { minor: 6_500, currency: 'eur' },
    method: 'card',
    fingerprint: null,
    refunded: 0,
    declineCode: null,
    nextAction: null,
    ...change,
  }
}

export function facts(change: Partial<SubscriptionFacts> = {}): SubscriptionFacts {
  return {
    membershipId: 'm1',
    planId: 'full',
    subscription: subscription(),
    invoices: [invoice()],
    intents: new Map([['pi_1', intent()]]),
    customerMethod: null,
    dueSeen: new Map(),
    policy,
    provisional: 0,
    previous: null,
    ...change,
  }
}
