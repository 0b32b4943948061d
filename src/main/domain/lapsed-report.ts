// The report of late payments: every figure is a sum over lines, and every list is the same lines filtered, so that the two
// cannot disagree. Pure. What the words mean stands in report-en.ts and docs/report.md.
import { declineAlike } from './declines-en.ts'
import type { LatePayment } from './late-payment.ts'
import type { Standing } from './standing.ts'
import { DAY, type Ms, type Shift, shiftsBetween, startOfLocalDay, startOfLocalMonth, toLocal } from './time.ts'

/** Days overdue. What fell due today stands in the first. */
export const BUCKETS = ['1-7', '8-14', '15-30', '31-60', '61-90', '90+'] as const
export type Bucket = (typeof BUCKETS)[number]
const LAST_DAYS = [7, 14, 30, 60, 90]

/** Each is a figure of the report and the list behind it. */
export const LATE_LISTS = [
  'failed',
  'open',
  'atRisk',
  'inGrace',
  'lapsed',
  'decided',
  'recovered',
  'lost',
  'toCollect',
] as const
export type LateList = (typeof LATE_LISTS)[number]

/** Lists in which everything is open: here is worked, and a row may be put off. */
export const OPEN_LISTS: ReadonlySet<LateList> = new Set(['open', 'atRisk', 'inGrace', 'lapsed', 'toCollect'])

/** One late payment, or a manual membership whose term is over: `invoiceId` null, `state` open. `standing` is the
 * membership's; null where nothing is open. */
export type LateLine = Omit<LatePayment, 'invoiceId'> & {
  id: string
  invoiceId: string | null
  account: string | null
  membershipId: string
  standing: Standing | null
  /** Of so many that read alike, as one line: sums of their amounts, and of the time from due to paid; `id` tells which. */
  count?: number
  span?: Ms
}

export type LateFilter = {
  list: LateList
  bucket?: Bucket | undefined
  /** YYYY-MM, local. */
  month?: string | undefined
  reason?: string | undefined
  method?: string | undefined
}

/** Minor units of one currency; the three of a line add up to what failed. */
export type Split = { recovered: number; inRecovery: number; lost: number }

export function splitOf({ state, amount, returned }: LateLine): Split {
  return {
    recovered: state === 'paid' ? amount - returned : 0,
    inRecovery: state === 'open' ? amount : 0,
    lost: state === 'paid' ? returned : state === 'given-up' ? amount : 0,
  }
}

/** What a line adds to the figure of a list, and whether it stands in it. */
function inList(line: LateLine, list: LateList): { amount: number; stands: boolean } {
  const { recovered, inRecovery, lost } = splitOf(line)
  const open = line.state === 'open'
  const inGrace = open && line.standing === 'grace'
  const lapsed = open && (line.standing === 'lapsed' || line.standing === 'ended')
  switch (list) {
    case 'failed':
      return { amount: recovered + inRecovery + lost, stands: true }
    case 'open':
      return { amount: inRecovery, stands: open }
    case 'atRisk':
      return { amount: inRecovery, stands: inGrace || lapsed }
    case 'inGrace':
      return { amount: inRecovery, stands: inGrace }
    case 'lapsed':
      return { amount: inRecovery, stands: lapsed }
    case 'decided':
      return { amount: recovered + lost, stands: !open }
    case 'recovered':
      return { amount: recovered, stands: line.state === 'paid' && recovered > 0 }
    case 'lost':
      return { amount: lost, stands: line.state === 'given-up' || lost > 0 }
    case 'toCollect':
      return { amount: inRecovery, stands: line.invoiceId === null }
  }
}

/** Minor units and rows of one figure. */
export type Figure = { amount: number; count: number }

export function figureOf(lines: readonly LateLine[], list: LateList): Figure {
  let amount = 0
  let count = 0
  for (const line of lines) {
    const one = inList(line, list)
    if (!one.stands) continue
    amount += one.amount
    count += line.count ?? 1
  }
  return { amount, count }
}

/** What a row of a list is about: of a refunded payment the recovered list has what stayed, the lost one what went. */
export function amountIn(line: LateLine, list: LateList): number {
  return inList(line, list).amount
}

export function linesOf(lines: readonly LateLine[], filter: LateFilter, calendar: Calendar): LateLine[] {
  return lines.filter(
    (line) =>
      inList(line, filter.list).stands &&
      (filter.bucket === undefined || bucketOf(calendar.daysOverdue(line)) === filter.bucket) &&
      (filter.month === undefined || calendar.monthOf(line.dueAt) === filter.month) &&
      (filter.reason === undefined || reasonKey(line) === filter.reason) &&
      (filter.method === undefined || methodKey(line) === filter.method),
  )
}

/** From 0 to 1: recovered of all that is decided; null where nothing is. */
export function recoveryRate(recovered: number, lost: number): number | null {
  return recovered + lost === 0 ? null : recovered / (recovered + lost)
}

/** Days from due to paid on average, over payments of which something stayed; null where there are none. */
export function daysToRecover(lines: readonly LateLine[]): number | null {
  let span = 0
  let count = 0
  for (const line of lines) {
    if (line.paidAt === null || !inList(line, 'recovered').stands) continue
    span += line.span ?? Math.max(0, line.paidAt - line.dueAt)
    count += line.count ?? 1
  }
  return count === 0 ? null : span / count / DAY
}

export function ageingOf(lines: readonly LateLine[], calendar: Calendar): (Figure & { bucket: Bucket })[] {
  const open = lines.filter(({ state }) => state === 'open')
  const byBucket = Map.groupBy(open, (line) => bucketOf(calendar.daysOverdue(line)))
  return BUCKETS.map((bucket) => ({ bucket, ...figureOf(byBucket.get(bucket) ?? [], 'open') }))
}

export type Stack<K extends string> = Split & { count: number } & Record<K, string>

/** Twelve of them, the oldest first; months without any late payment are there too. What is older and open still stands
 * in the figures and in none of these. */
export function monthsOf(lines: readonly LateLine[], calendar: Calendar): Stack<'month'>[] {
  const byMonth = Map.groupBy(lines, ({ dueAt }) => calendar.monthOf(dueAt))
  return calendar.months.map((month) => ({ month, ...stackOf(byMonth.get(month) ?? []) }))
}

/** The most money first. */
export function groupedBy(lines: readonly LateLine[], keyOf: (line: LateLine) => string): Stack<'key'>[] {
  return [...Map.groupBy(lines, keyOf)]
    .map(([key, group]) => ({ key, ...stackOf(group) }))
    .toSorted((a, b) => sumOf(b) - sumOf(a) || (a.key < b.key ? -1 : 1))
}

const sumOf = ({ recovered, inRecovery, lost }: Split) => recovered + inRecovery + lost

function stackOf(lines: readonly LateLine[]): Split & { count: number } {
  const sum = { recovered: 0, inRecovery: 0, lost: 0, count: 0 }
  for (const line of lines) {
    const split = splitOf(line)
    sum.recovered += split.recovered
    sum.inRecovery += split.inRecovery
    sum.lost += split.lost
    sum.count += line.count ?? 1
  }
  return sum
}

/** Stripe's decline code, or the one that stands for all that read like it; `no-reason` where none was told, `manual` for a term that is over. */
export function reasonKey({ code, invoiceId, attempts }: LateLine): string {
  if (invoiceId === null) return 'manual'
  if (code !== null) return declineAlike(code)
  return attempts === 0 ? 'not-tried' : 'no-reason'
}

/** Stripe's type of payment method; `none` where none was tried, `manual` for what is agreed at the desk. */
export function methodKey({ method, invoiceId }: LateLine): string {
  return invoiceId === null ? 'manual' : (method ?? 'none')
}

export function bucketOf(days: number): Bucket {
  const index = LAST_DAYS.findIndex((last) => days <= last)
  return BUCKETS[index === -1 ? BUCKETS.length - 1 : index] as Bucket
}

/** Days and months in the space's zone. */
export type Calendar = {
  /** The first moment of the twelve months that end with this one. */
  from: Ms
  /** YYYY-MM, the oldest first; and the first moment of each. */
  months: string[]
  starts: Ms[]
  /** Of the zone, in those months. */
  shifts: Shift[]
  /** Of a moment before them: an empty text. */
  monthOf(at: Ms): string
  daysOverdue(line: Pick<LateLine, 'dueAt' | 'paidAt' | 'state'>): number
}

const MONTHS = 12

export function calendarAt(now: Ms, zone: string): Calendar {
  const starts: Ms[] = []
  for (let at = now; starts.length < MONTHS; at = (starts[0] ?? at) - 1) starts.unshift(startOfLocalMonth(at, zone))
  const months = starts.map((at) => toLocal(at, zone).day.date.slice(0, 7))
  return {
    from: starts[0] ?? now,
    months,
    starts,
    shifts: shiftsBetween(starts[0] ?? now, now, zone),
    monthOf: (at) => months[starts.findLastIndex((start) => start <= at)] ?? '',
    daysOverdue({ dueAt, paidAt, state }) {
      const end = state === 'paid' && paidAt !== null ? paidAt : now
      return Math.max(0, Math.round((startOfLocalDay(end, zone) - startOfLocalDay(dueAt, zone)) / DAY))
    },
  }
}
