// Tries of cards that were reported lost or stolen: rows of the log in access.db, by an index of their own.
import type { Ms } from '../domain/time.ts'
import type { DecisionNotice } from './access-log.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** `at` by the door's clock, `heardAt` by ours. */
export type LostCardTry = DecisionNotice & { rule: string; heardAt: Ms }

/** To the letter as in access/0008-lost-cards.sql: only so can SQLite use that index. */
const LOST = `reason IN ('card-lost', 'card-stolen')`
const COLUMNS = `seq, at, door_id AS doorId, member_id AS memberId, canonical, card_text AS cardText, reason, rule,
  inputs ->> 'uploadedAt' AS uploadedAt`

type Row = Omit<LostCardTry, 'heardAt'> & { uploadedAt: string | null }

/** Newest first. */
export function lostCardTries(access: ReadDb, desk: string, limit: number): LostCardTry[] {
  return sql<Row>(
    access,
    `SELECT ${COLUMNS} FROM decision INDEXED BY decision_lost WHERE ${LOST} AND desk = ? ORDER BY seq DESC LIMIT ?`,
  )
    .all(desk, limit)
    .map(heard)
}

/** Null where that row is something else. */
export function lostCardTry(access: ReadDb, desk: string, seq: number): LostCardTry | null {
  const row = sql<Row>(access, `SELECT ${COLUMNS} FROM decision WHERE ${LOST} AND desk = ? AND seq = ?`).get(desk, seq)
  return row === undefined ? null : heard(row)
}

function heard({ uploadedAt, ...row }: Row): LostCardTry {
  return { ...row, heardAt: uploadedAt === null ? row.at : Date.parse(uploadedAt) }
}
