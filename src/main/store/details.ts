// What people tell of themselves: facts, of which the newest word about each field holds.
import {
  type AskedDetails,
  type Details,
  foldDetails,
  type GuardianDoes,
  guardianFor,
  USUALLY_ASKED,
} from '../domain/details.ts'
import { type Ms, toLocal } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { idsOfPerson } from './people-merge.ts'
import { readAskedDetails, readSettings } from './settings.ts'
import { sql } from './statement.ts'

export type DetailFact = {
  id: string
  memberId: string
  at: Ms
  origin: string
  operator: string
  changes: Partial<Details>
}

export function insertDetails(db: WriteDb, { changes, ...fact }: DetailFact): void {
  sql(db, 'INSERT INTO member_detail VALUES (@id, @memberId, @at, @origin, @operator, @changes)').run({
    ...fact,
    changes: JSON.stringify(changes),
  })
}

/** What was said of those who were merged into them counts where nothing was said of themselves. */
export function detailsOf(db: ReadDb, memberId: string): Details {
  const changes = sql<{ changes: string }>(
    db,
    `SELECT changes FROM member_detail WHERE member_id IN (SELECT value FROM json_each(@ids))
     ORDER BY member_id = @memberId, at, rowid`,
  ).all({ memberId, ids: JSON.stringify(idsOfPerson(db, memberId)) })
  return foldDetails(changes.map((row) => JSON.parse(row.changes) as Partial<Details>))
}

/** Of whom it was told, and last when, that they were born after a day, YYYY-MM-DD; another day may have been told since. */
export function bornAfter(db: ReadDb, day: string): { memberId: string; at: Ms }[] {
  return sql<{ memberId: string; at: Ms }>(
    db,
    `SELECT member_id AS memberId, max(at) AS at FROM member_detail WHERE changes ->> 'birthDate' > ?
     GROUP BY member_id ORDER BY member_id`,
  ).all(day)
}

export function askedDetails(db: ReadDb): AskedDetails {
  return readAskedDetails(db) ?? USUALLY_ASKED
}

/** The guardian who does something for them at a moment; null where that is nobody. */
export function guardianAt(db: ReadDb, memberId: string, does: GuardianDoes, at: Ms): ReturnType<typeof guardianFor> {
  const today = toLocal(at, readSettings(db).timeZone).day.date
  return guardianFor(does, detailsOf(db, memberId), askedDetails(db), today)
}
