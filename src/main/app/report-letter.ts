// The report of late payments as a mail: a text that stands alone, and the files that go with it.
import type { Args, Reply } from '../../preload/contract.ts'
import { mailDay } from '../domain/mail-en.ts'
import { asHtml, asText, type MailPart } from '../domain/mail-layout.ts'
import { formatMoney } from '../domain/money.ts'
import { letterWords, paperWords } from '../domain/report-mail-en.ts'
import { HOUR, toLocal } from '../domain/time.ts'
import { readFreshFrom } from '../store/billing-inbox.ts'
import { readSettings } from '../store/settings.ts'
import type { ReadDeps } from './deps.ts'
import { lateRowsOf } from './lapsed-report.ts'
import { lateCsv } from './late-csv.ts'
import { pdfOf } from './pdf.ts'
import { contactOf, paperOf, type Section, sayRate, sectionsOf } from './report-paper.ts'
import { done, type Result } from './result.ts'

const FIRST = 10

export async function reportPdf(
  deps: ReadDeps,
  { currency }: Args<'report.pdf'>,
): Promise<Result<Reply<'report.pdf'>>> {
  const sections = sectionsOf(deps, currency)
  if (!sections.ok) return sections
  const pdf = await pdfOf(paperOf(deps, sections.value))
  return done({ name: pdfName(deps), base64: pdf.toString('base64') })
}

export async function reportLetter(deps: ReadDeps): Promise<Result<Reply<'report.letter'>>> {
  const sections = sectionsOf(deps)
  if (!sections.ok) return sections
  const { spaceName, locale, timeZone } = readSettings(deps.desk)
  const subject = letterWords.subject(spaceName, mailDay(deps.now(), { locale, zone: timeZone }))
  const parts = partsOf(deps, sections.value)
  const pdf = await pdfOf(paperOf(deps, sections.value))
  const tables = sections.value.map(({ report: { currency } }) => lateCsv(deps, { currency, list: 'open' }))
  return done({
    subject,
    text: asText(spaceName, parts),
    html: asHtml(spaceName, subject, parts),
    files: [
      { name: pdfName(deps), type: 'application/pdf', base64: pdf.toString('base64') },
      ...tables.map(({ name, csv }) => ({ name, type: 'text/csv', base64: Buffer.from(csv).toString('base64') })),
    ],
  })
}

function pdfName(deps: ReadDeps): string {
  return `late-payments-${toLocal(deps.now(), readSettings(deps.desk).timeZone).day.date}.pdf`
}

function partsOf(deps: ReadDeps, sections: readonly Section[]): MailPart[] {
  const { locale, timeZone } = readSettings(deps.desk)
  // In full: nobody knows when a mail is read.
  const say = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full', timeStyle: 'short' })
  const now = deps.now()
  const fresh = readFreshFrom(deps.desk)
  const stale =
    fresh === null ? [letterWords.unread] : now - fresh > HOUR ? [letterWords.readUntil(say.format(fresh))] : []
  return [
    { part: 'text', text: [letterWords.asOf(say.format(now)), ...stale].join(' ') },
    ...(sections.length === 0
      ? [{ part: 'text' as const, text: letterWords.nothing }]
      : [
          ...sections.flatMap((section) => sectionParts(deps, section)),
          { part: 'small' as const, text: letterWords.files },
        ]),
    { part: 'small', text: letterWords.why },
  ]
}

const TILES = ['atRisk', 'inGrace', 'lapsed', 'toCollect', 'recovered', 'lost'] as const

function sectionParts(deps: ReadDeps, { report, open }: Section): MailPart[] {
  const { locale } = readSettings(deps.desk)
  const { currency, tiles } = report
  const first = lateRowsOf(deps, { currency, list: 'open', sort: 'amount', limit: FIRST })
  const rows = first.ok ? first.value.rows : []
  const items = rows.map((row) =>
    letterWords.row(
      row.member.name,
      row.plan,
      formatMoney(row.amount, locale),
      row.daysOverdue,
      row.doors.words,
      contactOf(row),
    ),
  )
  const more = open.total > rows.length ? [letterWords.more(open.total - rows.length)] : []
  return [
    { part: 'text', text: paperWords.currency(currency) },
    {
      part: 'rows',
      total: false,
      rows: [
        ...TILES.map((key) => {
          const { amount, count } = tiles[key]
          const name = key === 'toCollect' ? letterWords.toCollect : paperWords.names[key]
          return [letterWords.figure(name, count), formatMoney(amount, locale)] as const
        }),
        [paperWords.rate, sayRate(report.rate, locale)],
      ],
    },
    items.length === 0
      ? { part: 'text', text: letterWords.clear }
      : { part: 'list', title: letterWords.todo(currency), items: [...items, ...more] },
  ]
}
