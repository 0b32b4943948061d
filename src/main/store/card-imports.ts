// Files of cards that were taken in, and taking back what they said. The facts stay; others say that they count no more.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type CardImport = { id: string; at: Ms; origin: string; operator: string; name: string }

export function insertImport(db: WriteDb, by: CardImport): void {
  sql(db, 'INSERT INTO card_import VALUES (@id, @at, @origin, @operator, @name)').run(by)
}

export function importExists(db: ReadDb, id: string): boolean {
  return sql(db, 'SELECT 1 FROM card_import WHERE id = ?').get(id) !== undefined
}

/** `changed`: something else was said of it since. */
export type ImportedCard = { credentialId: string; canonical: string; memberId: string | null; changed: number }

/** Cards of which this import still says something; or the one, by the facts about it. */
export function cardsOfImport(db: ReadDb, id: string, credentialId?: string): ImportedCard[] {
  const which = credentialId === undefined ? 'import_id = @id' : 'credential_id = @credentialId AND +import_id = @id'
  return sql<ImportedCard>(
    db,
    `SELECT c.id AS credentialId, c.canonical, g.memberId, EXISTS (
       SELECT 1 FROM card_fact l
       WHERE l.credential_id = c.id AND l.n > g.first AND l.import_id IS NOT @id) AS changed
     FROM (SELECT credential_id, MIN(n) AS first, MAX(member_id) AS memberId FROM card_fact
           WHERE ${which} GROUP BY credential_id) g
     JOIN credential c ON c.id = g.credential_id ORDER BY g.first`,
  ).all({ id, credentialId })
}

/** Facts of this import about one card. */
export function factsOfImport(db: ReadDb, id: string, credentialId: string): string[] {
  return sql<{ id: string }>(db, 'SELECT id FROM card_fact WHERE +import_id = ? AND credential_id = ? ORDER BY n')
    .all(id, credentialId)
    .map((fact) => fact.id)
}

type Withdrawal = { id: string; credentialId: string; withdraws: string; at: Ms; origin: string; operator: string }

export function withdrawFact(db: WriteDb, fact: Withdrawal): void {
  sql(
    db,
    `INSERT INTO credential_fact (id, credential_id, kind, at, origin, operator, withdraws)
     VALUES (@id, @credentialId, 'withdrawn', @at, @origin, @operator, @withdraws)`,
  ).run(fact)
}
