// "Stripe unreachable: the first members will be refused on Saturday, these four." Counted on demand, a page of people at a
// time, so that no screen and no swipe waits behind a hundred thousand of them.
import type { OutageForecast } from '../../preload/shapes-outage.ts'
import {
  addTurn,
  momentsOf,
  noTurns,
  refusedUnseen,
  type Soonest,
  type Turn,
  turnsOf,
} from '../domain/outage-forecast.ts'
import type { Entitlement } from '../domain/standing.ts'
import { MINUTE, type Ms, toIso } from '../domain/time.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import { EVERY_DOOR } from '../store/door-orders.ts'
import { type DoorRules, doorRules, extendedTo } from '../store/door-rules.ts'
import { allDoors, doorNames } from '../store/doors.ts'
import { membershipsOfSeveralPlans, morePlansOf } from '../store/entitlements.ts'
import { hasInduction } from '../store/inductions.ts'
import { memberById } from '../store/members.ts'
import type { ReadDb } from '../store/open.ts'
import { extensionsAt } from '../store/outage-extensions.ts'
import { type CardHolder, cardHolders, type OutageExceptions, outageExceptions } from '../store/outage-people.ts'
import { readRevision } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'

/** People looked at before others get their turn: a few milliseconds. */
const AT_A_TIME = 100
/** Names told; a whole space that renews on one day would be no list to read. */
const NAMED = 200
const NEXT = 5
/** Screens that ask together count together, and once for so long: while nothing is read nothing else moves it. */
const KEPT = 5 * MINUTE

type Kept = { told: string; at: Ms; soonest: Promise<Soonest> }
const kept = new WeakMap<object, Kept>()

export async function forecastOutage(deps: ReadDeps): Promise<OutageForecast> {
  const { refused, moments } = momentsOf(await soonestTurns(deps), deps.now())
  const names = doorNames(deps.desk)
  const [first, ...later] = moments
  const group = (turns: readonly Turn[]) => ({
    count: turns.length,
    people: turns
      .slice(0, NAMED)
      .map(({ memberId, doors }) => ({
        id: memberId,
        name: memberById(deps.desk, memberId)?.name ?? '',
        doors: doors?.map((id) => names.get(id) ?? id) ?? null,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  })
  return {
    offlineSince: toIso(deps.live?.sync.report().offlineSince ?? null),
    refused: group(refused),
    first: first === undefined ? null : { at: toIso(first.at), ...group(first.turns) },
    next: later.slice(0, NEXT).map(({ at, turns }) => ({ at: toIso(at), count: turns.length })),
    extensions: extensionsAt(deps.desk, deps.now()).map(({ id, doorId, until, why, operator }) => ({
      id,
      door: doorId === null ? null : { id: doorId, name: names.get(doorId) ?? doorId },
      until: toIso(until),
      why,
      by: operator,
    })),
  }
}

function soonestTurns(deps: ReadDeps): Promise<Soonest> {
  const told = `${readRevision(deps.desk)} ${readFreshFrom(deps.desk)}`
  const now = deps.now()
  const last = kept.get(deps.desk)
  if (last?.told === told && now >= last.at && now < last.at + KEPT) return last.soonest
  const soonest = count(deps, now)
  kept.set(deps.desk, { told, at: now, soonest })
  soonest.catch(() => kept.delete(deps.desk))
  return soonest
}

type DoorNow = { id: string; allowance: Ms | null; extendedTo: Ms | null; rules: DoorRules }
type Space = { desk: ReadDb; fresh: Ms | null; doors: DoorNow[]; several: Set<string>; exceptions: OutageExceptions }

async function count({ desk }: ReadDeps, now: Ms): Promise<Soonest> {
  const space = desk.transaction(
    (): Space => ({
      desk,
      fresh: readFreshFrom(desk),
      // Who goes out is refused by nobody.
      doors: allDoors(desk)
        .filter(({ direction }) => direction !== 'out')
        .map((door) => {
          const rules = doorRules(desk, door, now)
          return { id: door.id, allowance: door.allowance, extendedTo: extendedTo(rules, now), rules }
        }),
      several: membershipsOfSeveralPlans(desk),
      exceptions: outageExceptions(desk, now),
    }),
  )()
  const soonest = noTurns(1 + NEXT)
  for (let after = ''; ; ) {
    const { people, last } = cardHolders(desk, { after, limit: AT_A_TIME, at: now })
    if (last === null) return soonest
    for (const person of people) for (const turn of turnsOfPerson(person, space, now)) addTurn(soonest, turn)
    after = last
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function turnsOfPerson({ memberId, memberships }: CardHolder, space: Space, now: Ms): Turn[] {
  const { desk, doors, several, exceptions, fresh } = space
  if (memberships.length === 0) return []
  const unread = exceptions.unread.get(memberId)
  const freshSince = fresh === null || unread === undefined ? fresh : Math.min(fresh, unread)
  const barredUntil = exceptions.barred.get(memberId) ?? null
  const keys = exceptions.keys.get(memberId)
  const words = exceptions.words.get(memberId) ?? []
  const from = new Map<string, Ms | null>()
  const plansOf = ({ membershipId, planId }: Entitlement) =>
    several.has(membershipId) ? [planId, ...morePlansOf(desk, membershipId)] : [planId]
  for (const door of doors) {
    const { plan, inductions, policy } = door.rules
    const opening = inductions.every(({ id }) => hasInduction(desk, memberId, id, now))
      ? memberships.filter(({ entitlement }) => plansOf(entitlement).some((id) => plan(id).opens))
      : []
    const keyholder = keys !== undefined && (keys.has(EVERY_DOOR) || keys.has(door.id))
    if (opening.length === 0 && !keyholder) continue
    const here = words.filter(({ doorId }) => doorId === null || doorId === door.id).map(({ until }) => until)
    const wordUntil = here.length === 0 ? null : Math.max(...here)
    const person = { memberships: opening, freshSince, wordUntil, barredUntil }
    from.set(door.id, keyholder ? null : refusedUnseen(person, door, policy, now))
  }
  return turnsOf(memberId, from)
}
