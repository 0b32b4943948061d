// How an ESP-RFID box writes cards, and what it holds of one, in words that can be compared. Pure.
import type { Wanted } from '../controller.ts'
import type { EspUser } from './esp-rfid-messages.ts'
import { writtenBy } from './written.ts'

const ADMIN = 99
/** The clock counts in 32 bits. */
const LATEST = 0xffff_ffff

export type EspNames = {
  written(card: string): string
  /** The card behind what the box calls it: some readers of this firmware print the zeros of a byte, some do not. */
  cardOf(uid: string): string
}

/** What was written once is known again by either name; of other names the length tells whether zeros stand in them.
 * `format`: of the door, by which it writes its cards. */
export function createEspNames(format: string | null): EspNames {
  const cards = new Map<string, string>()
  const isWhole = /^([0-9a-f]{8}|[0-9a-f]{10}|[0-9a-f]{14})$/i
  return {
    written(card) {
      const written = writtenBy('esp-rfid', card, format)
      for (const name of [uidFor(card, format), card.toLowerCase()]) if (!cards.has(name)) cards.set(name, written)
      return written
    },
    cardOf: (uid) => cards.get(uid) ?? (isWhole.test(uid) ? writtenBy('esp-rfid', uid, format) : uid),
  }
}

/**
 * Under what a new card is stored. Its 125 kHz reader prints every zero (rfid125kHz.cpp). The others printed none at first;
 * a box that prints them today looks for the old way of writing as well (rfid.esp, "v1").
 */
export function uidFor(card: string, format: string | null): string {
  const isHex = format === 'hex' || !/^\d+$/.test(card)
  return isHex && /^[0-9a-f]{10}$/i.test(card) ? card.toLowerCase() : writtenBy('esp-rfid', card, format)
}

/** The last second in which it opens: the box refuses when its clock is past that (rfid.esp). */
export function lastSecond(until: number): number {
  return Math.min(Math.max(Math.ceil(until / 1_000) - 1, 0), LATEST)
}

type Clock = { now(): number; wall(at: number): string }

export function termsWanted({ until }: Pick<Wanted, 'until'>, { wall }: Clock): string {
  return `until ${wall(lastSecond(until) * 1_000)}`
}

/** Null: opens nothing. Several files may stand for one card, where its zeros were written once and once not. */
export function termsHeld(users: readonly EspUser[], clock: Clock): string | null {
  const terms = new Set(users.flatMap((user) => termsOfOne(user, clock) ?? []))
  return terms.size === 0 ? null : [...terms].toSorted().join('; ')
}

function termsOfOne({ acctype, since, until }: EspUser, { now, wall }: Clock): string | null {
  if (acctype === ADMIN) return 'admin, at all times'
  if (acctype !== 1) return null
  const from = since * 1_000 > now() ? `from ${wall(since * 1_000)} ` : ''
  return `${from}until ${wall(until * 1_000)}`
}

/** The record that makes it so, with what it held besides for other relays. */
export function userWith(uid: string, { until }: Wanted, before: EspUser | undefined): EspUser {
  const rest = before?.rest ?? {}
  return { uid, user: before?.user || 'Latchkey', acctype: 1, since: 0, until: lastSecond(until), rest }
}
