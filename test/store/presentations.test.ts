// A presentation is found in the log for ever, wherever its name is held just then: in memory, on its way, in the index.
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
import { appendDecision, findPresentation, verifyDecisions } from '../../src/main/store/access-log.ts'
import { databaseFile, openForWriting, type WriteDb } from '../../src/main/store/open.ts'
import { presentationKey } from '../../src/main/store/presentation-key.ts'
import { indexPresentations } from '../../src/main/store/presentations.ts'
import { freshFolder, MIGRATIONS, openNew } from './folder.ts'

/** More than are held in memory. */
const MANY = 20_500
let [folder, db]: [string, WriteDb] = ['', undefined as never]

beforeEach(() => {
  folder = freshFolder()
  db = openNew(folder, 'access')
  return () => void db.close()
})

function append(to: WriteDb, presentationId: string, desk = 'desk-1'): number {
  return appendDecision(to, desk, {
    ...{ at: 1, doorId: 'front', presentationId, cardText: 'x', canonical: null, memberId: null, granted: false },
    ...{ reason: 'unreadable-card', detail: null, receipt: 'r', rule: 'card', inputs: {}, answer: {} },
  })
}

const appendAll = (names: readonly string[], desk?: string) =>
  db.transaction(() => {
    for (const name of names) append(db, name, desk)
  })()

const reopen = () => {
  db.close()
  db = openForWriting(folder, 'access', MIGRATIONS)
}

const indexed = () => (db.prepare('SELECT count(*) AS n FROM presentation').get() as { n: number }).n

test('before, while and after many come into the index, and in whichever moment the desk was killed', () => {
  const names = Array.from({ length: MANY }, () => randomUUID())
  const some = names.map((name, n) => ({ name, seq: n + 1 })).filter((_, n) => n % 500 === 0 || n === MANY - 1)
  const lookAll = () => {
    for (const { name, seq } of some) expect(findPresentation(db, 'front', name)?.seq).toBe(seq)
    for (const { name } of some) expect(findPresentation(db, 'back', name)).toBeNull()
    expect(findPresentation(db, 'front', randomUUID())).toBeNull()
  }
  appendAll(names.slice(0, -500))
  lookAllBut500()
  expect(indexed()).toBe(0)
  // Half of the way: some are in the index, and none of them counts as being there.
  for (let step = 0; step < 20; step++) expect(indexPresentations(db)).toBe(true)
  appendAll(names.slice(-500))
  expect(indexed()).toBeGreaterThan(9_000)
  expect(indexed()).toBeLessThan(11_000)
  lookAll()
  reopen()
  lookAll()
  let steps = 1
  while (indexPresentations(db)) steps += 1
  expect(steps).toBe(41)
  expect(indexed()).toBe(MANY)
  lookAll()
  expect(indexPresentations(db)).toBe(false)
  reopen()
  lookAll()
  expect(verifyDecisions(db, 'desk-1')).toEqual({ rows: MANY, firstBad: null })

  function lookAllBut500() {
    for (const { name, seq } of some)
      if (seq <= MANY - 500) expect(findPresentation(db, 'front', name)?.seq).toBe(seq)
      else expect(findPresentation(db, 'front', name)).toBeNull()
  }
})

test('one whose transaction was taken back is not in the log, and is itself when it comes again', () => {
  append(db, 'first')
  const failing = db.transaction(() => {
    append(db, 'taken back')
    throw new Error('the disk is full')
  })
  expect(failing).toThrow('the disk is full')
  expect(findPresentation(db, 'front', 'taken back')).toBeNull()
  append(db, 'another')
  expect(findPresentation(db, 'front', 'taken back')).toBeNull()
  append(db, 'taken back')
  expect(findPresentation(db, 'front', 'taken back')?.seq).toBe(3)
  expect(findPresentation(db, 'front', 'another')?.seq).toBe(2)
})

test('two with one key, and the same row of another desk, are told apart', () => {
  append(db, 'elsewhere', 'desk-0')
  append(db, 'one')
  append(db, 'two')
  const at = db.prepare('INSERT INTO presentation VALUES (?, ?)')
  for (const seq of [1, 2]) at.run(presentationKey('front', 'two'), seq)
  for (const desk of ['desk-0', 'desk-1']) db.prepare('INSERT INTO presentation_upto VALUES (?, 2)').run(desk)
  reopen()
  expect(findPresentation(db, 'front', 'two')).toMatchObject({ seq: 2, presentationId: 'two' })
  expect(findPresentation(db, 'front', 'nothing')).toBeNull()
})

test('what was in the log before there was this index is found', () => {
  const older = freshFolder()
  const file = databaseFile(older, 'access')
  const migrations = path.join(MIGRATIONS, 'access')
  const old = new Database(file)
  for (const name of fs.readdirSync(migrations).sort().slice(0, 8))
    old.exec(fs.readFileSync(path.join(migrations, name), 'utf8'))
  const row = old.prepare(`INSERT INTO decision VALUES
    (@desk, @seq, 1, 'front', @name, 'x', NULL, NULL, 0, 'unreadable-card', NULL, 'r', 'card', '{}', '{}', '', '')`)
  row.run({ desk: 'desk-0', seq: 1, name: 'of another desk' })
  row.run({ desk: 'desk-1', seq: 1, name: null })
  row.run({ desk: 'desk-1', seq: 2, name: 'of this desk' })
  old.exec('PRAGMA user_version = 8')
  old.close()
  const upgraded = openForWriting(older, 'access', MIGRATIONS)
  expect(findPresentation(upgraded, 'front', 'of another desk')?.seq).toBe(1)
  expect(findPresentation(upgraded, 'front', 'of this desk')?.seq).toBe(2)
  append(upgraded, 'new')
  expect(findPresentation(upgraded, 'front', 'new')?.seq).toBe(3)
  upgraded.close()
})
