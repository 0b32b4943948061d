// Photos of people: facts, of which the latest of a person holds, and the one picture that is in use.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { idsOfPerson, personNow } from './people-merge.ts'
import { sql } from './statement.ts'

export type PhotoFact = { id: string; memberId: string; at: Ms; origin: string; operator: string }

/** Takes the place of the one before; `picture` null: there is none from now on. */
export function insertPhoto(db: WriteDb, fact: PhotoFact & { picture: Uint8Array | null }): void {
  // Whoever was merged into them has a photo of their own for as long as that may be undone, but not once it is taken off.
  const erased = fact.picture === null ? idsOfPerson(db, fact.memberId) : [fact.memberId]
  sql(
    db,
    'UPDATE member_photo SET picture = NULL WHERE picture IS NOT NULL AND member_id IN (SELECT value FROM json_each(?))',
  ).run(JSON.stringify(erased))
  sql(db, 'INSERT INTO member_photo VALUES (@id, @memberId, @removed, @at, @origin, @operator, @picture)').run({
    ...fact,
    removed: fact.picture === null ? 1 : 0,
  })
}

/** Which photo everybody has, by the person as they are now: their own, or else the newest of those merged into them. */
export function photoVersions(db: ReadDb): Map<string, string> {
  const photos = sql<{ version: string; memberId: string; merged: string | null }>(
    db,
    `SELECT p.id AS version, m.id AS memberId, m.merged_into AS merged FROM member_photo p JOIN member m ON m.id = p.member_id
     WHERE p.picture IS NOT NULL ORDER BY p.at, p.rowid`,
  ).all()
  const versions = new Map<string, string>()
  for (const { merged, version } of photos) {
    const id = merged === null ? null : personNow(db, merged)
    if (id !== null) versions.set(id, version)
  }
  for (const { memberId, merged, version } of photos) if (merged === null) versions.set(memberId, version)
  return versions
}

/** The same choice for one person, with the picture. */
export function photoOf(db: ReadDb, memberId: string): { version: string; picture: Buffer } | null {
  return (
    sql<{ version: string; picture: Buffer }>(
      db,
      `SELECT id AS version, picture FROM member_photo
       WHERE picture IS NOT NULL AND member_id IN (SELECT value FROM json_each(@ids))
       ORDER BY member_id = @memberId DESC, at DESC, rowid DESC LIMIT 1`,
    ).get({ memberId, ids: JSON.stringify(idsOfPerson(db, memberId)) }) ?? null
  )
}
