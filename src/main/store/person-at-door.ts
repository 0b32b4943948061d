// What a decision reads of a person: what they pay for, what was given them, who is with them.
import type { AccessOverride, CoveringMembership, DecisionInput, Minor, Visits } from '../domain/decide.ts'
import { isIn } from '../domain/presence.ts'
import { type Ms, startOfLocalMonth, toLocal } from '../domain/time.ts'
import { freshSince } from './billing-inbox.ts'
import { hostsOf, minorAt } from './companions.ts'
import { heads, presenceOf, timesUsed, visitsTaken } from './counted.ts'
import { exceptionsAt } from './door-orders.ts'
import type { DoorRules, PlanAtDoor } from './door-rules.ts'
import type { Door } from './doors.ts'
import { entitlementsOfMember, morePlansOf, type StoredEntitlement } from './entitlements.ts'
import { hasInduction } from './inductions.ts'
import { presentTermStart } from './manual-memberships.ts'
import type { ReadDb } from './open.ts'
import { overridesOf } from './overrides.ts'

/** `access` is null before any door has answered: then nobody has been counted. */
export type Databases = { desk: ReadDb; access: ReadDb | null }

export type PersonAtDoor = Pick<
  DecisionInput,
  | 'memberships'
  | 'freshSince'
  | 'override'
  | 'keyholder'
  | 'barred'
  | 'missingInduction'
  | 'minor'
  | 'guestOf'
  | 'passback'
> & { entitlements: readonly StoredEntitlement[] }

/** `freshSince`: of everybody, where nothing of this person is left open. */
export function personAtDoor(
  dbs: Databases,
  door: Door,
  rules: DoorRules,
  memberId: string,
  { now, freshSince: all }: Pick<DecisionInput, 'now' | 'freshSince'>,
): PersonAtDoor {
  const { desk, access } = dbs
  const entitlements = entitlementsOfMember(desk, memberId, now)
  const { keyholder, barred, word } = exceptionsAt(desk, memberId, door.id, now)
  const isInside = (id: string) => access !== null && isIn(presenceOf(access, id), now)
  const missing = rules.inductions.find(({ id }) => !hasInduction(desk, memberId, id, now))
  return {
    entitlements,
    memberships: entitlements.flatMap((one) => atDoor(dbs, rules, memberId, one, now)),
    freshSince: freshSince(desk, memberId, all),
    override: permissionOf(dbs, door, rules, { memberId, word }, now),
    keyholder,
    barred,
    missingInduction: missing?.name ?? null,
    minor: rules.anyMinors ? minorOf(desk, rules, memberId, isInside, now) : null,
    guestOf: rules.anyGuests ? guestOf(desk, memberId, isInside, now) : null,
    passback: door.antiPassback && door.direction !== 'out' ? { alreadyIn: isInside(memberId) } : null,
  }
}

/** One for each plan of the membership: a subscription may be of several, each with its own doors and hours. */
function atDoor(
  { desk, access }: Databases,
  rules: DoorRules,
  memberId: string,
  entitlement: StoredEntitlement,
  now: Ms,
): CoveringMembership[] {
  const { membershipId, planId } = entitlement
  const plans = rules.anyMorePlans ? [planId, ...morePlansOf(desk, membershipId)] : [planId]
  return plans.map((id) => {
    const { opens, hours, visits } = rules.plan(id)
    const counted = visits === null ? null : visitsOf(desk, access, rules, { memberId, membershipId, visits }, now)
    return { entitlement, opensDoor: opens, hours, visits: counted }
  })
}

function visitsOf(
  desk: ReadDb,
  access: ReadDb | null,
  { policy }: DoorRules,
  {
    memberId,
    membershipId,
    visits,
  }: { memberId: string; membershipId: string; visits: NonNullable<PlanAtDoor['visits']> },
  now: Ms,
): Visits {
  const from =
    visits.visitsPer === 'month'
      ? startOfLocalMonth(now, policy.zone)
      : (presentTermStart(desk, membershipId, now) ?? 0)
  const taken = {
    memberId,
    membershipId,
    since: toLocal(from, policy.zone).day.date,
    today: toLocal(now, policy.zone).day.date,
  }
  return {
    allowed: visits.visits ?? 0,
    per: visits.visitsPer,
    ...(access === null ? { used: 0, today: false } : visitsTaken(access, taken)),
  }
}

/** What a person's word gives here: as often as they like before so many times, the longest first. */
function permissionOf(
  { desk, access }: Databases,
  door: Door,
  rules: DoorRules,
  { memberId, word }: { memberId: string; word: boolean },
  now: Ms,
): AccessOverride | null {
  const given = (word ? overridesOf(desk, memberId, now) : [])
    .filter(({ doorId, id, uses }) => {
      const used = uses === null || access === null ? 0 : timesUsed(access, id)
      return (doorId === null || doorId === door.id) && (uses === null || used < uses)
    })
    .map(
      ({ id, until, operator, uses }): AccessOverride => ({ id, until, operator, event: null, counted: uses !== null }),
    )
  const events = rules.events
    .filter(({ from, until, members }) => from <= now && now < until && (members?.includes(memberId) ?? true))
    .flatMap(({ id, until, operator, name, heads: most }): AccessOverride[] => {
      if (most === null) return [{ id, until, operator, event: name, counted: false }]
      const { count, counted } = access === null ? { count: 0, counted: false } : heads(access, id, memberId)
      return counted || count < most ? [{ id, until, operator, event: name, counted: !counted }] : []
    })
  return [...given, ...events].sort((a, b) => Number(a.counted) - Number(b.counted) || b.until - a.until)[0] ?? null
}

function minorOf(
  desk: ReadDb,
  rules: DoorRules,
  memberId: string,
  isInside: (id: string) => boolean,
  now: Ms,
): Minor | null {
  const minor = minorAt(desk, memberId, now)
  if (minor === null) return null
  const hours = minor.scheduleId === null ? null : rules.schedule(minor.scheduleId)
  return { guardianIn: minor.guardianNeeded ? minor.guardians.some(isInside) : null, hours }
}

function guestOf(desk: ReadDb, memberId: string, isInside: (id: string) => boolean, now: Ms): DecisionInput['guestOf'] {
  const hosts = hostsOf(desk, memberId, now).map(({ hostId }) => ({ host: hostId, hostIn: isInside(hostId) }))
  return hosts.find(({ hostIn }) => hostIn) ?? hosts[0] ?? null
}
