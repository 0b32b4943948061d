// Events that a controller uploaded, by its own numbers: what is held, and up to where nothing is missing.
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** Numbers belong to a door's key: with another one they begin anew. */
export type Counter = { doorId: string; keyEpoch: number }

/** The highest number up to which everything is held or known to be lost. */
export function ackedTo(access: ReadDb, counter: Counter): number {
  return (
    sql<{ acked: number }>(
      access,
      'SELECT acked FROM door_upload_acked WHERE door_id = @doorId AND key_epoch = @keyEpoch',
    ).get(counter)?.acked ?? 0
  )
}

/** What was uploaded under a number; null where nothing was. */
export function uploadedAs(access: ReadDb, counter: Counter, n: number): string | null {
  return (
    sql<{ content: string }>(
      access,
      'SELECT content FROM door_upload WHERE door_id = @doorId AND key_epoch = @keyEpoch AND n = @n',
    ).get({ ...counter, n })?.content ?? null
  )
}

export function keepUploaded(
  access: WriteDb,
  counter: Counter,
  event: { n: number; content: string; seq: number },
): void {
  sql(access, 'INSERT INTO door_upload VALUES (@doorId, @keyEpoch, @n, @content, @seq)').run({ ...counter, ...event })
}

/** How many numbers above `after`, up to and including `to`, are not held. */
export function missingBetween(access: ReadDb, counter: Counter, after: number, to: number): number {
  const held = sql<{ n: number }>(
    access,
    `SELECT count(*) AS n FROM door_upload WHERE door_id = @doorId AND key_epoch = @keyEpoch AND n > @after AND n <= @to`,
  ).get({ ...counter, after, to })
  return to - after - (held?.n ?? 0)
}

/** Moves on over all that is held without a gap, from `from` at least; answers how far. */
export function ackOn(access: WriteDb, counter: Counter, from: number): number {
  let acked = from
  const held = sql<{ n: number }>(
    access,
    'SELECT n FROM door_upload WHERE door_id = @doorId AND key_epoch = @keyEpoch AND n > @from ORDER BY n',
  ).iterate({ ...counter, from })
  for (const { n } of held) {
    if (n !== acked + 1) break
    acked = n
  }
  sql(access, 'INSERT OR REPLACE INTO door_upload_acked VALUES (@doorId, @keyEpoch, @acked)').run({ ...counter, acked })
  return acked
}
