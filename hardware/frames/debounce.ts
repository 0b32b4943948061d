// From frames to presentations: a reader repeats its frame every 50 to 65 ms for as long as the card stays.
import type { ReaderRead } from '../driver.ts'

/** The same card again this soon after its last frame, in milliseconds, is still the same presentation. */
export const SAME_PRESENTATION = 500

/** True for the first frame of a presentation. Two cards held together are two presentations, not many. */
export function createDebounce(within = SAME_PRESENTATION): (read: ReaderRead) => boolean {
  const lastFrames = new Map<string, number>()
  return ({ card, at }) => {
    const last = lastFrames.get(card)
    for (const [other, seenAt] of lastFrames) if (at - seenAt > within) lastFrames.delete(other)
    lastFrames.set(card, at)
    // A clock that was set back must not swallow cards until it has caught up.
    return last === undefined || at < last || at - last > within
  }
}

/** True for at most `most` calls in any `per` milliseconds: a noisy line must not flood the screen and the log. */
export function createThrottle(most = 3, per = 1_000): (atMs: number) => boolean {
  let recent: number[] = []
  return (atMs) => {
    recent = recent.filter((at) => at <= atMs && atMs - at < per)
    if (recent.length >= most) return false
    recent.push(atMs)
    return true
  }
}
