// People: rows, emails, links to Stripe customers.
import { type Member, normaliseEmail } from '../domain/member.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

const COLUMNS = 'm.id, m.name, m.phone, m.created_at AS createdAt, m.archived_at AS archivedAt'

export function insertMember(db: WriteDb, member: Omit<Member, 'archivedAt'>, origin: string): void {
  sql(
    db,
    'INSERT INTO member (id, name, phone, created_at, origin) VALUES (@id, @name, @phone, @createdAt, @origin)',
  ).run({ ...member, origin })
}

/** Keeps the spelling in which it was first given. */
export function addEmail(db: WriteDb, memberId: string, email: string, at: Ms): void {
  sql(db, 'INSERT OR IGNORE INTO member_email VALUES (?, ?, ?, ?)').run(
    memberId,
    normaliseEmail(email),
    email.trim(),
    at,
  )
}

export function linkCustomer(db: WriteDb, account: string, customerId: string, memberId: string, at: Ms): void {
  sql(db, 'INSERT INTO member_customer VALUES (?, ?, ?, ?)').run(account, customerId, memberId, at)
}

export function updateMember(db: WriteDb, id: string, { name, phone }: { name: string; phone: string | null }): void {
  sql(db, 'UPDATE member SET name = ?, phone = ? WHERE id = ?').run(name, phone, id)
}

export function memberById(db: ReadDb, id: string): Member | null {
  return sql<Member>(db, `SELECT ${COLUMNS} FROM member m WHERE m.id = ?`).get(id) ?? null
}

export function membersByEmail(db: ReadDb, email: string): Member[] {
  return sql<Member>(
    db,
    `SELECT ${COLUMNS} FROM member m JOIN member_email e ON e.member_id = m.id WHERE e.email = ? AND m.archived_at IS NULL`,
  ).all(normaliseEmail(email))
}

export function memberOfCustomer(db: ReadDb, account: string, customerId: string): string | null {
  const row = sql<{ id: string }>(
    db,
    'SELECT member_id AS id FROM member_customer WHERE account = ? AND customer_id = ?',
  ).get(account, customerId)
  return row?.id ?? null
}

/** By name, as a list shows them. */
export function allMembers(db: ReadDb): Member[] {
  return sql<Member>(
    db,
    `SELECT ${COLUMNS} FROM member m WHERE m.archived_at IS NULL ORDER BY m.name COLLATE NOCASE, m.id`,
  ).all()
}

export function membersByIds(db: ReadDb, ids: readonly string[]): Member[] {
  return sql<Member>(
    db,
    `SELECT ${COLUMNS} FROM json_each(?) wanted JOIN member m ON m.id = wanted.value ORDER BY wanted.key`,
  ).all(JSON.stringify(ids))
}

/** Emails in their first spelling, by member. */
export function emailsOf(db: ReadDb, ids: readonly string[]): Map<string, string[]> {
  return groups(
    sql<{ key: string; value: string }>(
      db,
      `SELECT member_id AS key, original AS value FROM member_email
       WHERE member_id IN (SELECT value FROM json_each(?)) ORDER BY added_at, email`,
    ).all(JSON.stringify(ids)),
  )
}

/** Ids of Stripe customers, by member. */
export function customersOf(db: ReadDb, ids: readonly string[]): Map<string, string[]> {
  return groups(
    sql<{ key: string; value: string }>(
      db,
      `SELECT member_id AS key, customer_id AS value FROM member_customer
       WHERE member_id IN (SELECT value FROM json_each(?)) ORDER BY linked_at, customer_id`,
    ).all(JSON.stringify(ids)),
  )
}

export function groups(rows: readonly { key: string; value: string }[]): Map<string, string[]> {
  const result = new Map<string, string[]>()
  for (const { key, value } of rows) {
    const list = result.get(key)
    if (list) list.push(value)
    else result.set(key, [value])
  }
  return result
}
