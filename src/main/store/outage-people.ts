// What an outage forecast reads of people who hold a card, a page at a time, and of the few whom payments do not decide.
import type { Covering } from '../domain/outage-forecast.ts'
import type { Ms } from '../domain/time.ts'
import { staleMembers } from './billing-dirty.ts'
import { type EntitlementRow, entitlementFrom } from './entitlements.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export type CardHolder = { memberId: string; memberships: Covering[] }

/** Those after `after` in the order of their ids; `last` is where the next page goes on, null after the last one. */
export function cardHolders(
  db: ReadDb,
  { after, limit, at }: { after: string; limit: number; at: Ms },
): { people: CardHolder[]; last: string | null } {
  const ids = sql<{ id: string }>(
    db,
    'SELECT DISTINCT member_id AS id FROM card_held WHERE member_id > ? ORDER BY member_id LIMIT ?',
  ).all(after, limit)
  const last = ids.at(-1)?.id ?? null
  const people = new Map<string, CardHolder>(ids.map(({ id }) => [id, { memberId: id, memberships: [] }]))
  const rows = sql<EntitlementRow & { memberId: string; until: Ms | null }>(
    db,
    `SELECT c.member_id AS memberId, c.until_at AS until, e.*
     FROM membership_cover c JOIN entitlement e ON e.membership_id = c.membership_id
     WHERE c.member_id > @after AND c.member_id <= @last AND c.from_at <= @at AND (c.until_at IS NULL OR c.until_at > @at)`,
  ).all({ after, last, at })
  for (const row of rows)
    people.get(row.memberId)?.memberships.push({ entitlement: entitlementFrom(row), until: row.until })
  return { people: [...people.values()], last }
}

export type OutageExceptions = {
  /** Doors of which somebody holds the key: ids, or `*`. */
  keys: Map<string, Set<string>>
  barred: Map<string, Ms>
  /** Until when somebody's word holds; `doorId` null at every door. One that is for so many times is no rule for days. */
  words: Map<string, { doorId: string | null; until: Ms }[]>
  /** Since when something about somebody is known to have changed and has not been read. */
  unread: Map<string, Ms>
}

export function outageExceptions(db: ReadDb, at: Ms): OutageExceptions {
  const keys = new Map<string, Set<string>>()
  for (const { id, door } of sql<{ id: string; door: string }>(
    db,
    'SELECT member_id AS id, door_id AS door FROM keyholder',
  ).all())
    keys.set(id, (keys.get(id) ?? new Set()).add(door))
  const bars = sql<{ id: string; until: Ms | null }>(
    db,
    'SELECT member_id AS id, until_at AS until FROM member_bar WHERE until_at IS NULL OR until_at > ?',
  ).all(at)
  const words = new Map<string, { doorId: string | null; until: Ms }[]>()
  const given = sql<{ id: string; doorId: string | null; until: Ms }>(
    db,
    `SELECT member_id AS id, door_id AS doorId, max(until_at) AS until FROM access_override o
     WHERE until_at > ? AND uses IS NULL AND NOT EXISTS (SELECT 1 FROM access_override_end e WHERE e.override_id = o.id)
     GROUP BY member_id, door_id`,
  ).all(at)
  for (const { id, ...word } of given) words.set(id, [...(words.get(id) ?? []), word])
  return {
    keys,
    barred: new Map(bars.map(({ id, until }) => [id, until ?? Number.POSITIVE_INFINITY])),
    words,
    unread: staleMembers(db),
  }
}
