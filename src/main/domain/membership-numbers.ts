// Membership numbers: who joined, left and stayed, and what memberships bring a month. Pure sums over spans of time; what
// each figure means stands in numbers-en.ts.
import { type Fraction, fraction, plus, rounded } from './fraction.ts'
import { DAY, type Ms, startOfLocalMonth, toLocal } from './time.ts'

/** Somebody whom a membership covers, from the moment at which it counts; `to` null: with no end. */
export type Covered = { person: string; plan: string; from: Ms; to: Ms | null }
/** A membership and its price a month in minor units; null where that is not known. */
export type Paying = { plan: string; currency: string; monthly: Fraction | null; from: Ms; to: Ms | null }
/** One uninterrupted time as a member. */
export type Stay = { person: string; from: Ms; to: Ms | null }

/** Whoever is back within it has not left. */
export const BREAK = 30 * DAY

/** `month` YYYY-MM; `at` is its last moment, or now. */
export type Month = { month: string; start: Ms; at: Ms }

/** The oldest first; the last is the one that runs. */
export function lastMonths(now: Ms, zone: string, count: number): Month[] {
  const months: Month[] = []
  for (let at = now; months.length < count; at = (months[0]?.start ?? at) - 1) {
    const start = startOfLocalMonth(at, zone)
    months.unshift({ month: toLocal(start, zone).day.date.slice(0, 7), start, at })
  }
  return months
}

/** Over all memberships of a person; breaks that are no leaving are filled. */
export function staysOf(covered: readonly Covered[], now: Ms): Stay[] {
  const stays: Stay[] = []
  const counted = covered.filter(({ from, to }) => from <= now && (to === null || to > from))
  for (const [person, own] of Map.groupBy(counted, (one) => one.person)) {
    let last: Stay | null = null
    for (const { from, to } of own.toSorted((a, b) => a.from - b.from)) {
      if (last !== null && (last.to === null || from - last.to <= BREAK)) {
        if (last.to !== null && (to === null || to > last.to)) last.to = to
        continue
      }
      last = { person, from, to }
      stays.push(last)
    }
  }
  return stays
}

export type MonthFigures = {
  month: string
  /** At its end, or now. */
  members: number
  joined: number
  left: number
  net: number
  /** Of those who were members when it began; null where nobody was. */
  churn: number | null
}

export function monthFigures(stays: readonly Stay[], months: readonly Month[]): MonthFigures[] {
  const begin = months[0]?.start ?? 0
  let members = stays.filter((stay) => runs(stay, begin - 1)).length
  const joined = countIn(months, stays, ({ from }) => from)
  const left = countIn(months, stays, ({ to }) => to)
  return months.map(({ month }, n) => {
    const [came, went, before] = [joined[n] ?? 0, left[n] ?? 0, members]
    members += came - went
    return { month, members, joined: came, left: went, net: came - went, churn: before === 0 ? null : went / before }
  })
}

/** Minor units a month at the end of each month, rounded once; memberships of the currency whose price is not known. */
export function recurring(
  paying: readonly Paying[],
  currency: string,
  months: readonly Month[],
): { mrr: number; unpriced: number }[] {
  const change = months.map(() => new Map<bigint, bigint>())
  const unpriced = months.map(() => 0)
  for (const { monthly, from, to, currency: own } of paying) {
    if (own !== currency || (to !== null && to <= from)) continue
    const [first, end] = [indexFrom(months, from), to === null ? months.length : indexFrom(months, to)]
    if (first >= end) continue
    if (monthly === null) {
      for (let n = first; n < end; n++) unpriced[n] = (unpriced[n] ?? 0) + 1
      continue
    }
    add(change[first], monthly.den, monthly.num)
    add(change[end], monthly.den, -monthly.num)
  }
  // By denominator, so that there are only a few sums of whole numbers.
  const sums = new Map<bigint, bigint>()
  return change.map((own, n) => {
    for (const [den, num] of own) add(sums, den, num)
    const total = [...sums].reduce((sum, [den, num]) => plus(sum, { num, den }), fraction(0))
    return { mrr: rounded(total), unpriced: unpriced[n] ?? 0 }
  })
}

function add(sums: Map<bigint, bigint> | undefined, den: bigint, num: bigint): void {
  sums?.set(den, (sums.get(den) ?? 0n) + num)
}

/** Those who joined in a month, and how many of them were members still at its end and at the end of each one after. */
export type Cohort = { month: string; joined: number; here: number[] }

export function cohortsOf(stays: readonly Stay[], months: readonly Month[]): Cohort[] {
  const cohorts = months.map(({ month }, n) => ({ month, joined: 0, here: months.slice(n).map(() => 0) }))
  for (const { from, to } of stays) {
    const n = monthOf(months, from)
    const cohort = cohorts[n ?? -1]
    if (n === null || cohort === undefined) continue
    cohort.joined += 1
    const end = to === null ? months.length : indexFrom(months, to)
    for (let at = n; at < end; at++) cohort.here[at - n] = (cohort.here[at - n] ?? 0) + 1
  }
  return cohorts
}

export const runs = ({ from, to }: { from: Ms; to: Ms | null }, at: Ms) => from <= at && (to === null || to > at)

function countIn(months: readonly Month[], stays: readonly Stay[], momentOf: (stay: Stay) => Ms | null): number[] {
  const counts = months.map(() => 0)
  for (const stay of stays) {
    const n = monthOf(months, momentOf(stay))
    if (n !== null) counts[n] = (counts[n] ?? 0) + 1
  }
  return counts
}

/** Null before the first of them and after now. */
function monthOf(months: readonly Month[], at: Ms | null): number | null {
  if (at === null || at < (months[0]?.start ?? 0)) return null
  const n = indexFrom(months, at)
  return n < months.length ? n : null
}

/** The first month whose end is not before a moment; their number where that is still to come. */
function indexFrom(months: readonly Month[], at: Ms): number {
  const n = months.findIndex((month) => month.at >= at)
  return n === -1 ? months.length : n
}
