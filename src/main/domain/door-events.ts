// What a door's controller tells beside swipes, and how an upload of events is read.
import { REASONS, type Reason } from './reasons.ts'
import { type Ms, SECOND, toIso } from './time.ts'

/** The clock of a controller and ours are never the same. */
export const ABOUT_THEN = 10 * SECOND

/** `forced`: opened without a grant. `not-opened`: granted, and nobody went through. */
export const DOOR_EVENTS = ['forced', 'open-too-long', 'not-opened', 'closed', 'power-on'] as const
export type DoorEventKind = (typeof DOOR_EVENTS)[number]

/** What other makers' controllers tell beyond that. `button`: somebody went out by it. `exit-refused`: it was pressed and did
 * nothing. `not-answered`: it asked about a card while no desk answered. */
export const DEVICE_EVENTS = ['opened', 'fire', 'button', 'exit-refused', 'remote-open', 'not-answered'] as const

/** All that a row of the log may tell that is no decision; `events-lost`: numbers that a controller no longer has. */
export const TOLD_WORDS = [...DOOR_EVENTS, ...DEVICE_EVENTS, 'events-lost'] as const
export type ToldWord = (typeof TOLD_WORDS)[number]

/** What a row of the log is about: a decision with its reason, or what a door told of itself. */
export type LogWord = Reason | ToldWord

/** Somebody should go and see; the others are only told. */
export function toLookAt(word: Exclude<LogWord, Reason>): boolean {
  return ['forced', 'open-too-long', 'events-lost', 'fire', 'exit-refused'].includes(word)
}

export function isReason(word: LogWord): word is Reason {
  return (REASONS as readonly string[]).includes(word)
}

export type UploadedEvent =
  | { n: number; at: Ms; card: string; grant: boolean; reason: Reason }
  | { n: number; at: Ms; kind: DoorEventKind }

export type Upload = { events: UploadedEvent[]; lostTo: number | null }

/** A text that says what is wrong where it is no upload (docs/door-link.md, "events"). */
export function readUpload(body: Record<string, unknown>): Upload | string {
  const { events, lost_to: lostTo = null } = body
  if (!Array.isArray(events)) return 'events: a list, which may be empty'
  if (lostTo !== null && !isNumber(lostTo)) return 'lost_to: a number from 1 on'
  const read: UploadedEvent[] = []
  for (const [index, event] of events.entries()) {
    const one = readEvent(event)
    if (typeof one === 'string') return `events[${index}].${one}`
    read.push(one)
  }
  return { events: read, lostTo: lostTo as number | null }
}

function readEvent(event: unknown): UploadedEvent | string {
  if (typeof event !== 'object' || event === null) return 'n: each event is an object with a number'
  const { n, at: when, card, grant, reason, kind } = event as Record<string, unknown>
  if (!isNumber(n)) return 'n: a number from 1 on'
  const at = typeof when === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(when) ? Date.parse(when) : Number.NaN
  const isDay = !Number.isNaN(at) && toIso(at).startsWith(String(when).slice(0, 'YYYY-MM-DD'.length))
  if (!isDay) return 'at: a moment, such as 2026-11-20T18:00:00Z'
  if (kind !== undefined) {
    const known = DOOR_EVENTS.find((one) => one === kind)
    return known === undefined ? `kind: one of ${DOOR_EVENTS.join(', ')}` : { n, at, kind: known }
  }
  if (typeof card !== 'string' || card.length === 0 || card.length > 200) return 'card: the text that the reader gave'
  if (typeof grant !== 'boolean') return 'grant: true or false'
  const known = REASONS.find((one) => one === reason)
  return known === undefined
    ? 'reason: one of the closed list'
    : { n, at, card: card.toWellFormed(), grant, reason: known }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}
