// What doors told of themselves, as their alarms read it: rows of the log in access.db, by an index of their own.
import type { Told } from '../domain/door-alarms.ts'
import type { ToldWord } from '../domain/door-events.ts'
import type { Ms } from '../domain/time.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'

/** To the letter as in access/0006-devices.sql: only so can SQLite use that index; left to itself it would read back through swipes. */
const TOLD = `reason IN ('forced', 'open-too-long', 'not-opened', 'closed', 'power-on', 'events-lost', 'fire', 'exit-refused')`

/** The last so many of one kind at a door, newest first. */
export function lastTold(access: ReadDb, desk: string, doorId: string, word: ToldWord, limit: number): Told[] {
  return sql<{ seq: number; at: Ms; uploadedAt: string | null }>(
    access,
    `SELECT seq, at, inputs ->> 'uploadedAt' AS uploadedAt FROM decision INDEXED BY decision_told
     WHERE ${TOLD} AND desk = ? AND door_id = ? AND reason = ? ORDER BY seq DESC LIMIT ?`,
  )
    .all(desk, doorId, word, limit)
    .map(({ seq, at, uploadedAt }) => ({ seq, at, heardAt: uploadedAt === null ? at : Date.parse(uploadedAt) }))
}
