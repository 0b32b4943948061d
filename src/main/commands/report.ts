// Reports of money, for people at a terminal and for programs.
import type { WholeReport } from '../../preload/shapes-report.ts'
import { csvOf } from '../domain/csv.ts'
import { formatMoney } from '../domain/money.ts'
import { type Command, printed, table, text } from './command.ts'
import { writePdf } from './export.ts'

/** Headings and order in a file: the names of the JSON. */
const IN_FILE: (keyof WholeReport['rows'][number])[] = [
  'member',
  'name',
  'customer',
  'subscription',
  'invoice',
  'amountDue',
  'currency',
  'dueAt',
  'daysOverdue',
  'bucket',
  'reason',
  'attempts',
  'nextRetryAt',
  'standing',
  'lastVisitAt',
]

export const reportCommands: Command[] = [
  {
    words: 'report lapsed',
    args: '[--csv] [--pdf FILE]',
    about:
      'payments of memberships that are overdue, what is at risk, and what came back; --csv for spreadsheets, --pdf for paper',
    options: { csv: { type: 'boolean' }, pdf: { type: 'string' } },
    positionals: [],
    async run({ desk, values }) {
      const pdf = text(values.pdf)
      if (pdf !== undefined) return writePdf(desk, pdf)
      return printed(await desk.call('report.whole', {}), ({ totals, rows }) => {
        if (values.csv === true)
          return csvOf(
            rows,
            IN_FILE.map((name) => [name, (row) => row[name]]),
          ).trimEnd()
        const sums = Object.entries(totals).map(([currency, total]) => {
          const say = (minor: number) => formatMoney({ minor, currency }, 'en')
          return `${currency.toUpperCase()}: ${say(total.atRisk)} at risk (${say(total.inGrace)} in grace, ${say(total.lapsed)} lapsed), ${say(total.recovered)} recovered, ${say(total.lost)} lost, ${say(total.failed)} failed in all`
        })
        if (rows.length === 0) return [...sums, 'Nobody is overdue.'].join('\n')
        const lines = rows.map(({ name, amountDue, currency, daysOverdue, standing, reason, member }) => [
          name,
          formatMoney({ minor: amountDue, currency }, 'en'),
          `${daysOverdue} days`,
          standing,
          reason,
          member,
        ])
        return [...sums, '', table(lines)].join('\n')
      })
    },
  },
]
