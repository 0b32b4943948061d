// Changes of running memberships: what was asked for, by whom, and how each ended.
import type { Change } from '../domain/membership-change.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { idsOfPerson } from './people-merge.ts'
import { sql } from './statement.ts'

export type AskedChange = { id: string; membershipId: string; at: Ms; operator: string; change: Change }

export function insertChangeAsked(db: WriteDb, { change, ...row }: AskedChange & { origin: string }): void {
  sql(db, 'INSERT INTO membership_change VALUES (@id, @membershipId, @at, @origin, @operator, @change)').run({
    ...row,
    change: JSON.stringify(change),
  })
}

export function endChange(db: WriteDb, end: { changeId: string; at: Ms; how: 'made' | 'refused'; says: string }): void {
  sql(db, 'INSERT INTO membership_change_end VALUES (@changeId, @at, @how, @says)').run(end)
}

/** Those of which nobody knows yet how they ended, the oldest first; of one membership, or of all. */
export function openChanges(db: ReadDb, membershipId: string | null = null): AskedChange[] {
  return sql<Omit<AskedChange, 'change'> & { change: string }>(
    db,
    `SELECT c.id, c.membership_id AS membershipId, c.at, c.operator, c.change FROM membership_change c
     WHERE (@membershipId IS NULL OR c.membership_id = @membershipId)
       AND NOT EXISTS (SELECT 1 FROM membership_change_end e WHERE e.change_id = c.id) ORDER BY c.at, c.id`,
  )
    .all({ membershipId })
    .map(({ change, ...row }) => ({ ...row, change: JSON.parse(change) as Change }))
}

/** The plan of the membership that came last to somebody, at Stripe or agreed here; null for none. */
export function lastPlanOf(db: ReadDb, memberId: string): string | null {
  return (
    sql<{ id: string }>(
      db,
      `SELECT m.plan_id AS id FROM membership_cover c JOIN membership m ON m.id = c.membership_id
       WHERE c.member_id IN (SELECT value FROM json_each(?)) AND m.plan_id IS NOT NULL
       ORDER BY m.created_at DESC, m.id DESC LIMIT 1`,
    ).get(JSON.stringify(idsOfPerson(db, memberId)))?.id ?? null
  )
}
