// Inductions: what a door asks for, and who has been shown how.
import type { Ms } from '../domain/time.ts'
import { lastOf } from './actions.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type Induction = { id: string; name: string }

export function allInductions(db: ReadDb): Induction[] {
  return sql<Induction>(db, 'SELECT id, name FROM induction ORDER BY name COLLATE NOCASE, id').all()
}

export function saveInduction(db: WriteDb, { id, name }: Induction, at: Ms): void {
  sql(db, 'INSERT INTO induction VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name').run(
    id,
    name,
    at,
  )
}

/** Doors ask for it no more, and nobody has it. True where there was one. */
export function removeInduction(db: WriteDb, id: string): boolean {
  return sql(db, 'DELETE FROM induction WHERE id = ?').run(id).changes > 0
}

export function inductionsOfDoor(db: ReadDb, doorId: string): Induction[] {
  return sql<Induction>(
    db,
    `SELECT i.id, i.name FROM door_induction d JOIN induction i ON i.id = d.induction_id
     WHERE d.door_id = ? ORDER BY i.name, i.id`,
  ).all(doorId)
}

/** Names of the doors that ask for it. */
export function doorsAsking(db: ReadDb, inductionId: string): string[] {
  return sql<{ name: string }>(
    db,
    `SELECT d.name FROM door_induction i JOIN door d ON d.id = i.door_id WHERE i.induction_id = ?
     ORDER BY d.name COLLATE NOCASE, d.id`,
  )
    .all(inductionId)
    .map(({ name }) => name)
}

export function setDoorInductions(db: WriteDb, doorId: string, inductions: readonly string[]): void {
  sql(db, 'DELETE FROM door_induction WHERE door_id = ?').run(doorId)
  for (const id of new Set(inductions)) sql(db, 'INSERT INTO door_induction VALUES (?, ?)').run(doorId, id)
}

export type Inducted = { id: string; name: string; at: Ms; until: Ms | null; operator: string }

/** Those of a person, also such as have run out. */
export function inductionsOf(db: ReadDb, memberId: string): Inducted[] {
  return sql<Inducted>(
    db,
    `SELECT i.id, i.name, m.at, m.until_at AS until, m.operator FROM member_induction m
     JOIN induction i ON i.id = m.induction_id WHERE m.member_id = ? ORDER BY i.name, i.id`,
  ).all(memberId)
}

export function hasInduction(db: ReadDb, memberId: string, inductionId: string, at: Ms): boolean {
  return (
    sql(
      db,
      `SELECT 1 FROM member_induction WHERE member_id = ? AND induction_id = ? AND (until_at IS NULL OR until_at > ?)`,
    ).get(memberId, inductionId, at) !== undefined
  )
}

/** The same at a moment that is past, as the log of actions tells it where it was taken back or given anew since. */
export function hadInduction(db: ReadDb, memberId: string, inductionId: string, at: Ms): boolean {
  const about = { key: 'induction', value: inductionId }
  const last = lastOf(db, memberId, ['induction-given', 'induction-taken'], at, about)
  if (last === null) return heldBefore(db, memberId, inductionId, at)
  const { until } = last.detail
  return last.kind === 'induction-given' && (typeof until !== 'string' || at < Date.parse(until))
}

/** Of a merge the log of actions tells nothing about inductions: what stands now tells since when it holds. */
function heldBefore(db: ReadDb, memberId: string, inductionId: string, at: Ms): boolean {
  return inductionsOf(db, memberId).some(
    (one) => one.id === inductionId && one.at <= at && (one.until === null || at < one.until),
  )
}

export function giveInduction(
  db: WriteDb,
  given: { memberId: string; inductionId: string; at: Ms; until: Ms | null; operator: string },
): void {
  sql(db, 'INSERT OR REPLACE INTO member_induction VALUES (@memberId, @inductionId, @at, @until, @operator)').run(given)
}

/** True where there was one. */
export function takeInduction(db: WriteDb, memberId: string, inductionId: string): boolean {
  return (
    sql(db, 'DELETE FROM member_induction WHERE member_id = ? AND induction_id = ?').run(memberId, inductionId)
      .changes > 0
  )
}
