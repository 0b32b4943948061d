// The report of late payments on paper: every currency in which anything was late, one after the other.
import type { Reply } from '../../preload/contract.ts'
import type { LapsedReport, LateRow } from '../../preload/shapes-report.ts'
import { formatMoney } from '../domain/money.ts'
import { type Paper, type PaperColumn, type PaperPart, paperSize } from '../domain/paper.ts'
import { columns } from '../domain/report-en.ts'
import { paperWords as words } from '../domain/report-mail-en.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { lapsedReport, lateRowsOf } from './lapsed-report.ts'
import { currenciesOf } from './late-lines.ts'
import { done, type Result } from './result.ts'

/** So many fill about twenty pages and are made in a second. */
const ROWS = 500

export type Section = { report: LapsedReport; open: Reply<'report.rows'> }

/** `currency`: that one alone. `limit`: of rows. */
export function sectionsOf(deps: ReadDeps, currency?: string, limit = ROWS): Result<Section[]> {
  const sections: Section[] = []
  for (const one of currency === undefined ? currenciesOf(deps) : [currency]) {
    const report = lapsedReport(deps, { currency: one })
    if (!report.ok) return report
    const open = lateRowsOf(deps, { currency: one, list: 'open', limit })
    if (!open.ok) return open
    sections.push({ report: report.value, open: open.value })
  }
  return done(sections)
}

export function paperOf(deps: ReadDeps, sections: readonly Section[]): Paper {
  const { spaceName, locale, timeZone } = readSettings(deps.desk)
  const at = deps.now()
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at)
  const day = say({ dateStyle: 'long' })
  return {
    title: words.title(spaceName),
    about: words.asOf(say({ dateStyle: 'full', timeStyle: 'short' })),
    at,
    size: paperSize(locale),
    footer: (page, pages) => words.footer(spaceName, day, page, pages),
    parts:
      sections.length === 0
        ? [{ part: 'text', text: words.nothing }]
        : sections.flatMap((section, index) => partsOf(section, locale, index > 0)),
  }
}

const NUMBER = { right: true } as const

function partsOf({ report, open }: Section, locale: string, newPage: boolean): PaperPart[] {
  const { currency, definitions } = report
  const money = (minor: number) => formatMoney({ minor, currency }, locale)
  const list = Object.entries(words.names) as [keyof typeof words.names, string][]
  return [
    { part: 'heading', text: words.currency(currency), newPage },
    {
      part: 'table',
      title: words.figures,
      whole: true,
      about: null,
      columns: [
        { text: words.figure, width: 90 },
        { text: words.amount, width: 90, ...NUMBER },
        { text: words.count, width: 60, ...NUMBER },
        { text: words.means, width: 'rest' },
      ],
      rows: [
        ...list.map(([key, name]) => {
          const { amount, count } = report.tiles[key]
          return [name, money(amount.minor), String(count), definitions[key] ?? '']
        }),
        [words.rate, sayRate(report.rate, locale), '', definitions.rate ?? ''],
        [words.daysToRecover, sayDays(report.daysToRecover, locale), '', definitions.daysToRecover ?? ''],
      ],
      sum: null,
    },
    {
      part: 'table',
      title: words.ageing,
      whole: true,
      about: definitions.ageing ?? null,
      columns: [
        { text: words.days, width: 90 },
        { text: words.amount, width: 90, ...NUMBER },
        { text: words.count, width: 60, ...NUMBER },
      ],
      rows: report.ageing.map(({ bucket, amount, count }) => [bucket, money(amount), String(count)]),
      sum: [words.sum, money(open.sum.minor), String(open.total)],
    },
    monthsOf(report, locale),
    rowsOf(open, locale),
  ]
}

function monthsOf({ months, currency, definitions }: LapsedReport, locale: string): PaperPart {
  const money = (minor: number) => formatMoney({ minor, currency }, locale)
  const name = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: 'numeric' })
  const most = Math.max(1, ...months.map((one) => one.recovered + one.inRecovery + one.lost))
  const total = (key: 'recovered' | 'inRecovery' | 'lost' | 'count') => months.reduce((sum, one) => sum + one[key], 0)
  return {
    part: 'table',
    title: words.months,
    whole: true,
    about: `${definitions.months} ${words.legend}`,
    columns: [
      { text: words.month, width: 90 },
      { text: words.recovered, width: 90, ...NUMBER },
      { text: words.inRecovery, width: 90, ...NUMBER },
      { text: words.lost, width: 90, ...NUMBER },
      { text: words.count, width: 60, ...NUMBER },
      { text: '', width: 'rest' },
    ],
    rows: months.map(({ month, recovered, inRecovery, lost, count }) => [
      name.format(Date.parse(`${month}-01T00:00:00Z`)),
      money(recovered),
      money(inRecovery),
      money(lost),
      String(count),
      { bar: [recovered / most, inRecovery / most, lost / most] },
    ]),
    sum: [
      words.sum,
      money(total('recovered')),
      money(total('inRecovery')),
      money(total('lost')),
      String(total('count')),
      '',
    ],
  }
}

const OPEN: readonly PaperColumn[] = [
  { text: columns.name, width: 105 },
  { text: columns.plan, width: 75 },
  { text: columns.amount, width: 70, ...NUMBER },
  { text: columns.days, width: 45, ...NUMBER },
  { text: columns.reason, width: 130 },
  { text: columns.doors, width: 80 },
  { text: words.contact, width: 'rest' },
]

function rowsOf({ rows, total, sum }: Reply<'report.rows'>, locale: string): PaperPart {
  return {
    part: 'table',
    title: words.open,
    whole: false,
    about: rows.length < total ? words.cut(rows.length, total) : words.openAbout,
    columns: OPEN,
    rows: rows.map((row) => [
      row.member.name,
      row.plan,
      formatMoney(row.amount, locale),
      String(row.daysOverdue),
      row.reason,
      row.doors.words,
      contactOf(row),
    ]),
    sum: [words.sum, '', formatMoney(sum, locale), '', '', '', ''],
  }
}

export function contactOf({ contact: { email, phone } }: LateRow): string {
  return [email, phone].filter((one) => one !== null && one !== '').join(', ') || words.atDesk
}

export function sayRate(rate: number | null, locale: string): string {
  return rate === null ? words.unknown : new Intl.NumberFormat(locale, { style: 'percent' }).format(rate)
}

export function sayDays(days: number | null, locale: string): string {
  return days === null ? words.unknown : new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(days)
}
