// The manager's report of late payments: figures of one currency, and the rows behind each (docs/report.md).
import type { Args, Reply } from '../../preload/contract.ts'
import {
  ageingOf,
  daysToRecover,
  figureOf,
  groupedBy,
  type LateFilter,
  type LateLine,
  type LateList,
  linesOf,
  methodKey,
  monthsOf,
  OPEN_LISTS,
  reasonKey,
  recoveryRate,
} from '../domain/lapsed-report.ts'
import { definitions, methodWords, reasonWords, reportRefusals } from '../domain/report-en.ts'
import { toIso } from '../domain/time.ts'
import { peopleBehind } from '../store/membership-seats.ts'
import type { ReadDeps } from './deps.ts'
import { followedOf } from './follow-ups.ts'
import { currenciesOf, currencyHere, figuresIn, lateIn, openIn } from './late-lines.ts'
import { firstLines, longestFirst } from './late-page.ts'
import { lateRows } from './late-rows.ts'
import { done, type Result, refuse } from './result.ts'

export function lapsedReport(deps: ReadDeps, asked: Args<'report.lapsed'>): Result<Reply<'report.lapsed'>> {
  const currencies = currenciesOf(deps)
  if (asked.currency !== undefined && !currencies.includes(asked.currency))
    return refuse('not-found', reportRefusals.noCurrency(asked.currency))
  const { lines, calendar, currency, now } = figuresIn(deps, asked.currency ?? mostAtRisk(deps, currencies))
  const tile = (list: LateList) => tileOf(lines, list, currency)
  const recovered = tile('recovered')
  const lost = tile('lost')
  const open = lines.flatMap((line) => (line.state === 'open' ? [line.membershipId] : []))
  const people = new Set([...peopleBehind(deps.desk, open).values()].map(({ id }) => id))
  return done({
    asOf: toIso(now),
    from: toIso(calendar.from),
    currencies,
    currency,
    tiles: {
      failed: tile('failed'),
      atRisk: tile('atRisk'),
      inGrace: tile('inGrace'),
      lapsed: tile('lapsed'),
      recovered,
      lost,
      toCollect: tile('toCollect'),
    },
    rate: recoveryRate(recovered.amount.minor, lost.amount.minor),
    daysToRecover: daysToRecover(lines),
    people: people.size,
    ageing: ageingOf(lines, calendar),
    months: monthsOf(lines, calendar).map((month) => ({ ...month, settling: month.inRecovery > 0 })),
    reasons: groupedBy(lines, reasonKey).map((one) => ({ ...one, words: reasonWords(one.key) })),
    methods: groupedBy(lines, methodKey).map((one) => ({ ...one, words: methodWords(one.key) })),
    definitions: { ...definitions },
  })
}

/** Amounts of two currencies cannot be compared; rows can. */
function mostAtRisk(deps: ReadDeps, currencies: readonly string[]): string {
  const open = currencies.map((currency) => ({ currency, count: openIn(deps, currency).lines.length }))
  return open.toSorted((a, b) => b.count - a.count)[0]?.currency ?? currencyHere(deps)
}

export function lateRowsOf(deps: ReadDeps, asked: Args<'report.rows'>): Result<Reply<'report.rows'>> {
  const { offset = 0, limit = 50, sort = 'days', list } = asked
  const currency = asked.currency ?? mostAtRisk(deps, currenciesOf(deps))
  // Sums tell neither of the days of each nor who is on it.
  const each = asked.bucket !== undefined || asked.assignee !== undefined
  const late = (OPEN_LISTS.has(list) ? openIn : each ? lateIn : figuresIn)(deps, currency)
  const { lines, putOff } = narrowed(deps, linesOf(late.lines, asked, late.calendar), asked)
  const page = firstLines(deps, late, lines, { list, sort, limit: offset + limit }).slice(offset)
  const { amount: sum, count: total } = tileOf(lines, list, currency)
  return done({ rows: lateRows(deps, page, late, list), total, sum, putOff: tileOf(putOff, list, currency) })
}

function tileOf(lines: readonly LateLine[], list: LateList, currency: string) {
  const { amount, count } = figureOf(lines, list)
  return { amount: { minor: amount, currency }, count }
}

/** Those that somebody is on, and which of them are put off: they are left out where that is asked for. */
function narrowed(
  deps: ReadDeps,
  all: LateLine[],
  { list, hideSnoozed = false, assignee }: Args<'report.rows'>,
): { lines: LateLine[]; putOff: LateLine[] } {
  const canPutOff = OPEN_LISTS.has(list)
  if (!canPutOff && assignee === undefined) return { lines: all, putOff: [] }
  const followed = followedOf(
    deps,
    all.map(({ id }) => id),
  )
  const lines = assignee === undefined ? all : all.filter(({ id }) => followed(id).assignee === assignee)
  const isPutOff = ({ id }: LateLine) => canPutOff && followed(id).snoozedUntil !== null
  return {
    lines: hideSnoozed ? lines.filter((line) => !isPutOff(line)) : lines,
    putOff: lines.filter(isPutOff),
  }
}

/** All lines of a list, the longest overdue first. */
export function listed(deps: ReadDeps, { currency, ...filter }: LateFilter & { currency?: string | undefined }) {
  const inCurrency = OPEN_LISTS.has(filter.list) ? openIn : lateIn
  const late = inCurrency(deps, currency ?? mostAtRisk(deps, currenciesOf(deps)))
  return { late, lines: linesOf(late.lines, filter, late.calendar).toSorted(longestFirst(late)) }
}

/** Every currency, and every row that is open: what the command prints. */
export function wholeReport(deps: ReadDeps): Reply<'report.whole'> {
  const all = currenciesOf(deps).map((currency) => figuresIn(deps, currency))
  const totals = all.map(({ currency, lines }) => {
    const sum = (list: LateList) => figureOf(lines, list).amount
    return [
      currency,
      {
        failed: sum('failed'),
        atRisk: sum('atRisk'),
        inGrace: sum('inGrace'),
        lapsed: sum('lapsed'),
        recovered: sum('recovered'),
        lost: sum('lost'),
      },
    ] as const
  })
  const rows = all.flatMap((late) =>
    lateRows(
      deps,
      linesOf(late.lines, { list: 'open' }, late.calendar).toSorted((a, b) => a.dueAt - b.dueAt),
      late,
      'open',
    ),
  )
  return {
    asOf: toIso(deps.now()),
    totals: Object.fromEntries(totals),
    rows: rows.map(({ member, invoice, amount, ...row }) => ({
      member: member.id,
      name: member.name,
      customer: row.customer,
      subscription: row.subscription,
      invoice: invoice?.id ?? null,
      amountDue: amount.minor,
      currency: amount.currency,
      dueAt: row.dueAt,
      daysOverdue: row.daysOverdue,
      bucket: row.bucket,
      reason: row.reason,
      attempts: row.attempts,
      nextRetryAt: row.nextRetryAt,
      standing: row.standing,
      lastVisitAt: row.lastVisitAt,
    })),
  }
}
