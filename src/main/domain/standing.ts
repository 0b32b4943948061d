// Standing: one word a person, derived from what is stored and the clock, never typed in.
import type { Cause, PauseKind } from './cause.ts'
import type { Ms } from './time.ts'

/** Best first: a person has the best standing over the memberships that cover them. */
export const STANDINGS = ['current', 'grace', 'pending', 'frozen', 'lapsed', 'ended'] as const
export type Standing = (typeof STANDINGS)[number]

export function bestStanding(standings: readonly Standing[]): Standing {
  return STANDINGS.find((word) => standings.includes(word)) ?? 'ended'
}

/** A payment method as far as grace goes: bank debits settle over days. */
export type PaymentMethodKind = 'card' | 'bank-debit' | 'manual'

/**
 * What is stored of one membership; everything else follows from it and the clock.
 * `phase` is what the source said when it was last read; the times say when that stops holding.
 * `term` is a manual membership: paid to `paidUntil`, in grace to `graceUntil`, lapsed after.
 */
export type Entitlement = {
  membershipId: string
  planId: string
  phase: 'pending' | 'paid' | 'owing' | 'term' | 'lapsed' | 'frozen' | 'ended'
  /** End of the period already paid or of the trial; for `frozen` the service period of the last paid invoice. */
  paidUntil: Ms | null
  /** Due moment of the oldest open invoice (of a manual term: its end), and that plus the method's grace; also where it
   * no longer holds, to say when access ended. */
  graceStart: Ms | null
  graceUntil: Ms | null
  /** A bank debit for the open invoice is on its way: grace does not run out meanwhile. */
  debitProcessing: boolean
  /** An end that was agreed (cancel at period end, `cancel_at`, a manual term): never extended by stale data. */
  knownEnd: Ms | null
  /** How long a door goes on after `paidUntil` or `graceUntil` when the desk could not look: the method's grace. */
  allowance: Ms
  /** Ended or lapsed for want of payment: the door says `lapsed` even where the standing is `ended`. */
  unpaid: boolean
  method: PaymentMethodKind
  /** The space lets people in during a pause of this kind, beyond the paid days. */
  frozenOpen: boolean
  /** Was paused when the desk first read Stripe, and no manager has looked at that yet: doors do not obey it. */
  pauseUnreviewed: boolean
  /** Access while the first bank debit is on its way, where the plan gives it. */
  provisionalUntil: Ms | null
  /** Why it stands so: for history and words, never for a decision. */
  cause: Cause
}

/** The standing of one membership at a moment. The word does not wait for the end of the day; doors do. */
export function membershipStanding(entitlement: Entitlement, now: Ms): Standing {
  switch (entitlement.phase) {
    case 'pending':
      return 'pending'
    case 'lapsed':
      return 'lapsed'
    case 'ended':
      return 'ended'
    case 'frozen':
      return agreedEndReached(entitlement, now) ? 'ended' : 'frozen'
    case 'paid':
      return agreedEndReached(entitlement, now) ? 'ended' : 'current'
    case 'owing':
      if (agreedEndReached(entitlement, now)) return 'ended'
      return entitlement.debitProcessing || before(now, entitlement.graceUntil) ? 'grace' : 'lapsed'
    case 'term':
      if (before(now, entitlement.paidUntil)) return 'current'
      return before(now, entitlement.graceUntil) ? 'grace' : 'lapsed'
  }
}

/** Whether Stripe charges for it, or may again. Terms that were agreed are paid once; what is only `held` over from a former
 * account is charged no more. */
export function mayBeCharged(entitlement: Entitlement, at: Ms): boolean {
  const { phase, cause } = entitlement
  return phase !== 'term' && cause !== 'held' && membershipStanding(entitlement, at) !== 'ended'
}

function agreedEndReached({ knownEnd }: Entitlement, now: Ms): boolean {
  return knownEnd !== null && now >= knownEnd
}

/** When access ended, as far as that is known: for words, never for a decision. */
export function accessEnd(entitlement: Entitlement, now: Ms): Ms | null {
  const { phase, unpaid, paidUntil, graceUntil, knownEnd } = entitlement
  const owed = unpaid || phase === 'owing' || phase === 'term'
  const ends = owed ? [graceUntil, knownEnd] : [knownEnd ?? paidUntil]
  const past = ends.filter((end) => end !== null && end <= now) as Ms[]
  return past.length > 0 ? Math.min(...past) : null
}

/** An open end (null) is one that has passed: nothing stored says that it lasts. */
export function before(now: Ms, end: Ms | null): boolean {
  return end !== null && now < end
}

/** Grace by payment method, in milliseconds; settings of the space. */
export type Policy = {
  grace: Record<PaymentMethodKind, Ms>
  /** Kinds of pause during which doors stay open beyond the paid days. */
  pauseOpens: Record<PauseKind, boolean>
  /** Access that ends by the clock runs to the end of that local day. */
  endOfDay: boolean
  zone: string
}
