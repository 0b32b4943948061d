// What speaks for a copy of a card: facts about where it was shown, no proof.
import { type Ms, SECOND } from './time.ts'

/** Nobody walks from one door to another in less. Two readers side by side can be faster, which a person has to know. */
export const SAME_TIME = 5 * SECOND

/** `at` by the desk's own clock. */
export type Shown = { at: Ms; doorId: string }

/** The newest two of these that one card can hardly be both. */
export function atTwoDoors<S extends Shown>(shown: readonly S[]): [S, S] | null {
  const inOrder = shown.toSorted((a, b) => a.at - b.at)
  const second = inOrder.findLastIndex((one, index) => isElsewhere(inOrder[index - 1], one))
  const [first, last] = [inOrder[second - 1], inOrder[second]]
  return first === undefined || last === undefined ? null : [first, last]
}

export function isElsewhere(before: Shown | undefined, one: Shown): boolean {
  return before !== undefined && before.doorId !== one.doorId && Math.abs(one.at - before.at) <= SAME_TIME
}

/** What two EM4100 cards share that differ in the first byte alone, which is what cheap copies get wrong. */
export function withoutFirstByte(canonical: string): string | null {
  return /^em:[0-9A-F]{10}$/.test(canonical) ? `w34:${canonical.slice(5)}` : null
}
