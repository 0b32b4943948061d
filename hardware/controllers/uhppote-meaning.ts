// What the events of a UHPPOTE board mean: by reason and by whether it let in, for the type of an event is not the same on
// all boards. Reasons as in uhppoted-nodejs, lookup.js. Pure.
import type { DeviceKind, SwipeWhy } from '../controller.ts'
import type { EventRecord } from './uhppote-frames.ts'

/** A swipe that it did not decide because it is told to ask us. */
export const ASKS_US = 5
/** An index whose event has made room for newer ones. */
export const OVERWRITTEN = 255

/** One of a card that is over is told by the same reason as one outside its hours. */
export const OUTSIDE_HOURS = 15
const SWIPES = new Map<number, SwipeWhy>([
  [1, 'opened'],
  [ASKS_US, 'not-decided'],
  [6, 'no-right'],
  [7, 'no-right'],
  [8, 'no-right'],
  [9, 'no-right'],
  [10, 'no-right'],
  [11, 'no-right'],
  [12, 'no-right'],
  [13, 'outside-hours'],
  [OUTSIDE_HOURS, 'outside-hours'],
  [18, 'unknown-card'],
])
const KINDS = new Map<number, DeviceKind>([
  [20, 'button'],
  [23, 'opened'],
  [24, 'closed'],
  [25, 'opened'],
  [28, 'power-on'],
  [29, 'power-on'],
  [31, 'exit-refused'],
  [32, 'exit-refused'],
  [33, 'exit-refused'],
  [34, 'exit-refused'],
  [37, 'open-too-long'],
  [38, 'forced'],
  [39, 'fire'],
  [43, 'fire'],
  [44, 'remote-open'],
  [45, 'remote-open'],
])

export type Meaning = { what: 'swipe'; card: string; granted: boolean; why: SwipeWhy } | { what: DeviceKind }

/** Null: nothing that has a name here. `lastDay` is that of the card, where it matters. */
export function meaningOf({ reason, granted, number, at }: EventRecord, lastDay: string | undefined): Meaning | null {
  const why = SWIPES.get(reason)
  if (why === undefined) return KINDS.has(reason) ? { what: KINDS.get(reason) as DeviceKind } : null
  const over = reason === OUTSIDE_HOURS && (lastDay ?? '9') < at.slice(0, 10)
  return { what: 'swipe', card: String(number), granted, why: granted ? 'opened' : over ? 'expired' : why }
}

/** Of the whole board, whatever door it names. */
export function isOfWholeBoard(kind: Meaning['what']): boolean {
  return kind === 'power-on' || kind === 'fire'
}

/** It began anew, or decided by itself: it may have forgotten that it is to ask us. */
export function isForgetful({ reason }: EventRecord): boolean {
  return KINDS.get(reason) === 'power-on' || (SWIPES.has(reason) && reason !== ASKS_US)
}

/** UTC milliseconds that would be if its clock were in UTC: for differences between two of its moments. */
export function naive(wall: string): number {
  return Date.parse(`${wall}Z`)
}
