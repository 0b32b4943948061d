// Who was turned away and not yet put away: tries of one person or card at one door are one card, newest first. Before them
// whoever is to be compared with a photo, for as long as the desk says so and whatever this screen put away.
import { useMemo } from 'react'
import type { FeedRow } from '../../preload/shapes-doors.ts'
import { rowKey, useFeed } from './feed.ts'
import { useReading } from './readings.ts'

export type Waiting = { key: string; newest: FeedRow; rows: FeedRow[] }

export function useWaiting(): Waiting[] {
  const rows = useFeed((facts) => facts.rows)
  const putAway = useFeed((facts) => facts.putAway)
  const lost = useReading('feed.lostCards', {}).value
  return useMemo(() => {
    const away = new Set(putAway)
    const others = (rows ?? []).filter((row) => !row.compare && wasTurnedAway(row) && !away.has(rowKey(row)))
    return gather([...(lost ?? []), ...others])
  }, [rows, putAway, lost])
}

/** What a door told of itself is for whoever looks after doors, not for somebody who stands before one. */
function wasTurnedAway({ event, verdict }: FeedRow): boolean {
  return event === null && (verdict === 'refused' || verdict === 'note')
}

function gather(rows: readonly FeedRow[]): Waiting[] {
  const waiting = new Map<string, Waiting>()
  for (const row of rows) {
    const who = row.compare ? `compare ${row.card}` : (row.member?.id ?? row.card)
    const key = `${who} ${row.door.id} ${row.verdict}`
    const known = waiting.get(key)
    if (known === undefined) waiting.set(key, { key, newest: row, rows: [row] })
    else known.rows.push(row)
  }
  return [...waiting.values()]
}
