// Sign-ups: the facts of each, in the order in which they were written.
import type { SignUpFact } from '../domain/sign-up.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { idsOfPerson } from './people-merge.ts'
import { sql } from './statement.ts'

type Row = { at: Ms; kind: string; data: string }

/** Empty for one that is not there. */
export function signUpFacts(db: ReadDb, id: string): SignUpFact[] {
  return sql<Row>(db, 'SELECT at, kind, data FROM sign_up_fact WHERE sign_up_id = ? ORDER BY n')
    .all(id)
    .map(({ at, kind, data }) => ({ ...JSON.parse(data), at, kind }) as SignUpFact)
}

export function addSignUpFact(
  db: WriteDb,
  id: string,
  fact: SignUpFact,
  by: { origin: string; operator: string },
): void {
  const { at, kind, ...data } = fact
  sql(
    db,
    `INSERT INTO sign_up_fact VALUES (@id,
       (SELECT coalesce(max(n), 0) + 1 FROM sign_up_fact WHERE sign_up_id = @id), @at, @origin, @operator, @kind, @memberId, @data)`,
  ).run({ id, at, kind, ...by, memberId: fact.kind === 'person' ? fact.memberId : null, data: JSON.stringify(data) })
}

/** Those that are neither finished nor given up, the newest first. */
export function openSignUps(db: ReadDb): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT DISTINCT sign_up_id AS id FROM sign_up_fact f
     WHERE NOT EXISTS (SELECT 1 FROM sign_up_fact c WHERE c.sign_up_id = f.sign_up_id AND c.kind = 'closed')
     ORDER BY sign_up_id DESC`,
  )
    .all()
    .map(({ id }) => id)
}

/** The one of a person, or of whoever was merged into them, that is still open. */
export function openSignUpOf(db: ReadDb, memberId: string): string | null {
  return (
    sql<{ id: string }>(
      db,
      `SELECT sign_up_id AS id FROM sign_up_fact f WHERE member_id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM sign_up_fact c WHERE c.sign_up_id = f.sign_up_id AND c.kind = 'closed')
       ORDER BY sign_up_id DESC LIMIT 1`,
    ).get(JSON.stringify(idsOfPerson(db, memberId)))?.id ?? null
  )
}

/** Those with a provisional card that nobody ended, whether they are open or not. */
export function provisionalSignUps(db: ReadDb): string[] {
  return sql<{ id: string }>(
    db,
    `SELECT DISTINCT sign_up_id AS id FROM sign_up_fact f WHERE kind = 'provisional'
       AND NOT EXISTS (SELECT 1 FROM sign_up_fact e
         WHERE e.sign_up_id = f.sign_up_id AND e.kind = 'provisional-ended' AND e.n > f.n)`,
  )
    .all()
    .map(({ id }) => id)
}
