// Two people who turned out to be one, and back; two who only look alike.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { type MovedRight, moveRights, moveRightsBack } from './people-merge-rights.ts'
import { sql } from './statement.ts'

/** What went from one person to the other. Emails are normalised, cards canonical, covers by membership and beginning. */
export type Moved = {
  emails: string[]
  customers: { account: string; customerId: string }[]
  covers: { membershipId: string; from: Ms }[]
  /** Covers that ended because the other person was covered by the same membership already, or is again. */
  doubled: { membershipId: string; from: Ms }[]
  /** Covers of the other person that had ended and hold again; `until` is when they had. */
  reopened: { membershipId: string; from: Ms; until: Ms }[]
  payers: string[]
  overrides: string[]
  cards: string[]
  /** The one who stays is called as they were, whatever the other's customer is called in Stripe. */
  named: boolean
  /** The other's phone number, where the one who stays had none. */
  phone: string | null
  /** These two are left out by merges from before they were kept. */
  rights?: MovedRight[]
  /** Invitations of and by the other person; one between the two stays where it is. */
  guests?: { as: 'member_id' | 'host_id'; id: string }[]
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

/** Whom those who were merged into others became, each at once: few, so that one question serves for many people. */
export function mergedPeople(db: ReadDb): Map<string, string> {
  const rows = sql<{ id: string; into: string }>(
    db,
    'SELECT id, merged_into AS "into" FROM member WHERE merged_into IS NOT NULL',
  ).all()
  const next = new Map(rows.map(({ id, into }) => [id, into]))
  const last = (id: string): string => {
    const into = next.get(id)
    return into === undefined ? id : last(into)
  }
  return new Map(rows.map(({ id }) => [id, last(id)]))
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
  // Put on anew from the moment of a cover that had ended: there is one row for both.
  const reopened = rows<{ membershipId: string; from: Ms; until: Ms }>(
    db,
    `SELECT k.membership_id AS membershipId, k.from_at AS "from", k.until_at AS until
     FROM membership_cover k JOIN membership_cover g USING (membership_id, from_at)
     WHERE k.member_id = @to AND k.until_at IS NOT NULL AND g.member_id = @from AND g.until_at IS NULL`,
    { from, to },
  )
  for (const one of reopened) endCover(db, to, one, null)
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
  const named = sql(db, 'UPDATE member SET named_at = ? WHERE id = ? AND named_at IS NULL').run(at, to).changes > 0
  const [taken] = rows<{ phone: string }>(
    db,
    `UPDATE member SET (phone, phone_key) = (SELECT phone, phone_key FROM member WHERE id = @from)
     WHERE id = @to AND phone IS NULL AND EXISTS (SELECT 1 FROM member WHERE id = @from AND phone IS NOT NULL)
     RETURNING phone`,
    { from, to },
  )
  const rights = moveRights(db, from, to)
  const guests = [
    ...moveGuests(db, 'member_id', 'host_id', from, to),
    ...moveGuests(db, 'host_id', 'member_id', from, to),
  ]
  return {
    emails,
    customers,
    covers,
    doubled,
    reopened,
    payers,
    overrides,
    named,
    phone: taken?.phone ?? null,
    rights,
    guests,
  }
}

function moveGuests<As extends 'member_id' | 'host_id'>(
  db: WriteDb,
  as: As,
  other: 'member_id' | 'host_id',
  from: string,
  to: string,
): { as: As; id: string }[] {
  const text = `UPDATE guest SET ${as} = @to WHERE ${as} = @from AND ${other} <> @to RETURNING id`
  return rows<{ id: string }>(db, text, { from, to }).map(({ id }) => ({ as, id }))
}

type Cover = { membershipId: string; from: Ms }

function endCover(db: WriteDb, memberId: string, { membershipId, from }: Cover, until: Ms | null): void {
  sql(
    db,
    'UPDATE membership_cover SET until_at = @until WHERE member_id = @memberId AND membership_id = @membershipId AND from_at = @from',
  ).run({ memberId, membershipId, from, until })
}

/** Puts back what a merge moved, as far as it is still where it was put. */
export function movePersonBack(db: WriteDb, { keptId, goneId, at, moved }: Merge): void {
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
  for (const one of moved.doubled) endCover(db, goneId, one, null)
  for (const one of moved.reopened) endCover(db, keptId, one, one.until)
  for (const id of moved.payers)
    sql(db, 'UPDATE membership SET payer_id = ? WHERE payer_id = ? AND id = ?').run(goneId, keptId, id)
  for (const id of moved.overrides)
    sql(db, 'UPDATE access_override SET member_id = ? WHERE member_id = ? AND id = ?').run(goneId, keptId, id)
  for (const { as, id } of moved.guests ?? [])
    sql(db, `UPDATE guest SET ${as} = ? WHERE ${as} = ? AND id = ?`).run(goneId, keptId, id)
  moveRightsBack(db, moved.rights ?? [], goneId, keptId)
  // A name or number that was written down since stays.
  if (moved.named) sql(db, 'UPDATE member SET named_at = NULL WHERE id = ? AND named_at = ?').run(keptId, at)
  if (moved.phone !== null)
    sql(db, 'UPDATE member SET phone = NULL, phone_key = NULL WHERE id = ? AND phone = ?').run(keptId, moved.phone)
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
     WHERE undone_at IS NULL ORDER BY rowid DESC`,
  )
    .all()
    .map((row) => ({ ...row, moved: JSON.parse(row.moved) as Moved }))
}

export function markDifferent(db: WriteDb, one: string, other: string, at: Ms, operator: string): void {
  const [a, b] = [one, other].toSorted()
  sql(db, 'INSERT OR IGNORE INTO member_different VALUES (?, ?, ?, ?)').run(a, b, at, operator)
}

/** Pairs `a:b` of people, the smaller id first, who were said to be different, by whom each became since. */
export function differentPairs(db: ReadDb): Set<string> {
  const said = sql<{ a: string; b: string }>(db, 'SELECT a, b FROM member_different').all()
  return new Set(said.map(({ a, b }) => pairOf(personNow(db, a) ?? a, personNow(db, b) ?? b)))
}

export function pairOf(one: string, other: string): string {
  return [one, other].toSorted().join(':')
}

function rows<T>(db: WriteDb, text: string, args: Record<string, unknown>): T[] {
  return sql<T>(db, text).all(args)
}
