// Why a UHPPOTE board logs an event (uhppoted-nodejs, lookup.js).

export const REASON = {
  granted: 1,
  pcControl: 5,
  noRight: 6,
  normallyClosed: 11,
  /** Over, or outside its hours. */
  notNow: 15,
  unknown: 18,
  button: 20,
  opened: 23,
  closed: 24,
  powerOn: 28,
  exitRefused: 31,
  openTooLong: 37,
  forced: 38,
  fire: 39,
  remoteOpen: 44,
} as const

/** Kept only where the board is told to. */
export const SPECIAL: readonly number[] = [REASON.button, REASON.opened, REASON.closed]

const OF_A_DOOR: readonly number[] = [...SPECIAL, REASON.granted, REASON.powerOn, REASON.remoteOpen]

/** 1 a swipe, 2 a door, 3 an alarm; a granted swipe is told as one of a door, as some boards do. */
export function typeOf(reason: number): number {
  return OF_A_DOOR.includes(reason) ? 2 : reason > REASON.powerOn ? 3 : 1
}
