// How many rows of the inbox are open, kept for a moment: lamps are told often, and counting reads everybody.
import type { ReadDeps } from './deps.ts'

/** `took`: milliseconds of work. */
type Count = { rows: number; took: number; until: number }

/** Kept at least so long in milliseconds, and so many times longer than counting took. */
const KEPT = 5_000
const SHARE = 20
const counts = new WeakMap<object, Count>()
const forgottenAt = new WeakMap<object, number>()

/** `fresh` until it is old or forgotten; null where nobody counted yet. */
export function lastCount({ desk }: ReadDeps): { rows: number; took: number; fresh: boolean } | null {
  const last = counts.get(desk)
  return last === undefined ? null : { rows: last.rows, took: last.took, fresh: performance.now() < last.until }
}

/** What was forgotten while it was counted, from `began` (by performance.now) on, is old at once. */
export function keepCount({ desk }: ReadDeps, rows: number, took: number, began: number): void {
  const forgotten = (forgottenAt.get(desk) ?? -1) >= began
  counts.set(desk, { rows, took, until: forgotten ? 0 : performance.now() + Math.max(KEPT, SHARE * took) })
}

export function forgetCount({ desk }: ReadDeps): void {
  forgottenAt.set(desk, performance.now())
  const last = counts.get(desk)
  if (last !== undefined) last.until = 0
}
