// How long answers at each door took today, for whoever looks after the doors.
import type { AnswerTimes } from '../domain/door-questions.ts'
import { type Ms, toLocal } from '../domain/time.ts'

/** The last so many of a day tell enough. */
const KEPT = 1_000

export function createAnswerTimes(now: () => Ms, zone: () => string) {
  let day = ''
  const byDoor = new Map<string, { count: number; last: number[] }>()

  return {
    note(doorId: string, ms: number): void {
      const today = toLocal(now(), zone()).day.date
      if (today !== day) byDoor.clear()
      day = today
      const times = byDoor.get(doorId) ?? { count: 0, last: [] }
      times.last[times.count % KEPT] = ms
      times.count += 1
      byDoor.set(doorId, times)
    },
    of(doorId: string): AnswerTimes | null {
      const times = byDoor.get(doorId)
      if (times === undefined || toLocal(now(), zone()).day.date !== day) return null
      const sorted = times.last.toSorted((a, b) => a - b)
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
      return { count: times.count, p50: at(0.5), p99: at(0.99) }
    },
  }
}
