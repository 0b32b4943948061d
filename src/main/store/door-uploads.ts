// Events that a controller uploaded, by its own numbers: what is held, and up to where nothing is missing.
import type { UploadedEvent } from '../domain/door-events.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { sql } from './statement.ts'
import { unknownCard } from './unknown-cards.ts'

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

/** Whether this is what was uploaded under its number; null where nothing was. Of a card whose number is not kept any
 * longer anything is. */
export function isUploadedAs(access: ReadDb, desk: string, counter: Counter, event: UploadedEvent): boolean | null {
  const held = sql<{ content: string; seq: number }>(
    access,
    'SELECT content, seq FROM door_upload WHERE door_id = @doorId AND key_epoch = @keyEpoch AND n = @n',
  ).get({ ...counter, n: event.n })
  if (held === undefined) return null
  if (held.content === contentOf(event)) return true
  if (!('card' in event) || held.content !== contentOf({ ...event, card: '' })) return false
  return event.card === (unknownCard(access, desk, held.seq)?.cardText ?? event.card)
}

/** Without its card where that is nobody's: then it stands beside the row of the log, for as long as it is kept. */
export function keepUploaded(
  access: WriteDb,
  counter: Counter,
  { event, seq, withCard }: { event: UploadedEvent; seq: number; withCard: boolean },
): void {
  const content = contentOf('card' in event && !withCard ? { ...event, card: '' } : event)
  sql(access, 'INSERT INTO door_upload VALUES (@doorId, @keyEpoch, @n, @content, @seq)').run({
    ...counter,
    n: event.n,
    content,
    seq,
  })
}

function contentOf({ n: _, ...content }: UploadedEvent): string {
  return JSON.stringify(content)
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
