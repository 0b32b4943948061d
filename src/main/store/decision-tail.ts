// The newest rows of the log of decisions. A check waits until its row is on disk, so it goes into one short table that needs
// no other page; a moment later what stands there is taken into the log, its indexes and `presence`, many at a time.
import type { Field } from './chain.ts'
import { notePresence } from './counted.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** `fields` in the order of the log's table. `inside`: where whoever it let through is since, null where nobody was. */
export type LogRow = {
  seq: number
  previous: string
  fields: readonly Field[]
  hash: string
  inside: boolean | null
}

/** `text` is what the row's hash is made of (chain.ts). */
export function appendToTail(access: WriteDb, { seq, text, hash, inside }: LogRow & { text: string }): void {
  sql(access, 'INSERT INTO decision_tail VALUES (?, ?, ?, ?)').run(
    seq,
    text,
    hash,
    inside === null ? null : Number(inside),
  )
}

export function tailHead(db: ReadDb): { seq: number; hash: string } | undefined {
  return sql<{ seq: number; hash: string }>(db, 'SELECT seq, hash FROM decision_tail ORDER BY seq DESC LIMIT 1').get()
}

type Stored = { seq: number; text: string; hash: string; inside: number | null }

/** Oldest first. A copy of an older version has none. */
export function tailRows(db: ReadDb): LogRow[] {
  if (sql(db, "SELECT 1 FROM sqlite_schema WHERE name = 'decision_tail'").get() === undefined) return []
  const rows = sql<Stored>(db, 'SELECT seq, text, hash, inside FROM decision_tail ORDER BY seq').all()
  return rows.map(({ seq, text, hash, inside }) => {
    const [previous, ...fields] = JSON.parse(text) as [string, ...Field[]]
    return { seq, previous, fields, hash, inside: inside === null ? null : inside === 1 }
  })
}

/** All of it into the log, before anything else is appended or looked for there; in the caller's transaction, if there is one. */
export function takeInTail(access: WriteDb): void {
  const rows = tailRows(access)
  if (rows.length === 0) return
  access.transaction(() => {
    for (const row of rows) insertRow(access, row)
    sql(access, 'DELETE FROM decision_tail').run()
  })()
}

/** Into the log itself. */
export function insertRow(access: WriteDb, { previous, fields, hash, inside }: LogRow): void {
  sql(access, 'INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    ...fields,
    previous,
    hash,
  )
  if (inside === null) return
  const [, , at, doorId, , , , memberId] = fields
  notePresence(access, String(memberId), { inside, at: Number(at), doorId: String(doorId) })
}
