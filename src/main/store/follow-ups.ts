// What people said and did about late payments: facts, and second facts that take them back.
import type { FollowUp, FollowUpKind } from '../domain/follow-up.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

type By = { id: string; at: Ms; operator: string; origin: string }
export type NewFollowUp = Pick<FollowUp, 'act' | 'lineId' | 'memberId' | 'kind'> &
  Partial<Pick<FollowUp, 'text' | 'until' | 'made'>>

export function insertFollowUp(db: WriteDb, { text = null, until = null, made = [], ...fact }: NewFollowUp & By): void {
  sql(
    db,
    `INSERT INTO follow_up (id, act, line_id, member_id, kind, text, until_at, made, at, operator, origin)
     VALUES (@id, @act, @lineId, @memberId, @kind, @text, @until, @made, @at, @operator, @origin)`,
  ).run({ ...fact, text, until, made: JSON.stringify(made) })
}

export function withdrawFollowUp(db: WriteDb, withdraws: string, by: By): void {
  sql(
    db,
    `INSERT INTO follow_up (id, act, line_id, member_id, kind, made, withdraws, at, operator, origin)
     SELECT @id, act, line_id, member_id, 'withdrawn', '[]', id, @at, @operator, @origin FROM follow_up WHERE id = @withdraws`,
  ).run({ ...by, withdraws })
}

type Row = Omit<FollowUp, 'made' | 'withdrawn'> & { made: string; goneAt: Ms | null; goneBy: string | null }

const SELECT = `SELECT f.id, f.act, f.line_id AS lineId, f.member_id AS memberId, f.kind, f.text, f.until_at AS until, f.made,
    f.at, f.operator, w.at AS goneAt, w.operator AS goneBy
  FROM follow_up f LEFT JOIN follow_up w ON w.withdraws = f.id WHERE f.kind <> 'withdrawn'`

/** By line, in the order in which they were written. `kinds` null: all. */
export function followUpsOf(
  db: ReadDb,
  lineIds: readonly string[],
  kinds: readonly FollowUpKind[] | null = null,
): Map<string, FollowUp[]> {
  const rows = sql<Row>(
    db,
    `${SELECT} AND f.line_id IN (SELECT value FROM json_each(@lines))
       AND (@kinds IS NULL OR f.kind IN (SELECT value FROM json_each(@kinds))) ORDER BY f.rowid`,
  ).all({ lines: JSON.stringify(lineIds), kinds: kinds && JSON.stringify(kinds) })
  return Map.groupBy(rows.map(toFollowUp), ({ lineId }) => lineId)
}

export function followUpsOfAct(db: ReadDb, act: string): FollowUp[] {
  return sql<Row>(db, `${SELECT} AND f.act = ? ORDER BY f.rowid`).all(act).map(toFollowUp)
}

function toFollowUp({ made, goneAt, goneBy, ...row }: Row): FollowUp {
  const withdrawn = goneAt === null ? null : { at: goneAt, operator: goneBy ?? '' }
  return { ...row, made: JSON.parse(made) as string[], withdrawn }
}
