// What a door would have read of a person at a moment that is past: entitlements, covers, permissions and invitations are
// kept as they were; bars, keys and inductions are told by the log of actions, who was in by that of decisions.
import { versionsThen } from '../domain/history.ts'
import type { Ms } from '../domain/time.ts'
import { seqBefore } from './card-uses.ts'
import { hostsThen } from './companions.ts'
import { heads, type Presence, timesUsed, visitsTaken } from './counted.ts'
import { exceptionsThen } from './door-orders.ts'
import { doorById } from './doors.ts'
import { heldBy, versionsOf } from './entitlement-versions.ts'
import { hadInduction } from './inductions.ts'
import type { ReadDb } from './open.ts'
import { idsOfPerson } from './people-merge.ts'
import type { Databases, PersonFacts } from './person-at-door.ts'
import { allPlans } from './plans.ts'
import { readDeskId } from './settings.ts'
import { sql } from './statement.ts'

export function pastFacts({ desk, access }: Databases, at: Ms): PersonFacts {
  const deskId = readDeskId(desk) ?? ''
  // A swipe of this very moment was asked about what was there before it.
  const upTo = access === null ? 0 : seqBefore(access, deskId, at)
  const held = (memberId: string) => versionsThen(heldBy(desk, memberId), at).flatMap((versions) => versions[0] ?? [])
  const planNames = new Map(allPlans(desk).map(({ id, name }) => [id, name]))
  return {
    entitlements: (memberId) =>
      held(memberId).map(({ entitlement }) => ({
        ...entitlement,
        flag: null,
        planName: planNames.get(entitlement.planId) ?? '',
      })),
    morePlans: (membershipId) => [
      ...(versionsOf(desk, membershipId).findLast((version) => version.at <= at)?.morePlans ?? []),
    ],
    freshSince: (_, all) => all,
    exceptions: (memberId, doorId) => exceptionsThen(desk, idsOfPerson(desk, memberId), doorId, at),
    hasInduction: (memberId, inductionId) =>
      idsOfPerson(desk, memberId).some((id) => hadInduction(desk, id, inductionId, at)),
    hosts: (memberId) => hostsThen(desk, memberId, at),
    presence: (memberId) => (access === null ? null : presenceThen(desk, access, idsOfPerson(desk, memberId), at)),
    timesUsed: (id) => (access === null ? 0 : timesUsed(access, id, upTo)),
    heads: (id, memberId) => (access === null ? { count: 0, counted: false } : heads(access, id, memberId, upTo)),
    visits: (asked) => (access === null ? { used: 0, today: false } : visitsTaken(access, asked, upTo)),
  }
}

/** Where they were last let through before, as doors are set now. */
function presenceThen(desk: ReadDb, access: ReadDb, ids: readonly string[], at: Ms): Presence | null {
  const row = sql<{ at: Ms; doorId: string }>(
    access,
    `SELECT at, door_id AS doorId FROM decision
     WHERE member_id IN (SELECT value FROM json_each(?)) AND at < ? AND granted = 1 ORDER BY at DESC LIMIT 1`,
  ).get(JSON.stringify(ids), at)
  return row === undefined ? null : { ...row, inside: doorById(desk, row.doorId)?.direction !== 'out' }
}
