// Whom doors begin to refuse only because Stripe was not heard from, and when, if nothing more is heard: pure.
import { viewAtDoor } from './decide.ts'
import { isGrant } from './reasons.ts'
import type { Entitlement, Policy } from './standing.ts'
import { endOfLocalDay, HOUR, type Ms } from './time.ts'

/** Refusals that begin within this of each other are told as one: hardly two subscriptions renew in the same second. */
const TOGETHER = HOUR

/** `until`: when the membership ceases to cover them; null while no end is known. */
export type Covering = { entitlement: Entitlement; until: Ms | null }

/** Somebody before a door, with those of their memberships that open it. */
export type Exposed = {
  memberships: readonly Covering[]
  freshSince: Ms | null
  /** Comes in by somebody's word until then, and may not come in until then, whatever was paid; null for neither. */
  wordUntil: Ms | null
  barredUntil: Ms | null
}

export type ForecastDoor = { allowance: Ms | null; extendedTo: Ms | null }

/** The moment from which the door refuses them though they may have paid, `now` where it does so already; null where
 * that does not happen. An end that was agreed is known and comes whatever is heard: who is refused for it is no victim. */
export function refusedUnseen(person: Exposed, door: ForecastDoor, policy: Policy, now: Ms): Ms | null {
  const { memberships, wordUntil, barredUntil, freshSince } = person
  const refused = (at: Ms): boolean => {
    if (before(at, barredUntil) || before(at, wordUntil)) return false
    const context = { now: at, policy, doorAllowance: door.allowance, extendedTo: door.extendedTo, freshSince }
    const reasons = memberships
      .filter(({ until }) => until === null || at < until)
      .map(({ entitlement }) => viewAtDoor(entitlement, context).reason)
    return reasons.includes('billing-stale') && !reasons.some(isGrant)
  }
  const turns = [
    wordUntil,
    barredUntil,
    ...memberships.flatMap(({ entitlement, until }) => [
      until,
      ...allowancesOver(entitlement, door, freshSince),
      // One that is alone cannot outlast another.
      ...(memberships.length > 1 ? ownEnds(entitlement, policy) : []),
    ]),
  ].filter((at) => at !== null && at > now && at < Number.POSITIVE_INFINITY) as Ms[]
  return [now, ...turns.sort((a, b) => a - b)].find(refused) ?? null
}

/** When stale data ceases to hold (decide.ts, `stale`). */
function allowancesOver(entitlement: Entitlement, { allowance, extendedTo }: ForecastDoor, fresh: Ms | null): Ms[] {
  const { paidUntil, graceUntil, provisionalUntil } = entitlement
  const seen = Math.max(graceUntil ?? 0, fresh ?? 0)
  const overAt = (end: Ms) => Math.max(end + (allowance ?? entitlement.allowance), extendedTo ?? 0)
  const ends = [paidUntil, graceUntil, provisionalUntil, seen].filter((end) => end !== null)
  // A debit that was on its way is given an hour beyond the last look, whatever the allowance.
  return [...ends.map(overAt), seen + HOUR]
}

/** When a membership ceases to let somebody in for a reason of its own. */
function ownEnds({ paidUntil, graceUntil, knownEnd, provisionalUntil }: Entitlement, policy: Policy): Ms[] {
  return [paidUntil, graceUntil, knownEnd, provisionalUntil]
    .filter((end) => end !== null)
    .flatMap((end) => (policy.endOfDay ? [end, endOfLocalDay(end - 1, policy.zone)] : [end]))
}

function before(at: Ms, end: Ms | null): boolean {
  return end !== null && at < end
}

/** From a moment on somebody is refused at these doors; null: at every door that was open to them. */
export type Turn = { at: Ms; memberId: string; doors: readonly string[] | null }

/** `from`: each door that is open to them, and when it refuses them unseen. */
export function turnsOf(memberId: string, from: ReadonlyMap<string, Ms | null>): Turn[] {
  const moments = [...new Set(from.values())].filter((at) => at !== null)
  return moments.map((at) => {
    const everywhere = [...from.values()].every((other) => other !== null && other <= at)
    return { at, memberId, doors: everywhere ? null : [...from.keys()].filter((door) => from.get(door) === at) }
  })
}

/** `turns`: one for each person whom doors begin to refuse within an hour of `at`. */
export type Moment = { at: Ms; turns: Turn[] }

/** The soonest turns by their hour: a hundred thousand people need not be kept to name the first four. */
export type Soonest = { hours: Map<number, Turn[]>; keep: number; last: number }

/** Enough for so many moments. */
export function noTurns(moments: number): Soonest {
  // One moment takes part of two hours of the clock.
  return { hours: new Map(), keep: 2 * moments, last: Number.POSITIVE_INFINITY }
}

export function addTurn(soonest: Soonest, turn: Turn): void {
  const { hours, keep } = soonest
  const hour = Math.floor(turn.at / HOUR)
  if (hour > soonest.last) return
  const others = hours.get(hour)
  if (others !== undefined) return void others.push(turn)
  hours.set(hour, [turn])
  if (hours.size > keep) hours.delete(soonest.last)
  if (hours.size === keep) soonest.last = Math.max(...hours.keys())
}

/** Who is refused already, and the moments at which others follow, soonest first. */
export function momentsOf({ hours }: Soonest, now: Ms): { refused: Turn[]; moments: Moment[] } {
  const turns = [...hours.values()].flat().sort((a, b) => a.at - b.at)
  const moments: Moment[] = []
  for (const turn of turns.filter(({ at }) => at > now)) {
    const last = moments.at(-1)
    if (last === undefined || turn.at >= last.at + TOGETHER) moments.push({ at: turn.at, turns: [turn] })
    else last.turns.push(turn)
  }
  return {
    refused: onePerPerson(turns.filter(({ at }) => at <= now)),
    moments: moments.map(({ at, turns: together }) => ({ at, turns: onePerPerson(together) })),
  }
}

function onePerPerson(turns: readonly Turn[]): Turn[] {
  const people = new Map<string, Turn>()
  for (const turn of turns) {
    const known = people.get(turn.memberId)
    const doors = known?.doors === null || turn.doors === null ? null : [...(known?.doors ?? []), ...turn.doors]
    people.set(turn.memberId, { ...turn, doors })
  }
  return [...people.values()]
}
