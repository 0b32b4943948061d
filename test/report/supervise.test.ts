// The report thread's keeper: real threads on a real folder.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ReportOptions, startReports } from '../../src/main/report/supervise.ts'
import { openForReading } from '../../src/main/store/open.ts'
import { readTail } from '../../src/main/store/report-db.ts'
import { writeSetting } from '../../src/main/store/settings.ts'
import { breakThread } from '../chaos/break-thread.ts'
import { until } from '../hardware/until.ts'
import { freshFolder, MIGRATIONS, openFresh, openNew } from '../store/folder.ts'

const FAILING = new URL('./failing-thread.ts', import.meta.url)
const DESK = 'desk-1'
const BROKEN = { ok: false, refusal: { code: 'broken', sentence: expect.stringMatching(/^Something .*\.$/) } }
const ANSWERED = { ok: true, value: { rows: [] } }

function threadForTest(options: Partial<ReportOptions> = {}) {
  const dataDir = freshFolder()
  for (const kind of ['desk', 'access'] as const) {
    const db = openNew(dataDir, kind)
    if (kind === 'desk') writeSetting(db, 'deskId', DESK, Date.now())
    db.close()
  }
  const lines: string[] = []
  const reports = startReports({
    entry: FAILING,
    data: { dataDir, migrations: MIGRATIONS, deskId: DESK, version: '1', clockOffset: new SharedArrayBuffer(8) },
    onProgress: () => undefined,
    log: (line, error) => lines.push(error === undefined ? line : `${line}: ${String(error)}`),
    ...options,
  })
  onTestFinished(() => reports.stop())
  return { dataDir, lines, reports, ask: () => reports.ask('report.whole', {}) }
}

describe('a thread that dies', () => {
  test.each(['throw', 'reject', 'exit'] as const)('by %s is there again for the next question', async (how) => {
    const { dataDir, ask } = threadForTest()
    expect(await ask()).toMatchObject(ANSWERED)
    await breakThread(dataDir, how, 'report-fault')
    // One that it takes into death is answered as well, so this goes on.
    await ask()
    expect(await ask()).toMatchObject(ANSWERED)
  })

  test('or hangs with questions open answers each with a sentence, and is there again', async () => {
    const { dataDir, lines, ask } = threadForTest({ lookEvery: 250 })
    await expect.poll(ask, { timeout: 15_000 }).toMatchObject(ANSWERED)
    await breakThread(dataDir, 'hang', 'report-fault')
    expect(await Promise.all([ask(), ask()])).toEqual([BROKEN, BROKEN])
    expect(lines).toEqual(['The report thread hangs and is ended'])
    await expect.poll(ask, { timeout: 15_000 }).toMatchObject(ANSWERED)
  })

  test('before it could begin, for want of a folder, refuses in a sentence', async () => {
    const { dataDir, lines, ask } = threadForTest()
    fs.rmSync(path.join(dataDir, 'access.db'))
    expect(await ask()).toEqual(BROKEN)
    expect(lines[0]).toContain('There is no Latchkey data')
    openFresh('access', dataDir)
    expect(await ask()).toMatchObject(ANSWERED)
  })
})

test('what breaks in one answer is told to the log, and to nobody else', async () => {
  const { lines, reports, ask } = threadForTest()
  expect(await reports.ask('members.list', {})).toEqual(BROKEN)
  expect(lines).toEqual([expect.stringContaining('Answering members.list')])
  expect(await ask()).toMatchObject(ANSWERED)
})

test('reads the log though nobody asks, ends cleanly, and starts nothing after', async () => {
  const { dataDir, lines, reports, ask } = threadForTest({ startAfter: 1 })
  const file = path.join(dataDir, 'report.db')
  const isRead = () => {
    try {
      const db = openForReading(dataDir, 'report', MIGRATIONS)
      const tail = readTail(db)
      db.close()
      return tail !== null
    } catch {
      // It is not there yet, or not whole.
      return false
    }
  }
  await until('it is read', isRead)
  await reports.stop()
  await reports.stop()
  expect(fs.existsSync(`${file}-wal`)).toBe(false)
  expect(await ask()).toEqual(BROKEN)
  expect(lines).toEqual([])
})

test('a desk where nobody asks pays nothing', async () => {
  const { dataDir, reports } = threadForTest()
  await reports.stop()
  expect(fs.existsSync(path.join(dataDir, 'report.db'))).toBe(false)
})
