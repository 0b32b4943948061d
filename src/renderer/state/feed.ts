// The doors' feed as it came, and which refusals somebody has put away.
import { create } from 'zustand'
import type { FeedRow } from '../../preload/shapes-doors.ts'
import { call } from './link.ts'
import { readStored, writeStored } from './stored.ts'

const SHOWN = 120
const REMEMBERED = 400
const PUT_AWAY = 'latchkey.put-away'

type FeedFacts = { rows: FeedRow[] | null; putAway: readonly string[] }

export const useFeed = create<FeedFacts>(() => ({ rows: null, putAway: readStored<string[]>(PUT_AWAY) ?? [] }))

/** A log that starts anew counts from 1 again, so the moment belongs to a row's name. */
export function rowKey({ seq, at }: FeedRow): string {
  return `${seq}@${at}`
}

export async function loadFeed(): Promise<void> {
  const outcome = await call('feed.recent', { limit: SHOWN })
  if (!outcome.ok) return
  const loaded = outcome.value
  const known = new Set(loaded.map(rowKey))
  const newest = loaded[0]?.seq ?? 0
  // Pushed while the answer was on its way.
  const fresher = (useFeed.getState().rows ?? []).filter((row) => row.seq > newest && !known.has(rowKey(row)))
  useFeed.setState({ rows: [...fresher, ...loaded] })
}

export function addToFeed(row: FeedRow): void {
  useFeed.setState(({ rows }) => {
    if (rows?.some((other) => rowKey(other) === rowKey(row))) return {}
    return { rows: [row, ...(rows ?? [])].toSorted((a, b) => b.seq - a.seq).slice(0, SHOWN) }
  })
}

export function putAway(rows: readonly FeedRow[]): void {
  useFeed.setState((facts) => {
    const next = [...new Set([...rows.map(rowKey), ...facts.putAway])].slice(0, REMEMBERED)
    writeStored(PUT_AWAY, next)
    return { putAway: next }
  })
}
