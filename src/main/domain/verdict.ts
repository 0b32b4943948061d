// What the public screen may show of a row of the log: nothing about money or conduct.
import { isReason, type LogWord, toLookAt } from './door-events.ts'
import { isGrant } from './reasons.ts'

export type Verdict = 'granted' | 'grace' | 'refused' | 'note' | 'told'

export function verdictOf(reason: LogWord): Verdict {
  if (!isReason(reason)) return toLookAt(reason) ? 'note' : 'told'
  if (reason === 'unreadable-card' || reason === 'unknown-card') return 'note'
  if (!isGrant(reason)) return 'refused'
  return reason === 'ok-grace' || reason === 'ok-stale' ? 'grace' : 'granted'
}

/** Whoever shows such a card may be somebody else: their face is to be compared with the photo. */
export function comparesFaces(reason: LogWord): boolean {
  return reason === 'card-lost' || reason === 'card-stolen'
}
