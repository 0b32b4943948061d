// Paying and never coming, by membership: what it brings a month, and since when nobody of it was seen.
import type { IdleRow } from '../../preload/shapes-worklists.ts'
import { type Fraction, rounded } from '../domain/fraction.ts'
import { monthlyOfTerm } from '../domain/monthly-price.ts'
import { sayDay } from '../domain/say.ts'
import { DAY, type Ms, toIso } from '../domain/time.ts'
import { type Sum, unusedSince } from '../domain/worklists.ts'
import { leaksWords as words } from '../domain/worklists-en.ts'
import { payerOf } from '../store/membership-seats.ts'
import { nextRange, subscriptionSpansOf } from '../store/membership-spans.ts'
import { mergedPeople } from '../store/people-merge.ts'
import { planById } from '../store/plans.ts'
import { readSettings } from '../store/settings.ts'
import { lastThrough, logBegins } from '../store/worklist-visits.ts'
import { coveringOf, type LongPaid, lastPaidTerm, paidPairs, paidSince } from '../store/worklists.ts'
import type { ReadDeps } from './deps.ts'
import { kept, LARGE } from './kept.ts'
import { pricing } from './membership-spans.ts'
import { contactOf, type Looked, opensADoor, personNamed, writeTo } from './worklist-people.ts'

/** How long nobody must have come. */
const IDLE = 60 * DAY
/** So many people or memberships at a time take some hundredths of a second. */
const STEP = 2_000

type Idle = {
  membershipId: string
  planId: string
  people: LongPaid[]
  last: Ms | null
  from: Ms
  perMonth: Sum | null
}

/** `seen`: when each person was last let through, by the ids that they have now; `begins`: since when doors tell of that;
 * `idle`: whoever is away for the longest time first. */
export type SeenAtDoors = { at: Ms; begins: Ms | null; seen: ReadonlyMap<string, Ms>; idle: readonly Idle[] }

export const seenAtDoors = kept<SeenAtDoors>(inSteps, ({ seen }) => seen.size > LARGE)

function* inSteps(deps: ReadDeps): Generator<void, SeenAtDoors> {
  const { desk, access, deskId } = deps
  const at = deps.now()
  const since = at - IDLE
  const begins = access === null ? null : logBegins(access, deskId)
  const seen = yield* lastSeen(deps)
  if (begins === null || begins > since) return { at, begins, seen, idle: [] }
  const opens = opensADoor(deps, at)
  const idle: Idle[] = []
  for (let range = nextRange(desk, '', STEP); range !== null; range = nextRange(desk, range.upTo, STEP)) {
    yield
    const unused = unusedSince(paidPairs(desk, range, { since, now: at }), seen, since)
    const paid = paidSince(desk, unused, { since, now: at }).filter(opens)
    const memberships = Map.groupBy(paid, ({ membershipId }) => membershipId)
    const amounts = monthly(deps, [...memberships.keys()])
    for (const [membershipId, people] of memberships) {
      const moments = people.flatMap(({ memberId }) => seen.get(memberId) ?? [])
      idle.push({
        ...{ membershipId, planId: people[0]?.planId ?? '', people },
        last: moments.length === 0 ? null : Math.max(...moments),
        from: Math.min(...people.map((one) => one.from)),
        perMonth: amounts.get(membershipId) ?? null,
      })
    }
  }
  idle.sort((a, b) => (a.last ?? a.from) - (b.last ?? b.from))
  return { at, begins, seen, idle }
}

function* lastSeen({ access, desk }: ReadDeps): Generator<void, Map<string, Ms>> {
  const seen = new Map<string, Ms>()
  let after: string | undefined = ''
  while (access !== null && after !== undefined) {
    const some = lastThrough(access, after, STEP)
    for (const [id, at] of some) seen.set(id, at)
    after = some.at(-1)?.[0]
    yield
  }
  for (const [id, person] of mergedPeople(desk)) {
    const at = seen.get(id)
    if (at !== undefined) seen.set(person, Math.max(at, seen.get(person) ?? 0))
  }
  return seen
}

/** By membership; none is told before doors told for long enough. Who is not to be named is asked now: whoever is kept by
 * the id of then may be merged since. */
export function whoIsIdle(
  { idle, begins, at }: SeenAtDoors,
  { deps, now, voice, hidden }: Pick<Looked, 'deps' | 'now' | 'voice' | 'hidden'>,
): { shown: Idle[]; hidden: number; notYet: string | null } {
  const covering = [...coveringOf(deps.desk, [...hidden], now).values()].flat()
  const unnamed = new Set(covering.map(({ entitlement }) => entitlement.membershipId))
  const shown = idle.filter(({ membershipId }) => !unnamed.has(membershipId))
  const early = begins !== null && begins > at - IDLE ? words.tooEarly(sayDay(begins, voice)) : null
  return { shown, hidden: idle.length - shown.length, notYet: begins === null ? words.noDoors : early }
}

export function idleRow({ deps, voice, begins }: Pick<Looked, 'deps' | 'voice' | 'begins'>, idle: Idle): IdleRow {
  const { membershipId, planId, people, last, from, perMonth } = idle
  const who = payerOf(deps.desk, membershipId)?.id ?? people[0]?.memberId ?? ''
  const contact = contactOf(deps, who)
  const never = (since: string) =>
    begins === null || begins <= from ? words.never(since) : words.notSeen(since, sayDay(begins, voice))
  const told = last === null ? never(sayDay(from, voice)) : words.lastIn(sayDay(last, voice))
  return {
    id: membershipId,
    member: personNamed(deps, who),
    sentence: people.length === 1 ? told : `${words.nobodyOf(people.length)} ${told}`,
    plan: planById(deps.desk, planId)?.name ?? '',
    since: toIso(last ?? from),
    perMonth,
    contact,
    next: writeTo(contact),
  }
}

/** What each brings a month, as the membership numbers count it; nothing of those whose price is not known. */
function monthly({ desk }: ReadDeps, ids: readonly string[]): Map<string, Sum> {
  const { timeZone } = readSettings(desk)
  const sums = new Map<string, Sum>()
  const put = (id: string, amount: Fraction | null, currency: string) => {
    if (amount !== null) sums.set(id, { minor: rounded(amount), currency })
  }
  const priced = pricing(desk)
  const atStripe = subscriptionSpansOf(desk, ids)
  for (const one of atStripe) put(one.membershipId, priced(one)?.monthly ?? null, one.currency)
  const known = new Set(atStripe.map(({ membershipId }) => membershipId))
  for (const id of ids.filter((one) => !known.has(one))) {
    const term = lastPaidTerm(desk, id)
    if (term !== null) put(id, monthlyOfTerm(term.amount, term, timeZone), term.currency)
  }
  return sums
}
