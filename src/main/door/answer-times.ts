// How long answers at each door took today, for whoever looks after the doors.
import type { AnswerTimes } from '../domain/door-questions.ts'
import { endOfLocalDay, type Ms, startOfLocalDay } from '../domain/time.ts'

/** The last so many of a day tell enough. */
const KEPT = 1_000

export function createAnswerTimes(now: () => Ms, zone: () => string) {
  let today = { from: 0, to: 0 }
  const byDoor = new Map<string, { count: number; last: number[] }>()

  /** Every answer waits for this: the zone is asked once a day. */
  function forgetYesterday(): void {
    const at = now()
    if (at >= today.from && at < today.to) return
    byDoor.clear()
    today = { from: startOfLocalDay(at, zone()), to: endOfLocalDay(at, zone()) }
  }

  return {
    note(doorId: string, ms: number): void {
      forgetYesterday()
      const times = byDoor.get(doorId) ?? { count: 0, last: [] }
      times.last[times.count % KEPT] = ms
      times.count += 1
      byDoor.set(doorId, times)
    },
    of(doorId: string): AnswerTimes | null {
      forgetYesterday()
      const times = byDoor.get(doorId)
      if (times === undefined) return null
      const sorted = times.last.toSorted((a, b) => a - b)
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
      return { count: times.count, p50: at(0.5), p99: at(0.99) }
    },
  }
}
