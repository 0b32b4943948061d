// Who was turned away and not yet put away: tries of one person or card at one door are one card, newest first.
import { useMemo } from 'react'
import type { FeedRow } from '../../preload/shapes-doors.ts'
import { rowKey, useFeed } from './feed.ts'

export type Waiting = { key: string; newest: FeedRow; rows: FeedRow[] }

export function useWaiting(): Waiting[] {
  const rows = useFeed((facts) => facts.rows)
  const putAway = useFeed((facts) => facts.putAway)
  return useMemo(() => gather(rows ?? [], new Set(putAway)), [rows, putAway])
}

function gather(rows: readonly FeedRow[], putAway: ReadonlySet<string>): Waiting[] {
  const waiting = new Map<string, Waiting>()
  for (const row of rows) {
    // What a door told of itself is for whoever looks after doors, not for somebody who stands before one.
    if (row.event !== null || (row.verdict !== 'refused' && row.verdict !== 'note') || putAway.has(rowKey(row)))
      continue
    const key = `${row.member?.id ?? row.card} ${row.door.id} ${row.verdict}`
    const known = waiting.get(key)
    if (known === undefined) waiting.set(key, { key, newest: row, rows: [row] })
    else known.rows.push(row)
  }
  return [...waiting.values()]
}
