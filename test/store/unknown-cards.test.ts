// Cards that nobody has: a digest in the log for ever, their numbers beside it for thirty days.
import fs from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { DAY, HOUR, toIso } from '../../src/main/domain/time.ts'
import {
  appendDecision,
  countAtDoorSince,
  decisionBySeq,
  decisionHead,
  decisionsAtDoor,
  findPresentation,
  type NewDecision,
  recentDecisions,
  verifyDecisions,
} from '../../src/main/store/access-log.ts'
import { checkCopy } from '../../src/main/store/check-copy.ts'
import { databaseFile, type WriteDb } from '../../src/main/store/open.ts'
import { dropUnknown } from '../../src/main/store/unknown-cards.ts'
import { freshFolder, openFresh, tamper } from './folder.ts'

const DESK = 'desk-1'
const NOW = Date.parse('2026-11-20T12:00:00Z')
const OURS = 'em:6F007B3972'
let folder: string
let db: WriteDb
let asked = 0

/** Eight digits that stand in no other. */
const numberOf = (n: number) => `em:7B${String(10_000_000 + n)}`

function append(at: number, change: Partial<NewDecision> = {}): number {
  asked += 1
  return appendDecision(db, DESK, {
    at,
    doorId: 'front',
    presentationId: `presentation-${asked}`,
    cardText: OURS,
    canonical: OURS,
    memberId: 'm1',
    granted: true,
    reason: 'ok',
    detail: null,
    receipt: `r${asked}`,
    rule: 'paid',
    inputs: { card: 'active', canonical: OURS },
    answer: { grant: true },
    ...change,
  })
}

function appendUnknown(at: number, card: string, change: Partial<NewDecision> = {}): number {
  const inputs = { card: 'unknown' as const, canonical: card, ...change.inputs }
  const nobodys = { memberId: null, granted: false, reason: 'unknown-card' as const, isNobodys: true }
  return append(at, { cardText: card, canonical: card, ...nobodys, ...change, inputs })
}

/** Whether a text stands anywhere in the file, in pages that nothing uses any more, too. */
function isInFile(text: string): boolean {
  db.pragma('wal_checkpoint(TRUNCATE)')
  return fs.readFileSync(databaseFile(folder, 'access')).includes(text)
}

function dropAll(now: number): number {
  let steps = 1
  while (dropUnknown(db, DESK, now)) steps += 1
  return steps
}

beforeEach(() => {
  folder = freshFolder()
  db = openFresh('access', folder)
})

test('the number is read as it was until it is dropped, then it is nowhere, and the chain holds before and after', () => {
  const known = append(NOW)
  const unknown = appendUnknown(NOW, numberOf(1))
  const rubbish = appendUnknown(NOW, `a${'\ud800'}\0'x`, { canonical: null, reason: 'unreadable-card' })
  const [head, whole] = [decisionHead(db, DESK), { rows: 3, firstBad: null }]
  expect(verifyDecisions(db, DESK)).toEqual(whole)
  expect(decisionBySeq(db, DESK, unknown)).toMatchObject({ cardText: numberOf(1), canonical: numberOf(1) })
  expect(decisionBySeq(db, DESK, rubbish)).toMatchObject({ cardText: `a\ufffd\0'x`, canonical: null })
  const rows = () => db.prepare('SELECT * FROM decision WHERE seq > 1').all()
  const stored = rows()
  expect(JSON.stringify(stored)).not.toContain(numberOf(1).slice(3))
  expect(isInFile(numberOf(1))).toBe(true)

  dropAll(NOW + 30 * DAY - HOUR)
  expect(decisionBySeq(db, DESK, unknown)?.cardText).toBe(numberOf(1))
  dropAll(NOW + 30 * DAY)
  const reads = [
    decisionBySeq(db, DESK, unknown),
    recentDecisions(db, 3)[1],
    decisionsAtDoor(db, DESK, 'front', 3)[1],
    findPresentation(db, 'front', `presentation-${asked - 1}`),
  ]
  for (const row of reads) expect(row).toMatchObject({ seq: unknown, cardText: '', canonical: null })
  expect(decisionBySeq(db, DESK, rubbish)).toMatchObject({ cardText: '', canonical: null })
  expect(isInFile(numberOf(1).slice(3))).toBe(false)
  expect(rows()).toEqual(stored)
  expect([verifyDecisions(db, DESK), decisionHead(db, DESK)]).toEqual([whole, head])
  expect(decisionBySeq(db, DESK, known)).toMatchObject({ cardText: OURS, canonical: OURS })
  // Somebody was refused there all the same, and it is no door that told of itself.
  expect(countAtDoorSince(db, DESK, 'front', 0)).toEqual({ came: 1, refused: 2, told: 0 })
})

test('the same card leaves another digest each time', () => {
  for (let n = 0; n < 3; n++) appendUnknown(NOW, numberOf(1))
  const texts = db.prepare('SELECT card_text FROM decision').pluck().all()
  expect(new Set(texts).size).toBe(3)
})

test('goes from the oldest on, a hundred at once, by when the desk heard of it and not by the clock of a door', () => {
  for (let n = 0; n < 250; n++) appendUnknown(NOW, numberOf(n))
  // What a controller tells forty days late is told for the first time.
  const late = { rule: 'uploaded', inputs: { uploadedAt: toIso(NOW + DAY), n: 1 } }
  const uploaded = appendUnknown(NOW - 40 * DAY, numberOf(300), late)
  const left = () => db.prepare('SELECT count(*) FROM unknown_card').pluck().get()
  expect([dropAll(NOW + DAY), left()]).toEqual([1, 251])
  expect([dropAll(NOW + 30 * DAY), left()]).toEqual([3, 1])
  expect(decisionBySeq(db, DESK, uploaded)?.cardText).toBe(numberOf(300))
  expect([dropAll(NOW + 31 * DAY), left()]).toEqual([1, 0])
  expect([dropAll(NOW + 31 * DAY), left()]).toEqual([1, 0])
})

test('a clock that was years ahead keeps no number for years, and none behind it', () => {
  appendUnknown(NOW + 4_000 * DAY, numberOf(1))
  const since = appendUnknown(NOW, numberOf(2))
  dropAll(NOW)
  expect(db.prepare('SELECT seq FROM unknown_card').pluck().all()).toEqual([since])
})

test.each([
  ['another number', `UPDATE unknown_card SET card_text = 'em:0000000000' WHERE seq = 2`],
  ['another card that it would be', `UPDATE unknown_card SET canonical = '${OURS}' WHERE seq = 2`],
  ['another salt', 'UPDATE unknown_card SET salt = zeroblob(16) WHERE seq = 2'],
  [
    'what was read at another row',
    'DELETE FROM unknown_card WHERE seq = 2; UPDATE unknown_card SET seq = 2 WHERE seq = 3',
  ],
])('%s beside a row does not fit the chain', (_, sql) => {
  append(NOW)
  for (let n = 0; n < 2; n++) appendUnknown(NOW, numberOf(n))
  expect(verifyDecisions(db, DESK)).toEqual({ rows: 3, firstBad: null })
  db.exec(sql)
  expect(verifyDecisions(db, DESK)).toEqual({ rows: 2, firstBad: 2 })
})

test('a copy of a version that kept no numbers beside its log is checked like any other', async () => {
  append(NOW)
  append(NOW, { cardText: numberOf(1), canonical: numberOf(1), memberId: null, granted: false, reason: 'unknown-card' })
  const whole = { whole: true, log: { rows: 2, firstBad: null } }
  const check = () => checkCopy(databaseFile(folder, 'access'), 'access', DESK, { quick: false })
  expect(await check()).toMatchObject(whole)
  db.close()
  tamper(folder, 'access', 'DROP TABLE unknown_card')
  expect(await check()).toMatchObject(whole)
})
