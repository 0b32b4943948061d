// A sign-up is a journal, not a script: what happened are facts, each written before and after a deed is done, and what
// comes next follows from them alone. Whatever dies in between, the sign-up is there again, at the step where it was.
import type { Discount } from './billing.ts'
import type { Money } from './money.ts'
import type { Receipt } from './paid-receipt.ts'
import type { Ms } from './time.ts'

/** Where a sign-up stands, in the order of the page. */
export const SIGN_UP_STEPS = ['person', 'plan', 'summary', 'payment', 'card', 'finished', 'given-up'] as const
export type SignUpStep = (typeof SIGN_UP_STEPS)[number]

/** At Stripe's reader, on Stripe's page, shown here or by a link in a mail, or agreed at the desk. */
export const WAYS = ['reader', 'page', 'link', 'cash', 'invoice', 'company'] as const
export type Way = (typeof WAYS)[number]

/** What is done at Stripe, each with a key of its own so that doing it twice makes one. */
export const DEEDS = ['customer', 'intent', 'collect', 'page', 'subscription'] as const
export type Deed = (typeof DEEDS)[number]

/** What a deed made, as it was read back. */
export type Made =
  | { deed: 'customer'; customerId: string }
  | { deed: 'intent'; intentId: string }
  /** At the reader or on the page; `method` is Stripe's word, such as `card` or `sepa_debit`. */
  | { deed: 'collect'; paymentMethodId: string; method: string }
  | { deed: 'page'; sessionId: string; url: string; expiresAt: Ms }
  | {
      deed: 'subscription'
      subscriptionId: string
      invoiceId: string
      status: string
      paid: boolean
      receipt?: Receipt | null
    }

/** Why a deed was not done, for good: doing it again needs another attempt. */
export type Fault = { code: string; sentence: string }

/** What is due now and next, as Stripe would bill it. `fee`: the one that is taken once; discounts are below zero. */
export type Bill = {
  due: Money
  lines: { text: string; amount: Money }[]
  /** What is taken off, and for how long; `taken` off what is due now. Bills from before it was read have none. */
  discounts?: (Discount & { taken: Money })[]
  /** What lies ready at Stripe for this person, such as a gift card: it is used up first. */
  credit?: Money | null
  next: { amount: Money; at: Ms } | null
  previewedAt: Ms
}

/** `again`: of somebody who has this plan already. */
export type Choice = { planId: string; priceId: string | null; quantity: number; code: string | null; again?: boolean }

export type SignUpFact = { at: Ms } & (
  | { kind: 'started'; operator: string }
  | { kind: 'person'; memberId: string }
  | ({ kind: 'plan' } & Choice)
  /** `version` of the terms that were accepted. */
  | { kind: 'terms'; version: string; by: string }
  | { kind: 'bill'; bill: Bill }
  /** `readerId`: which card reader, by Stripe's id. */
  | { kind: 'way'; way: Way; readerId: string | null }
  /** Of a plan that had none when it was chosen, because Stripe had not been read. */
  | { kind: 'price'; priceId: string }
  /** A card that opens these doors until then, before anything is paid; `overrides` are what opens them. */
  | { kind: 'provisional'; until: Ms; doors: string[]; overrides: string[] }
  | { kind: 'provisional-ended'; how: 'paid' | 'given-up' }
  /** Before Stripe is asked: `key` is what makes a second asking harmless. */
  | { kind: 'begun'; deed: Deed; key: string }
  | ({ kind: 'made' } & Made)
  | { kind: 'refused'; deed: Deed; fault: Fault }
  /** The page is filled in; their bank account has to be verified before it can be charged, which takes days. */
  | { kind: 'verifying' }
  /** Agreed at the desk: cash, invoice, company. */
  | { kind: 'agreed'; membershipId: string }
  | { kind: 'card'; canonical: string | null }
  | { kind: 'closed'; how: 'finished' | 'given-up' }
)

/** One deed so far: `open` while it is not known how it went. */
export type DeedNow = {
  state: 'none' | 'open' | 'made' | 'refused'
  attempt: number
  key: string | null
}

export type SignUpNow = {
  step: SignUpStep
  startedAt: Ms
  operator: string
  memberId: string | null
  choice: Choice | null
  terms: { version: string; at: Ms; by: string } | null
  bill: Bill | null
  way: Way | null
  readerId: string | null
  deeds: Record<Deed, DeedNow>
  customerId: string | null
  intentId: string | null
  paymentMethodId: string | null
  method: string | null
  page: { sessionId: string; url: string; expiresAt: Ms } | null
  /** That page is filled in, and the bank account is being verified. */
  verifying: boolean
  /** How many links were mailed since this way was chosen. */
  links: number
  provisional: { at: Ms; until: Ms; doors: string[]; overrides: string[]; ended: boolean } | null
  subscription: { id: string; invoiceId: string; status: string; paid: boolean; receipt: Receipt | null } | null
  membershipId: string | null
  /** null: to be enrolled later. Undefined: not yet said. */
  card: string | null | undefined
  /** Why the last deed was not done. */
  fault: (Fault & { deed: Deed }) | null
}

const NO_DEED: DeedNow = { state: 'none', attempt: 0, key: null }

/** `facts` in the order in which they were written; the first is `started`. */
export function signUpAt(facts: readonly SignUpFact[]): SignUpNow {
  let now: SignUpNow = {
    step: 'person',
    startedAt: 0,
    operator: '',
    memberId: null,
    choice: null,
    terms: null,
    bill: null,
    way: null,
    readerId: null,
    deeds: { customer: NO_DEED, intent: NO_DEED, collect: NO_DEED, page: NO_DEED, subscription: NO_DEED },
    customerId: null,
    intentId: null,
    paymentMethodId: null,
    method: null,
    page: null,
    verifying: false,
    links: 0,
    provisional: null,
    subscription: null,
    membershipId: null,
    card: undefined,
    fault: null,
  }
  for (const fact of facts) now = after(now, fact)
  const closed = facts.findLast((fact) => fact.kind === 'closed')
  return { ...now, step: closed?.how ?? stepOf(now) }
}

/** Paid or agreed counts before everything else: nothing that comes after it can undo it. */
function stepOf(now: SignUpNow): SignUpStep {
  if (now.memberId === null) return 'person'
  if (now.subscription !== null || now.membershipId !== null) return now.card === undefined ? 'card' : 'finished'
  if (now.choice === null || now.terms === null) return 'plan'
  if (now.way === null) return 'summary'
  return 'payment'
}

function after(now: SignUpNow, fact: SignUpFact): SignUpNow {
  switch (fact.kind) {
    case 'started':
      return { ...now, startedAt: fact.at, operator: fact.operator }
    case 'person':
      return { ...now, memberId: fact.memberId }
    case 'plan': {
      const { at: _at, kind: _kind, ...choice } = fact
      return { ...now, choice, terms: null, bill: null, way: null, fault: null }
    }
    case 'terms':
      return { ...now, terms: { version: fact.version, at: fact.at, by: fact.by } }
    case 'bill':
      return { ...now, bill: fact.bill }
    case 'way':
      return { ...now, way: fact.way, readerId: fact.readerId, links: 0, fault: null }
    case 'price':
      return { ...now, choice: now.choice && { ...now.choice, priceId: fact.priceId } }
    case 'provisional': {
      const { at, until, doors, overrides } = fact
      return { ...now, provisional: { at, until, doors, overrides, ended: false } }
    }
    case 'provisional-ended':
      return { ...now, provisional: now.provisional && { ...now.provisional, ended: true } }
    case 'begun':
      return { ...withDeed(now, fact.deed, begun(now.deeds[fact.deed], fact.key)), fault: null }
    case 'refused':
      return {
        ...withDeed(now, fact.deed, { ...now.deeds[fact.deed], state: 'refused' }),
        fault: { ...fact.fault, deed: fact.deed },
        // A card that was declined is not tried a second time without being asked for.
        ...(fact.deed === 'page' ? { page: null, verifying: false } : {}),
        // What a telephone saved nothing with has succeeded all the same, and takes no other card.
        ...(fact.fault.code === NO_SAVED_CARD ? { intentId: null } : {}),
        ...(fact.deed === 'subscription' ? { intentId: null, paymentMethodId: null, page: null } : {}),
      }
    case 'made':
      return withMade(withDeed(now, fact.deed, { ...now.deeds[fact.deed], state: 'made' }), fact)
    case 'verifying':
      return { ...now, verifying: true }
    case 'agreed':
      return { ...now, membershipId: fact.membershipId }
    case 'card':
      return { ...now, card: fact.canonical }
    case 'closed':
      return now
  }
}

/** The same key is the same attempt, taken up again. */
function begun(before: DeedNow, key: string): DeedNow {
  return { state: 'open', attempt: before.key === key ? before.attempt : before.attempt + 1, key }
}

function withDeed(now: SignUpNow, deed: Deed, state: DeedNow): SignUpNow {
  return { ...now, deeds: { ...now.deeds, [deed]: state } }
}

function withMade(now: SignUpNow, made: Made): SignUpNow {
  switch (made.deed) {
    case 'customer':
      return { ...now, customerId: made.customerId }
    case 'intent':
      return { ...now, intentId: made.intentId, paymentMethodId: null }
    case 'collect':
      return { ...now, paymentMethodId: made.paymentMethodId, method: made.method }
    case 'page':
      return {
        ...now,
        verifying: false,
        page: { sessionId: made.sessionId, url: made.url, expiresAt: made.expiresAt },
        links: now.way === 'link' ? now.links + 1 : now.links,
      }
    case 'subscription': {
      const { subscriptionId, invoiceId, status, paid, receipt = null } = made
      return { ...now, subscription: { id: subscriptionId, invoiceId, status, paid, receipt } }
    }
  }
}

/** What makes asking again harmless: the same while it is not known how it went, another after a clear no. */
export function keyOf(signUpId: string, deed: Deed, now: DeedNow): string {
  if (now.state === 'open' && now.key !== null) return now.key
  return `signup:${signUpId}:${deed}:${now.attempt + 1}`
}

/** A page of Stripe's is open for a day: whoever has not come to it by then gets a new link, twice, before staff is asked. */
export const MOST_LINKS = 3
/** Of a phone, a watch, or a card of a single brand. */
export const NO_SAVED_CARD = 'no-saved-card'
export const PAGE_RAN_OUT = 'page-ran-out'

function mailsAgain({ way, fault, links }: SignUpNow): boolean {
  return way === 'link' && fault?.code === PAGE_RAN_OUT && links < MOST_LINKS
}

export function isOnPage(way: Way | null): boolean {
  return way === 'page' || way === 'link'
}

/** Somebody has, or had, a card before anything was paid. */
export function isProvisional({ provisional }: SignUpNow): boolean {
  return provisional !== null && !provisional.ended
}

/** A card that opens doors though nothing is paid yet, as long as nobody ended it and its day has not come. */
export function provisionalUntil({ provisional }: SignUpNow, now: Ms): Ms | null {
  return provisional === null || provisional.ended || provisional.until <= now ? null : provisional.until
}

/** What somebody at the desk has to do about one that is open; null: it goes on without them. */
export function waitsFor(now: SignUpNow): 'card' | 'payment' | 'desk' | null {
  if (now.step === 'finished' || now.step === 'given-up') return null
  if (now.step === 'card') return 'card'
  if (now.way === 'link' && (now.fault === null || mailsAgain(now))) return null
  return now.provisional === null ? 'desk' : 'payment'
}

/** A membership was asked for, and nobody knows yet whether it is there: that is settled before anything else is begun. */
export function isUnclear({ deeds, subscription }: SignUpNow): boolean {
  return subscription === null && deeds.subscription.state === 'open'
}

/** What the program does next by itself on the way to a payment by card; null where a person is asked first. */
export function nextDeed(now: SignUpNow): Deed | null {
  if (now.memberId === null || now.choice === null || now.choice.priceId === null) return null
  if (now.subscription !== null || now.membershipId !== null) return null
  if (now.terms === null) return null
  if (isUnclear(now)) return 'subscription'
  if (now.customerId === null) return 'customer'
  if (now.fault !== null && !mailsAgain(now)) return null
  if (isOnPage(now.way) && now.paymentMethodId === null) return now.page === null ? 'page' : null
  if (isOnPage(now.way)) return 'subscription'
  if (now.way !== 'reader') return null
  if (now.intentId === null) return 'intent'
  return now.paymentMethodId === null ? 'collect' : 'subscription'
}
