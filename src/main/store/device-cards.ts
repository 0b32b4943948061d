// What each device holds beside what it should hold, in access.db, written by the door thread: the difference is its work,
// what it has behind it are receipts.
import { createHash } from 'node:crypto'
import type { Ms } from '../domain/time.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

export type DeviceCard = { card: string; wanted: string | null; held: string | null; since: Ms | null }

const COLUMNS = 'card, wanted, held, since'

export function cardsOnDevice(access: ReadDb, doorId: string): DeviceCard[] {
  return sql<DeviceCard>(access, `SELECT ${COLUMNS} FROM device_card WHERE door_id = ? ORDER BY card`).all(doorId)
}

/** What is still to be done at a door: what takes rights away (`away`), what changes and then what gives them (`other`). */
export function differencesOf(
  access: ReadDb,
  doorId: string,
  kind: 'away' | 'other' | 'all',
  limit: number,
): DeviceCard[] {
  return sql<DeviceCard>(
    access,
    `SELECT ${COLUMNS} FROM device_card
     WHERE door_id = @doorId AND since IS NOT NULL AND (@kind = 'all' OR (@kind = 'away') = (wanted IS NULL))
     ORDER BY wanted IS NOT NULL, held IS NULL, since, card LIMIT @limit`,
  ).all({ doorId, kind, limit })
}

/** What should be on the device from now on, by card; every other card should not. */
export function setWanted(access: WriteDb, doorId: string, wanted: ReadonlyMap<string, string>, at: Ms): void {
  const before = new Map(cardsOnDevice(access, doorId).map((row) => [row.card, row]))
  for (const [card, terms] of wanted)
    if (before.get(card)?.wanted !== terms) write(access, doorId, { ...rowOf(before, card), wanted: terms }, at)
  for (const row of before.values())
    if (row.wanted !== null && !wanted.has(row.card)) write(access, doorId, { ...row, wanted: null, since: null }, at)
}

/** Cards that nobody holds any more, known before anything else is looked at. */
export function unwant(access: WriteDb, doorId: string, isGone: (card: string) => boolean, at: Ms): void {
  for (const row of cardsOnDevice(access, doorId))
    if (row.wanted !== null && isGone(row.card)) write(access, doorId, { ...row, wanted: null, since: null }, at)
}

/** All that it was read to hold. */
export function setHeld(access: WriteDb, doorId: string, held: ReadonlyMap<string, string>, at: Ms): void {
  const before = new Map(cardsOnDevice(access, doorId).map((row) => [row.card, row]))
  for (const [card, terms] of held)
    if (before.get(card)?.held !== terms) write(access, doorId, { ...rowOf(before, card), held: terms }, at)
  for (const row of before.values())
    if (row.held !== null && !held.has(row.card)) write(access, doorId, { ...row, held: null }, at)
}

export function cardOnDevice(access: ReadDb, doorId: string, card: string): DeviceCard | null {
  return (
    sql<DeviceCard>(access, `SELECT ${COLUMNS} FROM device_card WHERE door_id = ? AND card = ?`).get(doorId, card) ??
    null
  )
}

/** What it holds of one card now. */
export function noteHeld(access: WriteDb, doorId: string, card: string, terms: string | null, at: Ms): void {
  const row = cardOnDevice(access, doorId, card)
  write(access, doorId, { ...(row ?? { card, wanted: null, since: null }), held: terms }, at)
}

function rowOf(rows: ReadonlyMap<string, DeviceCard>, card: string): DeviceCard {
  return rows.get(card) ?? { card, wanted: null, held: null, since: null }
}

/** From the moment of a take-over on what differs is to be mended; before, it was only seen. */
export function beginDiffering(access: WriteDb, doorId: string, at: Ms): void {
  sql(access, 'UPDATE device_card SET since = @at WHERE door_id = @doorId AND since < @at').run({ doorId, at })
}

/** Keeps since when the two differ; what is on neither list is gone, and where it was to be taken away, that is a receipt. */
function write(access: WriteDb, doorId: string, { card, wanted, held, since }: DeviceCard, at: Ms): void {
  if (wanted === null && held === null) {
    sql(access, 'DELETE FROM device_card WHERE door_id = ? AND card = ?').run(doorId, card)
    if (since !== null)
      sql(access, 'INSERT OR REPLACE INTO device_receipt VALUES (?, ?, ?, ?)').run(doorId, card, since, at)
    return
  }
  sql(access, 'INSERT OR REPLACE INTO device_card VALUES (@doorId, @card, @wanted, @held, @since)').run({
    doorId,
    card,
    wanted,
    held,
    since: wanted === held ? null : (since ?? at),
  })
}

export type Parity = {
  wanted: number
  held: number
  /** Cards that it should no longer hold, and since when the first of them. */
  toRemove: number
  toRemoveSince: Ms | null
  /** All that differs, those included. */
  differing: number
}

export function parityOf(access: ReadDb, doorId: string): Parity {
  return sql<Parity>(
    access,
    `SELECT count(wanted) AS wanted, count(held) AS held, count(since) AS differing,
       coalesce(sum(wanted IS NULL AND held IS NOT NULL), 0) AS toRemove,
       min(CASE WHEN wanted IS NULL AND held IS NOT NULL THEN since END) AS toRemoveSince
     FROM device_card WHERE door_id = ?`,
  ).get(doorId) as Parity
}

/** The same for equal lists, whatever the order in which a device gave them; twelve hex characters tell lists apart. */
export function listHash(rows: readonly DeviceCard[], side: 'wanted' | 'held'): string {
  const lines = rows.flatMap((row) => (row[side] === null ? [] : [`${row.card} ${row[side]}\n`]))
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex').slice(0, 12)
}

export type Receipt = { card: string; since: Ms; landedAt: Ms }

/** What was taken away and seen to be gone, the newest first. */
export function receiptsOf(access: ReadDb, doorId: string, limit: number): Receipt[] {
  return sql<Receipt>(
    access,
    `SELECT card, since, landed_at AS landedAt FROM device_receipt WHERE door_id = ? ORDER BY landed_at DESC LIMIT ?`,
  ).all(doorId, limit)
}

/** Which cards were seen to be gone until a moment. */
export function cardsGoneUntil(access: ReadDb, doorId: string, until: Ms): string[] {
  return sql<{ card: string }>(
    access,
    'SELECT DISTINCT card FROM device_receipt WHERE door_id = ? AND landed_at <= ? ORDER BY card',
  )
    .all(doorId, until)
    .map(({ card }) => card)
}

export function dropReceipts(access: WriteDb, doorId: string, cards: readonly string[], until: Ms): void {
  const drop = sql(access, 'DELETE FROM device_receipt WHERE door_id = ? AND card = ? AND landed_at <= ?')
  for (const card of cards) drop.run(doorId, card, until)
}

/** `newest` is the number of its newest event before it was taken over. */
export type DeviceDoorRow = { readAt: Ms | null; otherDesk: string | null; newest: number | null }

export function deviceDoor(access: ReadDb, doorId: string): DeviceDoorRow {
  return (
    sql<DeviceDoorRow>(
      access,
      'SELECT read_at AS readAt, other_desk AS otherDesk, newest FROM device_door WHERE door_id = ?',
    ).get(doorId) ?? { readAt: null, otherDesk: null, newest: null }
  )
}

export function noteRead(access: WriteDb, doorId: string, row: DeviceDoorRow): void {
  sql(
    access,
    `INSERT INTO device_door VALUES (@doorId, @readAt, @otherDesk, @newest) ON CONFLICT (door_id) DO UPDATE SET
       read_at = excluded.read_at, other_desk = excluded.other_desk, newest = coalesce(excluded.newest, newest)`,
  ).run({ doorId, ...row })
}

export function storedTo(access: ReadDb, device: string): number {
  return sql<{ n: number }>(access, 'SELECT stored_to AS n FROM device_counter WHERE device = ?').get(device)?.n ?? 0
}

export function setStoredTo(access: WriteDb, device: string, n: number): void {
  sql(access, 'INSERT OR REPLACE INTO device_counter VALUES (?, ?)').run(device, n)
}
