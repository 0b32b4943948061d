// The events of a UHPPOTE board, by their index: none is missed, none is told twice, whatever was lost on the way. A swipe
// that it asks about is told at once, also out of turn, and then left to whoever was asked.
import type { DeviceDoor, DeviceEvent, DeviceOptions } from '../controller.ts'
import type { EventRecord, Status } from './uhppote-frames.ts'
import {
  ASKS_US,
  isForgetful,
  isOfWholeBoard,
  meaningOf,
  naive,
  OUTSIDE_HOURS,
  OVERWRITTEN,
} from './uhppote-meaning.ts'
import type { Wire } from './uhppote-wire.ts'

/** Whoever presented a card this many milliseconds ago still stands there. */
const STANDS_THERE = 10_000
/** So many are stored in one go. */
const AT_A_TIME = 50
/** Seen so often in a row to have fewer events than were read, it was wiped: one reply may be old. */
const WIPED = 2

export type EventsOptions = Pick<DeviceOptions, 'fromWall' | 'now' | 'storedTo' | 'events'> & {
  wire: Wire
  /** Those that were taken over. */
  doors(): readonly DeviceDoor[]
  /** Of a card, as it stands on the board. */
  lastDay(number: number): Promise<string | undefined>
  /** A swipe at another door of the board. */
  foreign(swipe: EventRecord): void
  /** It may have forgotten that it is to ask. */
  forgot(): void
}

export type Events = {
  pushed(push: Status): void
  /** What the board says of itself when it is asked: starts reading what is new. */
  told(status: Status): void
}

export function createEvents(options: EventsOptions): Events {
  const { doors, fromWall, now, wire, events } = options
  /** Up to which index everything was read, and up to which it was handed on. */
  let read = options.storedTo
  let stored = read
  let newest = read
  let shrunk = 0
  let clock = ''
  let reading = false
  let pending: DeviceEvent[] = []
  /** Indexes of swipes that were asked about, as far as they are not stored. */
  const asked = new Set<number>()

  const momentOf = ({ at }: EventRecord) => (at === '' ? now() : fromWall(at))
  const doorAt = (output: number) => doors().find((door) => door.output === output)

  /** By its own clock, which may be wrong. */
  function isFresh({ at }: EventRecord): boolean {
    const age = naive(clock) - naive(at)
    return age >= -1_000 && age <= STANDS_THERE
  }

  /** True where it is left to whoever is asked. */
  function present(event: EventRecord): boolean {
    if (asked.has(event.index)) return true
    if (event.reason !== ASKS_US || !isFresh(event)) return false
    asked.add(event.index)
    const door = doorAt(event.door)
    if (door === undefined) options.foreign(event)
    else events.asked({ door: door.id, card: String(event.number), n: event.index, at: momentOf(event) })
    return true
  }

  function take(event: EventRecord, lastDay: string | undefined): void {
    if (present(event)) return
    if (isFresh(event) && isForgetful(event)) options.forgot()
    const meaning = meaningOf(event, lastDay)
    const door = doorAt(event.door) ?? (meaning && isOfWholeBoard(meaning.what) ? doors()[0] : undefined)
    if (meaning === null || door === undefined) return
    pending.push({ door: door.id, n: event.index, at: momentOf(event), ...meaning })
  }

  /** Where it cannot be stored it is read again later. */
  function store(): void {
    const batch = pending
    pending = []
    try {
      if (batch.length > 0) events.happened(batch)
      stored = read
    } catch (error) {
      read = stored
      throw error
    }
    for (const index of asked) if (index <= stored) asked.delete(index)
  }

  /** The event of this index or, where it has made room, the oldest that there is; null where there is none. */
  async function fetch(index: number): Promise<EventRecord | null> {
    const fits = (reply: EventRecord) => reply.index === index || reply.index === 0 || reply.type === OVERWRITTEN
    const reply = await wire.ask('get-event', { index }, { fits })
    if (reply.type !== OVERWRITTEN) return reply.index === index ? reply : null
    const oldest = await wire.ask('get-event', { index: 0 })
    return oldest.index > index && oldest.type !== OVERWRITTEN ? oldest : null
  }

  async function readOn(): Promise<void> {
    while (read < newest) {
      const index = read + 1
      const event = asked.has(index) ? null : await fetch(index)
      const lastDay = event?.reason === OUTSIDE_HOURS ? await options.lastDay(event.number) : undefined
      // It was wiped meanwhile.
      if (read + 1 !== index) continue
      read = event?.index ?? index
      if (event !== null) take(event, lastDay)
      if (pending.length >= AT_A_TIME) store()
    }
    store()
  }

  return {
    pushed(push) {
      clock = push.clock
      if (push.index > read) present(push)
    },
    told(status) {
      clock = status.clock
      shrunk = status.index < read ? shrunk + 1 : 0
      if (shrunk === WIPED) {
        read = 0
        stored = 0
        asked.clear()
      }
      if (status.index < read) return
      newest = status.index
      if (reading || (read === newest && pending.length === 0)) return
      reading = true
      // What fails, fails again or not after the next status.
      readOn()
        .catch(() => {})
        .finally(() => {
          reading = false
        })
    },
  }
}
