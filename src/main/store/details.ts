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
import { NOT_OVER } from './entitlements.ts'
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

/** Born after a day, YYYY-MM-DD, as was told last of them or of whoever became them; with a card or a membership that is
 * not over, and without rules for coming in. The last that was told comes first, at `since`. */
export function unruledMinors(db: ReadDb, day: string, at: Ms): { id: string; name: string; since: Ms }[] {
  return sql<{ id: string; name: string; since: Ms }>(
    db,
    `WITH young AS (SELECT coalesce(x.merged_into, x.id) AS id, max(d.at) AS since
       FROM member_detail d JOIN member x ON x.id = d.member_id WHERE d.changes ->> 'birthDate' > @day GROUP BY 1)
     SELECT m.id, m.name, young.since FROM young JOIN member m ON m.id = young.id
     WHERE m.archived_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM minor n WHERE n.member_id = m.id AND n.of_age_at > @at)
       AND (SELECT d.changes ->> 'birthDate' FROM member x JOIN member_detail d ON d.member_id = x.id
         WHERE (x.id = m.id OR x.merged_into = m.id) AND d.changes ->> 'birthDate' IS NOT NULL
         ORDER BY x.id = m.id DESC, d.at DESC, d.rowid DESC LIMIT 1) > @day
       AND (EXISTS (SELECT 1 FROM card_held h WHERE h.member_id = m.id)
         OR EXISTS (SELECT 1 FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id
           WHERE c.member_id = m.id AND (c.until_at IS NULL OR c.until_at > @at) AND ${NOT_OVER}))
     ORDER BY young.since DESC, m.id`,
  ).all({ day, at })
}

export function askedDetails(db: ReadDb): AskedDetails {
  return readAskedDetails(db) ?? USUALLY_ASKED
}

/** The guardian who does something for them at a moment; null where that is nobody. */
export function guardianAt(db: ReadDb, memberId: string, does: GuardianDoes, at: Ms): ReturnType<typeof guardianFor> {
  const today = toLocal(at, readSettings(db).timeZone).day.date
  return guardianFor(does, detailsOf(db, memberId), askedDetails(db), today)
}
