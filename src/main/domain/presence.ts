// Who is in, as far as doors can tell: let through on the way in, and not out since.
import { HOUR, type Ms } from './time.ts'

/** Nobody is taken to be in longer than this after they were let in: without a reader on the way out nobody is seen to go. */
export const STAYS = 16 * HOUR

export function isIn(presence: { inside: boolean; at: Ms } | null, now: Ms): boolean {
  if (presence === null || !presence.inside) return false
  // A moment still to come is the mark of a clock that was set back: it tells nothing.
  return presence.at <= now && now < presence.at + STAYS
}
