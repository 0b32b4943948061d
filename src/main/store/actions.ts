// The log of actions: who did what at the desk, append-only, in desk.db.
import type { Ms } from '../domain/time.ts'
import { CHAIN_START, type ChainRow, type ChainVerdict, chainHash, verifyChain } from './chain.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type Action = { at: Ms; operator: string; kind: string; subject: string; detail: Record<string, unknown> }

type Row = {
  desk: string
  seq: number
  at: number
  operator: string
  kind: string
  subject: string
  detail: string
  previous: string
  hash: string
}

export function appendAction(db: WriteDb, desk: string, action: Action): void {
  const last = sql<{ seq: number; hash: string }>(
    db,
    'SELECT seq, hash FROM action WHERE desk = ? ORDER BY seq DESC LIMIT 1',
  ).get(desk)
  const row = {
    desk,
    seq: (last?.seq ?? 0) + 1,
    ...action,
    detail: JSON.stringify(action.detail),
    previous: last?.hash ?? CHAIN_START,
  }
  sql(db, 'INSERT INTO action VALUES (@desk, @seq, @at, @operator, @kind, @subject, @detail, @previous, @hash)').run({
    ...row,
    hash: chainHash(row.previous, fields(row)),
  })
}

/** When something of this kind was last done. */
export function lastActionAt(db: ReadDb, desk: string, kind: string): Ms | null {
  return (
    sql<{ at: Ms }>(db, 'SELECT at FROM action WHERE desk = ? AND kind = ? ORDER BY seq DESC LIMIT 1').get(desk, kind)
      ?.at ?? null
  )
}

/** What had last been ordered of a door at a moment; null where nothing had. */
export function orderActionAt(db: ReadDb, doorId: string, at: Ms): Pick<Action, 'kind' | 'detail'> | null {
  const row = sql<{ kind: string; detail: string }>(
    db,
    `SELECT kind, detail FROM action WHERE subject = ? AND at <= ?
       AND kind IN ('door-held-open', 'door-locked-down', 'door-normal', 'door-order-over')
     ORDER BY at DESC, seq DESC LIMIT 1`,
  ).get(doorId, at)
  return row === undefined ? null : { kind: row.kind, detail: JSON.parse(row.detail) }
}

/** Whether this operator has ever done this about something. */
export function hasDone(db: ReadDb, done: Pick<Action, 'operator' | 'kind' | 'subject'>): boolean {
  return (
    sql(db, 'SELECT 1 FROM action WHERE subject = @subject AND kind = @kind AND operator = @operator LIMIT 1').get(
      done,
    ) !== undefined
  )
}

/** When this was last done about something up to a moment; null where it was not. */
export function doneAbout(db: ReadDb, subject: string, kind: string, at: Ms): Ms | null {
  return (
    sql<{ at: Ms }>(
      db,
      'SELECT at FROM action WHERE subject = ? AND kind = ? AND at <= ? ORDER BY at DESC, seq DESC LIMIT 1',
    ).get(subject, kind, at)?.at ?? null
  )
}

export function actionHead(db: ReadDb, desk: string): { rows: number; head: string | null } {
  const last = sql<{ seq: number; hash: string }>(
    db,
    'SELECT seq, hash FROM action WHERE desk = ? ORDER BY seq DESC LIMIT 1',
  ).get(desk)
  return { rows: last?.seq ?? 0, head: last?.hash ?? null }
}

/** What was done about a person, or with one of their cards; newest first. */
export function actionsAbout(db: ReadDb, memberId: string, limit: number): Action[] {
  return sql<Omit<Action, 'detail'> & { detail: string }>(
    db,
    `SELECT at, operator, kind, subject, detail FROM action
     WHERE subject = @memberId OR detail ->> 'member' = @memberId
     ORDER BY at DESC, seq DESC LIMIT @limit`,
  )
    .all({ memberId, limit })
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) as Action['detail'] }))
}

export function verifyActions(db: ReadDb, desk: string): ChainVerdict {
  return verifyChain(actionChain(db, desk))
}

/** All rows of a desk, oldest first; the handle can do nothing else before the last one. */
export function actionChain(db: ReadDb, desk: string): Iterable<ChainRow> {
  return chainRows(sql<Row>(db, 'SELECT * FROM action WHERE desk = ? ORDER BY seq').iterate(desk))
}

function* chainRows(rows: Iterable<Row>): Generator<ChainRow> {
  for (const row of rows) yield { seq: row.seq, previous: row.previous, hash: row.hash, fields: fields(row) }
}

function fields(row: Omit<Row, 'hash' | 'previous'>): (string | number)[] {
  return [row.desk, row.seq, row.at, row.operator, row.kind, row.subject, row.detail]
}
