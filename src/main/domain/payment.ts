// What is owed, paid at the desk; or only another way to pay, saved for what is owed later. What happened are facts, and what
// comes next follows from them alone. Pure.
import type { Money } from './money.ts'
import { deedNow } from './money-journal.ts'
import type { DeedNow, Fault } from './sign-up.ts'
import type { Ms } from './time.ts'

/** `reader` and `page` save a way to pay, take the invoice from it and keep it; `invoice-page` is Stripe's page of the
 * invoice itself. `outside`: paid already, such as by bank transfer. */
export const PAY_WAYS = ['reader', 'page', 'invoice-page', 'cash', 'outside'] as const
export type PayWay = (typeof PAY_WAYS)[number]

export const PAYMENT_DEEDS = ['intent', 'collect', 'page', 'pay', 'keep'] as const
export type PaymentDeed = (typeof PAYMENT_DEEDS)[number]

export type PaymentMade =
  | { deed: 'intent'; intentId: string }
  | { deed: 'collect'; paymentMethodId: string; method: string }
  | { deed: 'page'; sessionId: string; url: string; expiresAt: Ms }
  /** `settled` false: a bank debit is on its way. `receipt`: of cash. */
  | { deed: 'pay'; settled: boolean; amount: Money; receipt: string | null }
  /** What was saved is what the next charges use. */
  | { deed: 'keep' }

export type PaymentFact = { at: Ms } & (
  | {
      kind: 'started'
      memberId: string
      account: string
      customerId: string
      subscriptionId: string | null
      /** Null: nothing is owed, only another way to pay is saved. */
      invoice: { id: string; number: string | null } | null
      /** Whether what is saved is theirs to pay the next charges with: not where they are covered and another pays. */
      isPayer: boolean
    }
  /** `told`: how it was paid outside. */
  | { kind: 'way'; way: PayWay; readerId: string | null; told?: string }
  | { kind: 'begun'; deed: PaymentDeed; key: string }
  | ({ kind: 'made' } & PaymentMade)
  | { kind: 'refused'; deed: PaymentDeed; fault: Fault }
  | { kind: 'closed'; how: 'done' | 'left' }
)

export type PaymentNow = {
  startedAt: Ms
  memberId: string
  account: string
  customerId: string
  subscriptionId: string | null
  invoice: { id: string; number: string | null } | null
  isPayer: boolean
  way: PayWay | null
  readerId: string | null
  told: string | null
  deeds: Record<PaymentDeed, DeedNow>
  intentId: string | null
  saved: { paymentMethodId: string; method: string } | null
  page: { sessionId: string; url: string; expiresAt: Ms } | null
  paid: { settled: boolean; amount: Money; receipt: string | null; at: Ms } | null
  fault: (Fault & { deed: PaymentDeed }) | null
  closed: 'done' | 'left' | null
}

/** Null without facts; `facts` in the order in which they were written. */
export function paymentAt(facts: readonly PaymentFact[]): PaymentNow | null {
  const [start] = facts
  if (start?.kind !== 'started') return null
  const { at: startedAt, kind: _, ...about } = start
  const deeds = Object.fromEntries(
    PAYMENT_DEEDS.map((deed) => [deed, deedNow(facts, deed, deed === 'pay' ? null : 'way')]),
  ) as PaymentNow['deeds']
  let now: PaymentNow = {
    startedAt,
    ...about,
    way: null,
    readerId: null,
    told: null,
    deeds,
    intentId: null,
    saved: null,
    page: null,
    paid: null,
    fault: null,
    closed: null,
  }
  for (const fact of facts) now = after(now, fact)
  return now
}

function after(now: PaymentNow, fact: PaymentFact): PaymentNow {
  switch (fact.kind) {
    case 'started':
      return now
    case 'way':
      // A card that was saved before and not taken is not tried again without being asked for.
      return {
        ...now,
        ...{ way: fact.way, readerId: fact.readerId, told: fact.told ?? null },
        ...{ saved: null, intentId: null, page: null, fault: null },
      }
    case 'begun':
      return { ...now, fault: null }
    case 'refused':
      return { ...now, fault: { ...fact.fault, deed: fact.deed }, ...(fact.deed === 'page' ? { page: null } : {}) }
    case 'made':
      return withMade(now, fact)
    case 'closed':
      return { ...now, closed: fact.how }
  }
}

function withMade(now: PaymentNow, made: PaymentMade & { at: Ms }): PaymentNow {
  switch (made.deed) {
    case 'intent':
      return { ...now, intentId: made.intentId }
    case 'collect':
      return { ...now, saved: { paymentMethodId: made.paymentMethodId, method: made.method } }
    case 'page':
      return { ...now, page: { sessionId: made.sessionId, url: made.url, expiresAt: made.expiresAt } }
    case 'pay':
      return { ...now, paid: { settled: made.settled, amount: made.amount, receipt: made.receipt, at: made.at } }
    case 'keep':
      return now
  }
}

/** Money was asked for, and nobody knows yet whether it came: that is settled before anything else is begun. */
export function payIsUnclear({ deeds, paid }: PaymentNow): boolean {
  return paid === null && deeds.pay.state === 'open'
}

/** What the program does next by itself; null where a person is asked, waited for, or all is done. */
export function nextPaymentDeed(now: PaymentNow): PaymentDeed | null {
  if (now.closed !== null || now.way === null) return null
  if (payIsUnclear(now)) return 'pay'
  if (now.fault !== null) return null
  const isSettled = now.invoice === null ? now.saved !== null : now.paid !== null
  if (isSettled) return now.saved !== null && now.isPayer && now.deeds.keep.state !== 'made' ? 'keep' : null
  switch (now.way) {
    case 'cash':
    case 'outside':
      return 'pay'
    case 'invoice-page':
      return null
    case 'page':
      if (now.saved === null) return now.page === null ? 'page' : null
      return 'pay'
    case 'reader':
      if (now.saved !== null) return 'pay'
      return now.intentId === null ? 'intent' : 'collect'
  }
}

/** Nothing of it goes through Stripe: it is only told there. */
export function isOffStripe(way: PayWay | null): boolean {
  return way === 'cash' || way === 'outside'
}

/** Everything of it is done. */
export function isDone(now: PaymentNow): boolean {
  return (now.invoice === null ? now.saved !== null : now.paid !== null) && nextPaymentDeed(now) === null
}
