// Lapsed or ended, and let in all the same: by what, how often, and what mends it.
import type { EnteringRow, NextAction } from '../../preload/shapes-worklists.ts'
import { viewAtDoor } from '../domain/decide.ts'
import { type HistoryStep, standingHistory } from '../domain/history.ts'
import { isGrant } from '../domain/reasons.ts'
import { sayDay } from '../domain/say.ts'
import { bestStanding, membershipStanding, type Policy, type Standing } from '../domain/standing.ts'
import { endOfLocalDay, type Ms, toIso } from '../domain/time.ts'
import { type Leak, leaksOf } from '../domain/worklists.ts'
import { leakWords, leaksWords as words } from '../domain/worklists-en.ts'
import { doorNames } from '../store/doors.ts'
import { heldBy } from '../store/entitlement-versions.ts'
import { overrideById, overridesOf } from '../store/overrides.ts'
import { idsOfPerson, mergedPeople } from '../store/people-merge.ts'
import { entriesOf } from '../store/worklist-visits.ts'
import { coveringOf } from '../store/worklists.ts'
import type { ReadDeps } from './deps.ts'
import { eachInTurn } from './in-steps.ts'
import { ENTRIES, type SeenAtDoors } from './seen-at-doors.ts'
import { contactOf, type Looked, personNamed } from './worklist-people.ts'

export async function whoEnters(
  { unpaid: perhaps }: SeenAtDoors,
  looked: Looked,
): Promise<{ rows: EnteringRow[]; hidden: number }> {
  const { deps, now, policy, hidden } = looked
  // Whoever is kept by the id of then may be merged since, or covered by nothing any more.
  const merged = mergedPeople(deps.desk)
  const people = new Set([...perhaps].map((id) => merged.get(id) ?? id))
  const covering = coveringOf(deps.desk, [...people], now)
  const context = { now, policy, doorAllowance: null, extendedTo: null, freshSince: now }
  const unpaid = [...covering].flatMap(([id, own]) =>
    own.every(({ entitlement }) => !isGrant(viewAtDoor(entitlement, context).reason)) ? id : [],
  )
  const found = await eachInTurn(unpaid, (id) => {
    const standing = bestStanding(
      (covering.get(id) ?? []).map(({ entitlement }) => membershipStanding(entitlement, now)),
    )
    const row = standing === 'lapsed' || standing === 'ended' ? enteringRow(looked, id, standing) : null
    return row ?? []
  })
  const rows = found.flat()
  const shown = rows.filter(({ member }) => !hidden.has(member.id))
  return {
    rows: shown.toSorted((a, b) => b.times - a.times || (a.lastAt < b.lastAt ? 1 : -1)),
    hidden: rows.length - shown.length,
  }
}

function enteringRow(
  { deps, now, policy, voice }: Looked,
  id: string,
  standing: 'lapsed' | 'ended',
): EnteringRow | null {
  const { access, desk } = deps
  const entries = access === null ? [] : entriesOf(access, idsOfPerson(desk, id), now - ENTRIES)
  const since = entries.length === 0 ? null : outSince(standingHistory(heldBy(desk, id), now), policy)
  if (since === null) return null
  const leaks = leaksOf(entries.filter(({ at }) => at >= since.doors))
  if (leaks.length === 0) return null
  const ways = leaks.map((leak) => `${words.times(leak.times)} ${wayWords(deps, leak)}`)
  return {
    id,
    member: personNamed(deps, id),
    standing,
    since: toIso(since.word),
    times: leaks.reduce((sum, { times }) => sum + times, 0),
    lastAt: toIso(Math.max(...leaks.map(({ lastAt }) => lastAt))),
    sentence: words.entering(standing, sayDay(since.word, voice), ways),
    contact: contactOf(deps, id),
    next: mendingOf(deps, id, leaks, now),
  }
}

const OUT: readonly Standing[] = ['lapsed', 'ended']
const BY_THE_CLOCK: readonly HistoryStep['cause'][] = ['grace-over', 'end-reached', 'term-over']

/** Since when without a break: by the word, and by doors, which go on to the end of a day on which the clock ends access. */
function outSince(history: readonly HistoryStep[], policy: Policy): { word: Ms; doors: Ms } | null {
  const before = history.findIndex(({ standing }) => !OUT.includes(standing))
  const first = history[(before === -1 ? history.length : before) - 1]
  if (first === undefined) return null
  const toTheEnd = policy.endOfDay && BY_THE_CLOCK.includes(first.cause)
  return { word: first.at, doors: toTheEnd ? endOfLocalDay(first.at - 1, policy.zone) : first.at }
}

function wayWords({ desk }: ReadDeps, { way }: Leak): string {
  const { kind, key, by, doorId } = way
  const why = kind === 'word' ? (overrideById(desk, key)?.why ?? null) : kind === 'event' ? key : null
  return leakWords[kind]({
    by,
    why: why || null,
    door: doorId === null ? null : (doorNames(desk).get(doorId) ?? doorId),
  })
}

/** The button that mends the way that was used most, as far as it is open still. */
function mendingOf({ desk }: ReadDeps, id: string, leaks: readonly Leak[], now: Ms): NextAction {
  const holding = new Set(overridesOf(desk, id, now).map((override) => override.id))
  for (const { way } of leaks) {
    if (way.kind === 'word' && holding.has(way.key)) return { do: 'end-permission', permission: way.key }
    if (way.doorId === null) continue
    const name = doorNames(desk).get(way.doorId)
    if (name !== undefined) return { do: 'look-at-door', door: { id: way.doorId, name } }
  }
  return { do: 'look' }
}
