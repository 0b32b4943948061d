// One search for name, email, phone and card number; its index is written with what it is made of.
import { fold, indexWords, queryWords } from '../domain/fold.ts'
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
    indexWords(text.name).join(' '),
    fold(text.emails.join(' ')),
    phoneWords(text.phone),
    text.cards.flatMap((card) => [card, unpadded(card)]).join(' '),
  )
}

/** Ids of people of whom every word of the query begins some word; at most `limit`, by name. */
export function searchMembers(db: ReadDb, query: string, limit: number): string[] {
  const typed = query.normalize('NFKC')
  const ways = queryWords(typed).map((words) => `(${words.map(anyOf).join(' AND ')})`)
  if (ways.length === 0) return []
  const match = [...ways, ...runTogether(typed).map((digits) => anyOf([digits]))].join(' OR ')
  return sql<{ id: string }>(
    db,
    `SELECT m.id FROM (SELECT rowid FROM member_search WHERE member_search MATCH ? LIMIT ?) hit
     JOIN member m ON m.rowid = hit.rowid WHERE m.archived_at IS NULL ORDER BY m.name COLLATE NOCASE LIMIT ?`,
  )
    .all(match, Math.max(limit, 300), limit)
    .map((row) => row.id)
}

function anyOf(words: readonly string[]): string {
  const prefixes = words.map((word) => `"${word}"*`)
  return prefixes.length === 1 ? prefixes.join('') : `(${prefixes.join(' OR ')})`
}

/** Some forms of one card differ in nothing but zeros in front. */
function unpadded(card: string): string {
  return /^\d+$/.test(card) ? card.replace(/^0+/, '') : ''
}

/** A phone number or the bytes of a card, typed in groups, are one word: what else the query may stand for. */
function runTogether(query: string): string[] {
  const typed = query.replace(/[\s()/.:+-]/g, '')
  if (/^[0-9a-f]{8,14}$/i.test(typed) && /[a-f]/i.test(typed)) return [typed]
  const digits = typed.replace(/^0+/, '')
  if (!/^\d{4,20}$/.test(digits)) return []
  // Someone may be stored without the country code, which has one to three digits; a card's number may begin with zeros.
  const abroad = /^\s*(\+|00)[1-9]/.test(query) ? [1, 2, 3].map((code) => digits.slice(code)) : []
  return [typed, digits, ...abroad.filter((rest) => rest.length >= 6)]
}

/** Stripe writes "+491701234567": every end of it of four digits or more is a word, so that no country code is needed. */
function phoneWords(phone: string | null): string {
  const digits = phone?.replace(/\D/g, '') ?? ''
  return Array.from(digits.slice(3), (_, index) => digits.slice(index)).join(' ')
}
