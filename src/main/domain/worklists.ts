// Lists of people to do something about before a door or a bank does: whom doors will refuse by Monday, whose bank card will
// have run out, who comes in without paying and who pays without coming. Pure; docs/report.md says what each means.
import { type Decision, decide, opening, PLAIN } from './decide.ts'
import type { Covering } from './outage-forecast.ts'
import type { Entitlement, Policy } from './standing.ts'
import { endOfLocalDay, HOUR, type Ms, toLocal } from './time.ts'

/** Everything that decides when doors will close for somebody who has no rule of a single door in their way. */
export type Comer = {
  /** Of memberships that open a door at all. */
  memberships: readonly Covering[]
  /** Access by somebody's word that holds now and is not for so many times. */
  words: readonly { id: string; until: Ms; operator: string }[]
  keyholder: boolean
  barredUntil: Ms | null
  /** Of cards that are held and in order: from when and until when; null for no such limit. */
  cards: readonly { from: Ms | null; until: Ms | null }[]
}

/** `cover`: a membership no longer covers them; `pause`: it is paused, and what was paid is used up. */
export const LOCK_OUTS = ['grace', 'term', 'ending', 'pause', 'provisional', 'word', 'card', 'cover'] as const
export type LockOutKind = (typeof LOCK_OUTS)[number]

/** `entitlement`: of the membership that held the doors open until then; null where something else did. */
export type LockOut = { at: Ms; kind: LockOutKind; entitlement: Entitlement | null; word: string | null }

/** The first moment of the local Monday that comes next: on a Monday that of next week. */
export function comingMonday(now: Ms, zone: string): Ms {
  let day = endOfLocalDay(now, zone)
  while (toLocal(day, zone).day.weekday !== 1) day = endOfLocalDay(day, zone)
  return day
}

/** When doors that let them in now begin to refuse them, before `until` and if nothing changes; null where they do not, or
 * refuse them already. Stripe is taken to be reached all the while. */
export function lockOut(comer: Comer, policy: Policy, now: Ms, until: Ms): LockOut | null {
  if (!decisionAt(comer, policy, now).grant) return null
  const at = turnsOf(comer, policy)
    .filter((turn) => turn > now && turn < until)
    .sort((a, b) => a - b)
    .find((turn) => !decisionAt(comer, policy, turn).grant)
  if (at === undefined) return null
  const before = decisionAt(comer, policy, at - 1)
  const cover = comer.memberships.find(({ entitlement }) => entitlement.membershipId === before.membershipId)
  const word = before.reason === 'ok-override' ? (wordAt(comer, at - 1)?.id ?? null) : null
  return { at, kind: kindOf(comer, word, cover, at), entitlement: cover?.entitlement ?? null, word }
}

function kindOf(comer: Comer, word: string | null, cover: Covering | undefined, at: Ms): LockOutKind {
  if (!hasCard(comer, at)) return 'card'
  if (word !== null) return 'word'
  if (cover === undefined || (cover.until !== null && cover.until <= at)) return 'cover'
  const { phase, knownEnd } = cover.entitlement
  if (phase === 'term') return 'term'
  if (phase === 'pending') return 'provisional'
  if (knownEnd !== null && knownEnd <= at) return 'ending'
  return phase === 'frozen' ? 'pause' : 'grace'
}

/** At a door that every plan opens, at all hours, with billing data that was read this moment. */
function decisionAt(comer: Comer, policy: Policy, at: Ms): Decision {
  const word = wordAt(comer, at)
  return decide({
    ...PLAIN,
    now: at,
    policy,
    doorAllowance: null,
    card: hasCard(comer, at) ? 'active' : 'expired',
    memberships: comer.memberships
      .filter(({ until }) => until === null || at < until)
      .map(({ entitlement }) => opening(entitlement)),
    freshSince: at,
    override: word === undefined ? null : { ...word, event: null, counted: false },
    keyholder: comer.keyholder,
    barred: comer.barredUntil !== null && at < comer.barredUntil,
  })
}

function wordAt({ words }: Comer, at: Ms): Comer['words'][number] | undefined {
  return words.filter(({ until }) => at < until).sort((a, b) => b.until - a.until)[0]
}

function hasCard({ cards }: Comer, at: Ms): boolean {
  return cards.some(({ from, until }) => (from === null || from <= at) && (until === null || at < until))
}

/** Every moment at which the clock may turn a decision. For an hour after an end a door does not believe that it was seen. */
function turnsOf({ memberships, words, cards }: Comer, { endOfDay, zone }: Policy): Ms[] {
  const ends = memberships.flatMap(({ entitlement: { paidUntil, graceUntil, knownEnd, provisionalUntil } }) =>
    [paidUntil, graceUntil, knownEnd, provisionalUntil].filter((end) => end !== null),
  )
  const others = [...memberships, ...words, ...cards].flatMap(({ until }) => until ?? [])
  return [
    ...ends,
    ...ends.map((end) => end + HOUR),
    ...(endOfDay ? ends.map((end) => endOfLocalDay(end - 1, zone)) : []),
    ...others,
  ]
}

/** An end before a moment may be felt after it: a local day has up to 25 hours, and then comes the hour of disbelief. */
export const FELT_AFTER = 26 * HOUR

/** Whether a bank card is no good any more when it is charged. `expires`: its last good month, YYYY-MM. */
export function isRunOut(expires: string, chargeAt: Ms, zone: string): boolean {
  return toLocal(chargeAt, zone).day.date.slice(0, 7) > expires
}

/** Of two in the middle the mean, rounded; null of none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? upper) + upper) / 2)
}

export type Sum = { minor: number; currency: string }

/** One sum for each currency, in alphabetical order. */
export function sumsOf(amounts: readonly (Sum | null)[]): Sum[] {
  const sums = new Map<string, number>()
  for (const amount of amounts)
    if (amount !== null) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.minor)
  return [...sums]
    .map(([currency, minor]) => ({ minor, currency }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** A row of the log that let somebody in. */
export type Entry = {
  at: Ms
  doorId: string
  reason: string
  rule: string
  override: string | null
  event: string | null
  by: string | null
}

/** What lets somebody in whom no membership lets in: a person's word, an event, a door that was held open, billing data that
 * was old, a list that a door held. */
export type LeakWay = {
  kind: 'word' | 'event' | 'held-open' | 'stale' | 'list'
  key: string
  by: string | null
  doorId: string | null
}

/** Null for one that needs no membership, such as that of a keyholder or a guest. */
function leakWay({ reason, rule, override, event, by, doorId }: Entry): LeakWay | null {
  if (rule === 'uploaded') return { kind: 'list', key: doorId, by: null, doorId }
  switch (reason) {
    case 'ok-override':
      return event === null
        ? { kind: 'word', key: override ?? '', by, doorId: null }
        : { kind: 'event', key: event, by, doorId: null }
    case 'ok-held-open':
      return { kind: 'held-open', key: doorId, by, doorId }
    case 'ok-stale':
      return { kind: 'stale', key: '', by: null, doorId: null }
    default:
      return null
  }
}

export type Leak = { way: LeakWay; times: number; lastAt: Ms }

/** The ways of somebody's entries, the most used first. */
export function leaksOf(entries: readonly Entry[]): Leak[] {
  const leaks = new Map<string, Leak>()
  for (const entry of entries) {
    const way = leakWay(entry)
    if (way === null) continue
    const key = `${way.kind} ${way.key}`
    const known = leaks.get(key)
    leaks.set(key, { way, times: (known?.times ?? 0) + 1, lastAt: Math.max(known?.lastAt ?? 0, entry.at) })
  }
  return [...leaks.values()].toSorted((a, b) => b.times - a.times || b.lastAt - a.lastAt)
}

/** Memberships of which nobody was seen since a moment: of a family one who comes is enough. `pairs` of membership and
 * person, those of one membership together. */
export function unusedSince(pairs: readonly [string, string][], seen: ReadonlyMap<string, Ms>, since: Ms): string[] {
  const unused: string[] = []
  let [membership, used] = ['', true]
  for (const [id, person] of pairs) {
    if (id !== membership) {
      if (!used) unused.push(membership)
      ;[membership, used] = [id, false]
    }
    used ||= (seen.get(person) ?? -1) >= since
  }
  return used ? unused : [...unused, membership]
}
