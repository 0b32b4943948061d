// The decision at a door: pure, one snapshot in, one reason out (flow 1 of ARCHITECTURE.md).
import type { CredentialState } from './credential.ts'
import { isGrant, REASONS, type Reason } from './reasons.ts'
import { before, type Entitlement, type Policy } from './standing.ts'
import { endOfLocalDay, HOUR, type Ms } from './time.ts'

/** One membership that covers the person, and whether its plan opens the door in question. */
export type CoveringMembership = { entitlement: Entitlement; opensDoor: boolean }

export type DecisionInput = {
  now: Ms
  policy: Policy
  /** The door's own allowance for stale billing data; null takes the payment method's. */
  doorAllowance: Ms | null
  /** Until when a manager lets stale data hold at this door, beyond every allowance; null for not at all. */
  extendedTo: Ms | null
  card: 'unreadable' | 'unknown' | CredentialState
  memberships: readonly CoveringMembership[]
  /** START of the last sync that read everything and left nothing open for this person; null before the first. */
  freshSince: Ms | null
  /** Access by somebody's word that holds now; null for none. */
  override: AccessOverride | null
  /** What a manager has ordered of this door. */
  order: DoorOrder | null
  /** Holds the key of this door, whatever was paid. */
  keyholder: boolean
  /** May not come in. */
  barred: boolean
}

/** Where nothing but what is paid is in question. */
export const PLAIN = { extendedTo: null, override: null, order: null, keyholder: false, barred: false } as const

/** `until`: null where somebody has to end it. A lockdown stops entry only; a hold opens to every good card. */
export type DoorOrder = { mode: 'lockdown' | 'held-open'; withKeyholders: boolean; until: Ms | null }

export type AccessOverride = { id: string; until: Ms; operator: string }

/** `rule` names the line of the rules that decided; `membershipId` the membership that it was about. */
export type Decision = { grant: boolean; reason: Reason; rule: string; membershipId: string | null }

export function decide(input: DecisionInput): Decision {
  const card = cardReason(input.card)
  const passes = card === null && input.keyholder && !input.barred && input.order?.withKeyholders === false
  if (input.order?.mode === 'lockdown' && !passes) return decision('lockdown', 'order', null)
  if (card !== null) return decision(card, 'card', null)
  if (input.barred) return decision('member-barred', 'bar', null)
  if (input.keyholder) return decision('ok-keyholder', 'keyholder', null)
  if (input.order?.mode === 'held-open') return decision('ok-held-open', 'order', null)
  // A person's word outranks what they pay; it lifts no refusal of the card, which has spoken already.
  if (input.override !== null) return decision('ok-override', 'override', null)
  if (input.memberships.length === 0) return decision('no-membership', 'membership', null)

  const views = input.memberships.map((membership) => ({ membership, ...viewAtDoor(membership.entitlement, input) }))
  // An ended membership speaks only where nothing else is left: an old one must not hide the present one.
  const live = views.filter((view) => view.reason !== 'ended')
  const counted = live.length > 0 ? live : views
  const opening = counted.filter((view) => view.membership.opensDoor)

  const granted = best(opening.filter((view) => isGrant(view.reason)))
  if (granted) return decision(granted.reason, granted.rule, granted.membership.entitlement.membershipId)
  const refusedHere = first(opening)
  if (refusedHere)
    return decision(refusedHere.reason, refusedHere.rule, refusedHere.membership.entitlement.membershipId)
  const elsewhere = best(counted.filter((view) => isGrant(view.reason)))
  if (elsewhere) return decision('not-this-door', 'plan', elsewhere.membership.entitlement.membershipId)
  const refused = first(counted)
  if (!refused) throw new Error('Deciding at a door: memberships without a view')
  return decision(refused.reason, refused.rule, refused.membership.entitlement.membershipId)
}

function cardReason(card: DecisionInput['card']): Reason | null {
  switch (card) {
    case 'unreadable':
      return 'unreadable-card'
    case 'unknown':
      return 'unknown-card'
    case 'active':
      return null
    default:
      return `card-${card}`
  }
}

type View = { reason: Reason; rule: string }

/** What one membership alone would say at a door now (docs/standing.md, "What a door does with it"). */
export function viewAtDoor(
  entitlement: Entitlement,
  {
    now,
    policy,
    doorAllowance,
    extendedTo,
    freshSince,
  }: Pick<DecisionInput, 'now' | 'policy' | 'doorAllowance' | 'extendedTo' | 'freshSince'>,
): View {
  const { paidUntil, graceUntil, knownEnd } = entitlement
  const allowance = doorAllowance ?? entitlement.allowance
  const lastOfDay = (end: Ms) => (policy.endOfDay ? endOfLocalDay(end - 1, policy.zone) : end)
  const overByClock = (end: Ms | null) => end === null || now >= lastOfDay(end)
  // An end that lies after the last look at Stripe, less an hour: what followed it cannot be known.
  const unseen = (end: Ms) => end > (freshSince ?? Number.NEGATIVE_INFINITY) - HOUR
  const stale = (end: Ms): View =>
    now < Math.max(end + allowance, extendedTo ?? 0)
      ? { reason: 'ok-stale', rule: 'stale-allowance' }
      : { reason: 'billing-stale', rule: 'stale-allowance-over' }

  switch (entitlement.phase) {
    case 'pending': {
      const { provisionalUntil } = entitlement
      if (provisionalUntil === null) return { reason: 'payment-pending', rule: 'first-payment' }
      // Access before the money is there, until a date: what `ok-grace` tells of every other membership too.
      if (now < provisionalUntil) return { reason: 'ok-grace', rule: 'provisional' }
      if (unseen(provisionalUntil)) return stale(provisionalUntil)
      return overByClock(provisionalUntil)
        ? { reason: 'payment-pending', rule: 'provisional-over' }
        : { reason: 'ok-grace', rule: 'end-of-day' }
    }
    case 'lapsed':
      return { reason: 'lapsed', rule: 'unpaid' }
    case 'ended':
      return entitlement.unpaid ? { reason: 'lapsed', rule: 'cancelled-unpaid' } : { reason: 'ended', rule: 'ended' }
    case 'paid':
      if (knownEnd !== null && now >= knownEnd) {
        return overByClock(knownEnd) ? { reason: 'ended', rule: 'known-end' } : { reason: 'ok', rule: 'end-of-day' }
      }
      // A period that ended well before the last look, with Stripe still saying active, was seen and is believed.
      if (paidUntil === null || now < paidUntil || !unseen(paidUntil)) return { reason: 'ok', rule: 'paid' }
      return stale(paidUntil)
    case 'owing': {
      if (knownEnd !== null && now >= knownEnd) {
        return overByClock(knownEnd)
          ? { reason: 'ended', rule: 'known-end' }
          : { reason: 'ok-grace', rule: 'end-of-day' }
      }
      if (before(now, graceUntil)) return { reason: 'ok-grace', rule: 'grace' }
      if (entitlement.debitProcessing) {
        // The debit was still on its way at the last look, so it ended, if it did, after it.
        const seen = Math.max(graceUntil ?? Number.NEGATIVE_INFINITY, freshSince ?? Number.NEGATIVE_INFINITY)
        return now < seen + HOUR ? { reason: 'ok-grace', rule: 'debit-processing' } : stale(seen)
      }
      if (graceUntil !== null && unseen(graceUntil)) return stale(graceUntil)
      return overByClock(graceUntil)
        ? { reason: 'lapsed', rule: 'grace-over' }
        : { reason: 'ok-grace', rule: 'end-of-day' }
    }
    case 'term':
      if (before(now, paidUntil)) return { reason: 'ok', rule: 'paid' }
      if (!overByClock(graceUntil))
        return { reason: 'ok-grace', rule: before(now, graceUntil) ? 'grace' : 'end-of-day' }
      return { reason: 'lapsed', rule: 'grace-over' }
    case 'frozen':
      if (knownEnd !== null && now >= knownEnd) {
        return overByClock(knownEnd) ? { reason: 'ended', rule: 'known-end' } : { reason: 'ok', rule: 'end-of-day' }
      }
      if (entitlement.frozenOpen) return { reason: 'ok', rule: 'pause-policy' }
      if (entitlement.pauseUnreviewed) return { reason: 'ok', rule: 'pause-unreviewed' }
      if (before(now, paidUntil)) return { reason: 'ok', rule: 'paid' }
      if (paidUntil !== null && unseen(paidUntil)) return stale(paidUntil)
      return overByClock(paidUntil) ? { reason: 'frozen', rule: 'paused' } : { reason: 'ok', rule: 'end-of-day' }
  }
}

/** Of several grants the strongest: one fully paid membership is enough. */
function best<T extends View>(views: readonly T[]): T | undefined {
  return views.toSorted((a, b) => rank(b) - rank(a))[0]
}

/** Of several refusals the one that comes first in the closed list. */
function first<T extends View>(views: readonly T[]): T | undefined {
  return views.toSorted((a, b) => rank(a) - rank(b))[0]
}

function rank(view: View): number {
  return REASONS.indexOf(view.reason)
}

function decision(reason: Reason, rule: string, membershipId: string | null): Decision {
  return { grant: isGrant(reason), reason, rule, membershipId }
}
