// What comes out when past swipes are decided anew: how often, whom, where; and what cannot be known.
import { isGrant, type Reason } from '../domain/reasons.ts'
import type { PaymentMethodKind } from '../domain/standing.ts'
import { DAY, type Ms, toIso } from '../domain/time.ts'
import { type Beside, type RuleChange, replay, UNKNOWN, type Unknown } from '../domain/what-if.ts'
import { shortReason, unknownWords, whatIfRow } from '../domain/what-if-en.ts'
import { doorNames } from '../store/doors.ts'
import { memberById } from '../store/members.ts'
import { mergedPeople } from '../store/people-merge.ts'
import type { LoggedSwipe } from '../store/swipes.ts'
import type { ReadDeps } from './deps.ts'
import { besideOf } from './what-if-then.ts'

/** What a setting of grace may be. */
const MOST_DAYS = 365

type Group = { member: string; door: string; first: Ms; last: Ms; count: number; was: Reason; would: Reason }

export function createTally(deps: ReadDeps, change: RuleChange, from: Ms) {
  const merged = mergedPeople(deps.desk)
  const beside = besideOf(deps, merged, from)
  const groups = new Map<string, Group>()
  const unknown = new Map<Unknown, number>()
  const needs = new Map<PaymentMethodKind, number>()
  const people = { letIn: new Set<string>(), refused: new Set<string>() }
  const swipes = { letIn: 0, refused: 0 }
  let [decided, byThemselves] = [0, 0]

  function take(swipe: LoggedSwipe): void {
    const then = beside(swipe)
    const outcome = then === null ? 'not-kept' : replay(swipe, then, change)
    if (outcome === 'by-itself') byThemselves += 1
    else if (typeof outcome === 'string' && outcome !== 'same') unknown.set(outcome, (unknown.get(outcome) ?? 0) + 1)
    else decided += 1
    if (outcome === 'same' && then !== null && swipe.rule === 'grace-over') noteNeed(swipe, then)
    if (typeof outcome === 'string') return
    const { was, would } = outcome
    const way = would.grant ? 'letIn' : 'refused'
    const member = merged.get(swipe.memberId) ?? swipe.memberId
    swipes[way] += 1
    people[way].add(member)
    const key = `${member} ${swipe.doorId} ${way}`
    const known = groups.get(key)
    if (known === undefined) {
      const { at, doorId } = swipe
      groups.set(key, { member, door: doorId, first: at, last: at, count: 1, was: was.reason, would: would.reason })
    } else {
      known.count += 1
      known.first = Math.min(known.first, swipe.at)
      known.last = Math.max(known.last, swipe.at)
    }
  }

  /** Where this changes nothing for somebody: how many days of grace would. */
  function noteNeed(swipe: LoggedSwipe, then: Beside): void {
    const deciding = then.memberships
      .map(([newest]) => newest?.entitlement)
      .find((one) => one?.membershipId === swipe.inputs.membership)
    if (deciding?.graceStart == null) return
    const { method, graceStart } = deciding
    const whole = Math.floor((swipe.at - graceStart) / DAY)
    // One less may do where access runs to the end of the day.
    for (const days of [whole, whole + 1]) {
      if (days > MOST_DAYS || days >= (needs.get(method) ?? Number.POSITIVE_INFINITY)) return
      const longer = replay(swipe, then, { ...change, grace: { ...change.grace, [method]: days * DAY } })
      if (typeof longer !== 'string' && longer.would.grant) needs.set(method, days)
    }
  }

  function result(shown: number) {
    const names = doorNames(deps.desk)
    const all = [...groups.values()].sort((a, b) => b.count - a.count || a.first - b.first)
    const why = UNKNOWN.flatMap((one) => {
      const count = unknown.get(one)
      return count === undefined ? [] : [{ count, words: unknownWords[one] }]
    })
    const count = why.reduce((sum, one) => sum + one.count, 0)
    return {
      swipes: decided,
      letIn: { people: people.letIn.size, swipes: swipes.letIn },
      refused: { people: people.refused.size, swipes: swipes.refused },
      rows: all.slice(0, shown).map((group) => toRow(deps, group, names.get(group.door) ?? group.door)),
      total: all.length,
      unknown: { count, why },
      byThemselves,
      needs: [...needs].map(([method, days]) => ({ method, days })),
    }
  }

  return { take, result }
}

function toRow(deps: ReadDeps, { member, door, first, last, count, was, would }: Group, doorName: string) {
  const name = memberById(deps.desk, member)?.name ?? 'Somebody'
  const verdict = (reason: Reason) => ({ grant: isGrant(reason), reason, words: shortReason(reason) })
  const say = isGrant(would) ? whatIfRow.letIn : whatIfRow.refused
  return {
    member: { id: member, name },
    door: { id: door, name: doorName },
    first: toIso(first),
    last: toIso(last),
    count,
    was: verdict(was),
    would: verdict(would),
    sentence: say(name, doorName, count, was, would),
  }
}
