// Worklists as files that spreadsheets open: every row, in the order of the list.
import type { Args, Reply } from '../../preload/contract.ts'
import type { AtDoorRow, EnteringRow, ExpiringRow, IdleRow, WeekendRow } from '../../preload/shapes-worklists.ts'
import { type CsvColumn, csvOf } from '../domain/csv.ts'
import { decimals, type Money } from '../domain/money.ts'
import { listColumns as columns } from '../domain/worklists-en.ts'
import type { ReadDeps } from './deps.ts'
import { done, type Result } from './result.ts'
import { expiringList } from './worklist-expiring.ts'
import { leaksList } from './worklist-leaks.ts'
import { recoveredList } from './worklist-recovered.ts'
import { weekendList } from './worklist-weekend.ts'

const ALL = { limit: 100_000 }

export async function worklistCsv(
  deps: ReadDeps,
  { list, until }: Args<'worklists.csv'>,
): Promise<Result<Reply<'worklists.csv'>>> {
  const file = (csv: string) => done({ name: `${list}.csv`, csv })
  switch (list) {
    case 'weekend': {
      const found = await weekendList(deps, { ...ALL, ...(until === undefined ? {} : { until }) })
      return found.ok ? file(csvOf(found.value.rows, WEEKEND)) : found
    }
    case 'entering':
      return file(csvOf((await leaksList(deps, ALL)).entering.rows, ENTERING))
    case 'idle':
      return file(csvOf((await leaksList(deps, ALL)).idle.rows, IDLE))
    case 'recovered': {
      const found = recoveredList(deps, ALL)
      return found.ok ? file(csvOf(found.value.rows, RECOVERED)) : found
    }
    case 'expiring':
      return file(csvOf(expiringList(deps, ALL).rows, EXPIRING))
  }
}

const sum = (amount: Money | null) => (amount === null ? null : decimals(amount))
const code = (amount: Money | null) => amount?.currency.toUpperCase() ?? null

type Reached = { contact: WeekendRow['contact'] }
const CONTACT = [
  [columns.email, ({ contact }: Reached) => contact.email],
  [columns.phone, ({ contact }: Reached) => contact.phone],
] as const

const WEEKEND: readonly CsvColumn<WeekendRow>[] = [
  [columns.name, ({ member }) => member.name],
  [columns.moment, ({ at }) => at],
  [columns.certain, ({ kind }) => (kind === 'may' ? 'no' : 'yes')],
  [columns.why, ({ sentence }) => sentence],
  [columns.owed, ({ owed }) => sum(owed)],
  [columns.currency, ({ owed }) => code(owed)],
  [columns.visits, ({ visits }) => visits],
  ...CONTACT,
]

const ENTERING: readonly CsvColumn<EnteringRow>[] = [
  [columns.name, ({ member }) => member.name],
  [columns.standing, ({ standing }) => standing],
  [columns.since, ({ since }) => since],
  [columns.times, ({ times }) => times],
  [columns.last, ({ lastAt }) => lastAt],
  [columns.why, ({ sentence }) => sentence],
  ...CONTACT,
]

const IDLE: readonly CsvColumn<IdleRow>[] = [
  [columns.name, ({ member }) => member.name],
  [columns.plan, ({ plan }) => plan],
  [columns.since, ({ since }) => since],
  [columns.perMonth, ({ perMonth }) => sum(perMonth)],
  [columns.currency, ({ perMonth }) => code(perMonth)],
  [columns.why, ({ sentence }) => sentence],
  ...CONTACT,
]

const RECOVERED: readonly CsvColumn<AtDoorRow>[] = [
  [columns.name, ({ member }) => member.name],
  [columns.paid, ({ at }) => at],
  [columns.amount, ({ amount }) => sum(amount)],
  [columns.currency, ({ amount }) => code(amount)],
  [columns.way, ({ way }) => way],
  [columns.by, ({ by }) => by],
  [columns.door, ({ swipe }) => swipe?.door ?? null],
  [columns.swipe, ({ swipe }) => swipe?.at ?? null],
  [columns.toPay, ({ minutesToPay }) => minutesToPay],
  [columns.toBack, ({ minutesToBack }) => minutesToBack],
]

const EXPIRING: readonly CsvColumn<ExpiringRow>[] = [
  [columns.name, ({ member }) => member.name],
  [columns.plan, ({ plan }) => plan],
  [columns.charge, ({ chargeAt }) => chargeAt],
  [columns.expires, ({ expires }) => expires],
  ...CONTACT,
]
