// What outranks payments at a door: orders of a manager, keyholders, people who may not come in.
import type { DoorOrder } from '../domain/decide.ts'
import { MINUTE, type Ms } from '../domain/time.ts'
import { firstAfter, lastOf, orderActionAt } from './actions.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type StoredOrder = DoorOrder & { doorId: string; at: Ms; why: string; operator: string }

type OrderRow = Omit<StoredOrder, 'withKeyholders'> & { withKeyholders: number }

const ORDER = `door_id AS doorId, mode, with_keyholders AS withKeyholders, at, until_at AS until, why, operator`

function fromRow(row: OrderRow): StoredOrder {
  return { ...row, withKeyholders: row.withKeyholders === 1 }
}

/** What holds at a door at a moment; one that has run out holds no more, whoever is there to clear it away. A hold that
 * begins in the future was ordered before the clock was set back, and would last as much longer. */
export function orderAt(db: ReadDb, doorId: string, at: Ms): StoredOrder | null {
  const row = sql<OrderRow>(
    db,
    `SELECT ${ORDER} FROM door_order WHERE door_id = @doorId AND (until_at IS NULL OR until_at > @at)
       AND (mode = 'lockdown' OR at <= @latest)`,
  ).get({ doorId, at, latest: at + MINUTE })
  return row ? fromRow(row) : null
}

/** The same at a moment that is past, whatever was ordered since: as the log of actions tells it. */
export function orderThen(db: ReadDb, doorId: string, at: Ms): StoredOrder | null {
  const last = orderActionAt(db, doorId, at)
  if (last === null || !['door-held-open', 'door-locked-down'].includes(last.kind)) return null
  const { withKeyholders, until, why } = last.detail
  const ends = typeof until === 'string' ? Date.parse(until) : null
  if (ends !== null && ends <= at) return null
  const mode = last.kind === 'door-held-open' ? 'held-open' : 'lockdown'
  return {
    doorId,
    mode,
    withKeyholders: withKeyholders === true,
    until: ends,
    at: last.at,
    why: String(why ?? ''),
    operator: last.operator,
  }
}

export function writeOrder(db: WriteDb, order: StoredOrder): void {
  sql(
    db,
    `INSERT OR REPLACE INTO door_order (door_id, mode, with_keyholders, at, until_at, why, operator)
     VALUES (@doorId, @mode, @withKeyholders, @at, @until, @why, @operator)`,
  ).run({ ...order, withKeyholders: Number(order.withKeyholders) })
}

/** True where there was one. */
export function endOrder(db: WriteDb, doorId: string): boolean {
  return sql(db, 'DELETE FROM door_order WHERE door_id = ?').run(doorId).changes > 0
}

/** Orders whose time is over. */
export function ordersRunOut(db: ReadDb, at: Ms): StoredOrder[] {
  return sql<OrderRow>(db, `SELECT ${ORDER} FROM door_order WHERE until_at <= ?`).all(at).map(fromRow)
}

export const EVERY_DOOR = '*'

export function isKeyholder(db: ReadDb, memberId: string, doorId: string): boolean {
  return (
    sql(db, "SELECT 1 FROM keyholder WHERE member_id = ? AND door_id IN (?, '*')").get(memberId, doorId) !== undefined
  )
}

/** Doors that a person holds the key of: ids, or EVERY_DOOR. */
export function keysOf(db: ReadDb, memberId: string): string[] {
  return sql<{ id: string }>(db, 'SELECT door_id AS id FROM keyholder WHERE member_id = ? ORDER BY door_id')
    .all(memberId)
    .map(({ id }) => id)
}

/** How many people hold the key of a door. */
export function countKeyholders(db: ReadDb, doorId: string): number {
  return (
    sql<{ n: number }>(db, "SELECT count(DISTINCT member_id) AS n FROM keyholder WHERE door_id IN (?, '*')").get(doorId)
      ?.n ?? 0
  )
}

/** Their keys from now on; none takes them all back. */
export function setKeys(db: WriteDb, memberId: string, doors: readonly string[], at: Ms, operator: string): void {
  sql(db, 'DELETE FROM keyholder WHERE member_id = ?').run(memberId)
  for (const door of new Set(doors))
    sql(db, 'INSERT INTO keyholder VALUES (?, ?, ?, ?)').run(memberId, door, at, operator)
}

/** What may outrank payments, in one question: most people have none of it. `word`: an override may hold. */
export function exceptionsAt(
  db: ReadDb,
  memberId: string,
  doorId: string,
  at: Ms,
): { keyholder: boolean; barred: boolean; word: boolean } {
  const row = sql<{ keyholder: number; barred: number; word: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM keyholder WHERE member_id = @memberId AND door_id IN (@doorId, '*')) AS keyholder,
       EXISTS (SELECT 1 FROM member_bar WHERE member_id = @memberId AND (until_at IS NULL OR until_at > @at)) AS barred,
       EXISTS (SELECT 1 FROM access_override WHERE member_id = @memberId AND until_at > @at) AS word`,
  ).get({ memberId, doorId, at })
  return { keyholder: row?.keyholder === 1, barred: row?.barred === 1, word: row?.word === 1 }
}

/** The same at a moment that is past, for a person under each of their ids, as the log of actions tells it. */
export function exceptionsThen(
  db: ReadDb,
  ids: readonly string[],
  doorId: string,
  at: Ms,
): { keyholder: boolean; barred: boolean; word: boolean } {
  const keyed = ids.some((id) => keysThen(db, id, at).some((door) => door === EVERY_DOOR || door === doorId))
  return { keyholder: keyed, barred: ids.some((id) => wasBarred(db, id, at)), word: true }
}

function keysThen(db: ReadDb, memberId: string, at: Ms): string[] {
  const last = lastOf(db, memberId, ['keys-set'], at)?.detail.doors
  const next = firstAfter(db, memberId, 'keys-set', at)?.detail.before
  return ((last ?? next) as string[] | undefined) ?? keysOf(db, memberId)
}

function wasBarred(db: ReadDb, memberId: string, at: Ms): boolean {
  const now = barAt(db, memberId, at)
  const last = lastOf(db, memberId, ['member-barred', 'bar-lifted'], at)
  if (last === null) return now !== null && now.at <= at
  const until = last.detail.until
  return last.kind === 'member-barred' && (typeof until !== 'string' || at < Date.parse(until))
}

export type Bar = { memberId: string; at: Ms; until: Ms | null; why: string; operator: string }

export function barAt(db: ReadDb, memberId: string, at: Ms): Bar | null {
  return (
    sql<Bar>(
      db,
      `SELECT member_id AS memberId, at, until_at AS until, why, operator FROM member_bar
       WHERE member_id = ? AND (until_at IS NULL OR until_at > ?)`,
    ).get(memberId, at) ?? null
  )
}

/** Everybody who is barred at a moment. */
export function barsAt(db: ReadDb, at: Ms): Bar[] {
  return sql<Bar>(
    db,
    `SELECT member_id AS memberId, at, until_at AS until, why, operator FROM member_bar
     WHERE until_at IS NULL OR until_at > ?`,
  ).all(at)
}

export function writeBar(db: WriteDb, bar: Bar): void {
  sql(db, 'INSERT OR REPLACE INTO member_bar VALUES (@memberId, @at, @until, @why, @operator)').run(bar)
}

/** True where there was one. */
export function liftBar(db: WriteDb, memberId: string): boolean {
  return sql(db, 'DELETE FROM member_bar WHERE member_id = ?').run(memberId).changes > 0
}
