// How report.db follows the log of decisions: some rows at a time, so that whoever asks meanwhile is not held up.

import type { LogWord } from '../domain/door-events.ts'
import { isReason } from '../domain/door-events.ts'
import { localHours } from '../domain/local-hours.ts'
import { DAY, type Ms } from '../domain/time.ts'
import { decisionHead } from './access-log.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { readTail, type Tail, writeTail } from './report-db.ts'
import { readSettings } from './settings.ts'
import { sql } from './statement.ts'

/** How long single swipes are kept: the longest time that a report goes through them is 90 days. */
export const KEPT = 100 * DAY
const AT_ONCE = 2_000

type Row = {
  seq: number
  at: Ms
  doorId: string
  memberId: string | null
  granted: 0 | 1
  reason: LogWord
  hash: string
}

export type Follower = {
  /** Takes some rows more in; how many rows of the log are still to come. */
  step(): number
}

export type Followed = { report: WriteDb; access: ReadDb; desk: ReadDb; deskId: string; now: () => Ms }

export function followLog({ report, access, desk, deskId, now }: Followed): Follower {
  let hours = { zone: '', of: localHours('UTC') }
  return {
    step() {
      const zone = readSettings(desk).timeZone
      if (hours.zone !== zone) hours = { zone, of: localHours(zone) }
      const found = readTail(report)
      const tail =
        found !== null && found.desk === deskId && found.zone === zone && stands(access, found) ? found : null
      const from = tail ?? { desk: deskId, zone, seq: 0, hash: '', early: found === null ? 0 : found.early + 1 }
      const rows = sql<Row>(
        access,
        `SELECT seq, at, door_id AS doorId, member_id AS memberId, granted, reason, hash FROM decision
         WHERE desk = ? AND seq > ? ORDER BY seq LIMIT ?`,
      ).all(deskId, from.seq, AT_ONCE)
      if (tail === null || rows.length > 0) {
        report
          .transaction(() => {
            if (tail === null) forget(report)
            takeIn(report, rows, from, hours.of, now())
          })
          .immediate()
      }
      return decisionHead(access, deskId).rows - (rows.at(-1)?.seq ?? from.seq)
    },
  }
}

/** The log still has the row up to which it was read. */
function stands(access: ReadDb, { desk, seq, hash }: Tail): boolean {
  if (seq === 0) return true
  const row = sql<{ hash: string }>(access, 'SELECT hash FROM decision WHERE desk = ? AND seq = ?').get(desk, seq)
  return row?.hash === hash
}

function forget(report: WriteDb): void {
  for (const table of ['swipe', 'visit_day', 'visit_hour', 'tail']) sql(report, `DELETE FROM ${table}`).run()
}

function takeIn(
  report: WriteDb,
  rows: readonly Row[],
  from: Tail,
  hourOf: (at: Ms) => { day: string; hour: number },
  now: Ms,
) {
  const today = hourOf(now).day
  const swipe = sql(report, 'INSERT INTO swipe VALUES (?, ?, ?, ?, ?, ?, ?)')
  const visit = sql(report, 'INSERT OR IGNORE INTO visit_day VALUES (?, ?)')
  const hourly = sql(
    report,
    'INSERT INTO visit_hour VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET let_through = let_through + 1',
  )
  let { seq, hash, early } = from
  for (const row of rows) {
    ;({ seq, hash } = row)
    if (!isReason(row.reason)) continue
    // What a door uploads may be of long ago.
    if (row.at >= now - KEPT) swipe.run(from.desk, seq, row.at, row.doorId, row.memberId, row.granted, row.reason)
    const { day, hour } = hourOf(row.at)
    if (day < today) early += 1
    if (row.granted === 0) continue
    hourly.run(day, hour, row.doorId)
    if (row.memberId !== null) visit.run(day, row.memberId)
  }
  writeTail(report, { ...from, seq, hash, early })
  // As many as came in: the file stays as large as it is.
  sql(
    report,
    'DELETE FROM swipe WHERE (desk, seq) IN (SELECT desk, seq FROM swipe WHERE at < ? ORDER BY at LIMIT ?)',
  ).run(now - KEPT, AT_ONCE)
}
