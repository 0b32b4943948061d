// How a UHPPOTE board decides by its own cards and profiles, written by what is known of real ones and without the driver's
// code: the reason of the event that it logs.
import type { CardRecord, Profile } from '../controllers/uhppote-frames.ts'
import { REASON } from './uhppote-reasons.ts'

/** `clock` is what the board's clock shows, YYYY-MM-DDTHH:MM:SS. */
export function reasonByCards(
  cards: ReadonlyMap<number, CardRecord>,
  profiles: ReadonlyMap<number, Profile>,
  { number, door, clock }: { number: number; door: number; clock: string },
): number {
  const card = cards.get(number)
  if (card === undefined) return REASON.unknown
  const right = card.doors[door - 1] ?? 0
  if (right === 0 || right > 254) return REASON.noRight
  const day = clock.slice(0, 10)
  if (day < card.from || day > card.to) return REASON.notNow
  return right === 1 || isOpenBy(profiles, right, clock) ? REASON.granted : REASON.notNow
}

/** Any of those that are linked is enough, and a missing one lets in (uhppote-simulator, actions.go). */
function isOpenBy(profiles: ReadonlyMap<number, Profile>, first: number, clock: string): boolean {
  const [day, time] = [clock.slice(0, 10), clock.slice(11, 16)]
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const seen = new Set<number>()
  for (let id = first; id >= 2 && id <= 254 && !seen.has(id); ) {
    seen.add(id)
    const profile = profiles.get(id)
    if (profile === undefined) return true
    const isDay = profile.from <= day && day <= profile.to && profile.days[weekday] === true
    const isTime = profile.spans.some(([from, to]) => from !== to && from <= time && time <= to)
    if (isDay && isTime) return true
    id = profile.linked
  }
  return false
}
