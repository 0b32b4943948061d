// What a decision reads of a person: what they pay for, what was given them, who is with them.
import type { AccessOverride, CoveringMembership, DecisionInput, Minor, Visits } from '../domain/decide.ts'
import { isIn } from '../domain/presence.ts'
import type { Entitlement } from '../domain/standing.ts'
import { type Ms, startOfLocalMonth, toLocal } from '../domain/time.ts'
import { freshSince } from './billing-inbox.ts'
import { hostsOf, minorAt } from './companions.ts'
import { heads, type Presence, presenceOf, timesUsed, visitsTaken } from './counted.ts'
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

/** What is looked up about people that a moment alone does not tell: as it stands, or as it stood (past-facts.ts). */
export type PersonFacts = {
  entitlements(memberId: string, now: Ms): StoredEntitlement[]
  /** Beyond the plan that names the membership. */
  morePlans(membershipId: string, now: Ms): string[]
  freshSince(memberId: string, all: Ms | null): Ms | null
  exceptions: (memberId: string, doorId: string, now: Ms) => ReturnType<typeof exceptionsAt>
  hasInduction(memberId: string, inductionId: string, now: Ms): boolean
  hosts(memberId: string, now: Ms): { hostId: string }[]
  presence(memberId: string, now: Ms): Presence | null
  timesUsed(permissionId: string): number
  heads(eventId: string, memberId: string): { count: number; counted: boolean }
  visits(asked: Parameters<typeof visitsTaken>[1]): { used: number; today: boolean }
}

function presentFacts({ desk, access }: Databases): PersonFacts {
  return {
    entitlements: (memberId, now) => entitlementsOfMember(desk, memberId, now),
    morePlans: (membershipId) => morePlansOf(desk, membershipId),
    freshSince: (memberId, all) => freshSince(desk, memberId, all),
    exceptions: (memberId, doorId, now) => exceptionsAt(desk, memberId, doorId, now),
    hasInduction: (memberId, inductionId, now) => hasInduction(desk, memberId, inductionId, now),
    hosts: (memberId, now) => hostsOf(desk, memberId, now),
    presence: (id) => (access === null ? null : presenceOf(access, id)),
    timesUsed: (id) => (access === null ? 0 : timesUsed(access, id)),
    heads: (id, memberId) => (access === null ? { count: 0, counted: false } : heads(access, id, memberId)),
    visits: (asked) => (access === null ? { used: 0, today: false } : visitsTaken(access, asked)),
  }
}

/** `freshSince`: of everybody, where nothing of this person is left open. */
export function personAtDoor(
  dbs: Databases,
  door: Door,
  rules: DoorRules,
  memberId: string,
  { now, freshSince: all }: Pick<DecisionInput, 'now' | 'freshSince'>,
  facts = presentFacts(dbs),
): PersonAtDoor {
  const { desk } = dbs
  const entitlements = facts.entitlements(memberId, now)
  const { keyholder, barred, word } = facts.exceptions(memberId, door.id, now)
  const isInside = (id: string) => isIn(facts.presence(id, now), now)
  const missing = rules.inductions.find(({ id }) => !facts.hasInduction(memberId, id, now))
  const memberships = entitlements.flatMap((entitlement) => {
    const { membershipId, planId } = entitlement
    const plans = rules.anyMorePlans ? [planId, ...facts.morePlans(membershipId, now)] : [planId]
    return plansAtDoor({ desk, facts, rules }, memberId, entitlement, plans, now)
  })
  return {
    entitlements,
    memberships,
    freshSince: facts.freshSince(memberId, all),
    override: permissionOf({ desk, facts, rules }, door, { memberId, word }, now),
    keyholder,
    barred,
    missingInduction: missing?.name ?? null,
    minor: rules.anyMinors ? minorOf(desk, rules, memberId, isInside, now) : null,
    guestOf: rules.anyGuests ? guestOf(facts, memberId, isInside, now) : null,
    passback: door.antiPassback && door.direction !== 'out' ? { alreadyIn: isInside(memberId) } : null,
  }
}

type Looking = { desk: ReadDb; facts: Pick<PersonFacts, 'visits'>; rules: DoorRules }

/** One for each plan of the membership: a subscription may be of several, each with its own doors and hours. */
export function plansAtDoor(
  looking: Looking,
  memberId: string,
  entitlement: Entitlement,
  plans: readonly string[],
  now: Ms,
): (CoveringMembership & { planId: string })[] {
  const { membershipId } = entitlement
  return plans.map((planId) => {
    const { opens, hours, visits } = looking.rules.plan(planId)
    const counted = visits === null ? null : visitsOf(looking, { memberId, membershipId, visits }, now)
    return { entitlement, planId, opensDoor: opens, hours, visits: counted }
  })
}

function visitsOf(
  { desk, facts, rules: { policy } }: Looking,
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
    ...facts.visits(taken),
  }
}

/** What a person's word gives here: as often as they like before so many times, the longest first. */
function permissionOf(
  { desk, facts, rules }: Looking & { facts: PersonFacts },
  door: Door,
  { memberId, word }: { memberId: string; word: boolean },
  now: Ms,
): AccessOverride | null {
  const given = (word ? overridesOf(desk, memberId, now) : [])
    .filter(({ doorId, id, uses }) => {
      const used = uses === null ? 0 : facts.timesUsed(id)
      return (doorId === null || doorId === door.id) && (uses === null || used < uses)
    })
    .map(
      ({ id, until, operator, uses }): AccessOverride => ({ id, until, operator, event: null, counted: uses !== null }),
    )
  const events = rules.events
    .filter(({ from, until, members }) => from <= now && now < until && (members?.includes(memberId) ?? true))
    .flatMap(({ id, until, operator, name, heads: most }): AccessOverride[] => {
      if (most === null) return [{ id, until, operator, event: name, counted: false }]
      const { count, counted } = facts.heads(id, memberId)
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

function guestOf(
  facts: PersonFacts,
  memberId: string,
  isInside: (id: string) => boolean,
  now: Ms,
): DecisionInput['guestOf'] {
  const hosts = facts.hosts(memberId, now).map(({ hostId }) => ({ host: hostId, hostIn: isInside(hostId) }))
  return hosts.find(({ hostIn }) => hostIn) ?? hosts[0] ?? null
}
