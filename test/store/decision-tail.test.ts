// What a check has written is in the log from that moment on, for everybody who must not miss it, whenever it is taken in.
import { beforeEach, expect, test } from 'vitest'
import {
  appendCheck,
  appendDecision,
  decisionBySeq,
  decisionHead,
  decisionsOfMember,
  findPresentation,
  logHead,
  type NewDecision,
  verifyDecisions,
} from '../../src/main/store/access-log.ts'
import { presenceOf } from '../../src/main/store/counted.ts'
import { takeInTail, untilTakenIn } from '../../src/main/store/decision-tail.ts'
import { openForReading, type WriteDb } from '../../src/main/store/open.ts'
import { freshFolder, MIGRATIONS, openFresh, tamper } from './folder.ts'

const DESK = 'desk-1'
let folder: string
let db: WriteDb

beforeEach(() => {
  folder = freshFolder()
  db = openFresh('access', folder)
})

const decision = (n: number, change: Partial<NewDecision> = {}): NewDecision => ({
  ...{ at: 1_000 + n, doorId: 'front', presentationId: `presentation-${n}`, cardText: `6F00${n}`, canonical: null },
  ...{ memberId: 'm1', granted: true, reason: 'ok', detail: null, receipt: `r${n}`, rule: 'paid' },
  ...{ inputs: { card: 'active' }, answer: { grant: true }, inside: true },
  ...change,
})

const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const whole = (rows: number) => ({ rows, firstBad: null })

test('it is in the chain at once, and in the table with its indexes once it was taken in, as it was written', () => {
  const odd = ['\ud800', 'x\0y', `'"\\`, '𝟙', '\u2028', '{"a":1}']
  const written = odd.map((cardText, n) => decision(n + 1, { cardText, detail: n === 0 ? null : cardText }))
  appendDecision(db, DESK, decision(99, { at: 1, presentationId: null }))
  for (const one of written) appendCheck(db, DESK, one)
  const refused = decision(7, { granted: false, reason: 'lapsed', at: 5_000, inside: null })
  appendCheck(db, DESK, refused)
  expect([count('decision'), count('decision_tail')]).toEqual([1, 7])
  expect(verifyDecisions(db, DESK)).toEqual(whole(8))
  expect(verifyDecisions(openForReading(folder, 'access', MIGRATIONS), DESK)).toEqual(whole(8))
  takeInTail(db)
  expect([count('decision'), count('decision_tail')]).toEqual([8, 0])
  expect(verifyDecisions(db, DESK)).toEqual(whole(8))
  const stored = ({ inside: _, ...row }: NewDecision) => ({ ...row, cardText: row.cardText.toWellFormed() })
  expect(written.map((_, n) => decisionBySeq(db, DESK, n + 2))).toEqual(
    written.map((row, n) => ({ seq: n + 2, ...stored(row), detail: row.detail?.toWellFormed() ?? null })),
  )
  expect(decisionsOfMember(db, 'm1', 1)).toEqual([{ seq: 8, ...stored(refused) }])
  // Nothing is left to take in.
  takeInTail(db)
  expect(decisionHead(db, DESK).rows).toBe(8)
})

test('where somebody is, is known at once; what was let through last stands', () => {
  expect(presenceOf(db, 'm1')).toBeNull()
  appendCheck(db, DESK, decision(1))
  appendCheck(db, DESK, decision(2, { memberId: 'm2', doorId: 'side', inside: false }))
  const known = () => ['m1', 'm2', 'm3'].map((id) => presenceOf(db, id))
  const one = [{ inside: true, at: 1_001, doorId: 'front' }, { inside: false, at: 1_002, doorId: 'side' }, null]
  expect(known()).toEqual(one)
  takeInTail(db)
  expect(known()).toEqual(one)
  // Out again in the same millisecond; a refusal later on moves nobody.
  appendCheck(db, DESK, decision(3, { at: 1_001, inside: false }))
  appendCheck(db, DESK, decision(4, { granted: false, reason: 'lapsed', inside: null }))
  expect(presenceOf(db, 'm1')).toEqual({ inside: false, at: 1_001, doorId: 'front' })
  takeInTail(db)
  expect(presenceOf(db, 'm1')).toEqual({ inside: false, at: 1_001, doorId: 'front' })
})

test('what a killed desk left behind is found by its presentation, and the chain goes on from it', () => {
  appendCheck(db, DESK, decision(1))
  appendCheck(db, DESK, decision(2))
  db.close()
  db = openFresh('access', folder)
  expect(findPresentation(db, 'front', 'presentation-2')).toMatchObject({ seq: 2, receipt: 'r2' })
  expect(findPresentation(db, 'front', 'presentation-3')).toBeNull()
  appendCheck(db, DESK, decision(3))
  expect(findPresentation(db, 'front', 'presentation-3')).toMatchObject({ seq: 3 })
  appendCheck(db, DESK, decision(4))
  expect(appendDecision(db, DESK, decision(5))).toBe(5)
  expect(count('decision_tail')).toBe(0)
  expect(verifyDecisions(db, DESK)).toEqual(whole(5))
})

test('another desk on the same log begins a chain of its own, also where the tail of the first is still there', () => {
  appendCheck(db, DESK, decision(1))
  appendCheck(db, DESK, decision(2))
  db.close()
  db = openFresh('access', folder)
  const first = db.transaction(() => {
    expect(findPresentation(db, 'front', 'presentation-9')).toBeNull()
    throw new Error('taken back')
  })
  expect(() => first()).toThrow('taken back')
  expect(count('decision_tail')).toBe(2)
  expect(appendCheck(db, 'desk-2', decision(3))).toBe(1)
  takeInTail(db)
  expect([verifyDecisions(db, DESK), verifyDecisions(db, 'desk-2')]).toEqual([whole(2), whole(1)])
})

test('a presentation is found without a write, for the disk may be full', () => {
  appendCheck(
    db,
    DESK,
    decision(1, { isNobodys: true, memberId: null, granted: false, reason: 'unknown-card', inside: null }),
  )
  db.pragma('query_only = ON')
  expect(findPresentation(db, 'front', 'presentation-1')).toMatchObject({
    ...{ seq: 1, cardText: '6F001', reason: 'unknown-card', inputs: { card: 'active' }, answer: { grant: true } },
  })
  expect(logHead(db, DESK)).toMatchObject({ rows: 1, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect([decisionHead(db, DESK).rows, logHead(db, 'desk-2').rows]).toEqual([0, 0])
  db.pragma('query_only = OFF')
  takeInTail(db)
  expect(logHead(db, DESK)).toEqual(decisionHead(db, DESK))
})

test('a moment that the log would not take is refused at once', () => {
  expect(() => appendCheck(db, DESK, decision(1, { at: 1.5 }))).toThrow('REAL')
  expect(appendCheck(db, DESK, decision(2))).toBe(1)
})

test('a transaction that is taken back leaves nothing of it, whether it wrote or took in', () => {
  const fails = (work: () => void) =>
    expect(() =>
      db.transaction(() => {
        work()
        throw new Error('no')
      })(),
    ).toThrow('no')
  appendCheck(db, DESK, decision(1))
  fails(() => appendCheck(db, DESK, decision(2)))
  expect(findPresentation(db, 'front', 'presentation-2')).toBeNull()
  expect(appendCheck(db, DESK, decision(3))).toBe(2)
  fails(() => takeInTail(db))
  expect([count('decision'), count('decision_tail')]).toEqual([0, 2])
  expect(findPresentation(db, 'front', 'presentation-3')?.seq).toBe(2)
  expect(verifyDecisions(db, DESK)).toEqual(whole(2))
})

test('whoever only reads waits until what stood there is taken in, in the order in which they asked', async () => {
  const reader = openForReading(folder, 'access', MIGRATIONS)
  const seen: unknown[] = []
  const ask = async (who: string) => {
    await untilTakenIn(reader)
    seen.push([who, decisionHead(reader, DESK).rows])
  }
  expect(untilTakenIn(reader)).toBeNull()
  appendCheck(db, DESK, decision(1))
  const first = ask('first')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(seen).toEqual([])
  takeInTail(db)
  const second = ask('second')
  await Promise.all([first, second])
  expect(seen).toEqual([
    ['first', 1],
    ['second', 1],
  ])
  expect(untilTakenIn(reader)).toBeNull()
  reader.close()
})

test('whoever only reads waits neither for what came later nor for a desk that is gone', async () => {
  const reader = openForReading(folder, 'access', MIGRATIONS)
  appendCheck(db, DESK, decision(1))
  const asked = untilTakenIn(reader)
  takeInTail(db)
  appendCheck(db, DESK, decision(2))
  await asked
  expect(decisionHead(reader, DESK).rows).toBe(1)
  await untilTakenIn(reader)
  expect(decisionHead(reader, DESK).rows).toBe(1)
  // Nor twice for the same, but again for what comes then.
  expect(untilTakenIn(reader)).toBeNull()
  appendCheck(db, DESK, decision(3))
  const again = untilTakenIn(reader)
  takeInTail(db)
  await again
  expect(decisionHead(reader, DESK).rows).toBe(3)
  reader.close()
})

test.each([
  ['edited', "UPDATE decision_tail SET text = replace(text, 'r2', 'r9') WHERE seq = 2", 2],
  ['with another hash', "UPDATE decision_tail SET hash = 'x' WHERE seq = 2", 2],
  ['taken out', 'DELETE FROM decision_tail WHERE seq = 2', 3],
])('a row of it that was %s is seen', (_, sql, firstBad) => {
  for (const n of [1, 2, 3]) appendCheck(db, DESK, decision(n))
  db.close()
  tamper(folder, 'access', sql)
  db = openFresh('access', folder)
  expect(verifyDecisions(db, DESK).firstBad).toBe(firstBad)
})
