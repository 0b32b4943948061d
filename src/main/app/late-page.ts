// One page of a list of late payments. Of what is closed there are many: they come from the store in the order of the list.
import { amountIn, type LateLine, type LateList } from '../domain/lapsed-report.ts'
import { firstByName, firstClosed } from '../store/late-lists.ts'
import type { StoredLatePayment } from '../store/late-payments.ts'
import { type Person, peopleBehind } from '../store/membership-seats.ts'
import type { ReadDeps } from './deps.ts'
import { type Late, linesOfPayments } from './late-lines.ts'

export type LateOrder = 'days' | 'name' | 'amount'

/** More names than these are read in their order. */
const MANY = 5_000

/** The first `limit` of these lines, some of which are sums, in the order of a list. */
export function firstLines(
  deps: ReadDeps,
  late: Late,
  lines: readonly LateLine[],
  { list, sort, limit }: { list: LateList; sort: LateOrder; limit: number },
): LateLine[] {
  const [sums, own] = [lines.filter(isSum), lines.filter((line) => !isSum(line))]
  const behind = {
    ...{ currency: late.currency, months: late.calendar.starts, until: late.now },
    sums: sums.map(({ id }) => id),
  }
  const linesFrom = (payments: StoredLatePayment[]) => linesOfPayments(deps, payments, late.now)
  const closed = (by: Parameters<typeof firstClosed>[3], count: number) =>
    sums.length === 0 ? [] : linesFrom(firstClosed(deps.desk, behind, late.calendar.shifts, by, count))

  if (sort !== 'name') {
    const first = closed(sort === 'days' ? 'days' : shownOf(list), limit)
    const order = sort === 'days' ? longestFirst(late) : mostFirst(late, list)
    return [...own, ...first].toSorted(order).slice(0, limit)
  }
  const count = sums.reduce((sum, line) => sum + (line.count ?? 1), own.length)
  if (count > MANY) {
    const [terms, open] = [own.filter(isTerm), own.flatMap((line) => line.invoiceId ?? [])]
    const first = linesFrom(firstByName(deps.desk, behind, open, limit))
    if (first.length === limit) return byName(deps, [...terms, ...first]).slice(0, limit)
  }
  return byName(deps, [...own, ...closed('days', count)]).slice(0, limit)
}

const isSum = ({ count }: LateLine) => count !== undefined
const isTerm = ({ invoiceId }: LateLine) => invoiceId === null

/** What a list shows of each that is closed. */
const shownOf = (list: LateList) => (list === 'recovered' || list === 'lost' ? list : 'whole')

/** The longest overdue first. */
export function longestFirst({ calendar }: Late): (a: LateLine, b: LateLine) => number {
  const known = new Map<LateLine, number>()
  const days = (line: LateLine) => {
    const count = known.get(line) ?? calendar.daysOverdue(line)
    known.set(line, count)
    return count
  }
  return (a, b) => days(b) - days(a) || byDue(a, b)
}

function mostFirst(late: Late, list: LateList): (a: LateLine, b: LateLine) => number {
  const longest = longestFirst(late)
  return (a, b) => amountIn(b, list) - amountIn(a, list) || longest(a, b)
}

/** As the store puts them: letters of the plain alphabet alike in both cases, and last those whom nobody knows. */
function byName({ desk }: ReadDeps, lines: readonly LateLine[]): LateLine[] {
  const people = peopleBehind(
    desk,
    lines.map(({ membershipId }) => membershipId),
  )
  const keyed = lines.map((line) => {
    const person: Person | undefined = people.get(line.membershipId)
    return {
      line,
      nobody: person === undefined,
      name: (person?.name ?? '').replace(/[A-Z]/g, lower),
      id: person?.id ?? '',
    }
  })
  return keyed
    .toSorted(
      (a, b) =>
        Number(a.nobody) - Number(b.nobody) || compare(a.name, b.name) || compare(a.id, b.id) || byDue(a.line, b.line),
    )
    .map(({ line }) => line)
}

const lower = (letter: string) => letter.toLowerCase()
const byDue = (a: LateLine, b: LateLine) => a.dueAt - b.dueAt || compare(a.id, b.id)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
