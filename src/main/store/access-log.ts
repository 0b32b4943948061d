// The log of decisions in access.db: append-only, a hash chain, written by the door thread alone.
import type { LogWord } from '../domain/door-events.ts'
import type { Receipt } from '../domain/receipt.ts'
import type { Ms } from '../domain/time.ts'
import { CHAIN_START, type ChainRow, type ChainVerdict, chainHash, verifyChain } from './chain.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type NewDecision = {
  at: Ms
  doorId: string
  presentationId: string | null
  cardText: string
  canonical: string | null
  memberId: string | null
  granted: boolean
  reason: LogWord
  detail: string | null
  /** Id of this row towards the door. */
  receipt: string
  rule: string
  inputs: Receipt
  /** What was answered, kept to answer a repeated presentation the same. */
  answer: Record<string, unknown>
}

export type DecisionRow = NewDecision & { seq: number }

/** What others are told of a recorded decision. */
export type DecisionNotice = Pick<
  DecisionRow,
  'seq' | 'at' | 'doorId' | 'memberId' | 'canonical' | 'cardText' | 'reason'
>

type Row = {
  desk: string
  seq: number
  at: number
  door_id: string
  presentation_id: string | null
  card_text: string
  canonical: string | null
  member_id: string | null
  granted: number
  reason: string
  detail: string | null
  receipt: string
  rule: string
  inputs: string
  answer: string
  previous: string
  hash: string
}

/** Appends in the caller's transaction; returns the row's number. */
export function appendDecision(db: WriteDb, desk: string, decision: NewDecision): number {
  const last = head(db, desk)
  const row = {
    desk,
    seq: (last?.seq ?? 0) + 1,
    at: decision.at,
    door_id: decision.doorId,
    presentation_id: decision.presentationId,
    card_text: decision.cardText,
    canonical: decision.canonical,
    member_id: decision.memberId,
    granted: decision.granted ? 1 : 0,
    reason: decision.reason,
    detail: decision.detail,
    receipt: decision.receipt,
    rule: decision.rule,
    inputs: JSON.stringify(decision.inputs),
    answer: JSON.stringify(decision.answer),
    previous: last?.hash ?? CHAIN_START,
  }
  sql(
    db,
    `INSERT INTO decision VALUES (@desk, @seq, @at, @door_id, @presentation_id, @card_text, @canonical, @member_id,
       @granted, @reason, @detail, @receipt, @rule, @inputs, @answer, @previous, @hash)`,
  ).run({ ...row, hash: chainHash(row.previous, fields(row)) })
  return row.seq
}

/** The recorded decision of one presentation at one door, whatever connection or session asked. */
export function findPresentation(db: ReadDb, doorId: string, presentationId: string): DecisionRow | null {
  const row = sql<Row>(db, 'SELECT * FROM decision WHERE door_id = ? AND presentation_id = ?').get(
    doorId,
    presentationId,
  )
  return row ? fromRow(row) : null
}

/** Newest first. */
export function recentDecisions(db: ReadDb, limit: number): DecisionRow[] {
  return sql<Row>(db, 'SELECT * FROM decision ORDER BY seq DESC LIMIT ?').all(limit).map(fromRow)
}

export function decisionBySeq(db: ReadDb, desk: string, seq: number): DecisionRow | null {
  const row = sql<Row>(db, 'SELECT * FROM decision WHERE desk = ? AND seq = ?').get(desk, seq)
  return row ? fromRow(row) : null
}

export function decisionsOfMember(db: ReadDb, memberId: string, limit: number): DecisionRow[] {
  return sql<Row>(db, 'SELECT * FROM decision WHERE member_id = ? ORDER BY at DESC, seq DESC LIMIT ?')
    .all(memberId, limit)
    .map(fromRow)
}

/** How far back a door is looked for: further is not worth reading the log for. */
const LATELY = 10_000

/** The last presentation at a door, among the newest rows of this desk; null where there was none. */
export function lastPresentationAt(db: ReadDb, desk: string, doorId: string): Ms | null {
  const newest = head(db, desk)?.seq ?? 0
  return (
    sql<{ at: Ms }>(
      db,
      'SELECT at FROM decision NOT INDEXED WHERE desk = ? AND seq > ? AND door_id = ? ORDER BY seq DESC LIMIT 1',
    ).get(desk, newest - LATELY, doorId)?.at ?? null
  )
}

/** The last rows of a door, among the newest of this desk, the newest first. */
export function decisionsAtDoor(db: ReadDb, desk: string, doorId: string, limit: number): DecisionRow[] {
  const newest = head(db, desk)?.seq ?? 0
  return sql<Row>(
    db,
    'SELECT * FROM decision NOT INDEXED WHERE desk = ? AND seq > ? AND door_id = ? ORDER BY seq DESC LIMIT ?',
  )
    .all(desk, newest - LATELY, doorId, limit)
    .map(fromRow)
}

/** Who came, who did not, and what a door told of itself since a moment, among the newest rows. */
export function countAtDoorSince(
  db: ReadDb,
  desk: string,
  doorId: string,
  since: Ms,
): { came: number; refused: number; told: number } {
  const newest = head(db, desk)?.seq ?? 0
  const row = sql<{ came: number; refused: number; told: number }>(
    db,
    `SELECT coalesce(sum(granted), 0) AS came, coalesce(sum(card_text <> '' AND NOT granted), 0) AS refused,
       coalesce(sum(card_text = ''), 0) AS told
     FROM decision NOT INDEXED WHERE desk = ? AND seq > ? AND door_id = ? AND at >= ?`,
  ).get(desk, newest - LATELY, doorId, since)
  return row ?? { came: 0, refused: 0, told: 0 }
}

export function decisionHead(db: ReadDb, desk: string): { rows: number; head: string | null } {
  const last = head(db, desk)
  return { rows: last?.seq ?? 0, head: last?.hash ?? null }
}

export function verifyDecisions(db: ReadDb, desk: string): ChainVerdict {
  return verifyChain(decisionChain(db, desk))
}

/** All rows of a desk, oldest first; the handle can do nothing else before the last one. */
export function decisionChain(db: ReadDb, desk: string): Iterable<ChainRow> {
  return chainRows(sql<Row>(db, 'SELECT * FROM decision WHERE desk = ? ORDER BY seq').iterate(desk))
}

function head(db: ReadDb, desk: string) {
  return sql<{ seq: number; hash: string }>(
    db,
    'SELECT seq, hash FROM decision WHERE desk = ? ORDER BY seq DESC LIMIT 1',
  ).get(desk)
}

function* chainRows(rows: Iterable<Row>): Generator<ChainRow> {
  for (const row of rows) yield { seq: row.seq, previous: row.previous, hash: row.hash, fields: fields(row) }
}

function fields(row: Omit<Row, 'hash' | 'previous'>): (string | number | null)[] {
  return [
    row.desk,
    row.seq,
    row.at,
    row.door_id,
    row.presentation_id,
    row.card_text,
    row.canonical,
    row.member_id,
    row.granted,
    row.reason,
    row.detail,
    row.receipt,
    row.rule,
    row.inputs,
    row.answer,
  ]
}

function fromRow(row: Row): DecisionRow {
  return {
    seq: row.seq,
    at: row.at,
    doorId: row.door_id,
    presentationId: row.presentation_id,
    cardText: row.card_text,
    canonical: row.canonical,
    memberId: row.member_id,
    granted: row.granted === 1,
    reason: row.reason as LogWord,
    detail: row.detail,
    receipt: row.receipt,
    rule: row.rule,
    inputs: JSON.parse(row.inputs),
    answer: JSON.parse(row.answer),
  }
}
