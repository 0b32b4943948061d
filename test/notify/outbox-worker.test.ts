// The worker on a real database: against a real mail server, and against ways that fail, hang and die. The clock is the test's.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { uuidv7 } from '../../src/main/domain/ids.ts'
import type { MailSettings } from '../../src/main/domain/mail.ts'
import type { Delivery, MailTrouble, Notice } from '../../src/main/domain/outbox.ts'
import { outboxNow } from '../../src/main/domain/outbox.ts'
import { HOUR, MINUTE, type Ms, SECOND } from '../../src/main/domain/time.ts'
import { composeMail } from '../../src/main/notify/compose-mail.ts'
import { createMail } from '../../src/main/notify/mail.ts'
import { type OutboxWorker, type Post, startOutboxWorker } from '../../src/main/notify/outbox-worker.ts'
import { writeBackup } from '../../src/main/store/backup.ts'
import { addEmail, insertMember, removeEmail } from '../../src/main/store/members.ts'
import { openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { insertOutbox, insertOutboxFact, openOutbox } from '../../src/main/store/outbox.ts'
import { restoreBackup } from '../../src/main/store/restore-backup.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { freshFolder, MIGRATIONS, openFresh } from '../store/folder.ts'
import { startMailServer } from './mail-server.ts'

const NOW = Date.parse('2026-03-18T09:00:00Z')

let db: WriteDb
let at: Ms
let sleeping: { until: Ms; wake: () => void }[]
let changes: boolean[]
let broken: string[]
const newId = () => uuidv7(at, randomBytes(10))

beforeEach(() => {
  db = openFresh()
  at = NOW
  sleeping = []
  changes = []
  broken = []
  writeSetting(db, 'timeZone', 'Europe/Berlin', NOW)
  writeSetting(db, 'spaceName', 'Holzmarkt <3', NOW)
  insertMember(db, { id: 'ada', name: 'Ada & Co', phone: null, createdAt: NOW }, 'desk-1')
  addEmail(db, 'ada', 'Ada@example.org', NOW)
})

const welcome: Notice = {
  kind: 'welcome',
  payload: {
    name: 'Ada & Co',
    plan: 'Full <b>member</b>',
    opens: [{ door: 'Front door', hours: 'Mon–Fri 08:00–18:00' }],
    bring: ['Ear "muffs"'],
  },
}

function put(subject: string, more: { notice?: Notice; notBefore?: Ms; recipient?: string } = {}): string {
  const id = newId()
  const { notice = welcome, notBefore = at, recipient = null } = more
  const row = { id, createdAt: at, memberId: 'ada', recipient, messageId: `<${id}@space.example>`, notBefore, notice }
  expect(insertOutbox(db, row, subject)).toBe(true)
  return id
}

function begin(post: Post | null): OutboxWorker {
  const worker = startOutboxWorker({
    db,
    now: () => at,
    newId,
    origin: 'desk-1',
    post: () => post,
    compose: (row) => composeMail(db, row),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        sleeping.push({ until: at + ms, wake: resolve })
        signal.addEventListener('abort', () => resolve(), { once: true })
      }),
    onChange: (stuck) => changes.push(stuck),
    log: (line, error) => broken.push(`${line}: ${String(error)}`),
  })
  onTestFinished(() => worker.stop())
  return worker
}

/** The clock goes on, and everything that waits for it does. */
async function pass(ms: Ms): Promise<void> {
  at += ms
  const due = sleeping.filter(({ until }) => until <= at)
  sleeping = sleeping.filter(({ until }) => until > at)
  for (const { wake } of due) wake()
  await settled()
}

/** Every way of these tests answers within a turn, so the worker sleeps after a few. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

const facts = (id: string) =>
  db.prepare('SELECT kind FROM outbox_fact WHERE outbox_id = ? ORDER BY rowid').pluck().all(id) as string[]
const stateOf = (id: string) => {
  const row = openOutbox(db).find((one) => one.id === id)
  return row === undefined ? 'settled' : outboxNow(row.facts, row.notBefore).state
}

/** A way that answers what it is told to, in turn, and remembers what it was given. */
function scripted(...answers: (MailTrouble | 'sent')[]): Post & { asked: { at: Ms; to: string; id: string }[] } {
  const asked: { at: Ms; to: string; id: string }[] = []
  const post: Post = async (mail, onHandOver) => {
    asked.push({ at, to: mail.to.address, id: mail.messageId })
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer === undefined || answer === 'sent') {
      onHandOver()
      return { outcome: 'sent', detail: null }
    }
    if (answer === 'cut-off') onHandOver()
    const outcome =
      answer === 'cut-off' ? 'unclear' : answer === 'address' || answer === 'content' ? 'refused' : 'failed'
    return { outcome, why: answer, detail: null } satisfies Delivery
  }
  return Object.assign(post, { asked })
}

it('sends once what is written down, also what comes later, in words that cannot break the page', async () => {
  const server = await startMailServer()
  const settings: MailSettings = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: null,
    senderName: 'Holzmarkt',
    senderAddress: 'desk@space.example',
    staff: [],
  }
  const first = put('membership-1')
  const worker = begin(createMail({ settings, password: null, now: () => at }))
  await expect.poll(() => stateOf(first)).toBe('settled')
  const receipt = put('invoice-1', {
    notice: {
      kind: 'receipt',
      payload: {
        name: 'Ada & Co',
        number: '2026-0007',
        // 17 March in London, 18 March in Berlin.
        at: Date.parse('2026-03-17T23:30:00Z'),
        lines: [
          { text: 'Full member, March', amount: { minor: 4_550, currency: 'eur' } },
          { text: 'Initiation', amount: { minor: 1_000, currency: 'eur' } },
        ],
        total: { minor: 5_550, currency: 'eur' },
        paidBy: 'Cash',
      },
    },
  })
  const note = put('membership-1', {
    recipient: 'board@space.example',
    notice: { kind: 'staff', payload: { what: 'Ada & Co has a new membership: Full', lines: ['€45.50 in cash.'] } },
  })
  worker.wake()
  await expect.poll(() => [receipt, note].map(stateOf)).toEqual(['settled', 'settled'])
  await worker.stop()
  expect([first, receipt, note].map(facts)).toEqual(Array(3).fill(['tried', 'handed-over', 'sent']))
  expect(server.arrived.map(({ to }) => to)).toEqual([
    ['Ada@example.org'],
    ['Ada@example.org'],
    ['board@space.example'],
  ])
  const [hello, paid, plain] = server.arrived.map(({ mail }) => mail)
  expect(hello).toMatchObject({ subject: 'Welcome to Holzmarkt <3', messageId: `<${first}@space.example>` })
  expect(hello?.text).toContain('- Front door, Mon–Fri 08:00–18:00')
  expect(hello?.text).toContain('on the plan Full <b>member</b>')
  expect(hello?.html).toContain('on the plan Full &lt;b&gt;member&lt;/b&gt;')
  expect(hello?.html).toContain('Hello Ada &amp; Co,')
  expect(hello?.html).toContain('Ear &quot;muffs&quot;')
  expect(hello?.html).not.toMatch(/<3|<b>|<script|https?:/)
  expect(paid?.subject).toBe('Receipt 2026-0007 from Holzmarkt <3')
  expect(paid?.text).toMatch(/receipt 2026-0007 of 18 March 2026/)
  expect(paid?.text).toMatch(/Full member, March {2}€45\.50\nInitiation {10}€10\.00\n-+\nTotal {15}€55\.50\n/)
  expect(paid?.html).toContain('€55.50</td>')
  expect(plain?.html).toBeUndefined()
  expect(plain?.text).toBe('Ada & Co has a new membership: Full\n\n€45.50 in cash.\n\nHolzmarkt <3\n')
  expect([changes.includes(true), broken]).toEqual([false, []])
})

it('waits longer after each failure and then gives up, and begins anew when somebody asks for it', async () => {
  const post = scripted('later')
  const id = put('a')
  const worker = begin(post)
  await settled()
  for (let hour = 0; hour < 20 * 60; hour += 1) await pass(MINUTE)
  expect(post.asked.map((one) => one.at - NOW)).toEqual([0, 1, 6, 36, 156, 876].map((minutes) => minutes * MINUTE))
  expect(stateOf(id)).toBe('given-up')
  expect(changes).toEqual([false, false, false, false, false, true])
  insertOutboxFact(db, { id: newId(), outboxId: id, kind: 'again', at, origin: 'desk-1', operator: 'owner' })
  worker.wake()
  await settled()
  expect(post.asked).toHaveLength(7)
  expect(new Set(post.asked.map((one) => one.id)).size).toBe(1)
  expect(stateOf(id)).toBe('waiting')
})

it('asks a server that takes nothing once for all that wait, and the others one by one', async () => {
  const post = scripted('password', 'address', 'later', 'sent')
  const ids = ['a', 'b', 'c'].map((subject) => put(subject))
  begin(post)
  await settled()
  expect(post.asked).toHaveLength(1)
  expect(ids.map(stateOf)).toEqual(['waiting', 'waiting', 'waiting'])
  expect(ids.map(facts)).toEqual([['tried', 'failed'], ['failed'], ['failed']])
  await pass(MINUTE)
  // The first is refused for good, the second is put off, the third goes meanwhile.
  expect(ids.map(stateOf)).toEqual(['refused', 'waiting', 'settled'])
  await pass(5 * MINUTE)
  expect(ids.map(stateOf)).toEqual(['refused', 'settled', 'settled'])
  expect(post.asked).toHaveLength(5)
})

it('sends nothing before its time, while no mail is set up, or to somebody without an address', async () => {
  const early = put('later', { notBefore: NOW + HOUR })
  begin(null)
  await pass(2 * HOUR)
  expect(facts(early)).toEqual([])
  at = NOW
  const post = scripted('sent')
  begin(post)
  await pass(59 * MINUTE)
  expect(post.asked).toEqual([])
  removeEmail(db, 'ada', 'ada@example.org')
  await pass(MINUTE)
  expect([facts(early), stateOf(early), changes, post.asked]).toEqual([['no-address'], 'no-address', [true], []])
})

it('never sends again by itself what may have gone out', async () => {
  const server = await startMailServer()
  server.habits.atEnd = 'keep'
  const settings: MailSettings = {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: null,
    senderName: '',
    senderAddress: 'desk@space.example',
    staff: [],
  }
  const way = createMail({ settings, password: null, now: () => at })
  const id = put('a')
  const worker = begin(way)
  await expect.poll(() => stateOf(id)).toBe('unclear')
  server.habits.atEnd = 'answer'
  for (let day = 0; day < 3; day += 1) await pass(24 * HOUR)
  await worker.stop()
  expect([server.arrived.length, facts(id)]).toEqual([1, ['tried', 'handed-over', 'unclear']])
  // Only somebody's word sends it again, and then it is the same mail.
  insertOutboxFact(db, { id: newId(), outboxId: id, kind: 'again', at, origin: 'desk-1', operator: 'owner' })
  begin(way)
  await expect.poll(() => stateOf(id)).toBe('settled')
  expect(server.arrived.map(({ mail }) => mail.messageId)).toEqual(Array(2).fill(`<${id}@space.example>`))
})

it('knows where it was when it was killed', async () => {
  const hang = (handOver: boolean): Post => {
    return (_mail, onHandOver, stop) => {
      if (handOver) onHandOver()
      // As a process that is gone: nothing is ever written down after this. The test ends it in the end.
      return new Promise((resolve) => stop.addEventListener('abort', () => resolve({ outcome: 'sent', detail: null })))
    }
  }
  const one = put('before')
  begin(hang(false))
  await settled()
  expect(facts(one)).toEqual(['tried'])
  const post = scripted('sent')
  const second = begin(post)
  await settled()
  // That try does not count as one that failed, and the mail goes at once.
  expect(facts(one)).toEqual(['tried', 'failed', 'tried', 'handed-over', 'sent'])
  await second.stop()

  const other = put('after')
  begin(hang(true))
  await settled()
  expect(stateOf(other)).toBe('sending')
  begin(post)
  await pass(SECOND)
  expect([facts(other), post.asked.length]).toEqual([['tried', 'handed-over', 'unclear'], 1])
})

it('sends nothing by itself that may have gone since the backup that was restored', async () => {
  const folder = freshFolder()
  const backup = path.join(folder, 'copy')
  const id = put('a')
  const access = openFresh('access')
  writeSetting(db, 'deskId', 'desk-1', NOW)
  await writeBackup({ desk: db, access }, backup, { at, version: '1' })
  const post = scripted('sent')
  const worker = begin(post)
  await settled()
  await worker.stop()
  const restored = path.join(folder, 'restored')
  fs.mkdirSync(restored)
  await restoreBackup(backup, restored, { at, migrations: MIGRATIONS })
  db = openForWriting(restored, 'desk', MIGRATIONS)
  onTestFinished(() => void db.close())
  begin(post)
  await pass(HOUR)
  expect([post.asked.length, facts(id), stateOf(id)]).toEqual([1, ['unclear'], 'unclear'])
})

it('sends nothing that it cannot write down, and goes on when it can', async () => {
  const post = scripted('sent')
  const id = put('a')
  db.exec(
    "CREATE TRIGGER full BEFORE INSERT ON outbox_fact WHEN NEW.kind = 'tried' BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
  )
  begin(post)
  await settled()
  expect([post.asked, broken]).toEqual([[], ['Sending what the outbox holds: SqliteError: disk is full']])
  db.exec('DROP TRIGGER full')
  await pass(MINUTE)
  expect([post.asked.length, stateOf(id)]).toEqual([1, 'settled'])
  // What was sent and could not be written down is not sent again either.
  const other = put('b')
  db.exec(
    "CREATE TRIGGER full BEFORE INSERT ON outbox_fact WHEN NEW.kind = 'sent' BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
  )
  await pass(MINUTE)
  db.exec('DROP TRIGGER full')
  await pass(MINUTE)
  expect([post.asked.length, stateOf(other)]).toEqual([2, 'unclear'])
})

it('stops at once, leaves what waits for the next time, and a change is told once', async () => {
  const post = scripted('sent')
  const worker = begin(post)
  await settled()
  await worker.stop()
  const id = put('a')
  await pass(HOUR)
  expect([post.asked, stateOf(id)]).toEqual([[], 'waiting'])
  const again = {
    id: newId(),
    createdAt: at,
    memberId: 'ada',
    recipient: null,
    messageId: '<x@y>',
    notBefore: at,
    notice: welcome,
  }
  expect(insertOutbox(db, again, 'a')).toBe(false)
  expect(insertOutbox(db, { ...again, memberId: null, recipient: 'board@space.example' }, 'a')).toBe(true)
})
