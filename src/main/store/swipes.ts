// Rows of the log to decide anew, as lean as that needs (app/what-if-replay.ts).

import type { Ms } from '../domain/time.ts'
import type { Swipe } from '../domain/what-if.ts'
import { decisionHead } from './access-log.ts'
import { seqBefore } from './card-uses.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

export type LoggedSwipe = Swipe & { seq: number; memberId: string }

type Row = Omit<LoggedSwipe, 'granted' | 'inputs'> & { granted: number; inputs: string }

/** In the order of their numbers; what is about nobody is left out. */
export function swipesBySeq(access: ReadDb, desk: string, seqs: readonly number[]): LoggedSwipe[] {
  return sql<Row>(
    access,
    `SELECT seq, at, door_id AS doorId, member_id AS memberId, granted, reason, detail, rule, inputs
     FROM json_each(@seqs) AS asked CROSS JOIN decision ON desk = @desk AND seq = asked.value WHERE member_id IS NOT NULL
     ORDER BY asked.key`,
  )
    .all({ desk, seqs: JSON.stringify(seqs) })
    .map((row) => ({ ...row, granted: row.granted === 1, inputs: JSON.parse(row.inputs) }))
}

/** Numbers of the swipes of some time that had one of these reasons, read from the log itself: for where nothing is kept
 * of it for reports. */
export function swipesWithReason(
  access: ReadDb,
  desk: string,
  reasons: readonly string[],
  from: Ms,
  until: Ms,
): number[] {
  return sql<{ seq: number }>(
    access,
    `SELECT seq FROM decision NOT INDEXED WHERE desk = ? AND seq > ? AND at >= ? AND at < ?
       AND reason IN (SELECT value FROM json_each(?)) ORDER BY seq`,
  )
    .all(desk, seqBefore(access, desk, from), from, until, JSON.stringify(reasons))
    .map(({ seq }) => seq)
}

/** How many rows the log has of some time. */
export function countRows(access: ReadDb, desk: string, from: Ms): number {
  return decisionHead(access, desk).rows - seqBefore(access, desk, from)
}

/** Numbers of the swipes of one person that were decided by one of these lines of the rules. */
export function swipesByRule(
  access: ReadDb,
  memberId: string,
  rules: readonly string[],
  from: Ms,
  until: Ms,
): number[] {
  return sql<{ seq: number }>(
    access,
    `SELECT seq FROM decision WHERE member_id = ? AND at >= ? AND at < ?
       AND reason = 'ok' AND rule IN (SELECT value FROM json_each(?))`,
  )
    .all(memberId, from, until, JSON.stringify(rules))
    .map(({ seq }) => seq)
}

/** At one door. */
export function swipesAtDoor(access: ReadDb, desk: string, doorId: string, from: Ms, until: Ms): number[] {
  return sql<{ seq: number }>(
    access,
    `SELECT seq FROM decision NOT INDEXED WHERE desk = ? AND seq > ? AND door_id = ? AND at >= ? AND at < ?
       AND member_id IS NOT NULL ORDER BY seq`,
  )
    .all(desk, seqBefore(access, desk, from), doorId, from, until)
    .map(({ seq }) => seq)
}

/** Whoever a membership covered that a pause left open, or that reached an agreed end in some time. */
export function coveredByClock(desk: ReadDb, from: Ms, until: Ms): string[] {
  return sql<{ id: string }>(
    desk,
    `SELECT DISTINCT c.member_id AS id FROM entitlement_version v JOIN membership_cover c USING (membership_id)
     WHERE v.frozen_open = 1 OR (v.known_end >= @from AND v.known_end < @until)
       OR (v.phase = 'frozen' AND v.paid_until >= @from AND v.paid_until < @until)`,
  )
    .all({ from, until })
    .map(({ id }) => id)
}

/** Of a person under each of their ids at one door. */
export function swipesOfPerson(
  access: ReadDb,
  ids: readonly string[],
  doorId: string,
  from: Ms,
  until: Ms,
): { seq: number; at: Ms }[] {
  return sql<{ seq: number; at: Ms }>(
    access,
    `SELECT seq, at FROM decision WHERE member_id IN (SELECT value FROM json_each(?)) AND door_id = ? AND at BETWEEN ? AND ?`,
  ).all(JSON.stringify(ids), doorId, from, until)
}
