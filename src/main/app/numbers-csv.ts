// Membership numbers as files that spreadsheets open.
import type { Args, Reply } from '../../preload/contract.ts'
import type { MembershipNumbers, VisitNumbers } from '../../preload/shapes-numbers.ts'
import { type CsvColumn, csvOf } from '../domain/csv.ts'
import { decimals } from '../domain/money.ts'
import { bandWords, numberColumns as columns, weekdays } from '../domain/numbers-en.ts'
import type { ReadDeps } from './deps.ts'
import { membershipNumbers } from './membership-numbers.ts'
import { done, type Result } from './result.ts'
import { visitNumbers } from './visit-numbers.ts'

export function numbersCsv(deps: ReadDeps, { what, ...asked }: Args<'numbers.csv'>): Result<Reply<'numbers.csv'>> {
  const name = `membership-${what}.csv`
  if (what === 'visits' || what === 'hours') {
    const visits = visitNumbers(deps)
    return visits.ok ? done({ name, csv: what === 'visits' ? bandFile(visits.value) : hourFile(visits.value) }) : visits
  }
  const numbers = membershipNumbers(deps, asked)
  if (!numbers.ok) return numbers
  const { months, byPlan } = numbers.value
  const csv = {
    months: () => csvOf(months, MONTHS),
    plans: () => csvOf(byPlan, PLANS),
    cohorts: () => cohortFile(numbers.value),
  }
  return done({ name, csv: csv[what]() })
}

const MONTHS: readonly CsvColumn<MembershipNumbers['months'][number]>[] = [
  [columns.month, ({ month }) => month],
  [columns.members, ({ members }) => members],
  [columns.joined, ({ joined }) => joined],
  [columns.left, ({ left }) => left],
  [columns.net, ({ net }) => net],
  [columns.churn, ({ churn }) => churn],
  [columns.mrr, ({ mrr }) => decimals(mrr)],
  [columns.currency, ({ mrr }) => mrr.currency.toUpperCase()],
  [columns.unpriced, ({ unpriced }) => unpriced],
]

const PLANS: readonly CsvColumn<MembershipNumbers['byPlan'][number]>[] = [
  [columns.plan, ({ plan }) => plan.name],
  [columns.members, ({ members }) => members],
  [columns.memberships, ({ memberships }) => memberships],
  [columns.mrr, ({ mrr }) => decimals(mrr)],
  [columns.currency, ({ mrr }) => mrr.currency.toUpperCase()],
]

function cohortFile({ cohorts }: MembershipNumbers): string {
  type Row = (typeof cohorts)[number]
  const after = cohorts.map((_, k): CsvColumn<Row> => [columns.after(k), ({ here }) => here[k] ?? null])
  return csvOf(cohorts, [[columns.month, ({ month }) => month], [columns.joined, ({ joined }) => joined], ...after])
}

function bandFile({ bands }: VisitNumbers): string {
  return csvOf(bands, [
    [columns.daysCame, bandWords],
    [columns.people, ({ people }) => people],
  ])
}

function hourFile({ hours }: VisitNumbers): string {
  const rows = hours.map((row, n) => ({ weekday: weekdays[n] ?? '', row }))
  const cells = Array.from(
    { length: 24 },
    (_, hour): CsvColumn<(typeof rows)[number]> => [
      `${String(hour).padStart(2, '0')}:00`,
      ({ row }) => Math.round((row[hour] ?? 0) * 100) / 100,
    ],
  )
  return csvOf(rows, [[columns.weekday, ({ weekday }) => weekday], ...cells])
}
