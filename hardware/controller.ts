// The whole plug-in interface for controllers at doors that speak a language of their own: a driver turns one device into
// doors. It knows nothing of members or money, and writes nothing to a device before it is told to take it over.

/** `days` 1 = Monday to 7; `from` and `to` HH:MM by the space's clock. One that ends before it begins runs into the next day
 * and belongs to its first. */
export type Window = { days: readonly number[]; from: string; to: string }

/** What a device is to hold of one card for one door. */
export type Wanted = {
  /** As the door writes the card. */
  card: string
  /** UTC milliseconds from which it must not open any more. */
  until: number
  /** The last local day, YYYY-MM-DD, that is over by then. */
  lastDay: string
  /** None: at all hours. */
  hours: readonly Window[]
}

/** `terms` is what it holds in the driver's own words, to be compared with `termsOf`; null: nothing that opens this door. */
export type HeldCard = { door: string; card: string; terms: string | null }

/** `wanted` null takes the card away from that door and from no other. */
export type Change = { door: string; card: string; wanted: Wanted | null }

export type DeviceReading = {
  cards: HeldCard[]
  /** Who else is set to hear of its swipes or was heard giving it orders, such as 192.168.1.20:60001. */
  otherDesk: string | null
  /** The number of its newest event; null where it keeps none. */
  newest: number | null
}

/** What it did or saw by itself. `n` is its own number, rising by one from 1 on; null where it keeps none. */
export type DeviceEvent = { door: string; n: number | null; at: number } & (
  | { what: 'swipe'; card: string; granted: boolean; why: SwipeWhy }
  | { what: DeviceKind }
)

/** By what a device says of a swipe. `not-decided`: it asked us, and heard nothing. */
export type SwipeWhy = 'opened' | 'unknown-card' | 'no-right' | 'outside-hours' | 'expired' | 'not-decided'

/** `remote-open`: opened by word over the network; `exit-refused`: its button was pressed and did nothing. */
export type DeviceKind =
  | 'forced'
  | 'open-too-long'
  | 'opened'
  | 'closed'
  | 'power-on'
  | 'fire'
  | 'button'
  | 'exit-refused'
  | 'remote-open'

export type DeviceNews = {
  firmware?: string
  /** Its clock less ours, in milliseconds. */
  clockOff?: number
}

export type DeviceEvents = {
  /** It spoke. */
  heard(news: DeviceNews): void
  /** It went away, by its own last will or because questions stay unanswered. */
  lost(): void
  /** Someone stands there and it asks us: answered by `open`, or not at all. Also told where `at` is some seconds ago. */
  asked(swipe: { door: string; card: string; n: number | null; at: number }): void
  /** Stored when this returns. */
  happened(events: readonly DeviceEvent[]): void
  /** A sentence that says what is wrong and what to do; null where all is well again. */
  trouble(sentence: string | null): void
}

/** A door of ours on a device; `output` is which of its doors, from 1; `format` is how it writes its cards. */
export type DeviceDoor = { id: string; output: number; openMs: number; format: string | null }

export type DeviceOptions = {
  doors: readonly DeviceDoor[]
  /** UTC milliseconds. */
  now(): number
  /** The wall clock of the space at a moment, YYYY-MM-DDTHH:MM:SS, and back. */
  wall(at: number): string
  fromWall(wall: string): number
  /** The last number that was stored of its events; 0 at first. */
  storedTo: number
  /** Local days, YYYY-MM-DD, on which no window begins, from today on. */
  holidays(): readonly string[]
  events: DeviceEvents
}

export type Device = {
  /** False: it knows days but no hours, and `hours` of a wanted card are left aside. */
  readonly keepsHours: boolean
  /** How this device stores a card that the door writes so. */
  written(card: string): string
  termsOf(door: string, wanted: Wanted): string
  /** Everything that it holds, read anew. Rejects with DeviceSilent. */
  read(): Promise<DeviceReading>
  /** A manager has confirmed for this door: from now on its clock is set, its swipes come to us, and `apply` may be called.
   * `replaces` is another desk, as `read` named it, that may be put aside; any other one is left alone and named. */
  takeOver(door: string, replaces: string | null): void
  /** One after another in this order, each read back: what it holds of these cards now. Rejects with DeviceSilent, having
   * done some or none. */
  apply(changes: readonly Change[]): Promise<HeldCard[]>
  /** Lets somebody through. Rejects with DeviceSilent where it was not acknowledged. */
  open(door: string, ms: number): Promise<void>
  /** Unlocked until this is not repeated for at most a minute. */
  holdOpen(door: string): Promise<void>
  /** Ends a hold. */
  lock(door: string): Promise<void>
  close(): Promise<void>
}

/** It does not answer; the message says what was asked of it. */
export class DeviceSilent extends Error {}
