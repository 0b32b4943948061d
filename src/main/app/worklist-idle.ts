// Paying and never coming, by membership: what it brings a month, and since when nobody of it was seen.
import type { IdleRow } from '../../preload/shapes-worklists.ts'
import { type Fraction, rounded } from '../domain/fraction.ts'
import { monthlyOfTerm } from '../domain/monthly-price.ts'
import { sayDay } from '../domain/say.ts'
import { DAY, type Ms, toIso } from '../domain/time.ts'
import type { Sum } from '../domain/worklists.ts'
import { leaksWords as words } from '../domain/worklists-en.ts'
import { payerOf } from '../store/membership-seats.ts'
import { subscriptionSpansOf } from '../store/membership-spans.ts'
import { planById } from '../store/plans.ts'
import { type LongPaid, lastPaidTerm, paidPairs, paidSince } from '../store/worklists.ts'
import type { ReadDeps } from './deps.ts'
import { pricing } from './membership-spans.ts'
import { contactOf, type Looked, opensADoor, personNamed, writeTo } from './worklist-people.ts'

/** How long nobody must have come. */
const IDLE = 60 * DAY

type Idle = { membershipId: string; planId: string; people: LongPaid[]; last: Ms | null; from: Ms }

/** By membership: of a family one who comes is enough. */
export function whoIsIdle({ deps, now, voice, seen, hidden, begins }: Looked): {
  shown: Idle[]
  hidden: number
  notYet: string | null
} {
  const none = { shown: [], hidden: 0 }
  if (begins === null) return { ...none, notYet: words.noDoors }
  if (begins > now - IDLE) return { ...none, notYet: words.tooEarly(sayDay(begins, voice)) }
  const opens = opensADoor(deps, now)
  const since = now - IDLE
  const pairs = paidPairs(deps.desk, { since, now })
  const used = new Set(pairs.flatMap(([id, person]) => ((seen.get(person) ?? -1) >= since ? id : [])))
  const unused = new Set(pairs.flatMap(([id]) => (used.has(id) ? [] : id)))
  const memberships = Map.groupBy(paidSince(deps.desk, [...unused], { since, now }), ({ membershipId }) => membershipId)
  const idle = [...memberships.values()].flatMap((people): Idle[] => {
    const [one] = people
    if (one === undefined || !opens(one)) return []
    const moments = people.flatMap(({ memberId }) => seen.get(memberId) ?? [])
    const last = moments.length === 0 ? null : Math.max(...moments)
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

export function idleRow({ deps, voice, begins }: Looked, idle: Idle, amount: Sum | null): IdleRow {
  const { membershipId, planId, people, last, from } = idle
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
    perMonth: amount,
    contact,
    next: writeTo(contact),
  }
}

/** What each brings a month, as the membership numbers count it; nothing of those whose price is not known. */
export function monthly({ desk }: ReadDeps, idle: readonly Idle[], zone: string): Map<string, Sum> {
  const ids = idle.map(({ membershipId }) => membershipId)
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
    if (term !== null) put(id, monthlyOfTerm(term.amount, term, zone), term.currency)
  }
  return sums
}
