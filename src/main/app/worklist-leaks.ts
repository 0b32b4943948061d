// Money that leaks at doors: who is let in though nothing is paid any more, and who pays and is never seen.
import type { Args, Reply } from '../../preload/contract.ts'
import type { EnteringRow, IdleRow, NextAction } from '../../preload/shapes-worklists.ts'
import { viewAtDoor } from '../domain/decide.ts'
import { type HistoryStep, standingHistory } from '../domain/history.ts'
import { isGrant } from '../domain/reasons.ts'
import { sayDay, type Voice } from '../domain/say.ts'
import { bestStanding, membershipStanding, type Policy, type Standing } from '../domain/standing.ts'
import { DAY, endOfLocalDay, type Ms, toIso } from '../domain/time.ts'
import { type Leak, leaksOf, perMonth, type Sum, sumsOf } from '../domain/worklists.ts'
import { leakWords, listDefinitions, leaksWords as words } from '../domain/worklists-en.ts'
import { doorNames } from '../store/doors.ts'
import { heldBy } from '../store/entitlement-versions.ts'
import { hiddenPeople } from '../store/hidden.ts'
import { payerOf } from '../store/membership-seats.ts'
import { overrideById, overridesOf } from '../store/overrides.ts'
import { idsOfPerson } from '../store/people-merge.ts'
import { planById } from '../store/plans.ts'
import { policyFrom, readSettings } from '../store/settings.ts'
import { entriesOf, lastThrough, logBegins } from '../store/worklist-visits.ts'
import { coveringOf, type LongPaid, lastPaidSpan, mergedInto, paidSince, perhapsUnpaid } from '../store/worklists.ts'
import type { ReadDeps } from './deps.ts'
import { voiceOf } from './sentences.ts'
import { contactOf, eachInTurn, opensADoor, personNamed, ROWS, writeTo } from './worklist-people.ts'

/** How far back somebody's entries are looked at, and how long nobody must have come. */
const ENTRIES = 30 * DAY
const IDLE = 60 * DAY

type Looked = { deps: ReadDeps; now: Ms; policy: Policy; voice: Voice; seen: Map<string, Ms>; hidden: Set<string> }

export async function leaksList(
  deps: ReadDeps,
  { limit = ROWS }: Args<'worklists.leaks'>,
): Promise<Reply<'worklists.leaks'>> {
  const now = deps.now()
  const policy = policyFrom(readSettings(deps.desk))
  const voice = voiceOf(deps)
  const looked: Looked = { deps, now, policy, voice, seen: lastSeen(deps), hidden: hiddenPeople(deps.desk) }
  const entering = await whoEnters(looked)
  const idle = whoIsIdle(looked)
  const perMonthOf = new Map(idle.shown.map((one) => [one.membershipId, monthly(deps, one.membershipId)]))
  return {
    asOf: toIso(now),
    entering: {
      total: entering.rows.length,
      hidden: entering.hidden,
      rows: entering.rows.slice(0, limit),
      definition: listDefinitions.entering,
    },
    idle: {
      total: idle.shown.length,
      hidden: idle.hidden,
      perMonth: sumsOf([...perMonthOf.values()]),
      notYet: idle.notYet,
      rows: idle.shown.slice(0, limit).map((one) => idleRow(looked, one, perMonthOf.get(one.membershipId) ?? null)),
      definition: listDefinitions.idle,
    },
  }
}

/** When each person was last let through, by the ids that they have now. */
function lastSeen({ access, desk }: ReadDeps): Map<string, Ms> {
  const seen = new Map<string, Ms>()
  if (access === null) return seen
  const now = mergedInto(desk)
  for (const { id, at } of lastThrough(access)) {
    const person = now.get(id) ?? id
    seen.set(person, Math.max(at, seen.get(person) ?? 0))
  }
  return seen
}

async function whoEnters(looked: Looked): Promise<{ rows: EnteringRow[]; hidden: number }> {
  const { deps, now, policy, seen, hidden } = looked
  const recent = perhapsUnpaid(deps.desk, now).filter((id) => (seen.get(id) ?? 0) >= now - ENTRIES)
  const covering = coveringOf(deps.desk, recent, now)
  const unpaid = recent.filter((id) =>
    (covering.get(id) ?? []).every(({ entitlement }) => {
      const context = { now, policy, doorAllowance: null, extendedTo: null, freshSince: now }
      return !isGrant(viewAtDoor(entitlement, context).reason)
    }),
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
  const since = outSince(standingHistory(heldBy(desk, id), now), policy)
  if (access === null || since === null) return null
  const leaks = leaksOf(entriesOf(access, idsOfPerson(desk, id), Math.max(now - ENTRIES, since.doors)))
  const [first] = leaks
  if (first === undefined) return null
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

type Idle = { membershipId: string; planId: string; people: LongPaid[]; last: Ms | null; from: Ms }

/** By membership: of a family one who comes is enough. */
function whoIsIdle({ deps, now, voice, seen, hidden }: Looked): {
  shown: Idle[]
  hidden: number
  notYet: string | null
} {
  const begins = deps.access === null ? null : logBegins(deps.access, deps.deskId)
  const none = { shown: [], hidden: 0 }
  if (begins === null) return { ...none, notYet: words.noDoors }
  if (begins > now - IDLE) return { ...none, notYet: words.tooEarly(sayDay(begins, voice)) }
  const opens = opensADoor(deps, now)
  const memberships = Map.groupBy(paidSince(deps.desk, { since: now - IDLE, now }), ({ membershipId }) => membershipId)
  const idle = [...memberships.values()].flatMap((people): Idle[] => {
    const [one] = people
    const moments = people.flatMap(({ memberId }) => seen.get(memberId) ?? [])
    const last = moments.length === 0 ? null : Math.max(...moments)
    if (one === undefined || (last !== null && last >= now - IDLE) || !opens(one)) return []
    const { membershipId, planId } = one
    return [{ membershipId, planId, people, last, from: Math.min(...people.map(({ from }) => from)) }]
  })
  const shown = idle.filter(({ people }) => !people.some(({ memberId }) => hidden.has(memberId)))
  return {
    shown: shown.toSorted((a, b) => (a.last ?? a.from) - (b.last ?? b.from)),
    hidden: idle.length - shown.length,
    notYet: null,
  }
}

function idleRow({ deps, voice }: Looked, idle: Idle, amount: Sum | null): IdleRow {
  const { membershipId, planId, people, last, from } = idle
  const who = payerOf(deps.desk, membershipId)?.id ?? people[0]?.memberId ?? ''
  const contact = contactOf(deps, who)
  const told = last === null ? words.never(sayDay(from, voice)) : words.lastIn(sayDay(last, voice))
  return {
    id: membershipId,
    member: personNamed(deps, who),
    sentence: people.length === 1 ? told : `${words.nobodyOf(people.length)} ${told}`,
    plan: planById(deps.desk, planId)?.name ?? '',
    since: toIso(last ?? from),
    perMonth: amount,
    contact,
    next: writeTo(contact),
  }
}

function monthly({ desk }: ReadDeps, membershipId: string): Sum | null {
  const paid = lastPaidSpan(desk, membershipId)
  return paid && { minor: perMonth(paid.minor, paid.from, paid.until), currency: paid.currency }
}
