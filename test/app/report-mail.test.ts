// The report of late payments by mail: settings, the mail that arrives with its files, once for each week, on paper.
import { inflateSync } from 'node:zlib'
import { beforeEach, expect, it } from 'vitest'
import type { DeskDeps } from '../../src/main/app/deps.ts'
import { pdfOf } from '../../src/main/app/pdf.ts'
import { startReportMail } from '../../src/main/app/report-mail-clock.ts'
import { paperOf, sectionsOf } from '../../src/main/app/report-paper.ts'
import { paperSize } from '../../src/main/domain/paper.ts'
import { reportMailRefusals as refusals } from '../../src/main/domain/report-mail-en.ts'
import { answerCall, owner } from '../../src/main/host/dispatch.ts'
import { startMail } from '../../src/main/notify/start-mail.ts'
import { replaceLatePayments } from '../../src/main/store/late-payments.ts'
import { addEmail, insertMember } from '../../src/main/store/members.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import type { Args, CallName, Refusal, Reply } from '../../src/preload/contract.ts'
import { closeAfterEachTest } from '../closing.ts'
import { type MailServer, startMailServer } from '../notify/mail-server.ts'
import { type AgreedDesk, openAgreedDesk, value } from './agreed-desk.ts'

/** A Tuesday. */
const START = '2026-11-17T09:00:00Z'
const MONDAY = '2026-11-23T06:00:00Z'

let desk: AgreedDesk
let server: MailServer
let broken: string[]
let clock: ReturnType<typeof startReportMail>
const stops = new Set<() => Promise<void>>()
closeAfterEachTest(async () => {
  for (const stop of stops) await stop()
  stops.clear()
})
const deps = () => desk.deps
const log = (line: string, error?: unknown) => void broken.push(`${line}: ${String(error)}`)

/** What a running desk has beside its database: mail, the report thread, the clock of the report. */
function begin(): void {
  const db = deps().live.db
  const mail = startMail({
    db,
    now: deps().now,
    newId: deps().live.newId,
    origin: 'desk-1',
    password: { get: () => null, set: () => undefined },
    onChange: () => undefined,
    log,
  })
  const aside = (name: CallName, args: unknown) => answerCall({ ...deps(), live: null }, owner(), name, args, log)
  Object.assign(deps().live, { demo: null, mail, aside })
  clock = startReportMail(deps, log)
  const own = clock
  stops.add(async () => {
    await own.stop()
    await mail.stop()
  })
}

const call = (name: CallName, args: unknown, on: DeskDeps = deps()) => answerCall(on, owner(), name, args, log)
const ask = async <N extends CallName>(name: N, args: Args<N>): Promise<Reply<N>> =>
  value((await call(name, args)) as never)
async function refused<N extends CallName>(name: N, args: Args<N>): Promise<Refusal['sentence']> {
  const outcome = await call(name, args)
  if (outcome.ok) throw new Error(`${name} was done`)
  return outcome.refusal.sentence
}
const mailSet = () =>
  ask('mail.set', {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: null,
    senderName: '',
    senderAddress: 'desk@space.example',
    staff: ['staff@space.example'],
  })
const weekly = { on: true, weekday: 1, hour: 7, to: ['board@space.example', 'rosa@space.example'] }

/** Looks until the clock has lost its patience with Stripe, which nobody reads here. */
async function lookLong(): Promise<void> {
  for (let looks = 0; looks < 11; looks++) await clock.look()
}

async function owe(who: string, name: string, minor: number, currency: string, until: string): Promise<void> {
  const { db } = deps().live
  insertMember(db, { id: who, name, phone: '+49 30 123', createdAt: deps().now() }, 'desk-1')
  addEmail(db, who, `${who}@example.org`, deps().now())
  const money = { minor, currency }
  await ask('memberships.addManual', {
    member: who,
    plan: 'full',
    from: '2025-01-01',
    until,
    method: 'invoice',
    amount: money,
  })
}

beforeEach(async () => {
  desk = openAgreedDesk(START)
  server = await startMailServer()
  broken = []
  begin()
  await owe('lukasz', 'Łukasz Őry', 4_500, 'eur', '2026-11-01')
  await owe('zhanna', 'Жанна "Ж" Петрова', 12_345, 'eur', '2026-10-01')
  await owe('zoe', 'Ζωή 山田', 1_250, 'kwd', '2026-09-30')
  const { db } = deps().live
  const at = (text: string) => Date.parse(text)
  replaceLatePayments(db, 'acct_1', (await ask('members.get', { id: 'lukasz' })).memberships[0]?.id ?? '', [
    {
      invoiceId: 'in_1',
      currency: 'eur',
      amount: 5_000,
      returned: 1_000,
      dueAt: at('2026-08-03T00:00:00Z'),
      state: 'paid',
      paidAt: at('2026-08-07T00:00:00Z'),
      method: 'card',
      code: 'expired_card',
      attempts: 2,
      nextAttemptAt: null,
    },
  ])
  writeSetting(db, 'spaceName', 'Holzmarkt', deps().now())
})

/** Characters that its fonts can draw, as its own tables say. */
function lettersIn(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString('latin1')
  const found = new Set<string>()
  for (const { index } of text.matchAll(/stream\r?\n/g)) {
    try {
      const table = inflateSync(pdf.subarray(index + text.slice(index).indexOf('\n') + 1)).toString('latin1')
      if (table.includes('beginbfrange'))
        for (const [, code = ''] of table.matchAll(/<([0-9a-f]{4})>(?=[ \]])/gi))
          found.add(String.fromCodePoint(parseInt(code, 16)))
    } catch {
      // Not one that is compressed.
    }
  }
  return [...found].join('')
}

it('sends the report once for each due moment, over restarts and changes of the clock, with the rows of the report', async () => {
  expect(await refused('report.sendMail', {})).toBe(refusals.noMail)
  await mailSet()
  expect(await refused('report.sendMail', {})).toBe(refusals.nobody)
  expect(await refused('report.setMail', { ...weekly, to: ['board'] })).toBe(refusals.address('board'))
  expect(await refused('report.setMail', { ...weekly, to: [' '] })).toBe(refusals.nobody)
  const set = await ask('report.setMail', { ...weekly, to: [' board@space.example', ...weekly.to] })
  expect(set).toMatchObject({
    settings: weekly,
    cannot: null,
    staff: ['staff@space.example'],
    next: '2026-11-23T06:00:00.000Z',
    sends: [],
  })
  // Nothing is owed for the Monday before it was switched on.
  await lookLong()
  desk.setClock('2026-11-23T05:59:00Z')
  await lookLong()
  expect((await ask('report.mail', {})).sends).toEqual([])

  desk.setClock(MONDAY)
  await clock.look()
  expect((await ask('report.mail', {})).sends).toEqual([])
  await lookLong()
  await expect.poll(() => server.arrived.length).toBe(2)
  const rows = await ask('report.csv', { currency: 'eur', list: 'open' })

  // Stopped and started, an hour back, days ahead: it stays at one for each of them.
  for (const stop of stops) await stop()
  desk.restart()
  begin()
  for (const moment of ['2026-11-23T05:00:00Z', MONDAY, '2026-11-29T12:00:00Z']) {
    desk.setClock(moment)
    await lookLong()
  }
  // Off over the next Monday.
  desk.setClock('2026-12-02T10:00:00Z')
  await lookLong()
  await expect.poll(() => server.arrived.length).toBe(4)
  expect(server.arrived.map(({ to }) => to[0]).toSorted()).toEqual([
    'board@space.example',
    'board@space.example',
    'rosa@space.example',
    'rosa@space.example',
  ])
  await expect
    .poll(async () => (await ask('report.mail', {})).sends.map(({ id, weekly: self, mails }) => [id, self, mails]))
    .toEqual(
      ['2026-11-30', '2026-11-23'].map((day) => [
        `weekly-report:${day}`,
        true,
        weekly.to.map((to) => ({ to, stuck: false, sentence: `The mail server took it for ${to}.` })),
      ]),
    )

  const { mail } = server.arrived[0] ?? {}
  expect(mail?.subject).toBe('Late payments at Holzmarkt, 23 November 2026')
  const text = mail?.text ?? ''
  expect(text).toMatch(
    /^How payments of memberships stood on Monday,? 23 November 2026 at 07:00\. Stripe could not be read yet/,
  )
  expect(text).toMatch(/^Of these, to collect at the desk \(2 payments\) +€168\.45$/m)
  expect(text).toMatch(/^Recovered \(1 payment\) +€40\.00$/m)
  expect(text).toMatch(/^Lost \(1 payment\) +€10\.00$/m)
  expect(text).toMatch(/^Of these, to collect at the desk \(1 payment\) +KWD\s1\.250$/m)
  expect(text.indexOf('Жанна')).toBeLessThan(text.indexOf('Łukasz'))
  expect(text).toContain('- Łukasz Őry, Full member: €45.00, 21 days overdue, doors closed since')
  expect(text).toContain('lukasz@example.org, +49 30 123')
  expect(text).not.toContain('expired')

  const files = new Map(mail?.attachments.map((file) => [file.filename, file]))
  expect([...files.keys()]).toEqual([
    'late-payments-2026-11-23.pdf',
    'late-payments-open-eur.csv',
    'late-payments-open-kwd.csv',
  ])
  const bytesOf = (name: string) => new Uint8Array(files.get(name)?.content as ArrayBuffer)
  expect(Buffer.from(bytesOf('late-payments-open-eur.csv')).toString()).toBe(rows.csv)
  expect(rows.csv.trimEnd().split('\r\n')).toHaveLength(3)
  const pdf = bytesOf('late-payments-2026-11-23.pdf')
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  // Their signs have forms of their own in the fonts that it brings.
  for (const letter of 'ŁŐЖПΖωή') expect(lettersIn(pdf)).toContain(letter)
  // Once all is settled nothing personal is left lying about.
  expect(deps().live.db.prepare('SELECT count(*) FROM outbox_file').pluck().get()).toBe(0)
  expect(broken).toEqual([])
})

it('sends by a person’s word what it showed, again the same after a failure, and leaves a trace', async () => {
  await mailSet()
  await ask('report.setMail', { ...weekly, on: false, to: ['board@space.example'] })
  const shown = await ask('report.letter', {})
  server.habits.refuses.set('board@space.example', '550 5.1.1 no such person')
  expect((await ask('report.sendMail', {})).sentence).toContain('on its way to 1 address')
  const mails = async () => (await ask('report.mail', {})).sends.flatMap(({ mails: all }) => all)
  await expect.poll(async () => (await mails()).map(({ stuck }) => stuck)).toEqual([true])
  expect((await mails())[0]?.sentence).toContain('The report for board@space.example did not go')
  // What happens meanwhile is not in it.
  const when = deps().now()
  insertMember(deps().live.db, { id: 'late', name: 'Late Comer', phone: null, createdAt: when }, 'desk-1')
  server.habits.refuses.clear()
  await ask('outbox.retry', { id: (await ask('outbox.list', {}))[0]?.id ?? '' })
  await expect.poll(() => server.arrived.length).toBe(1)
  const { mail } = server.arrived[0] ?? {}
  expect(mail?.text?.trim()).toBe(shown.text.trim())
  expect(mail?.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer).toString('base64'))).toEqual(
    shown.files.map(({ base64 }) => base64),
  )
  expect(
    deps().live.db.prepare("SELECT kind FROM action WHERE kind LIKE 'report-%' ORDER BY seq").pluck().all(),
  ).toEqual(['report-mail-set', 'report-sent'])

  // What is broken is told once and tried again in an hour, not every minute.
  await ask('report.setMail', { ...weekly, to: ['rosa@space.example'] })
  const { aside } = deps().live
  Object.assign(deps().live, { aside: async () => ({ ok: false, refusal: { code: 'broken', sentence: 'No.' } }) })
  desk.setClock(MONDAY)
  await lookLong()
  await lookLong()
  expect(broken.splice(0)).toEqual([expect.stringMatching(/^The weekly report: .*No\./)])
  Object.assign(deps().live, { aside })
  await clock.look()
  expect(server.arrived).toHaveLength(1)
  desk.setClock('2026-11-23T07:00:01Z')
  await clock.look()
  await expect.poll(() => server.arrived.length).toBe(2)

  Object.assign(deps().live, { demo: {} })
  expect([await refused('report.sendMail', {}), (await ask('report.mail', {})).cannot]).toEqual([
    refusals.demo,
    refusals.demo,
  ])
  expect(broken).toEqual([])
})

it('is the same on paper as the report, and the same bytes for the same data, whatever people are called', async () => {
  const sections = value(sectionsOf(deps()))
  const paper = paperOf(deps(), sections)
  const report = await ask('report.lapsed', { currency: 'eur' })
  const tables = paper.parts.flatMap((part) => (part.part === 'table' ? [part] : []))
  const [figures, ageing, months, open] = tables
  expect(paper.parts.filter(({ part }) => part === 'heading')).toHaveLength(2)
  expect(figures?.rows.slice(0, 7).map((row) => row[1])).toEqual(
    Object.entries(report.tiles)
      .toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
      .map(([, { amount }]) => `€${(amount.minor / 100).toFixed(2)}`),
  )
  expect(figures?.rows.every((row) => String(row[3]).length > 20)).toBe(true)
  expect(ageing?.rows.map((row) => [row[0], row[2]])).toEqual(
    report.ageing.map(({ bucket, count }) => [bucket, String(count)]),
  )
  expect(ageing?.sum?.[1]).toBe('€168.45')
  expect(months?.rows.map((row) => row[0])).toHaveLength(12)
  expect(months?.rows.find((row) => row[0] === 'Aug 2026')).toEqual([
    'Aug 2026',
    '€40.00',
    '€0.00',
    '€10.00',
    '1',
    { bar: [expect.any(Number), 0, expect.any(Number)] },
  ])
  expect(open?.rows.map((row) => row.filter((_, cell) => cell !== 5))).toEqual([
    [
      'Жанна "Ж" Петрова',
      'Full member',
      '€123.45',
      '46',
      expect.stringContaining('term'),
      'zhanna@example.org, +49 30 123',
    ],
    ['Łukasz Őry', 'Full member', '€45.00', '15', expect.stringContaining('term'), 'lukasz@example.org, +49 30 123'],
  ])
  expect(open?.sum).toContain('€168.45')

  const bytes = await pdfOf(paper)
  expect((await pdfOf(paperOf(deps(), value(sectionsOf(deps()))))).equals(bytes)).toBe(true)
  expect(['de-DE', 'en-US', 'es-MX', 'en-GB'].map(paperSize)).toEqual(['A4', 'LETTER', 'LETTER', 'A4'])
  expect(await refused('report.pdf', { currency: 'xyz' })).toContain('"xyz"')
  const { name, base64 } = await ask('report.pdf', { currency: 'kwd' })
  expect([name, Buffer.from(base64, 'base64').toString('latin1', 0, 5)]).toEqual([
    'late-payments-2026-11-17.pdf',
    '%PDF-',
  ])
  const odd = ['\ud800', '👩🏽‍🔧', 'مرحبا', 'a\u0000b\n\tc', 'x'.repeat(500), '']
  const strange = paper.parts.map((part) =>
    part === open ? { ...open, rows: odd.map((text) => [text, text, text, text, text, text, text]) } : part,
  )
  expect((await pdfOf({ ...paper, title: '\udfff', parts: strange })).toString('latin1', 0, 5)).toBe('%PDF-')
  expect(broken).toEqual([])
})

const ORDER = ['failed', 'atRisk', 'inGrace', 'lapsed', 'recovered', 'lost', 'toCollect']
