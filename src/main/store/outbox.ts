// What is to be told, and what became of it: rows and facts, neither ever changed.
import type { MailFile } from '../domain/mail.ts'
import type { MailTrouble, Notice, OutboxFact, OutboxFactKind } from '../domain/outbox.ts'
import type { Ms } from '../domain/time.ts'
import { guardianAt } from './details.ts'
import { emailsOf, memberById } from './members.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { personNow } from './people-merge.ts'
import { sql } from './statement.ts'

export type OutboxRow = {
  id: string
  createdAt: Ms
  /** Whom it is about. */
  memberId: string | null
  /** Where it goes; null: to that person's own address. */
  recipient: string | null
  messageId: string
  notBefore: Ms
  notice: Notice
}
export type OpenRow = OutboxRow & { facts: OutboxFact[] }

/** True when it is new: the same change is told once. */
export function insertOutbox(db: WriteDb, { notice, ...row }: OutboxRow, subject: string): boolean {
  return (
    sql(
      db,
      `INSERT INTO outbox (id, created_at, system, kind, member_id, recipient, subject, payload, message_id, not_before)
       VALUES (@id, @createdAt, 'mail', @kind, @memberId, @recipient, @subject, @payload, @messageId, @notBefore)
       ON CONFLICT (system, kind, subject, ifnull(member_id, ''), ifnull(recipient, '')) DO NOTHING`,
    ).run({ ...row, subject, kind: notice.kind, payload: JSON.stringify(notice.payload) }).changes > 0
  )
}

/** Goes with every mail of that subject, until the last of them is settled. */
export function insertOutboxFile(db: WriteDb, subject: string, file: MailFile): void {
  sql(db, 'INSERT INTO outbox_file VALUES (@subject, @name, @type, @bytes)').run({ subject, ...file })
}

export function filesOf(db: ReadDb, { id }: Pick<OutboxRow, 'id'>): MailFile[] {
  return sql<MailFile>(
    db,
    'SELECT name, type, bytes FROM outbox_file WHERE subject = (SELECT subject FROM outbox WHERE id = ?) ORDER BY name',
  ).all(id)
}

/** Whether anybody was told of this change in this way, whatever became of it. */
export function wasTold(db: ReadDb, kind: Notice['kind'], subject: string): boolean {
  return (
    sql(db, "SELECT 1 FROM outbox WHERE system = 'mail' AND kind = ? AND subject = ? LIMIT 1").get(kind, subject) !==
    undefined
  )
}

export type NewFact = {
  id: string
  outboxId: string
  kind: OutboxFactKind
  at: Ms
  origin: string
  operator: string | null
  why?: MailTrouble | null
  detail?: string | null
}

export function insertOutboxFact(db: WriteDb, fact: NewFact): void {
  sql(
    db,
    `INSERT INTO outbox_fact (id, outbox_id, kind, at, origin, operator, why, detail)
     VALUES (@id, @outboxId, @kind, @at, @origin, @operator, @why, @detail)`,
  ).run({ why: null, detail: null, ...fact })
}

/** After a restore nobody knows what of this has gone since the backup was made: no mail goes twice for it. */
export function doubtOutbox(db: WriteDb, origin: string, at: Ms): void {
  sql(
    db,
    `INSERT INTO outbox_fact (id, outbox_id, kind, at, origin, why)
     SELECT lower(hex(randomblob(16))), p.outbox_id, 'unclear', @at, @origin, 'restored' FROM outbox_open p
     WHERE coalesce((SELECT f.kind FROM outbox_fact f WHERE f.outbox_id = p.outbox_id ORDER BY f.rowid DESC LIMIT 1), '')
       NOT IN ('unclear', 'no-address')`,
  ).run({ origin, at })
}

type Stored = Omit<OutboxRow, 'notice'> & { kind: string; payload: string; facts: string }

const COLUMNS = `o.id, o.created_at AS createdAt, o.kind, o.member_id AS memberId, o.recipient, o.payload,
    o.message_id AS messageId, o.not_before AS notBefore,
    (SELECT json_group_array(json_object('kind', f.kind, 'at', f.at, 'why', f.why, 'detail', f.detail) ORDER BY f.rowid)
     FROM outbox_fact f WHERE f.outbox_id = o.id) AS facts`
const OPEN = `SELECT ${COLUMNS} FROM outbox_open p JOIN outbox o ON o.id = p.outbox_id`

/** Those that are not settled, the oldest first. */
export function openOutbox(db: ReadDb): OpenRow[] {
  return sql<Stored>(db, `${OPEN} ORDER BY o.rowid`).all().map(openRow)
}

/** Null where it is settled, or not there. */
export function openOutboxRow(db: ReadDb, id: string): OpenRow | null {
  const row = sql<Stored>(db, `${OPEN} WHERE o.id = ?`).get(id)
  return row === undefined ? null : openRow(row)
}

/** Whether settled or not, with what became of them; the newest first. */
export function outboxOfKind(db: ReadDb, kind: Notice['kind'], limit: number): (OpenRow & { subject: string })[] {
  return sql<Stored & { subject: string }>(
    db,
    `SELECT ${COLUMNS}, o.subject FROM outbox o WHERE o.kind = ? ORDER BY o.rowid DESC LIMIT ?`,
  )
    .all(kind, limit)
    .map(({ subject, ...row }) => ({ ...openRow(row), subject }))
}

function openRow({ kind, payload, facts, ...row }: Stored): OpenRow {
  return {
    ...row,
    notice: { kind, payload: JSON.parse(payload) } as Notice,
    facts: JSON.parse(facts) as OutboxFact[],
  }
}

/** Whom it is about, as they are now. */
export function personOf(db: ReadDb, { memberId }: Pick<OutboxRow, 'memberId'>): { id: string; name: string } | null {
  const id = memberId === null ? null : personNow(db, memberId)
  const person = id === null ? null : memberById(db, id)
  return person === null ? null : { id: person.id, name: person.name }
}

/** Where it goes now: to the first of a person's addresses, or to the guardian who is called for somebody under age;
 * null where there is none. */
export function addressOf(
  db: ReadDb,
  row: Pick<OutboxRow, 'memberId' | 'recipient' | 'createdAt'>,
): { name: string | null; address: string } | null {
  if (row.recipient !== null) return { name: null, address: row.recipient }
  const person = personOf(db, row)
  const guardian = person === null ? null : guardianAt(db, person.id, 'guardianCalled', row.createdAt)
  if (guardian !== null && guardian.email !== null) return { name: guardian.name, address: guardian.email }
  const address = person === null ? undefined : emailsOf(db, [person.id]).get(person.id)?.[0]
  return person === null || address === undefined ? null : { name: person.name, address }
}
