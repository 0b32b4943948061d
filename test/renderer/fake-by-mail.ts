// The report by mail at the fake desk, and files of what it knows.
import { csvOf } from '../../src/main/domain/csv.ts'
import { outboxWords, stuckSentence } from '../../src/main/domain/mail-en.ts'
import { nextReport, usualReportMail } from '../../src/main/domain/report-mail.ts'
import { reportMailRefusals as refusals, reportMailWords as words } from '../../src/main/domain/report-mail-en.ts'
import type { ReportMailState } from '../../src/preload/shapes-report-mail.ts'
import { type Handlers, no } from './fake-answers.ts'
import type { World } from './fake-data.ts'
import type { FakePost } from './fake-mail.ts'

export type FakeByMail = Pick<ReportMailState, 'settings' | 'sends'>

const BOARD = 'board@example.org'
const ROSA = 'rosa@example.org'

/** Nothing is set; three reports stand there as if it had gone for weeks. */
export function createByMail({ iso }: World): FakeByMail {
  return {
    settings: usualReportMail,
    sends: [
      {
        id: 'report:3',
        at: iso(-0.01),
        weekly: false,
        mails: [
          { to: BOARD, stuck: false, sentence: outboxWords.waiting('report', BOARD) },
          { to: ROSA, stuck: true, sentence: stuckSentence('refused', 'report', ROSA, 'address') },
        ],
      },
      ...[2, 9].map((days) => ({
        id: `weekly-report:${days}`,
        at: iso(-days),
        weekly: true,
        mails: [BOARD, ROSA].map((to) => ({ to, stuck: false, sentence: words.sent(to) })),
      })),
    ],
  }
}

export function byMailHandlers(
  world: World,
  facts: FakeByMail,
  post: FakePost,
  knobs: { demo: boolean },
  now: () => number,
): Handlers {
  const cannot = () => (knobs.demo ? refusals.demo : post.state.settings === null ? refusals.noMail : null)
  const state = (): ReportMailState => {
    const next = cannot() === null ? nextReport(facts.settings, now(), 'Europe/Berlin') : null
    return {
      ...facts,
      cannot: cannot(),
      staff: post.state.settings?.staff ?? [],
      next: next === null ? null : new Date(next).toISOString(),
    }
  }
  const file = (name: string) => {
    const rows = world.members
    return { name: `${name}.csv`, csv: csvOf(rows, [['Name', (row) => row.name]]), rows: rows.length }
  }
  return {
    'report.mail': () => state(),
    'report.setMail': (settings) => {
      const bad = settings.to.find((address) => !address.includes('@'))
      if (bad !== undefined) return no('bad-request', refusals.address(bad))
      if (settings.on && settings.to.length === 0) return no('bad-request', refusals.nobody)
      facts.settings = settings
      return state()
    },
    'report.sendMail': () => {
      const why = cannot()
      if (why !== null) return no('wrong-state', why)
      const { to } = facts.settings
      facts.sends = [
        {
          id: `report:${facts.sends.length + 1}`,
          at: new Date(now()).toISOString(),
          weekly: false,
          mails: to.map((one) => ({ to: one, stuck: false, sentence: outboxWords.waiting('report', one) })),
        },
        ...facts.sends,
      ]
      return { sentence: words.onItsWay(to.length) }
    },
    'report.letter': () => ({
      subject: 'Late payments at Holzmarkt Makerspace, 23 November 2026',
      text: LETTER,
      html: '',
      files: [
        { name: 'late-payments-2026-11-23.pdf', type: 'application/pdf', base64: btoa('%PDF-1.3') },
        { name: 'late-payments-open-eur.csv', type: 'text/csv', base64: btoa('Name\r\n') },
      ],
    }),
    'report.pdf': () => ({ name: 'late-payments-2026-11-23.pdf', base64: btoa('%PDF-1.3') }),
    'export.members': () => file('members'),
    'export.memberships': () => file('memberships'),
    'export.latePayments': () => file('late-payments'),
    'export.visits': ({ days }) => file(`visits-${days}`),
  }
}

const LETTER = [
  'How payments of memberships stood on Monday, 23 November 2026 at 07:00.',
  'In EUR',
  [
    'At risk (24 payments)     €1,590.00',
    'In grace (12 payments)      €845.00',
    'Lapsed (12 payments)        €745.00',
  ].join('\n'),
  'What to do first in EUR: the most money first\n- Marta Da Silva, Studio resident: €180.00, 14 days overdue, doors closed since 19 Nov; dasilva.marta@example.com, +49 30 2312 5021',
  'Holzmarkt Makerspace',
].join('\n\n')
