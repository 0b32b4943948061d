// What was read of cards that nobody has: beside the log of decisions and not in it, so that it can be dropped while the
// chain holds. A row of the log keeps a digest of it.
import { createHash, randomBytes } from 'node:crypto'
import { DAY, type Ms } from '../domain/time.ts'
import { commitLater, type ReadDb, type WriteDb } from './open.ts'
import { sql } from './statement.ts'

/** How long the number of a card is kept that is given to nobody (docs/cards.md). */
export const UNKNOWN_KEPT = 30 * DAY
/** A tenth of a millisecond: no door waits for it. */
const DROPPED_AT_ONCE = 100

/** What a row of the log says of a card. */
export type ReadCard = { cardText: string; canonical: string | null }

/** What stands in a row instead of what was read, or where a door told of itself. No card is written so. */
const SEALED = /^#[0-9a-f]{64}$/

/** Keeps what was read for a while, in the caller's transaction; answers what stands in the log for ever. */
export function sealUnknown(access: WriteDb, row: { desk: string; seq: number; at: Ms }, card: ReadCard): ReadCard {
  const salt = randomBytes(16)
  // As it will be read back: SQLite keeps no halves of surrogate pairs.
  const cardText = card.cardText.toWellFormed()
  const { canonical } = card
  sql(access, 'INSERT INTO unknown_card VALUES (@desk, @seq, @at, @salt, @cardText, @canonical)').run({
    ...row,
    salt,
    cardText,
    canonical,
  })
  return { cardText: digestOf(salt, { cardText, canonical }), canonical: null }
}

/** What was read where the row has a digest of it: nothing, once that was dropped. */
export function unsealed(access: ReadDb, { desk, seq }: { desk: string; seq: number }, stored: ReadCard): ReadCard {
  return SEALED.test(stored.cardText) ? (unknownCard(access, desk, seq) ?? DROPPED) : stored
}

const DROPPED: ReadCard = { cardText: '', canonical: null }

export function unknownCard(access: ReadDb, desk: string, seq: number): ReadCard | null {
  return (
    sql<ReadCard>(access, 'SELECT card_text AS cardText, canonical FROM unknown_card WHERE desk = ? AND seq = ?').get(
      desk,
      seq,
    ) ?? null
  )
}

export function digestOf(salt: Buffer, { cardText, canonical }: ReadCard): string {
  return `#${createHash('sha256')
    .update(salt)
    .update(JSON.stringify([cardText, canonical]))
    .digest('hex')}`
}

/** The oldest that have been kept long enough, so many at once; true where there are more. Moments that are still to come
 * are of a clock that was wrong. */
export function dropUnknown(access: WriteDb, desk: string, now: Ms): boolean {
  const oldest = sql<{ seq: number; at: Ms }>(
    access,
    'SELECT seq, at FROM unknown_card WHERE desk = ? ORDER BY seq LIMIT ?',
  ).all(desk, DROPPED_AT_ONCE)
  const kept = oldest.findIndex(({ at }) => at > now - UNKNOWN_KEPT && at <= now + DAY)
  const over = kept < 0 ? oldest : oldest.slice(0, kept)
  const last = over.at(-1)?.seq
  if (last === undefined) return false
  commitLater(access, () => void sql(access, 'DELETE FROM unknown_card WHERE desk = ? AND seq <= ?').run(desk, last))
  return over.length === DROPPED_AT_ONCE
}
