// What stood beside past swipes: memberships by their versions, settings by the log of actions. Remembered for one replay.
import { type HeldMembership, versionsThen } from '../domain/history.ts'
import { DAY, type Ms } from '../domain/time.ts'
import type { Beside } from '../domain/what-if.ts'
import { changesOf } from '../store/actions.ts'
import { visitsTaken } from '../store/counted.ts'
import { type DoorRules, doorRules } from '../store/door-rules.ts'
import { type Door, doorById } from '../store/doors.ts'
import { heldBy } from '../store/entitlement-versions.ts'
import { plansAtDoor } from '../store/person-at-door.ts'
import type { LoggedSwipe } from '../store/swipes.ts'
import type { ReadDeps } from './deps.ts'

type AtDoor = { door: Door; rules: DoorRules; allowance: (at: Ms) => Ms | null }

/** Null where the door is no more. `merged`: whom people became. */
export function besideOf(
  deps: ReadDeps,
  merged: ReadonlyMap<string, string>,
  from: Ms,
): (swipe: LoggedSwipe) => Beside | null {
  const { desk, access } = deps
  const doors = new Map<string, AtDoor | null>()
  const people = new Map<string, HeldMembership[]>()
  const endOfDays = changesOf(desk, 'space', 'settings-changed', 'endOfDay')

  const readDoor = (id: string): AtDoor | null => {
    const door = doorById(desk, id)
    if (door === null) return null
    const days = changesOf(desk, id, 'door-allowance', 'days')
    const allowance = (at: Ms) => {
      const set = valueThen(days, at, null)
      return set === undefined ? door.allowance : typeof set === 'number' ? set * DAY : null
    }
    return { door, rules: doorRules(desk, door, deps.now()), allowance }
  }

  return ({ seq, at, doorId, memberId }) => {
    const atDoor = remembered(doors, doorId, readDoor)
    if (atDoor === null || access === null) return null
    const { rules, allowance } = atDoor
    const held = remembered(people, merged.get(memberId) ?? memberId, (id) =>
      [id, ...goneInto(merged, id)].flatMap((one) => heldBy(desk, one, from)),
    )
    const facts = { visits: (asked: Parameters<typeof visitsTaken>[1]) => visitsTaken(access, asked, seq - 1) }
    const endOfDay = valueThen(endOfDays, at, true)
    return {
      policy: { ...rules.policy, endOfDay: typeof endOfDay === 'boolean' ? endOfDay : rules.policy.endOfDay },
      doorAllowance: allowance(at),
      holidays: rules.holidays,
      memberships: versionsThen(held, at),
      atDoor: ({ entitlement, morePlans }) =>
        plansAtDoor({ desk, facts, rules }, memberId, entitlement, [entitlement.planId, ...morePlans], at),
    }
  }
}

function goneInto(merged: ReadonlyMap<string, string>, id: string): string[] {
  return merged.size === 0 ? [] : [...merged].flatMap(([gone, kept]) => (kept === id ? [gone] : []))
}

/** `first`: what it is where nobody has ever set it. Undefined where nobody has: then it is what it is now. */
function valueThen(changes: readonly { at: Ms; value: unknown }[], at: Ms, first: unknown): unknown {
  if (changes.length === 0) return undefined
  const last = changes.findLast((change) => change.at <= at)
  return last === undefined ? first : last.value
}

function remembered<T>(known: Map<string, T>, id: string, read: (id: string) => T): T {
  let one = known.get(id)
  if (one === undefined) {
    one = read(id)
    known.set(id, one)
  }
  return one
}
