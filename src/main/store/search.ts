// One search for name, email, phone and card number; an index that can be rebuilt at any time.
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type SearchText = { name: string; emails: readonly string[]; phone: string | null; cards: readonly string[] }

/** Writes what a person can be found by. */
export function indexMember(db: WriteDb, memberId: string, text: SearchText): void {
  const row = sql<{ rowid: number }>(db, 'SELECT rowid FROM member WHERE id = ?').get(memberId)
  if (!row) return
  sql(db, 'DELETE FROM member_search WHERE rowid = ?').run(row.rowid)
  sql(db, 'INSERT INTO member_search (rowid, name, emails, phone, cards) VALUES (?, ?, ?, ?, ?)').run(
    row.rowid,
    text.name,
    text.emails.join(' '),
    phoneWords(text.phone),
    text.cards.join(' '),
  )
}

/** Ids of people of whom every word of the query begins some word; at most `limit`, best first while they are few. */
export function searchMembers(db: ReadDb, query: string, limit: number): string[] {
  const words = query.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length === 0) return []
  const joined = query.replace(/[\s()/.+-]/g, '')
  // A phone number typed with spaces is one word of digits.
  const phrase = /^\d{4,}$/.test(joined) ? `"${joined.replace(/^0+/, '')}"* OR "${joined}"*` : null
  const prefixes = words.map((word) => `"${word}"*`).join(' AND ')
  const match = phrase === null ? prefixes : `(${prefixes}) OR ${phrase}`
  return sql<{ id: string }>(
    db,
    `SELECT m.id FROM (SELECT rowid FROM member_search WHERE member_search MATCH ? LIMIT ?) hit
     JOIN member m ON m.rowid = hit.rowid WHERE m.archived_at IS NULL ORDER BY m.name COLLATE NOCASE LIMIT ?`,
  )
    .all(match, Math.max(limit, 300), limit)
    .map((row) => row.id)
}

/** "+49 170 1234" can be looked for whole, without its country, or from any of its groups on. */
function phoneWords(phone: string | null): string {
  const groups = phone?.match(/\d+/g) ?? []
  return groups.map((_, index) => groups.slice(index).join('')).join(' ')
}
