// Rows of the log about cards, as lean as can be: the whole of a month is looked through, a part at a time.
import type { LogWord } from '../domain/door-events.ts'
import type { Ms } from '../domain/time.ts'
import { type DecisionRow, decisionBySeq, decisionHead } from './access-log.ts'
import type { ReadDb } from './open.ts'
import { sql } from './statement.ts'
import { unsealed } from './unknown-cards.ts'

export type CardUse = {
  seq: number
  at: Ms
  doorId: string
  canonical: string | null
  granted: boolean
  reason: LogWord
  /** Told by a controller afterwards, by its own clock. */
  uploaded: boolean
}

type Row = Omit<CardUse, 'granted' | 'uploaded'> & { cardText: string; granted: number; uploaded: number }

/** In the order of the log. */
export function usesAfter(access: ReadDb, desk: string, seq: number, limit: number): CardUse[] {
  const rows = sql<Row>(
    access,
    `SELECT seq, at, door_id AS doorId, card_text AS cardText, canonical, granted, reason, rule = 'uploaded' AS uploaded
     FROM decision WHERE desk = ? AND seq > ? ORDER BY seq LIMIT ?`,
  ).all(desk, seq, limit)
  return rows.map(({ cardText, ...row }) => {
    const { canonical } = unsealed(access, { desk, seq: row.seq }, { cardText, canonical: row.canonical })
    return { ...row, canonical, granted: row.granted === 1, uploaded: row.uploaded === 1 }
  })
}

const READ = 'canonical IN (SELECT value FROM json_each(@cards))'

/** The newest rows after a number in which one of these cards was read, also where nobody had it. */
export function rowsAbout(
  access: ReadDb,
  desk: string,
  cards: Iterable<string>,
  { after, limit }: { after: number; limit: number },
): DecisionRow[] {
  return sql<{ seq: number }>(
    access,
    `SELECT seq FROM decision NOT INDEXED WHERE desk = @desk AND seq > @after AND ${READ}
     UNION SELECT seq FROM unknown_card WHERE desk = @desk AND seq > @after AND ${READ} ORDER BY seq DESC LIMIT @limit`,
  )
    .all({ desk, after, limit, cards: JSON.stringify([...cards]) })
    .flatMap(({ seq }) => decisionBySeq(access, desk, seq) ?? [])
}

/** The number before the first row since a moment; by halving, for there is no index by time. Doors' clocks may put single
 * rows out of order. */
export function seqBefore(access: ReadDb, desk: string, at: Ms): number {
  let [before, from] = [0, decisionHead(access, desk).rows + 1]
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if ((decisionBySeq(access, desk, middle)?.at ?? 0) < at) before = middle
    else from = middle
  }
  return before
}
