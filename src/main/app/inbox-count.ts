// How many rows of the inbox are open, kept for a moment: lamps are told often, and counting reads everybody.
import type { ReadDeps } from './deps.ts'

/** Kept at least so long in milliseconds, and so many times longer than counting took. */
const KEPT = 5_000
const SHARE = 20
const counted = new WeakMap<object, { rows: number; until: number }>()

export function keptCount(deps: ReadDeps): number | null {
  const last = counted.get(deps.desk)
  return last !== undefined && performance.now() < last.until ? last.rows : null
}

export function keepCount(deps: ReadDeps, rows: number, began: number): void {
  const now = performance.now()
  counted.set(deps.desk, { rows, until: now + Math.max(KEPT, SHARE * (now - began)) })
}

export function forgetCount(deps: ReadDeps): void {
  counted.delete(deps.desk)
}
