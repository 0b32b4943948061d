// The log of decisions in access.db: append-only, a hash chain, written by the door thread alone.
import type { LogWord } from '../domain/door-events.ts'
import type { Receipt } from '../domain/receipt.ts'
import type { Ms } from '../domain/time.ts'
import {
  CHAIN_START,
  type ChainRow,
  type ChainVerdict,
  chainHash,
  chainText,
  type Field,
  verifyChain,
} from './chain.ts'
import { appendToTail, insertRow, type LogRow, tailHead, tailRows, takeInTail } from './decision-tail.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { notePresentation, rowsOfPresentation } from './presentations.ts'
import { sql } from './statement.ts'
import { digestOf, sealUnknown, unsealed } from './unknown-cards.ts'

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
  /** Nobody has the card: what was read of it is kept for a while only. */
  isNobodys?: boolean
  /** Where `memberId`, who was let through, is from that moment on; null where nobody was. */
  inside?: boolean | null
}

/** `cardText` is empty where nothing was read or it is not kept any longer. */
export type DecisionRow = Omit<NewDecision, 'isNobodys' | 'inside'> & { seq: number }

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
  takeInTail(db)
  const row = nextRow(db, desk, decision, head(db, desk))
  insertRow(db, row)
  return row.seq
}

/** The same for a check, which waits for the disk: into the tail of the log. */
export function appendCheck(db: WriteDb, desk: string, decision: NewDecision): number {
  const last = tailHead(db)
  // Of a desk whose backup this one came from, perhaps: each has a chain of its own.
  if (last !== undefined && last.desk !== desk) takeInTail(db)
  const row = nextRow(db, desk, decision, last?.desk === desk ? last : head(db, desk))
  appendToTail(db, row)
  return row.seq
}

type Head = { seq: number; hash: string } | undefined

/** `last` is what it comes after. */
function nextRow(db: WriteDb, desk: string, decision: NewDecision, last: Head): LogRow & { text: string } {
  const seq = (last?.seq ?? 0) + 1
  const { doorId, presentationId } = decision
  const { uploadedAt } = decision.inputs
  const heardAt = uploadedAt === undefined ? decision.at : Date.parse(uploadedAt)
  const card = decision.isNobodys ? sealUnknown(db, { desk, seq, at: heardAt }, decision) : decision
  const values = fields({
    desk,
    seq,
    at: decision.at,
    door_id: doorId,
    presentation_id: presentationId,
    card_text: card.cardText,
    canonical: card.canonical,
    member_id: decision.memberId,
    granted: decision.granted ? 1 : 0,
    reason: decision.reason,
    detail: decision.detail,
    receipt: decision.receipt,
    rule: decision.rule,
    inputs: JSON.stringify(decision.isNobodys ? { ...decision.inputs, canonical: undefined } : decision.inputs),
    answer: JSON.stringify(decision.answer),
  })
  const previous = last?.hash ?? CHAIN_START
  const text = chainText(previous, values)
  if (presentationId !== null) notePresentation(db, { desk, seq, doorId, presentationId })
  return { seq, previous, fields: values, text, hash: chainHash(text), inside: decision.inside ?? null }
}

/** The recorded decision of one presentation at one door, whatever connection or session asked. Whoever appends one looks
 * first, in the same transaction. */
export function findPresentation(db: WriteDb, doorId: string, presentationId: string): DecisionRow | null {
  for (const { desk, seq } of rowsOfPresentation(db, { doorId, presentationId })) {
    const found = decisionBySeq(db, desk, seq) ?? decisionInTail(db, desk, seq)
    if (found?.doorId === doorId && found.presentationId === presentationId) return found
  }
  return null
}

/** Newest first. */
export function recentDecisions(db: ReadDb, limit: number): DecisionRow[] {
  return sql<Row>(db, 'SELECT * FROM decision ORDER BY seq DESC LIMIT ?')
    .all(limit)
    .map((row) => fromRow(db, row))
}

export function decisionBySeq(db: ReadDb, desk: string, seq: number): DecisionRow | null {
  const row = sql<Row>(db, 'SELECT * FROM decision WHERE desk = ? AND seq = ?').get(desk, seq)
  return row ? fromRow(db, row) : null
}

function decisionInTail(db: ReadDb, desk: string, seq: number): DecisionRow | null {
  const found = tailRows(db).find((row) => row.seq === seq && row.fields[0] === desk)
  return found === undefined ? null : fromRow(db, rowOf(found))
}

export function decisionsOfMember(db: ReadDb, memberId: string, limit: number): DecisionRow[] {
  return sql<Row>(db, 'SELECT * FROM decision WHERE member_id = ? ORDER BY at DESC, seq DESC LIMIT ?')
    .all(memberId, limit)
    .map((row) => fromRow(db, row))
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
    .map((row) => fromRow(db, row))
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

/** Of the log's table: what a check wrote a moment ago is not in it. */
export function decisionHead(db: ReadDb, desk: string): { rows: number; head: string | null } {
  const last = head(db, desk)
  return { rows: last?.seq ?? 0, head: last?.hash ?? null }
}

/** Of the whole log, as `verifyDecisions` reads it. */
export function logHead(db: ReadDb, desk: string): { rows: number; head: string | null } {
  const last = tailHead(db)
  return last?.desk === desk ? { rows: last.seq, head: last.hash } : decisionHead(db, desk)
}

export function verifyDecisions(db: ReadDb, desk: string): ChainVerdict {
  return verifyChain(decisionChain(db, desk))
}

/** All rows of a desk, oldest first; the handle can do nothing else before the last one. A copy of an older version has neither
 * cards beside its log nor a tail of it. */
export function decisionChain(db: ReadDb, desk: string): Iterable<ChainRow> {
  const has = (table: string) => sql(db, 'SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined
  const rows = has('unknown_card')
    ? `SELECT decision.*, salt, u.card_text AS unknown_text, u.canonical AS unknown_canonical
       FROM decision LEFT JOIN unknown_card u USING (desk, seq) WHERE desk = ? ORDER BY seq`
    : 'SELECT *, NULL AS salt FROM decision WHERE desk = ? ORDER BY seq'
  // First: what is taken in meanwhile stands in both.
  const tail = has('decision_tail') ? tailRows(db).filter(({ fields: [of] }) => of === desk) : []
  return chainRows(sql<Row & Beside>(db, rows).iterate(desk), tail)
}

/** What is still kept of a card that nobody has. */
type Beside = { salt: Buffer | null; unknown_text: string; unknown_canonical: string | null }

function head(db: ReadDb, desk: string): Head {
  return sql<{ seq: number; hash: string }>(
    db,
    'SELECT seq, hash FROM decision WHERE desk = ? ORDER BY seq DESC LIMIT 1',
  ).get(desk)
}

function* chainRows(rows: Iterable<Row & Beside>, tail: readonly ChainRow[]): Generator<ChainRow> {
  let last = 0
  for (const { salt, unknown_text: cardText, unknown_canonical: canonical, ...row } of rows) {
    const { seq, previous, hash } = row
    const fits = salt === null || digestOf(salt, { cardText, canonical }) === row.card_text
    // What is told beside a row is held by it: another one than was read fits no hash.
    yield { seq, previous, hash, fields: fields(fits ? row : { ...row, card_text: cardText }) }
    last = seq
  }
  yield* tail.filter(({ seq }) => seq > last)
}

/** In the order in which they are hashed, stored and kept in the tail; `rowOf` and decision-tail.ts go by it too. */
function fields(row: Omit<Row, 'hash' | 'previous'>): Field[] {
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

function rowOf({ previous, fields, hash }: LogRow): Row {
  const [desk, seq, at, door_id, presentation_id, card_text, canonical, member_id, granted, ...more] = fields
  const [reason, detail, receipt, rule, inputs, answer] = more
  return {
    ...{ desk, seq, at, door_id, presentation_id, card_text, canonical, member_id, granted },
    ...{ reason, detail, receipt, rule, inputs, answer, previous, hash },
  } as Row
}

function fromRow(db: ReadDb, row: Row): DecisionRow {
  const { cardText, canonical } = unsealed(db, row, { cardText: row.card_text, canonical: row.canonical })
  return {
    seq: row.seq,
    at: row.at,
    doorId: row.door_id,
    presentationId: row.presentation_id,
    cardText,
    canonical,
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
