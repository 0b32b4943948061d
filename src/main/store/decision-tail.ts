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
export function appendToTail(access: WriteDb, { seq, fields, text, hash, inside }: LogRow & { text: string }): void {
  const [desk, , at] = fields
  sql(access, 'INSERT INTO decision_tail VALUES (?, ?, ?, ?, ?, ?)').run(
    ...[seq, desk, at, text, hash, inside === null ? null : Number(inside)],
  )
}

/** Its last row, of whichever desk. */
export function tailHead(db: ReadDb): { desk: string; seq: number; hash: string } | undefined {
  return sql<{ desk: string; seq: number; hash: string }>(
    db,
    'SELECT desk, seq, hash FROM decision_tail ORDER BY seq DESC LIMIT 1',
  ).get()
}

type Stored = { seq: number; text: string; hash: string; inside: number | null }

/** Oldest first. */
export function tailRows(db: ReadDb): LogRow[] {
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

const waits = new WeakMap<ReadDb, Promise<void>>()
/** Up to which row nobody is waited for again. */
const givenUp = new WeakMap<ReadDb, number>()

/** For whoever only reads: until what stands there now is in the log; null where nothing is to be waited for. Who asks first
 * goes on first. */
export function untilTakenIn(db: ReadDb): Promise<void> | null {
  const upTo = tailHead(db)?.seq ?? 0
  const before = waits.get(db)
  if (before === undefined && upTo <= (givenUp.get(db) ?? 0)) return null
  const over = lookUntil(db, upTo, before).finally(() => {
    if (waits.get(db) === over) waits.delete(db)
  })
  waits.set(db, over)
  return over
}

async function lookUntil(db: ReadDb, upTo: number, before: Promise<void> | undefined): Promise<void> {
  await before
  for (let left = LOOKS; left > 0 && upTo > (givenUp.get(db) ?? 0); left--) {
    const first = sql<{ seq: number | null }>(db, 'SELECT min(seq) AS seq FROM decision_tail').get()?.seq ?? null
    if (first === null || first > upTo) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_AFTER))
  }
  givenUp.set(db, Math.max(upTo, givenUp.get(db) ?? 0))
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
