// The log of actions: who did what at the desk, append-only, in desk.db.
import type { Ms } from '../domain/time.ts'
import { CHAIN_START, type ChainRow, type ChainVerdict, chainHash, chainText, verifyChain } from './chain.ts'
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
    hash: chainHash(chainText(row.previous, fields(row))),
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
export function orderActionAt(db: ReadDb, doorId: string, at: Ms): Action | null {
  return lastOf(
    db,
    doorId,
    ['door-held-open', 'door-locked-down', 'door-normal', 'door-order-over', 'door-removed'],
    at,
  )
}

/** The last of some kinds of actions about something, up to a moment; null where there was none. `about`: only those whose
 * detail says this of itself. */
export function lastOf(
  db: ReadDb,
  subject: string,
  kinds: readonly string[],
  at: Ms,
  about?: { key: string; value: string },
): Action | null {
  const row = sql<Omit<Action, 'detail'> & { detail: string }>(
    db,
    `SELECT at, operator, kind, subject, detail FROM action WHERE subject = @subject AND at <= @at
       AND kind IN (SELECT value FROM json_each(@kinds)) AND (@key IS NULL OR detail ->> @key = @value)
     ORDER BY at DESC, seq DESC LIMIT 1`,
  ).get({ subject, at, kinds: JSON.stringify(kinds), key: about?.key ?? null, value: about?.value ?? null })
  return row === undefined ? null : { ...row, detail: JSON.parse(row.detail) }
}

/** The first of a kind about something after a moment; null where there was none. */
export function firstAfter(db: ReadDb, subject: string, kind: string, at: Ms): Action | null {
  const row = sql<Omit<Action, 'detail'> & { detail: string }>(
    db,
    `SELECT at, operator, kind, subject, detail FROM action WHERE subject = ? AND kind = ? AND at > ?
     ORDER BY at, seq LIMIT 1`,
  ).get(subject, kind, at)
  return row === undefined ? null : { ...row, detail: JSON.parse(row.detail) }
}

/** What one word of the detail of an action about something was set to, and when, the oldest first. */
export function changesOf(db: ReadDb, subject: string, kind: string, key: string): { at: Ms; value: unknown }[] {
  return sql<{ at: Ms; value: string }>(
    db,
    `SELECT at, detail -> @key AS value FROM action
     WHERE subject = @subject AND kind = @kind AND detail -> @key IS NOT NULL ORDER BY at, seq`,
  )
    .all({ subject, kind, key })
    .map(({ at, value }) => ({ at, value: JSON.parse(value) }))
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
