// Who is not named in the list of who is in: facts, of which the latest of a person holds.
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { personNow } from './people-merge.ts'
import { sql } from './statement.ts'

export type HiddenFact = { id: string; memberId: string; hidden: boolean; at: Ms; origin: string; operator: string }

export function insertHidden(db: WriteDb, fact: HiddenFact): void {
  sql(db, 'INSERT INTO member_hidden VALUES (@id, @memberId, @hidden, @at, @origin, @operator)').run({
    ...fact,
    hidden: fact.hidden ? 1 : 0,
  })
}

/** Ids of people as they are now: whoever was merged into somebody takes along what was last said of them. */
export function hiddenPeople(db: ReadDb): Set<string> {
  const people = new Set<string>()
  const facts = sql<{ memberId: string; hidden: number }>(
    db,
    'SELECT member_id AS memberId, hidden FROM member_hidden ORDER BY rowid',
  ).all()
  for (const { memberId, hidden } of facts) {
    const id = personNow(db, memberId)
    if (id !== null && hidden === 1) people.add(id)
    else if (id !== null) people.delete(id)
  }
  return people
}
