// People: rows, emails, links to Stripe customers.
import { type Member, nameKey, normaliseEmail, phoneKey } from '../domain/member.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

const COLUMNS = 'm.id, m.name, m.phone, m.created_at AS createdAt, m.archived_at AS archivedAt'

export function insertMember(db: WriteDb, member: Omit<Member, 'archivedAt'>, origin: string): void {
  sql(
    db,
    `INSERT INTO member (id, name, phone, name_key, phone_key, created_at, origin)
     VALUES (@id, @name, @phone, @nameKey, @phoneKey, @createdAt, @origin)`,
  ).run({ ...member, ...keysOf(member), origin })
}

type Called = { name: string; phone: string | null }

function keysOf({ name, phone }: Called): { nameKey: string | null; phoneKey: string | null } {
  return { nameKey: nameKey(name), phoneKey: phoneKey(phone) }
}

/** Keeps the spelling in which it was first given; true when it is new. */
export function addEmail(db: WriteDb, memberId: string, email: string, at: Ms): boolean {
  return (
    sql(db, 'INSERT OR IGNORE INTO member_email VALUES (?, ?, ?, ?)').run(
      memberId,
      normaliseEmail(email),
      email.trim(),
      at,
    ).changes > 0
  )
}

export function linkCustomer(db: WriteDb, account: string, customerId: string, memberId: string, at: Ms): void {
  sql(db, 'INSERT INTO member_customer VALUES (?, ?, ?, ?)').run(account, customerId, memberId, at)
}

/** What Stripe says of a person; what was written at the desk stays. True when it changed something. */
export function followStripe(db: WriteDb, id: string, called: Called): boolean {
  return (
    sql(
      db,
      `UPDATE member SET name = @name, phone = @phone, name_key = @nameKey, phone_key = @phoneKey
       WHERE id = @id AND named_at IS NULL AND (name, phone, name_key, phone_key) IS NOT (@name, @phone, @nameKey, @phoneKey)`,
    ).run({ id, ...called, ...keysOf(called) }).changes > 0
  )
}

/** What was written at the desk. */
export function nameMember(db: WriteDb, id: string, called: Called, at: Ms): void {
  sql(
    db,
    `UPDATE member SET name = @name, phone = @phone, name_key = @nameKey, phone_key = @phoneKey, named_at = @at
     WHERE id = @id`,
  ).run({ id, ...called, ...keysOf(called), at })
}

/** By what people are compared, for one who was written down while that was something else. */
export function renewKeys(db: WriteDb, { id, name, phone }: Member): void {
  sql(
    db,
    `UPDATE member SET name_key = @nameKey, phone_key = @phoneKey
     WHERE id = @id AND (name_key, phone_key) IS NOT (@nameKey, @phoneKey)`,
  ).run({ id, ...keysOf({ name, phone }) })
}

export function setArchived(db: WriteDb, id: string, at: Ms | null): void {
  sql(db, 'UPDATE member SET archived_at = ? WHERE id = ?').run(at, id)
}

export function removeEmail(db: WriteDb, memberId: string, email: string): boolean {
  return (
    sql(db, 'DELETE FROM member_email WHERE member_id = ? AND email = ?').run(memberId, normaliseEmail(email)).changes >
    0
  )
}

export function memberById(db: ReadDb, id: string): Member | null {
  return sql<Member>(db, `SELECT ${COLUMNS} FROM member m WHERE m.id = ?`).get(id) ?? null
}

export function membersByEmail(db: ReadDb, email: string): Member[] {
  return knownByEmail(db, email).filter((member) => member.archivedAt === null)
}

/** Also those who were put away, who may come back; not those who became somebody else by merging. */
export function knownByEmail(db: ReadDb, email: string): Member[] {
  return sql<Member>(
    db,
    `SELECT ${COLUMNS} FROM member m JOIN member_email e ON e.member_id = m.id
     WHERE e.email = ? AND m.merged_into IS NULL ORDER BY m.created_at, m.id`,
  ).all(normaliseEmail(email))
}

/** People with this phone number, however it is written, also those who were put away; none for no number. */
export function knownByPhone(db: ReadDb, phone: string | null): Member[] {
  return sql<Member>(db, `SELECT ${COLUMNS} FROM member m WHERE m.phone_key = ? AND m.merged_into IS NULL`).all(
    phoneKey(phone),
  )
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

/** The next after one id, whoever they are: for going over everybody some at a time. */
export function membersAfter(db: ReadDb, id: string, count: number): Member[] {
  return sql<Member>(db, `SELECT ${COLUMNS} FROM member m WHERE m.id > ? ORDER BY m.id LIMIT ?`).all(id, count)
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
