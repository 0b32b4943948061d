// The two logs: append-only, and a chain in which no row can be changed, taken out or moved without its being seen.
import { beforeEach, describe, expect, test } from 'vitest'
import {
  appendDecision,
  decisionBySeq,
  decisionHead,
  decisionsOfMember,
  findPresentation,
  lastPresentationAt,
  type NewDecision,
  recentDecisions,
  verifyDecisions,
} from '../../src/main/store/access-log.ts'
import { actionHead, appendAction, verifyActions } from '../../src/main/store/actions.ts'
import type { WriteDb } from '../../src/main/store/open.ts'
import { freshFolder, openFresh, tamper } from './folder.ts'

const DESK = 'desk-1'
let folder: string
let db: WriteDb

const decision = (n: number, change: Partial<NewDecision> = {}): NewDecision => ({
  at: 1_000 + n,
  doorId: 'front',
  presentationId: `presentation-${n}`,
  cardText: '6F007B3972',
  canonical: 'em:6F007B3972',
  memberId: 'm1',
  granted: true,
  reason: 'ok',
  detail: null,
  receipt: `r${n}`,
  rule: 'paid',
  inputs: { card: 'active' },
  answer: { grant: true },
  ...change,
})

const logs = [
  {
    kind: 'access',
    table: 'decision',
    column: 'reason',
    append: (n: number) => void appendDecision(db, DESK, decision(n)),
    verify: () => verifyDecisions(db, DESK),
    head: () => decisionHead(db, DESK),
  },
  {
    kind: 'desk',
    table: 'action',
    column: 'subject',
    append: (n: number) =>
      appendAction(db, DESK, { at: n, operator: 'owner', kind: 'card-enrolled', subject: `card ${n}`, detail: { n } }),
    verify: () => verifyActions(db, DESK),
    head: () => actionHead(db, DESK),
  },
] as const

describe.each(logs)('the log of $table rows', ({ kind, table, column, append, verify, head }) => {
  /** Somebody who has the file takes the triggers away first. */
  const edit = (sql: string) => {
    db.close()
    tamper(folder, kind, `DROP TRIGGER ${table}_is_never_changed; DROP TRIGGER ${table}_is_never_deleted; ${sql}`)
    db = openFresh(kind, folder)
  }

  beforeEach(() => {
    folder = freshFolder()
    db = openFresh(kind, folder)
    for (let n = 1; n <= 9; n++) append(n)
  })

  test('begins empty and whole, and grows by one row at a time with a new head', () => {
    const [nine, before] = [verify(), head()]
    expect(nine).toEqual({ rows: 9, firstBad: null })
    expect(before).toEqual({ rows: 9, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
    append(10)
    expect(head().rows).toBe(10)
    expect(head().head).not.toBe(before.head)
    db = openFresh(kind)
    expect(verify()).toEqual({ rows: 0, firstBad: null })
    expect(head()).toEqual({ rows: 0, head: null })
  })

  test.each([
    `UPDATE ${table} SET ${column} = 'x' WHERE seq = 3`,
    `UPDATE ${table} SET at = at`,
    `DELETE FROM ${table} WHERE seq = 9`,
    `DELETE FROM ${table}`,
    `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE seq = 3`,
    `REPLACE INTO ${table} SELECT * FROM ${table}`,
    `UPDATE OR REPLACE ${table} SET seq = 4 WHERE seq = 3`,
    `INSERT INTO ${table} SELECT * FROM ${table} WHERE seq = 3 ON CONFLICT DO UPDATE SET ${column} = 'x'`,
  ])('takes no change and no deletion: %s', (sql) => {
    const before = head()
    expect(() => db.exec(sql)).toThrow('append-only')
    expect(head()).toEqual(before)
    expect(verify()).toEqual({ rows: 9, firstBad: null })
  })

  test.each<[string, string, number]>([
    ['an edited row', `UPDATE ${table} SET ${column} = 'ended' WHERE seq = 4`, 4],
    ['an edited time', `UPDATE ${table} SET at = at + 1 WHERE seq = 4`, 4],
    ['an edited first row', `UPDATE ${table} SET at = 0 WHERE seq = 1`, 1],
    ['an edited last row', `UPDATE ${table} SET at = 0 WHERE seq = 9`, 9],
    ['a row with another hash', `UPDATE ${table} SET hash = previous WHERE seq = 5`, 5],
    ['a row taken out', `DELETE FROM ${table} WHERE seq = 4`, 5],
    ['the first row taken out', `DELETE FROM ${table} WHERE seq = 1`, 2],
    ['a row taken out and the others moved up', `DELETE FROM ${table} WHERE seq = 4; ${moved(table, 5)}`, 4],
    [
      'two rows that changed places',
      `UPDATE ${table} SET seq = -1 WHERE seq = 4; UPDATE ${table} SET seq = 4 WHERE seq = 5; UPDATE ${table} SET seq = 5 WHERE seq = -1`,
      4,
    ],
  ])('shows %s', (_, sql, firstBad) => {
    edit(sql)
    expect(verify().firstBad).toBe(firstBad)
  })

  test('shows that the last rows were cut off by its head alone', () => {
    const before = head()
    edit(`DELETE FROM ${table} WHERE seq > 6`)
    expect(verify()).toEqual({ rows: 6, firstBad: null })
    expect(head()).not.toEqual(before)
  })

  test('is one chain for each desk', () => {
    db.exec(`INSERT INTO ${table} SELECT * FROM ${table} WHERE 0`)
    if (kind === 'access') appendDecision(db, 'desk-2', decision(1, { doorId: 'back' }))
    else appendAction(db, 'desk-2', { at: 1, operator: 'owner', kind: 'x', subject: 'x', detail: {} })
    expect(verify()).toEqual({ rows: 9, firstBad: null })
    expect(kind === 'access' ? verifyDecisions(db, 'desk-2') : verifyActions(db, 'desk-2')).toEqual({
      rows: 1,
      firstBad: null,
    })
  })
})

function moved(table: string, from: number): string {
  return Array.from(
    { length: 9 - from + 1 },
    (_, n) => `UPDATE ${table} SET seq = ${from + n - 1} WHERE seq = ${from + n}`,
  ).join('; ')
}

test('half a character, a zero byte and quotes are kept in a way that the chain still holds', () => {
  const access = openFresh('access')
  for (const [n, cardText] of ['\ud800', 'a\udfffb', 'x\0y', `'"\\`, '𝟙', '\u2028'].entries())
    appendDecision(access, DESK, decision(n, { cardText, inputs: { orderWhy: cardText }, answer: { cardText } }))
  expect(verifyDecisions(access, DESK)).toEqual({ rows: 6, firstBad: null })
  const desk = openFresh('desk')
  appendAction(desk, DESK, { at: 1, operator: '\ud800', kind: 'x', subject: '\udfff', detail: { text: '\ud800' } })
  expect(verifyActions(desk, DESK)).toEqual({ rows: 1, firstBad: null })
})

describe('what is read from the log of decisions', () => {
  beforeEach(() => {
    db = openFresh('access')
    appendDecision(db, DESK, decision(1))
    appendDecision(db, DESK, decision(2, { memberId: 'm2', doorId: 'back' }))
    appendDecision(db, DESK, decision(3, { granted: false, reason: 'lapsed' }))
    appendDecision(
      db,
      DESK,
      decision(4, { memberId: null, canonical: null, granted: false, reason: 'unreadable-card' }),
    )
    appendDecision(db, DESK, decision(5))
  })

  test('comes back as it was written', () => {
    expect(decisionBySeq(db, DESK, 3)).toEqual({ seq: 3, ...decision(3, { granted: false, reason: 'lapsed' }) })
    expect(decisionBySeq(db, DESK, 6)).toBeNull()
    expect(decisionBySeq(db, 'desk-2', 3)).toBeNull()
  })

  test('is found by its presentation at its door', () => {
    expect(findPresentation(db, 'back', 'presentation-2')?.seq).toBe(2)
    expect(findPresentation(db, 'front', 'presentation-2')).toBeNull()
  })

  test('is listed newest first, by person and by door', () => {
    expect(recentDecisions(db, 3).map(({ seq }) => seq)).toEqual([5, 4, 3])
    expect(decisionsOfMember(db, 'm1', 10).map(({ seq }) => seq)).toEqual([5, 3, 1])
    expect(['back', 'front', 'nowhere'].map((door) => lastPresentationAt(db, DESK, door))).toEqual([1_002, 1_005, null])
  })
})
