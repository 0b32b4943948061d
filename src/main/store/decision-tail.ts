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

const LOOK_AFTER = 5
/** Whoever takes it in may be gone. */
const LOOKS = 20

type Wait = { upTo: number; over: Promise<void> }
const waits = new WeakMap<ReadDb, Wait>()

/** For whoever only reads: until what stands there now is in the log; null where nothing does. Who asks first goes on first. */
export function untilTakenIn(db: ReadDb): Promise<void> | null {
  const upTo = tailHead(db)?.seq ?? 0
  const begun = waits.get(db)
  if (begun !== undefined) {
    begun.upTo = Math.max(begun.upTo, upTo)
    return begun.over
  }
  if (upTo === 0) return null
  const wait = { upTo, over: Promise.resolve() }
  waits.set(db, wait)
  wait.over = lookUntil(db, wait).finally(() => waits.delete(db))
  return wait.over
}

async function lookUntil(db: ReadDb, wait: Wait): Promise<void> {
  const start = () => sql<{ seq: number | null }>(db, 'SELECT min(seq) AS seq FROM decision_tail').get()?.seq ?? null
  for (let left = LOOKS; left > 0; left--) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AFTER))
    const first = start()
    if (first === null || first > wait.upTo) return
  }
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
