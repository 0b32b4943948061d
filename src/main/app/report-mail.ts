// The report of late payments by mail: when and to whom, what went, and sending it. Made by the report thread, and written
// down with its files: what the outbox sends again is what it sent before.
import type { Args, Reply } from '../../preload/contract.ts'
import { isAddress, type MailFile } from '../domain/mail.ts'
import { outboxNow } from '../domain/outbox.ts'
import { nextReport, reportOwed } from '../domain/report-mail.ts'
import { reportMailRefusals as refusals, reportMailWords as words } from '../domain/report-mail-en.ts'
import { toIso } from '../domain/time.ts'
import { type OpenRow, outboxOfKind, wasTold } from '../store/outbox.ts'
import { readMailSettings, readReportMail, readSettings, reportMailSince, writeSetting } from '../store/settings.ts'
import type { DeskDeps } from './deps.ts'
import { notify } from './notify.ts'
import { openSentence, stuckOf } from './outbox.ts'
import { recordAction } from './record-action.ts'
import { done, type Result, refuse } from './result.ts'

/** Mails, of which some belong to one send. */
const SHOWN = 60

export function reportMailState(deps: DeskDeps): Reply<'report.mail'> {
  const { desk } = deps
  const settings = readReportMail(desk)
  const cannot = whyNot(deps)
  const sends = Map.groupBy(outboxOfKind(desk, 'report', SHOWN), ({ subject }) => subject)
  return {
    settings,
    cannot,
    staff: readMailSettings(desk)?.staff ?? [],
    next: cannot === null ? toIso(nextReport(settings, deps.now(), readSettings(desk).timeZone)) : null,
    sends: [...sends].map(([subject, rows]) => ({
      id: subject,
      at: toIso(rows[0]?.createdAt ?? 0),
      weekly: subject.startsWith(WEEKLY),
      mails: rows.map((row) => sentMail(deps, row)).toReversed(),
    })),
  }
}

function sentMail(deps: DeskDeps, row: OpenRow): Reply<'report.mail'>['sends'][number]['mails'][number] {
  const to = row.recipient ?? ''
  switch (row.facts.at(-1)?.kind) {
    case 'sent':
      return { to, stuck: false, sentence: words.sent(to) }
    case 'arrived':
      return { to, stuck: false, sentence: words.arrived(to) }
    case 'put-aside':
      return { to, stuck: false, sentence: words.putAside(to) }
    default: {
      const now = outboxNow(row.facts, row.notBefore)
      return { to, stuck: stuckOf(now) !== null, sentence: openSentence(deps, row, now) }
    }
  }
}

function whyNot({ desk, live }: DeskDeps): string | null {
  if (live.demo !== null) return refusals.demo
  return readMailSettings(desk) === null ? refusals.noMail : null
}

export function setReportMail(deps: DeskDeps, asked: Args<'report.setMail'>): Result<Reply<'report.setMail'>> {
  const { db } = deps.live
  const to = [...new Set(asked.to.map((address) => address.trim()).filter((address) => address !== ''))]
  const bad = to.find((address) => !isAddress(address))
  if (bad !== undefined) return refuse('bad-request', refusals.address(bad))
  if (asked.on && to.length === 0) return refuse('bad-request', refusals.nobody)
  const settings = { ...asked, to }
  db.transaction(() => {
    writeSetting(db, 'reportMail', settings, deps.now())
    recordAction(deps, 'report-mail-set', 'report', settings)
  }).immediate()
  deps.live.push('members', {})
  return done(reportMailState(deps))
}

const WEEKLY = 'weekly-report:'

/** By a person's word, whether or not it goes by itself. */
export async function sendReport(deps: DeskDeps): Promise<Result<Reply<'report.sendMail'>>> {
  const { db, newId } = deps.live
  const why = whyNot(deps)
  if (why !== null) return refuse('wrong-state', why)
  const { to } = readReportMail(deps.desk)
  if (to.length === 0) return refuse('wrong-state', refusals.nobody)
  const made = await makeLetter(deps)
  if (!made.ok) return made
  db.transaction(() => {
    recordAction(deps, 'report-sent', 'report', { to })
    tell(deps, `report:${newId()}`, to, made.value)
  }).immediate()
  deps.live.push('members', {})
  return done({ sentence: words.onItsWay(to.length) })
}

/** True where one was owed. */
export async function sendWhenOwed(deps: DeskDeps): Promise<boolean> {
  const { db } = deps.live
  if (owed(deps) === null) return false
  const made = await makeLetter(deps)
  if (!made.ok) throw new Error(`Making the weekly report: ${made.refusal.sentence}`)
  const sent = db
    .transaction(() => {
      // Settings may have changed while it was made.
      const day = owed(deps)
      if (day !== null) tell(deps, `${WEEKLY}${day}`, readReportMail(db).to, made.value)
      return day !== null
    })
    .immediate()
  if (sent) deps.live.push('members', {})
  return sent
}

export function owed(deps: DeskDeps): string | null {
  const { desk } = deps
  if (whyNot(deps) !== null) return null
  return reportOwed({
    settings: readReportMail(desk),
    since: reportMailSince(desk) ?? 0,
    now: deps.now(),
    zone: readSettings(desk).timeZone,
    isTold: (day) => wasTold(desk, 'report', `${WEEKLY}${day}`),
  })
}

async function makeLetter(deps: DeskDeps): Promise<Result<Reply<'report.letter'>>> {
  return (await deps.live.aside('report.letter', {})) as Result<Reply<'report.letter'>>
}

function tell(deps: DeskDeps, subject: string, to: readonly string[], letter: Reply<'report.letter'>): void {
  const { files: made, ...payload } = letter
  const files = made.map(({ name, type, base64 }): MailFile => ({ name, type, bytes: Buffer.from(base64, 'base64') }))
  notify(deps, { member: null, subject, kind: 'report', payload, to, files })
}
