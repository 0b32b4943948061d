// Memberships beside the doors: who pays and is never seen, and who came lately and may not be paid for.
import { type Fraction, rounded } from '../domain/fraction.ts'
import { monthlyOfTerm } from '../domain/monthly-price.ts'
import { DAY, type Ms } from '../domain/time.ts'
import { type Sum, unusedSince } from '../domain/worklists.ts'
import { nextRange, type SpanRange, subscriptionSpansOf } from '../store/membership-spans.ts'
import { mergedPeople } from '../store/people-merge.ts'
import { readSettings } from '../store/settings.ts'
import { lastThrough, logBegins } from '../store/worklist-visits.ts'
import { type LongPaid, lastPaidTerm, paidPairs, paidSince, perhapsUnpaid } from '../store/worklists.ts'
import type { ReadDeps } from './deps.ts'
import { kept, LARGE } from './kept.ts'
import { pricing } from './membership-spans.ts'
import { opensADoor } from './worklist-people.ts'

/** How long nobody must have come. */
export const IDLE = 60 * DAY
/** How far back somebody's entries are looked at. */
export const ENTRIES = 30 * DAY
/** So many people or memberships at a time take some hundredths of a second. */
const STEP = 2_000

export type Idle = {
  membershipId: string
  planId: string
  people: LongPaid[]
  last: Ms | null
  from: Ms
  perMonth: Sum | null
}

/** `seen`: when each person was last let through, by the ids that they have now; `begins`: since when doors tell of that;
 * `idle`: whoever is away for the longest time first; `unpaid`: whoever was let through lately and is covered by a membership
 * that may not have let them in. */
export type SeenAtDoors = {
  at: Ms
  begins: Ms | null
  seen: ReadonlyMap<string, Ms>
  idle: readonly Idle[]
  unpaid: ReadonlySet<string>
}

export const seenAtDoors = kept<SeenAtDoors>(inSteps, ({ seen }) => seen.size > LARGE)

function* inSteps(deps: ReadDeps): Generator<void, SeenAtDoors> {
  const { desk, access, deskId } = deps
  const at = deps.now()
  const begins = access === null ? null : logBegins(access, deskId)
  const seen = yield* lastSeen(deps)
  const looking: Looking = { at, seen, opens: opensADoor(deps, at), monthly: monthlyOf(deps) }
  const [idle, unpaid] = [[] as Idle[], new Set<string>()]
  for (let range = nextRange(desk, '', STEP); range !== null; range = nextRange(desk, range.upTo, STEP)) {
    yield
    for (const id of perhapsUnpaid(desk, range, at)) if ((seen.get(id) ?? 0) >= at - ENTRIES) unpaid.add(id)
    if (begins !== null && begins <= at - IDLE) idle.push(...idleIn(deps, range, looking))
  }
  idle.sort((a, b) => (a.last ?? a.from) - (b.last ?? b.from))
  return { at, begins, seen, idle, unpaid }
}

/** What a range of memberships is looked at by. */
type Looking = Pick<SeenAtDoors, 'at' | 'seen'> & {
  opens: ReturnType<typeof opensADoor>
  monthly: ReturnType<typeof monthlyOf>
}

function idleIn({ desk }: ReadDeps, range: SpanRange, { at, seen, opens, monthly }: Looking): Idle[] {
  const span = { since: at - IDLE, now: at }
  const unused = unusedSince(paidPairs(desk, range, span), seen, span.since)
  const paid = paidSince(desk, unused, span).filter(opens)
  const memberships = Map.groupBy(paid, ({ membershipId }) => membershipId)
  const amounts = monthly([...memberships.keys()])
  return [...memberships].map(([membershipId, people]) => {
    const moments = people.flatMap(({ memberId }) => seen.get(memberId) ?? [])
    return {
      ...{ membershipId, planId: people[0]?.planId ?? '', people },
      last: moments.length === 0 ? null : Math.max(...moments),
      from: Math.min(...people.map((one) => one.from)),
      perMonth: amounts.get(membershipId) ?? null,
    }
  })
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

/** What each of some memberships brings a month, as the membership numbers count it; nothing of those whose price is not
 * known. */
function monthlyOf({ desk }: ReadDeps): (ids: readonly string[]) => Map<string, Sum> {
  const { timeZone } = readSettings(desk)
  const priced = pricing(desk)
  return (ids) => {
    const sums = new Map<string, Sum>()
    const put = (id: string, amount: Fraction | null, currency: string) => {
      if (amount !== null) sums.set(id, { minor: rounded(amount), currency })
    }
    const atStripe = subscriptionSpansOf(desk, ids)
    for (const one of atStripe) put(one.membershipId, priced(one)?.monthly ?? null, one.currency)
    const known = new Set(atStripe.map(({ membershipId }) => membershipId))
    for (const id of ids.filter((one) => !known.has(one))) {
      const term = lastPaidTerm(desk, id)
      if (term !== null) put(id, monthlyOfTerm(term.amount, term, timeZone), term.currency)
    }
    return sums
  }
}
