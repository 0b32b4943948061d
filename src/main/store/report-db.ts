// report.db: derived from the log of decisions, so that one that cannot be used is thrown away and made anew.
import fs from 'node:fs'
import { databaseFile, openForWriting, type ReadDb, type WriteDb } from './open.ts'
import { OpenRefused } from './refused.ts'
import { sql } from './statement.ts'

/** Up to which row of whose log it is made. */
export type Tail = { desk: string; zone: string; seq: number; hash: string; early: number }

export function openReport(dataDir: string, migrations: string): WriteDb {
  let db: WriteDb
  try {
    db = openForWriting(dataDir, 'report', migrations)
  } catch (error) {
    if (!(error instanceof OpenRefused)) throw error
    for (const ending of ['', '-wal', '-shm']) fs.rmSync(`${databaseFile(dataDir, 'report')}${ending}`, { force: true })
    db = openForWriting(dataDir, 'report', migrations)
  }
  // What a crash takes is read again.
  db.pragma('synchronous = NORMAL')
  return db
}

/** Null while nothing was read. */
export function readTail(report: ReadDb): Tail | null {
  return sql<Tail>(report, 'SELECT desk, zone, seq, hash, early FROM tail').get() ?? null
}

export function writeTail(report: WriteDb, tail: Tail): void {
  sql(report, 'INSERT OR REPLACE INTO tail VALUES (1, @desk, @zone, @seq, @hash, @early)').run(tail)
}

/** The swipes that payments decided, of some time, the oldest first; read one by one while the handle does nothing else. */
export function swipesAboutMoney(report: ReadDb, from: number, to: number): Iterable<KeptSwipe> {
  return sql<KeptSwipe>(
    report,
    `SELECT seq, at, door_id AS doorId, member_id AS memberId, granted, reason FROM swipe INDEXED BY swipe_about_money
     WHERE reason IN ('ok-grace', 'lapsed', 'ok-stale', 'billing-stale', 'ended', 'frozen', 'payment-pending')
       AND at >= ? AND at < ? ORDER BY at, seq`,
  ).iterate(from, to)
}

export type KeptSwipe = {
  seq: number
  at: number
  doorId: string
  memberId: string | null
  granted: 0 | 1
  reason: string
}
