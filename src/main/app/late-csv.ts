// Rows of the report of late payments as a file that spreadsheets open.
import type { Args, Reply } from '../../preload/contract.ts'
import type { LateRow } from '../../preload/shapes-report.ts'
import { type CsvColumn, csvOf } from '../domain/csv.ts'
import { decimals } from '../domain/money.ts'
import { columns } from '../domain/report-en.ts'
import type { ReadDeps } from './deps.ts'
import { listed } from './lapsed-report.ts'
import { lateRows } from './late-rows.ts'

export function lateCsv(deps: ReadDeps, asked: Args<'report.csv'>): Reply<'report.csv'> {
  const { late, lines } = listed(deps, asked)
  const rows = lateRows(deps, lines, late, asked.list)
  return { name: `late-payments-${asked.list}-${late.currency}.csv`, csv: csvOf(rows, CELLS) }
}

const CELLS: readonly CsvColumn<LateRow>[] = [
  [columns.name, ({ member }) => member.name],
  [columns.plan, ({ plan }) => plan],
  [columns.amount, ({ amount }) => decimals(amount)],
  [columns.currency, ({ amount }) => amount.currency.toUpperCase()],
  [columns.due, ({ dueAt }) => dueAt],
  [columns.days, ({ daysOverdue }) => daysOverdue],
  [columns.reason, ({ reason }) => reason],
  [columns.attempts, ({ attempts }) => attempts],
  [columns.nextRetry, ({ nextRetryAt }) => nextRetryAt],
  [columns.standing, ({ standing }) => standing],
  [columns.doors, ({ doors }) => doors.words],
  [columns.lastVisit, ({ lastVisitAt }) => lastVisitAt],
  [columns.visitsSince, ({ visitsSince }) => visitsSince],
  [columns.email, ({ contact }) => contact.email],
  [columns.phone, ({ contact }) => contact.phone],
  [columns.note, ({ note }) => note],
  [columns.assignee, ({ assignee }) => assignee],
  [columns.putOffUntil, ({ snoozedUntil }) => snoozedUntil],
  [columns.invoice, ({ invoice }) => invoice?.number ?? invoice?.id ?? null],
]
