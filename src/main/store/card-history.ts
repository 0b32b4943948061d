// What was recorded about a card, by whom, also what was taken back since; and loaners that are out for too long.
import type { CredentialFact } from '../domain/credential.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export type ToldFact = {
  kind: CredentialFact['kind']
  at: Ms
  operator: string
  memberId: string | null
  /** Why; the label; the short card that it was enrolled as. */
  reason: string | null
  validUntil: Ms | null
  dueAt: Ms | null
  loaner: number | null
  /** The file that said it, and when and by whom that was undone. */
  file: string | null
  undoneAt: Ms | null
  undoneBy: string | null
}

/** In the order in which they were recorded. */
export function toldFacts(db: ReadDb, canonical: string): ToldFact[] {
  return sql<ToldFact>(
    db,
    `SELECT f.kind, f.at, f.operator, f.member_id AS memberId, f.reason, f.valid_until AS validUntil, f.due_at AS dueAt,
       f.loaner, i.name AS file, w.at AS undoneAt, w.operator AS undoneBy
     FROM credential c JOIN credential_fact f ON f.credential_id = c.id
     LEFT JOIN card_import i ON i.id = f.import_id
     LEFT JOIN credential_fact w ON w.withdraws = f.id
     WHERE c.canonical = ? AND f.withdraws IS NULL ORDER BY f.rowid`,
  ).all(canonical)
}

/** Held cards that were to be back by this moment. */
export function cardsDue(db: ReadDb, by: Ms): string[] {
  return sql<{ canonical: string }>(
    db,
    `SELECT DISTINCT c.canonical FROM card_fact f JOIN card_held h ON h.credential_id = f.credential_id
     JOIN credential c ON c.id = f.credential_id WHERE f.due_at <= ?`,
  )
    .all(by)
    .map(({ canonical }) => canonical)
}
