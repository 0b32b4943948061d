// Two people who turned out to be one, and back; two who only look alike.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** What went from one person to the other. Emails are normalised, cards canonical, covers by membership and beginning. */
export type Moved = {
  emails: string[]
  customers: { account: string; customerId: string }[]
  covers: { membershipId: string; from: Ms }[]
  /** Covers that ended because the other person was covered by the same membership already. */
  doubled: { membershipId: string; from: Ms }[]
  payers: string[]
  overrides: string[]
  cards: string[]
}

export type Merge = { id: string; keptId: string; goneId: string; at: Ms; operator: string; moved: Moved }

/** A person and everyone who was merged into them: decisions at doors keep the id of then. */
export function idsOfPerson(db: ReadDb, id: string): string[] {
  return sql<{ id: string }>(
    db,
    `WITH RECURSIVE person (id) AS (SELECT ? UNION SELECT m.id FROM member m JOIN person p ON m.merged_into = p.id)
     SELECT id FROM person`,
  )
    .all(id)
    .map((row) => row.id)
}

/** Whom a person became by merging; themselves where they did not. */
export function personNow(db: ReadDb, id: string): string | null {
  const row = sql<{ id: string; into: string | null }>(
    db,
    'SELECT id, merged_into AS "into" FROM member WHERE id = ?',
  ).get(id)
  return row === undefined ? null : row.into === null ? row.id : personNow(db, row.into)
}

/** Moves all that hangs on one person to another, but cards, which are facts (merge-people.ts). */
export function movePerson(db: WriteDb, from: string, to: string, at: Ms): Omit<Moved, 'cards'> {
  const emails = rows<{ email: string }>(
    db,
    `INSERT INTO member_email SELECT @to, email, original, added_at FROM member_email g WHERE g.member_id = @from
       AND NOT EXISTS (SELECT 1 FROM member_email k WHERE k.member_id = @to AND k.email = g.email) RETURNING email`,
    { from, to },
  ).map(({ email }) => email)
  const customers = rows<{ account: string; customerId: string }>(
    db,
    'UPDATE member_customer SET member_id = @to WHERE member_id = @from RETURNING account, customer_id AS customerId',
    { from, to },
  )
  const doubled = rows<{ membershipId: string; from: Ms }>(
    db,
    `UPDATE membership_cover SET until_at = max(@at, from_at) WHERE member_id = @from AND until_at IS NULL
       AND membership_id IN (SELECT membership_id FROM membership_cover WHERE member_id = @to AND until_at IS NULL)
     RETURNING membership_id AS membershipId, from_at AS "from"`,
    { from, to, at },
  )
  const covers = rows<{ membershipId: string; from: Ms }>(
    db,
    `UPDATE membership_cover SET member_id = @to WHERE member_id = @from AND until_at IS NULL
     RETURNING membership_id AS membershipId, from_at AS "from"`,
    { from, to },
  )
  const payers = rows<{ id: string }>(db, 'UPDATE membership SET payer_id = @to WHERE payer_id = @from RETURNING id', {
    from,
    to,
  }).map(({ id }) => id)
  const overrides = rows<{ id: string }>(
    db,
    'UPDATE access_override SET member_id = @to WHERE member_id = @from RETURNING id',
    { from, to },
  ).map(({ id }) => id)
  return { emails, customers, covers, doubled, payers, overrides }
}

/** Puts back what a merge moved, as far as it is still where it was put. */
export function movePersonBack(db: WriteDb, { keptId, goneId, moved }: Merge): void {
  const both = { keptId, goneId }
  for (const email of moved.emails)
    sql(db, 'DELETE FROM member_email WHERE member_id = ? AND email = ?').run(keptId, email)
  for (const customer of moved.customers)
    sql(
      db,
      'UPDATE member_customer SET member_id = @goneId WHERE member_id = @keptId AND account = @account AND customer_id = @customerId',
    ).run({ ...both, ...customer })
  for (const one of moved.covers)
    sql(
      db,
      'UPDATE membership_cover SET member_id = @goneId WHERE member_id = @keptId AND membership_id = @membershipId AND from_at = @from',
    ).run({ ...both, ...one })
  for (const one of moved.doubled)
    sql(
      db,
      'UPDATE membership_cover SET until_at = NULL WHERE member_id = @goneId AND membership_id = @membershipId AND from_at = @from',
    ).run({ goneId, ...one })
  for (const id of moved.payers)
    sql(db, 'UPDATE membership SET payer_id = ? WHERE payer_id = ? AND id = ?').run(goneId, keptId, id)
  for (const id of moved.overrides)
    sql(db, 'UPDATE access_override SET member_id = ? WHERE member_id = ? AND id = ?').run(goneId, keptId, id)
}

export function insertMerge(db: WriteDb, { moved, ...merge }: Merge): void {
  sql(
    db,
    'INSERT INTO member_merge (id, kept_id, gone_id, at, operator, moved) VALUES (@id, @keptId, @goneId, @at, @operator, @moved)',
  ).run({ ...merge, moved: JSON.stringify(moved) })
  sql(db, 'UPDATE member SET merged_into = ?, archived_at = ? WHERE id = ?').run(merge.keptId, merge.at, merge.goneId)
}

export function undoMerge(db: WriteDb, { id, goneId }: Merge, at: Ms): void {
  sql(db, 'UPDATE member_merge SET undone_at = ? WHERE id = ?').run(at, id)
  sql(db, 'UPDATE member SET merged_into = NULL, archived_at = NULL WHERE id = ?').run(goneId)
}

/** Merges that stand, newest first. */
export function standingMerges(db: ReadDb): Merge[] {
  return sql<Omit<Merge, 'moved'> & { moved: string }>(
    db,
    `SELECT id, kept_id AS keptId, gone_id AS goneId, at, operator, moved FROM member_merge
     WHERE undone_at IS NULL ORDER BY at DESC, id DESC`,
  )
    .all()
    .map((row) => ({ ...row, moved: JSON.parse(row.moved) as Moved }))
}

export function markDifferent(db: WriteDb, one: string, other: string, at: Ms, operator: string): void {
  const [a, b] = [one, other].toSorted()
  sql(db, 'INSERT OR IGNORE INTO member_different VALUES (?, ?, ?, ?)').run(a, b, at, operator)
}

export function areDifferent(db: ReadDb, one: string, other: string): boolean {
  const [a, b] = [one, other].toSorted()
  return sql(db, 'SELECT 1 FROM member_different WHERE a = ? AND b = ?').get(a, b) !== undefined
}

function rows<T>(db: WriteDb, text: string, args: Record<string, unknown>): T[] {
  return sql<T>(db, text).all(args)
}
