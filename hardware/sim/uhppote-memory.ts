// What a simulated UHPPOTE board keeps: cards in numbered places, time profiles, and its last events by index.
import {
  type AnyAsk,
  type CardRecord,
  type EventRecord,
  encodeReply,
  type Profile,
} from '../controllers/uhppote-frames.ts'

export const NO_EVENT: EventRecord = {
  index: 0,
  type: 0,
  granted: false,
  door: 0,
  direction: 0,
  number: 0,
  at: '',
  reason: 0,
}
const NO_CARD: CardRecord = { number: 0, from: '', to: '', doors: [0, 0, 0, 0], pin: 0 }
const DELETED: CardRecord = { ...NO_CARD, number: 0xffff_ffff }
const NO_PROFILE: Profile = {
  id: 0,
  from: '',
  to: '',
  days: Array.from({ length: 7 }, () => false),
  spans: Array.from({ length: 3 }, () => ['00:00', '00:00'] as const),
  linked: 0,
}
const OVERWRITTEN = 255

const ROOM = 100_000

/** `memory` is for how many events; `countsPlaces` counts those from which cards were deleted, too. */
export function createMemory({ memory: room = ROOM, countsPlaces = false }) {
  const cards = new Map<number, CardRecord>()
  /** Null for a place from which a card was deleted. */
  let places: (number | null)[] = []
  const profiles = new Map<number, Profile>()
  const events: EventRecord[] = []
  let last = 0

  /** False: it is none that can be stored. */
  function putCard(record: CardRecord): boolean {
    const { number, from, to, doors } = record
    const isFit = number !== NO_CARD.number && number !== DELETED.number && from !== '' && to !== ''
    if (!isFit || doors.some((byte) => byte > 254)) return false
    const free = places.indexOf(null)
    if (!cards.has(number)) places.splice(free === -1 ? places.length : free, 1, number)
    cards.set(number, record)
    return true
  }

  function deleteCard(number: number): boolean {
    places = places.map((place) => (place === number ? null : place))
    return cards.delete(number)
  }

  function deleteCards(): void {
    places = []
    cards.clear()
  }

  function cardAt(index: number): CardRecord {
    const number = places[index - 1]
    return number === null ? DELETED : (cards.get(number ?? 0) ?? NO_CARD)
  }

  function putProfile(profile: Profile): boolean {
    if (profile.id < 2 || profile.id > 254) return false
    profiles.set(profile.id, profile)
    return true
  }

  function eventAt(index: number): EventRecord {
    const oldest = events[0] ?? NO_EVENT
    if (index === 0) return oldest
    if (index === 0xffff_ffff) return events.at(-1) ?? NO_EVENT
    return index < oldest.index ? { ...NO_EVENT, type: OVERWRITTEN } : (events[index - oldest.index] ?? NO_EVENT)
  }

  /** To what is about nothing else; null: not its business. */
  function answer(ask: AnyAsk, serial: number): Buffer | null {
    const done = (ok: boolean) => encodeReply(ask.op as 'put-card', serial, { ok })
    switch (ask.op) {
      case 'put-card':
        return done(putCard(ask.values))
      case 'delete-card':
        return done(deleteCard(ask.values.number))
      case 'count-cards':
        return encodeReply(ask.op, serial, { count: countsPlaces ? places.length : cards.size })
      case 'get-card':
        return encodeReply(ask.op, serial, cards.get(ask.values.number) ?? NO_CARD)
      case 'get-card-by-index':
        return encodeReply(ask.op, serial, cardAt(ask.values.index))
      case 'set-profile':
        return done(putProfile(ask.values))
      case 'get-profile':
        return encodeReply(ask.op, serial, profiles.get(ask.values.id) ?? NO_PROFILE)
      case 'clear-profiles':
        profiles.clear()
        return done(true)
      case 'get-event':
        return encodeReply(ask.op, serial, eventAt(ask.values.index))
      default:
        return null
    }
  }

  return {
    cards,
    profiles,
    events,
    answer,
    putCard,
    deleteCard,
    deleteCards,
    putProfile,
    addEvent(event: Omit<EventRecord, 'index'>): EventRecord {
      last += 1
      const kept = { ...event, index: last }
      events.push(kept)
      if (events.length > room) events.shift()
      return kept
    },
    wipe(): void {
      deleteCards()
      profiles.clear()
      events.splice(0)
      last = 0
    },
  }
}
