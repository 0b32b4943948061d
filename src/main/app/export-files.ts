// People, memberships and late payments as files that spreadsheets and other programs open: all there are.
import type { Reply } from '../../preload/contract.ts'
import type { MemberRow } from '../../preload/shapes.ts'
import { type CsvColumn, csvOf } from '../domain/csv.ts'
import { type LateLine, methodKey, reasonKey, splitOf } from '../domain/lapsed-report.ts'
import { decimals } from '../domain/money.ts'
import { columns, methodWords, reasonWords } from '../domain/report-en.ts'
import { exportColumns as words } from '../domain/report-mail-en.ts'
import { toIso, toLocal } from '../domain/time.ts'
import { entitlementsByMember } from '../store/entitlements.ts'
import { type MembershipRow, membershipRows } from '../store/export-rows.ts'
import { allMembers } from '../store/members.ts'
import { type Person, peopleBehind } from '../store/membership-seats.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { currenciesOf, lateIn } from './late-lines.ts'
import { memberRows } from './member-views.ts'

type File = Reply<'export.members'>

export function fileOf<Row>(
  deps: ReadDeps,
  name: string,
  rows: readonly Row[],
  cells: readonly CsvColumn<Row>[],
): File {
  const day = toLocal(deps.now(), readSettings(deps.desk).timeZone).day.date
  return { name: `${name}-${day}.csv`, csv: csvOf(rows, cells), rows: rows.length }
}

export function membersFile(deps: ReadDeps): File {
  const now = deps.now()
  const members = allMembers(deps.desk)
  const covering = entitlementsByMember(deps.desk, now)
  const phones = new Map(members.map(({ id, phone }) => [id, phone]))
  const rows = memberRows(deps.desk, members, now, (id) => covering.get(id) ?? [])
  const cells: CsvColumn<MemberRow>[] = [
    [words.member, ({ id }) => id],
    [words.name, ({ name }) => name],
    [words.standing, ({ standing }) => standing],
    [words.plans, ({ plans }) => plans.join('; ')],
    [words.paidUntil, ({ paidUntil }) => paidUntil],
    [words.graceUntil, ({ graceUntil }) => graceUntil],
    [words.emails, ({ emails }) => emails.join('; ')],
    [words.phone, ({ id }) => phones.get(id) ?? null],
    [words.cards, ({ credentials }) => credentials.length],
    [words.customers, ({ stripeCustomers }) => stripeCustomers.join('; ')],
  ]
  return fileOf(deps, 'members', rows, cells)
}

export function membershipsFile(deps: ReadDeps): File {
  const cells: CsvColumn<MembershipRow>[] = [
    [words.membership, ({ id }) => id],
    [words.kind, ({ kind }) => kind],
    [words.plan, ({ plan }) => plan],
    [words.standing, ({ standing }) => standing],
    [words.since, ({ since }) => toIso(since)],
    [words.paidUntil, ({ paidUntil }) => toIso(paidUntil)],
    [words.graceUntil, ({ graceUntil }) => toIso(graceUntil)],
    [words.covers, ({ covers }) => covers.map(({ name }) => name).join('; ')],
    [words.members, ({ covers }) => covers.map(({ id }) => id).join('; ')],
    [words.subscription, ({ subscription }) => subscription],
  ]
  return fileOf(deps, 'memberships', membershipRows(deps.desk, deps.now()), cells)
}

/** Each line once, with what came of it: the sums of the report are those of these columns. */
export function latePaymentsFile(deps: ReadDeps): File {
  const lines = currenciesOf(deps).flatMap((currency) => lateIn(deps, currency).lines)
  const people = peopleBehind(
    deps.desk,
    lines.map(({ membershipId }) => membershipId),
  )
  const of = ({ membershipId }: LateLine): Person | undefined => people.get(membershipId)
  const sum = (line: LateLine, key: keyof ReturnType<typeof splitOf>) =>
    decimals({ minor: splitOf(line)[key], currency: line.currency })
  const cells: CsvColumn<LateLine>[] = [
    [words.member, (line) => of(line)?.id ?? null],
    [columns.name, (line) => of(line)?.name ?? null],
    [columns.currency, ({ currency }) => currency.toUpperCase()],
    [words.recovered, (line) => sum(line, 'recovered')],
    [words.inRecovery, (line) => sum(line, 'inRecovery')],
    [words.lost, (line) => sum(line, 'lost')],
    [columns.due, ({ dueAt }) => toIso(dueAt)],
    [words.paidAt, ({ paidAt }) => toIso(paidAt)],
    [columns.reason, (line) => reasonWords(reasonKey(line))],
    [words.method, (line) => methodWords(methodKey(line))],
    [columns.attempts, ({ invoiceId, attempts }) => (invoiceId === null ? null : attempts)],
    [columns.standing, ({ state, standing }) => (state === 'open' ? standing : null)],
    [words.membership, ({ membershipId }) => membershipId],
    [columns.invoice, ({ invoiceId }) => invoiceId],
  ]
  return fileOf(deps, 'late-payments', lines, cells)
}
