// The decision at a door: pure, one snapshot in, one reason out (flow 1 of ARCHITECTURE.md).
import type { CredentialState } from './credential.ts'
import { type Detail, isGrant, REASONS, type Reason } from './reasons.ts'
import { type Hours, isWithin } from './schedule.ts'
import { before, type Entitlement, type Policy } from './standing.ts'
import { endOfLocalDay, HOUR, type Ms } from './time.ts'

/** Raised whenever the rules of this file change, so that a row of the log says by which it was decided. */
export const POLICY_VERSION = 2

/** One membership that covers the person, and what its plan opens. */
export type CoveringMembership = {
  entitlement: Entitlement
  /** Whether its plan opens the door in question. */
  opensDoor: boolean
  /** In which hours; null at all. */
  hours: Hours | null
  /** Where it gives so many visits; null where it gives as many as wanted. */
  visits: Visits | null
}

/** A membership at a door that every plan opens, at all hours. */
export function opening(entitlement: Entitlement): CoveringMembership {
  return { entitlement, opensDoor: true, hours: null, visits: null }
}

/** A visit is one local day. `today`: this one has been taken, which covers the rest of the day. */
export type Visits = { allowed: number; per: 'month' | 'term'; used: number; today: boolean }

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
  /** A reader on the way out: it notes who leaves and refuses nobody. */
  wayOut: boolean
  /** An induction that the door asks for and the person lacks; null for none. */
  missingInduction: string | null
  /** Rules for coming in of somebody who is not of age; null for everybody else. */
  minor: Minor | null
  /** Invited by somebody: whether they are in. */
  guestOf: { host: string; hostIn: boolean } | null
  /** Where the door lets nobody in twice: whether this person is in by its count; null where it does not. */
  passback: { alreadyIn: boolean } | null
  /** Local days, YYYY-MM-DD, on which no hours begin. */
  holidays: ReadonlySet<string>
}

/** Where nothing but what is paid is in question. */
export const PLAIN = {
  extendedTo: null,
  override: null,
  order: null,
  keyholder: false,
  barred: false,
  wayOut: false,
  missingInduction: null,
  minor: null,
  guestOf: null,
  passback: null,
  holidays: new Set<string>(),
} as const

/** `until`: null where somebody has to end it. A lockdown stops entry only; a hold opens to every good card. The rest is
 * for telling, not for deciding. */
export type DoorOrder = {
  mode: 'lockdown' | 'held-open'
  withKeyholders: boolean
  until: Ms | null
  at?: Ms
  why?: string
  operator?: string
}

/** `event`: the name of the event that it belongs to. `counted`: each use is taken off, such as "let in once". */
export type AccessOverride = { id: string; until: Ms; operator: string; event: string | null; counted: boolean }

/** `guardianIn`: null where none has to be. */
export type Minor = { guardianIn: boolean | null; hours: Hours | null }

/** What a grant uses up, where it is counted. */
export type Taking = { kind: 'visit'; membershipId: string } | { kind: 'permission'; id: string }

/** `rule` names the line of the rules that decided; `membershipId` the membership that it was about. */
export type Decision = {
  grant: boolean
  reason: Reason
  detail: Detail | null
  rule: string
  membershipId: string | null
  takes: Taking | null
}

export function decide(input: DecisionInput): Decision {
  // Whatever else is true, nobody is kept from leaving.
  if (input.wayOut) return decision({ reason: 'ok', rule: 'way-out' })
  const card = cardReason(input.card)
  const passes = card === null && input.keyholder && !input.barred && input.order?.withKeyholders === false
  if (input.order?.mode === 'lockdown' && !passes) return decision({ reason: 'lockdown', rule: 'order' })
  if (card !== null) return decision({ reason: card, rule: 'card' })
  if (input.barred) return decision({ reason: 'member-barred', rule: 'bar' })
  if (input.keyholder) return decision({ reason: 'ok-keyholder', rule: 'keyholder' })
  if (input.order?.mode === 'held-open') return decision({ reason: 'ok-held-open', rule: 'order' })
  // A person's word outranks what they pay; it lifts no refusal of the card, which has spoken already.
  if (input.override !== null) return decision(byWord(input.override))
  return decision(byRights(input))
}

function byWord({ id, event, counted }: AccessOverride): View {
  const rule = event === null ? 'override' : 'event'
  return { reason: 'ok-override', rule, ...(counted ? { takes: { kind: 'permission', id } } : {}) }
}

/** By what is paid, or as somebody's guest. */
function byRights(input: DecisionInput): View {
  const { memberships, guestOf } = input
  const views = memberships.map((membership) => {
    const view = viewAtDoor(membership.entitlement, input)
    const here = isGrant(view.reason) && membership.opensDoor ? entering(view, membership, input) : view
    return { ...here, opensDoor: membership.opensDoor, membershipId: membership.entitlement.membershipId }
  })
  // An ended membership speaks only where nothing else is left: an old one must not hide the present one.
  const live = views.filter((view) => view.reason !== 'ended')
  const counted = live.length > 0 ? live : views
  const opening = counted.filter((view) => view.opensDoor)

  const granted = best(opening.filter((view) => isGrant(view.reason)))
  if (granted) return granted
  if (guestOf?.hostIn === true) return entering({ reason: 'ok', rule: 'guest' }, null, input)
  const refusedHere = first(opening)
  if (refusedHere) return refusedHere
  const elsewhere = best(counted.filter((view) => isGrant(view.reason)))
  if (elsewhere) return { reason: 'not-this-door', rule: 'plan', membershipId: elsewhere.membershipId }
  const refused = first(counted)
  if (refused) return refused
  return guestOf === null
    ? { reason: 'no-membership', rule: 'membership' }
    : { reason: 'no-membership', rule: 'guest', detail: 'host-absent' }
}

/** What the door asks of somebody who may come in: inductions, company, visits, hours, and not to be in already. */
function entering(view: View, membership: CoveringMembership | null, input: DecisionInput): View {
  const { minor, now, policy, holidays } = input
  const isOpen = (hours: Hours | null) => hours === null || isWithin(hours, now, policy.zone, holidays)
  const visits = membership?.visits ?? null
  if (input.missingInduction !== null) return { reason: 'not-this-door', rule: 'induction', detail: 'needs-induction' }
  if (minor?.guardianIn === false) return { reason: 'not-this-door', rule: 'guardian', detail: 'guardian-absent' }
  if (visits !== null && !visits.today && visits.used >= visits.allowed)
    return { reason: 'not-this-door', rule: 'visits', detail: 'visits-used' }
  if (!isOpen(membership?.hours ?? null)) return { reason: 'outside-hours', rule: 'hours' }
  if (!isOpen(minor?.hours ?? null)) return { reason: 'outside-hours', rule: 'hours-of-minors' }
  if (input.passback?.alreadyIn === true) return { reason: 'anti-passback', rule: 'presence' }
  if (membership === null || visits === null || visits.today) return view
  return { ...view, takes: { kind: 'visit', membershipId: membership.entitlement.membershipId } }
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

type View = { reason: Reason; rule: string; detail?: Detail; membershipId?: string; takes?: Taking }

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
): { reason: Reason; rule: string } {
  const { paidUntil, graceUntil, knownEnd } = entitlement
  const allowance = doorAllowance ?? entitlement.allowance
  const lastOfDay = (end: Ms) => (policy.endOfDay ? endOfLocalDay(end - 1, policy.zone) : end)
  const overByClock = (end: Ms | null) => end === null || now >= lastOfDay(end)
  // An end that lies after the last look at Stripe, less an hour: what followed it cannot be known.
  const unseen = (end: Ms) => end > (freshSince ?? Number.NEGATIVE_INFINITY) - HOUR
  const stale = (end: Ms): { reason: Reason; rule: string } =>
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

/** Of several grants the strongest: one fully paid membership is enough. Of equals one that uses up no visit. */
function best<T extends View>(views: readonly T[]): T | undefined {
  return views.toSorted((a, b) => rank(b) - rank(a) || Number(a.takes !== undefined) - Number(b.takes !== undefined))[0]
}

/** Of several refusals the one that comes first in the closed list. */
function first<T extends View>(views: readonly T[]): T | undefined {
  return views.toSorted((a, b) => rank(a) - rank(b))[0]
}

function rank(view: View): number {
  return REASONS.indexOf(view.reason)
}

function decision({ reason, rule, detail = undefined, membershipId = undefined, takes = undefined }: View): Decision {
  return {
    grant: isGrant(reason),
    reason,
    detail: detail ?? null,
    rule,
    membershipId: membershipId ?? null,
    takes: takes ?? null,
  }
}
